//! What every screen of a phone shares: a header of two lines at most, the answer, and the next step under the thumb.

use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Callback, Children, Html, Properties, component, html, use_callback};

use super::taken_off::TakenOff;
use super::writer::Writer;
use crate::components::icon::Icon;
use crate::components::progress_bars::ProgressBars;
use crate::components::sync_corner::SyncCorner;
use crate::components::version_notice::VersionNotice;
use crate::texts::{Key, use_texts};

/// See [`Frame`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct FrameProps {
    /// The tool's short title, or the workshop's.
    pub title: AttrValue,
    /// The line under it.
    #[prop_or_default]
    pub line: Option<AttrValue>,
    /// Goes back to where one came from; without it there is no arrow.
    #[prop_or_default]
    pub on_back: Option<Callback<()>>,
    /// Which question this is, from 0, and how many there are.
    #[prop_or_default]
    pub progress: Option<(usize, usize)>,
    /// Whether it says whom one writes for, where that may be one of several.
    #[prop_or_default]
    pub names_writer: bool,
    /// The step that is open, for tests.
    #[prop_or_default]
    pub step: Option<AttrValue>,
    /// Whether a wide screen is used as such.
    #[prop_or_default]
    pub is_wide: bool,
    /// The buttons at the bottom, the main one last.
    #[prop_or_default]
    pub buttons: Html,
    /// The answer.
    pub children: Children,
}

/// Draws the screen.
#[component]
pub fn Frame(props: &FrameProps) -> Html {
    let texts = use_texts();
    let onclick = use_callback(props.on_back.clone(), |_: MouseEvent, on_back| {
        if let Some(on_back) = on_back {
            on_back.emit(());
        }
    });
    html! {
        <div class={if props.is_wide { "phone phone--wide" } else { "phone" }}>
            <header class="phone__header">
                <div class="phone__bar">
                    if props.on_back.is_some() {
                        <button class="icon-button phone__back" type="button" {onclick} aria-label={texts.get(Key::AppBack)} data-test="back">
                            { Icon::Back.image() }
                        </button>
                    }
                    <p class="phone__titles">
                        <span class="phone__title" dir="auto">{ &props.title }</span>
                        if let Some(line) = &props.line { <span class="phone__line">{ line }</span> }
                    </p>
                    <SyncCorner />
                </div>
                if let Some((at, of)) = props.progress { <ProgressBars {at} {of} /> }
            </header>
            <main class="phone__main" id="content" data-step={props.step.clone()}>
                <VersionNotice />
                if props.names_writer { <Writer /> }
                <TakenOff />
                { props.children.clone() }
            </main>
            if props.buttons != Html::default() { <footer class="phone__buttons">{ props.buttons.clone() }</footer> }
        </div>
    }
}
