//! Text to read: a section a screen, on phones and on the wall.

mod aids;
mod quote_sheet;
mod scene;
mod step;

use shared::content::{Body, Part, Reference, Section};
use yew::prelude::{Html, html};

use self::scene::{ContentsScene, SectionScene};
use self::step::SectionStep;
use super::{PaperViews, Scene, SceneProps, SceneViews, Step, StepProps, StepViews, list, paragraphs, words};
use crate::library::Library;
use crate::part::PartAt;
use crate::session::Snapshot;
use crate::texts::Texts;

/// See [`StepViews`], [`SceneViews`], [`PaperViews`].
#[derive(Debug)]
pub(super) struct ReferenceViews;

impl StepViews for ReferenceViews {
    fn steps(&self, at: &PartAt, texts: Texts) -> Vec<Step> {
        let step = |section: &Section| Step {
            code: section.id.to_string().into(),
            title: words(&section.title, texts),
            asks: false,
        };
        sections(at).iter().map(step).collect()
    }

    fn state(&self, _: &PartAt, _: &str, _: &Snapshot, _: Texts) -> Option<String> {
        None
    }

    fn phone(&self, props: StepProps) -> Html {
        html! { <SectionStep ..props /> }
    }
}

impl SceneViews for ReferenceViews {
    fn scene(&self, props: SceneProps, texts: Texts) -> Scene {
        let part_title = || props.at.part().title.as_ref().map(|title| words(title, texts));
        let (title, body) = match props.step.as_deref().and_then(|step| found(&props.at, step)) {
            Some(section) => {
                let section = section.clone();
                (Some(words(&section.title, texts)), html! { <SectionScene {section} invitation={props.invitation} /> })
            }
            None => (part_title(), html! { <ContentsScene ..props /> }),
        };
        Scene { title, body, has_legend: false }
    }
}

impl PaperViews for ReferenceViews {
    fn read(&self, part: &Part, _: &Library, texts: Texts) -> Html {
        let section = |section: &Section| {
            html! {
                <section class="read__section">
                    <h2>{ words(&section.title, texts) }</h2>
                    { paragraphs(&section.paragraphs, texts) }
                    if !section.items.is_empty() { { list(&section.items, texts) } }
                </section>
            }
        };
        reference(&part.body).map(|reference| reference.sections.iter().map(section).collect()).unwrap_or_default()
    }
}

fn reference(body: &Body) -> Option<&Reference> {
    if let Body::Reference(reference) = body { reference.get() } else { None }
}

/// The sections of a part; none of one that is not read, or that this version cannot read.
fn sections(at: &PartAt) -> &[Section] {
    reference(at.body()).map(|reference| reference.sections.as_slice()).unwrap_or_default()
}

/// The section that a step is.
fn found<'a>(at: &'a PartAt, step: &str) -> Option<&'a Section> {
    sections(at).iter().find(|section| section.id.as_str() == step)
}
