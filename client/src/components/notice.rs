//! A framed word about something that matters before one goes on.

use yew::prelude::{AttrValue, Children, Html, Properties, classes, component, html};

/// How much it weighs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Weight {
    /// Something to know.
    #[default]
    Quiet,
    /// Somebody should do something.
    Attention,
    /// Something was refused.
    Refused,
}

impl Weight {
    fn class(self) -> Option<&'static str> {
        match self {
            Self::Quiet => None,
            Self::Attention => Some("notice--attention"),
            Self::Refused => Some("notice--refused"),
        }
    }
}

/// See [`Notice`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct NoticeProps {
    /// How much it weighs.
    #[prop_or_default]
    pub weight: Weight,
    /// Its heading.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// What it is called in tests.
    #[prop_or_default]
    pub test: Option<AttrValue>,
    /// What it says.
    pub children: Children,
}

/// Draws the notice; one that refuses or warns is read aloud when it comes.
#[component]
pub fn Notice(props: &NoticeProps) -> Html {
    let role = (props.weight != Weight::Quiet).then_some("alert");
    html! {
        <div class={classes!("notice", props.weight.class())} {role} data-test={props.test.clone()}>
            if let Some(title) = &props.title { <p class="notice__title">{ title }</p> }
            { props.children.clone() }
        </div>
    }
}
