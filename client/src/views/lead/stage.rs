//! The middle of the desk: the question that the group is at.

use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Callback, Html, Properties, component, html, use_callback, use_state_eq};

use super::project_button::{ProjectBesideButtons, ProjectButton};
use crate::components::part_intro::PartIntro;
use crate::components::undo_button::UndoButton;
use crate::hooks::{use_session, use_snapshot};
use crate::kinds::{Asked, StepProps, Stop, Surface, every, stops};
use crate::part::Spot;
use crate::texts::{Key, use_texts};
use crate::views::phone::{around, key_of, stop_at};

/// See [`Stage`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct StageProps {
    /// What stands here.
    pub(super) spot: Option<Spot>,
    /// Puts something else here.
    pub(super) on_spot: Callback<Spot>,
}

/// Draws the question with what the group has said to it.
#[component]
pub(super) fn Stage(props: &StageProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let stop = props.spot.as_ref().and_then(|spot| stop_at(&snapshot.control, spot, texts));
    html! {
        <section class="lead__stage stage" id="content" aria-label={texts.get(Key::LeadStage)}>
            if let Some(stop) = stop {
                <StopStage key={key_of(&stop.spot())} stop={stop.clone()} on_spot={props.on_spot.clone()} />
            } else {
                // Where there are some that cannot be shown, that is said above.
                <div class="stage__scroll">
                    <p class="lead__hint">{ if snapshot.control.unread_tools == 0 { texts.get(Key::LeadToolsNone) } else { "" } }</p>
                </div>
            }
        </section>
    }
}

/// See [`StopStage`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct StopStageProps {
    stop: Stop,
    on_spot: Callback<Spot>,
}

#[component]
fn StopStage(props: &StopStageProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let is_writing = use_state_eq(|| false);
    let on_write = use_callback(is_writing.clone(), |_: MouseEvent, is_writing| is_writing.set(true));
    let on_written = use_callback(is_writing.clone(), |(), is_writing| is_writing.set(false));
    let StopStageProps { stop, on_spot } = props;
    let at = &stop.at;
    let all = snapshot.control.tool(at.instance).map(|instance| stops(instance, texts)).unwrap_or_default();
    let (before, after) = around(&all, &stop.spot());
    let next_title = after
        .as_ref()
        .and_then(|after| all.iter().find(|stop| stop.spot() == *after))
        .map(|stop| stop.step.title.clone());
    let has_before = before.is_some();
    let on_back = use_callback((on_spot.clone(), before), |_: MouseEvent, (on_spot, spot)| {
        if let Some(spot) = spot {
            on_spot.emit(spot.clone());
        }
    });
    let on_next = use_callback((on_spot.clone(), after), |_: MouseEvent, (on_spot, spot)| {
        if let Some(spot) = spot {
            on_spot.emit(spot.clone());
        }
    });
    let Some(views) = stop.views() else { return Html::default() };
    let asked =
        Asked { at, step: &stop.step.code, surface: Surface::Desk, session: &session, snapshot: &snapshot, texts };
    let write = snapshot.can_write().then(|| views.write_button(&asked)).flatten();
    let inner = every::desk(
        at.part().kind(),
        StepProps {
            at: at.clone(),
            step: stop.step.code.clone(),
            surface: Surface::Desk,
            is_writing: *is_writing,
            on_written,
        },
    );
    html! {
        <>
            <div class="stage__scroll">
                <div class="stage__top"><ProjectBesideButtons at={at.clone()} step={stop.step.code.clone()} /><ProjectButton stop={stop.clone()} /></div>
                <div class="stage__inner">{ inner }<PartIntro at={at.clone()} /></div>
            </div>
            <footer class="stage__bar">
                <UndoButton />
                if has_before {
                    <button class="button" type="button" onclick={on_back} data-test="lead-back">{ texts.get(Key::AppBack) }</button>
                }
                if let Some(write) = write {
                    <button class="button" type="button" onclick={on_write} data-test={write.test}>{ write.words }</button>
                }
                if let Some(title) = next_title {
                    <button class="button button--main stage__next" type="button" onclick={on_next} data-test="lead-next">
                        { AttrValue::from(texts.lead_next_question(&title)) }
                    </button>
                }
            </footer>
        </>
    }
}
