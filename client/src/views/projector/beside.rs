//! What several groups have filled in, side by side: each group's own scene, smaller, under its name.

use yew::prelude::{AttrValue, Html, Properties, component, html};

use crate::texts::{Key, use_texts};

/// See [`GroupHead`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct GroupHeadProps {
    /// The group's name.
    pub(super) name: AttrValue,
    /// How many people have answered.
    pub(super) answered: usize,
}

/// A group's name, and how many of it have answered.
#[component]
pub(super) fn GroupHead(props: &GroupHeadProps) -> Html {
    let texts = use_texts();
    let count = props.answered;
    html! {
        <header class="beside__head" data-test="beside-group" data-count={count.to_string()}>
            <h2 class="beside__name" dir="auto">{ &props.name }</h2>
            <p class="beside__count">
                { if count == 0 { texts.get(Key::ScreenAnsweredNone).to_owned() } else { texts.screen_answered(count) } }
            </p>
        </header>
    }
}

/// See [`Beside`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct BesideProps {
    /// The groups: name, how many have answered, and what is drawn.
    pub(super) groups: Vec<(AttrValue, usize, Html)>,
}

/// Draws the scenes. What stands at the side of a scene alone on the wall has no room here.
#[component]
pub(super) fn Beside(props: &BesideProps) -> Html {
    html! {
        <div class="beside">
            { for props.groups.iter().enumerate().map(|(place, (name, answered, scene))| html! {
                <section class="beside__group" key={place} aria-label={name.clone()}>
                    <GroupHead name={name.clone()} answered={*answered} />
                    <div class="beside__frame"><div class="beside__scene">{ scene.clone() }</div></div>
                </section>
            }) }
        </div>
    }
}
