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
    #[must_use]
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
    #[must_use]
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
    #[must_use]
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
