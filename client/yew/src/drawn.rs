//! The one component type, and what stands for a `<Tag />`.

use std::any::{Any, type_name};
use std::fmt;
use std::marker::PhantomData;
use std::rc::Rc;

use upstream::functional::{FunctionProvider, Hook, HookContext};
use upstream::html::{BaseComponent, ChildrenRenderer, HtmlResult, IntoPropValue};
use upstream::virtual_dom::{Key, VComp, VList, VNode};
use upstream::{Properties, component};

/// A component and its props, whichever they are.
trait Erased: Any {
    /// Whether `other` is the same component with equal props.
    fn same(&self, other: &dyn Erased) -> bool;

    /// Runs the component's body.
    fn run(&self, hooks: &mut HookContext) -> HtmlResult;
}

/// The component `C` with its props.
struct Of<C: FunctionProvider>(C::Properties);

impl<C: FunctionProvider + 'static> Erased for Of<C> {
    fn same(&self, other: &dyn Erased) -> bool {
        let other: &dyn Any = other;
        other.downcast_ref::<Self>().is_some_and(|other| self.0 == other.0)
    }

    fn run(&self, hooks: &mut HookContext) -> HtmlResult {
        C::run(hooks, &self.0)
    }
}

/// See [`Drawn`].
#[derive(Clone, Properties)]
struct DrawnProps {
    component: Rc<dyn Erased>,
}

impl PartialEq for DrawnProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.component, &other.component) || self.component.same(&*other.component)
    }
}

/// Runs a component's body in the hooks of the one component that Yew knows.
struct Run<'a>(&'a dyn Erased);

impl Hook for Run<'_> {
    type Output = HtmlResult;

    fn run(self, hooks: &mut HookContext) -> HtmlResult {
        self.0.run(hooks)
    }
}

fn use_body(component: &dyn Erased) -> Run<'_> {
    Run(component)
}

/// The one component that Yew knows.
#[component]
fn Drawn(props: &DrawnProps) -> HtmlResult {
    use_body(&*props.component)
}

/// Puts a component in its place in the tree.
///
/// To Yew all components have one type, so where a view draws now this and now that, it would give the one the hooks of
/// the other. The name of its type is therefore its key, together with the key that its caller gave.
///
/// But siblings are of one type as often as not, and a list in which everything has a key is to Yew a list of different
/// things. A component without a key of its caller's therefore stands in a list of its own, which has none.
#[inline(never)]
fn place(component: Rc<dyn Erased>, kind: &'static str, key: Option<Key>) -> VNode {
    let is_keyed = key.is_some();
    let key = key.map_or_else(|| Key::from(kind), |key| Key::from([kind, " ", &key].concat()));
    let drawn = VNode::from(VComp::new::<Drawn>(Rc::new(DrawnProps { component }), Some(key)));
    if is_keyed { drawn } else { VList::with_children(vec![drawn], None).into() }
}

/// What `html!` makes of `<C />`.
pub struct VChild<C> {
    component: Rc<dyn Erased>,
    key: Option<Key>,
    kind: PhantomData<C>,
}

impl<C: BaseComponent + FunctionProvider<Properties = <C as BaseComponent>::Properties>> VChild<C> {
    /// The component `C` with its props, under the key that its caller gave.
    pub fn new(props: <C as BaseComponent>::Properties, key: Option<Key>) -> Self {
        Self { component: Rc::new(Of::<C>(props)), key, kind: PhantomData }
    }
}

impl<C> fmt::Debug for VChild<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VChild<{}>", type_name::<C>())
    }
}

impl<C> From<VChild<C>> for VNode {
    fn from(child: VChild<C>) -> Self {
        place(child.component, type_name::<C>(), child.key)
    }
}

impl<C> IntoPropValue<VNode> for VChild<C> {
    fn into_prop_value(self) -> VNode {
        self.into()
    }
}

impl<C> IntoPropValue<ChildrenRenderer<VNode>> for VChild<C> {
    fn into_prop_value(self) -> ChildrenRenderer<VNode> {
        ChildrenRenderer::new(vec![self.into()])
    }
}

#[cfg(test)]
mod tests {
    use upstream::{AttrValue, Html, html};

    use super::*;

    #[component]
    fn One() -> Html {
        html! { <p>{ "one" }</p> }
    }

    #[component]
    fn Other() -> Html {
        html! { <p>{ "other" }</p> }
    }

    #[derive(PartialEq, Properties)]
    struct NamedProps {
        name: AttrValue,
    }

    #[component]
    fn Named(props: &NamedProps) -> Html {
        html! { <p>{ &props.name }</p> }
    }

    /// The key of the component itself, by which Yew tells whether it is the one that stood there before.
    fn key_of(node: &VNode) -> &Key {
        match node {
            VNode::VList(list) => key_of(&list[0]),
            VNode::VComp(_) => node.key().unwrap(),
            other => panic!("{other:?} is no component"),
        }
    }

    #[test]
    fn another_component_in_the_same_place_has_another_key() {
        assert_eq!(key_of(&html! { <One /> }), key_of(&html! { <One /> }));
        assert_ne!(key_of(&html! { <One /> }), key_of(&html! { <Other /> }));
        assert_ne!(key_of(&html! { <One key=1 /> }), key_of(&html! { <Other key=1 /> }));
    }

    #[test]
    fn another_key_of_the_callers_is_another_key() {
        assert_eq!(key_of(&html! { <One key=1 /> }), key_of(&html! { <One key=1 /> }));
        assert_ne!(key_of(&html! { <One key=1 /> }), key_of(&html! { <One key=2 /> }));
        assert_ne!(key_of(&html! { <One key=1 /> }), key_of(&html! { <One /> }));
    }

    #[test]
    fn siblings_without_keys_are_not_a_list_of_keys() {
        let VNode::VTag(parent) = html!(<div><One /><One /><Other /></div>) else { panic!("a div is an element") };
        let Some(VNode::VList(siblings)) = parent.children() else { panic!("three children are a list") };
        assert_eq!(siblings.len(), 3);
        assert!(siblings.iter().all(|sibling| !sibling.has_key()));
    }

    #[test]
    fn siblings_with_keys_are_a_list_of_keys() {
        let VNode::VList(list) = (0..3).map(|place| html! { <One key={place} /> }).collect() else {
            panic!("collected nodes are a list")
        };
        assert!(list.iter().all(VNode::has_key));
        assert_ne!(list[0].key(), list[1].key());
    }

    #[test]
    fn a_component_is_drawn_again_only_for_other_props() {
        assert!(html! { <Named name="Ada" /> } == html! { <Named name="Ada" /> });
        assert!(html! { <Named name="Ada" /> } != html! { <Named name="Bo" /> });
        assert!(html! { <One /> } != html! { <Other /> });
    }
}
