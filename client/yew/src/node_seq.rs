//! What `html!` makes of a `{ block }` among other children.

use std::marker::PhantomData;
use std::vec;

use upstream::html::ChildrenRenderer;

/// The nodes that a block holds: one, none, or those of a list, which join the children around them.
#[derive(Debug)]
pub struct NodeSeq<IN, OUT>(Nodes<OUT>, PhantomData<IN>);

/// The nodes, one after the other.
#[derive(Debug)]
pub enum Nodes<OUT> {
    /// At most one.
    One(Option<OUT>),
    /// Those of a list.
    Many(vec::IntoIter<OUT>),
}

impl<OUT> Iterator for Nodes<OUT> {
    type Item = OUT;

    fn next(&mut self) -> Option<OUT> {
        match self {
            Self::One(node) => node.take(),
            Self::Many(nodes) => nodes.next(),
        }
    }
}

impl<IN: Into<OUT>, OUT> From<IN> for NodeSeq<IN, OUT> {
    fn from(node: IN) -> Self {
        Self(Nodes::One(Some(node.into())), PhantomData)
    }
}

impl<IN: Into<OUT>, OUT> From<Option<IN>> for NodeSeq<IN, OUT> {
    fn from(node: Option<IN>) -> Self {
        Self(Nodes::One(node.map(Into::into)), PhantomData)
    }
}

impl<IN: Into<OUT>, OUT> From<Vec<IN>> for NodeSeq<IN, OUT> {
    fn from(nodes: Vec<IN>) -> Self {
        Self(Nodes::Many(nodes.into_iter().map(Into::into).collect::<Vec<_>>().into_iter()), PhantomData)
    }
}

impl<IN: Into<OUT> + Clone, OUT> From<&ChildrenRenderer<IN>> for NodeSeq<IN, OUT> {
    fn from(nodes: &ChildrenRenderer<IN>) -> Self {
        Self(Nodes::Many(nodes.iter().map(Into::into).collect::<Vec<_>>().into_iter()), PhantomData)
    }
}

impl<IN, OUT> IntoIterator for NodeSeq<IN, OUT> {
    type IntoIter = Nodes<OUT>;
    type Item = OUT;

    fn into_iter(self) -> Nodes<OUT> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use upstream::html;
    use upstream::virtual_dom::VNode;

    fn children(node: &VNode) -> usize {
        let VNode::VTag(element) = node else { panic!("{node:?} is no element") };
        match element.children() {
            Some(VNode::VList(list)) => list.len(),
            other => panic!("{other:?} is no list"),
        }
    }

    #[test]
    fn a_list_among_others_joins_them() {
        let items = || vec![html! { <i /> }, html! { <b /> }];
        assert_eq!(children(&html! { <p>{ "first" }{ items() }{ "last" }</p> }), 4);
        assert_eq!(children(&html! { <p>{ "first" }{ for items() }{ "last" }</p> }), 4);
    }

    #[test]
    fn what_is_missing_takes_no_place() {
        assert_eq!(children(&html! { <p>{ "first" }{ None::<VNode> }{ Some("last") }</p> }), 2);
    }
}
