//! What `html!` makes of `<div>`.
//!
//! Yew builds the value of an element where it stands, some 250 bytes of code for each. Here a function does that for
//! each shape of element, and what the macro writes says which shape it is: the variants that it names are types here.

use std::mem;
use std::rc::Rc;

use upstream::NodeRef;
use upstream::virtual_dom::{self, AttrValue, AttributeOrProperty, Key, Listener, VNode};

/// The attributes of an element, by whether they are all literals.
#[allow(non_snake_case, reason = "html! takes it for an enum")]
pub mod Attributes {
    use upstream::virtual_dom::AttributeOrProperty;

    /// All are literals.
    #[derive(Debug)]
    pub struct Static(pub &'static [(&'static str, AttributeOrProperty)]);

    /// Some are not.
    #[derive(Debug)]
    pub struct Dynamic {
        /// Their names.
        pub keys: &'static [&'static str],
        /// Their values, in the same order.
        pub values: Box<[Option<AttributeOrProperty>]>,
    }
}

/// As in Yew, but for the listeners of an element.
pub mod listeners {
    pub use upstream::virtual_dom::listeners::*;

    /// The listeners of an element, by whether there are any.
    #[allow(non_snake_case, reason = "html! takes it for an enum")]
    pub mod Listeners {
        use std::fmt;
        use std::rc::Rc;

        use upstream::virtual_dom::Listener;

        /// There are none.
        #[derive(Debug)]
        pub struct None;

        /// There are these.
        pub struct Pending(pub Box<[Option<Rc<dyn Listener>>]>);

        impl fmt::Debug for Pending {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("Pending")
            }
        }
    }
}

type Listening = Option<Box<[Option<Rc<dyn Listener>>]>>;

/// Stands for Yew's `VTag` where `html!` names it, and makes nodes at once.
#[derive(Debug)]
pub enum VTag {}

impl VTag {
    /// An element with children.
    #[doc(hidden)]
    #[inline(always)]
    pub fn __new_other(
        tag: AttrValue,
        node_ref: Option<NodeRef>,
        key: Option<Key>,
        attributes: impl ElementAttributes,
        listeners: impl Into<Listening>,
        children: VNode,
    ) -> VNode {
        let AttrValue::Static(name) = tag else { unreachable!("html! names elements by literals only") };
        // What is forgotten holds nothing, but the compiler would write code that looks.
        mem::forget(tag);
        if key.is_none() && node_ref.is_none() {
            mem::forget((key, node_ref));
            attributes.element(name, listeners.into(), children)
        } else {
            element(name, node_ref, key, attributes.whole(), listeners.into(), children)
        }
    }

    /// An `<input>`.
    #[doc(hidden)]
    #[inline(always)]
    pub fn __new_input(
        value: Option<AttrValue>,
        checked: Option<bool>,
        node_ref: Option<NodeRef>,
        key: Option<Key>,
        attributes: impl ElementAttributes,
        listeners: impl Into<Listening>,
    ) -> VNode {
        input(value, checked, node_ref, key, attributes.whole(), listeners.into())
    }

    /// A `<textarea>`.
    #[doc(hidden)]
    #[inline(always)]
    pub fn __new_textarea(
        value: Option<AttrValue>,
        default_value: Option<AttrValue>,
        node_ref: Option<NodeRef>,
        key: Option<Key>,
        attributes: impl ElementAttributes,
        listeners: impl Into<Listening>,
    ) -> VNode {
        textarea(value, default_value, node_ref, key, attributes.whole(), listeners.into())
    }
}

/// Attributes as `html!` hands them over.
#[doc(hidden)]
pub trait ElementAttributes {
    /// An element without a key or a reference, as nearly all are.
    fn element(self, tag: &'static str, listening: Listening, children: VNode) -> VNode;

    /// The attributes as Yew knows them.
    fn whole(self) -> virtual_dom::Attributes;
}

impl ElementAttributes for Attributes::Static {
    #[inline(always)]
    fn element(self, tag: &'static str, listening: Listening, children: VNode) -> VNode {
        #[inline(never)]
        fn element(
            tag: &'static str,
            attributes: &'static [(&'static str, AttributeOrProperty)],
            listening: Listening,
            children: VNode,
        ) -> VNode {
            unmarked(tag, virtual_dom::Attributes::Static(attributes), listening, children)
        }
        element(tag, self.0, listening, children)
    }

    #[inline(always)]
    fn whole(self) -> virtual_dom::Attributes {
        virtual_dom::Attributes::Static(self.0)
    }
}

impl ElementAttributes for Attributes::Dynamic {
    #[inline(always)]
    fn element(self, tag: &'static str, listening: Listening, children: VNode) -> VNode {
        #[inline(never)]
        fn element(
            tag: &'static str,
            keys: &'static [&'static str],
            values: Box<[Option<AttributeOrProperty>]>,
            listening: Listening,
            children: VNode,
        ) -> VNode {
            unmarked(tag, virtual_dom::Attributes::Dynamic { keys, values }, listening, children)
        }
        element(tag, self.keys, self.values, listening, children)
    }

    #[inline(always)]
    fn whole(self) -> virtual_dom::Attributes {
        virtual_dom::Attributes::Dynamic { keys: self.keys, values: self.values }
    }
}

fn unmarked(tag: &'static str, attributes: virtual_dom::Attributes, listening: Listening, children: VNode) -> VNode {
    element(tag, None, None, attributes, listening, children)
}

#[inline(never)]
fn element(
    tag: &'static str,
    node_ref: Option<NodeRef>,
    key: Option<Key>,
    attributes: virtual_dom::Attributes,
    listening: Listening,
    children: VNode,
) -> VNode {
    let (tag, node_ref) = (AttrValue::Static(tag), node_ref.unwrap_or_default());
    virtual_dom::VTag::__new_other(tag, node_ref, key, attributes, pending(listening), children).into()
}

#[inline(never)]
fn input(
    value: Option<AttrValue>,
    checked: Option<bool>,
    node_ref: Option<NodeRef>,
    key: Option<Key>,
    attributes: virtual_dom::Attributes,
    listening: Listening,
) -> VNode {
    let node_ref = node_ref.unwrap_or_default();
    virtual_dom::VTag::__new_input(value, checked, node_ref, key, attributes, pending(listening)).into()
}

#[inline(never)]
fn textarea(
    value: Option<AttrValue>,
    default_value: Option<AttrValue>,
    node_ref: Option<NodeRef>,
    key: Option<Key>,
    attributes: virtual_dom::Attributes,
    listening: Listening,
) -> VNode {
    let node_ref = node_ref.unwrap_or_default();
    virtual_dom::VTag::__new_textarea(value, default_value, node_ref, key, attributes, pending(listening)).into()
}

fn pending(listening: Listening) -> virtual_dom::Listeners {
    listening.map_or(virtual_dom::Listeners::None, virtual_dom::Listeners::Pending)
}

impl From<listeners::Listeners::None> for Listening {
    fn from(_: listeners::Listeners::None) -> Self {
        None
    }
}

impl From<listeners::Listeners::Pending> for Listening {
    fn from(listeners: listeners::Listeners::Pending) -> Self {
        Some(listeners.0)
    }
}

#[cfg(test)]
mod tests {
    use upstream::html;

    use super::*;

    fn attributes_of(node: &VNode) -> Vec<(&str, &str)> {
        let VNode::VTag(element) = node else { panic!("{node:?} is no element") };
        element.attributes.iter().collect()
    }

    #[test]
    fn an_element_has_the_attributes_that_were_written() {
        let (word, missing) = ("b".to_owned(), None::<AttrValue>);
        assert_eq!(attributes_of(&html! { <p class="a" lang="da" /> }), [("lang", "da"), ("class", "a")]);
        assert_eq!(
            attributes_of(&html! { <p class="a" title={word} lang={missing} /> }),
            [("title", "b"), ("class", "a")]
        );
    }

    #[test]
    fn an_element_has_the_key_and_the_reference_that_it_was_given() {
        let node_ref = NodeRef::default();
        let VNode::VTag(element) = html!(<p key="k" ref={node_ref.clone()} />) else { panic!("a p is an element") };
        assert_eq!(element.key, Some(Key::from("k")));
        assert!(element.node_ref == node_ref);
        let VNode::VTag(element) = html!(<p />) else { panic!("a p is an element") };
        assert_eq!(element.key, None);
    }

    #[test]
    fn inputs_and_textareas_are_told_apart() {
        let VNode::VTag(input) = html!(<input value="1" checked=true class="i" />) else { panic!("an element") };
        assert_eq!((input.tag(), input.value(), input.checked()), ("input", Some(&AttrValue::Static("1")), Some(true)));
        let VNode::VTag(area) = html!(<textarea value="2" />) else { panic!("an element") };
        assert_eq!((area.tag(), area.value()), ("textarea", Some(&AttrValue::Static("2"))));
    }
}
