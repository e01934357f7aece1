//! A tool as something to read: for preparing, and before it is chosen.

use std::rc::Rc;

use shared::content::{Agenda, Body, Entry, Localized, Maturity, Moment, Reference, Section, Step, Tool};
use yew::prelude::{Html, Properties, component, html};

use crate::library::use_library;
use crate::texts::{Key, Texts, use_texts};

/// See [`ReadTool`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ReadToolProps {
    /// The tool.
    pub tool: Rc<Tool>,
}

/// Draws every part of the tool, and where the original is found.
#[component]
pub fn ReadTool(props: &ReadToolProps) -> Html {
    let texts = use_texts();
    let library = use_library();
    let tool = &props.tool;
    let source = &tool.source;
    html! {
        <article class="read" data-test="read">
            if let Some(purpose) = &tool.purpose {
                <section class="read__section"><h2>{ texts.get(Key::ReadPurpose) }</h2><p>{ get(purpose, texts) }</p></section>
            }
            // What a part holds that this version cannot read is left out; the others are there.
            { for tool.parts.iter().filter_map(|part| Some(match &part.body {
                Body::Maturity(maturity) => read_maturity(maturity, texts),
                Body::Agenda(agenda) => read_agenda(&agenda.read().ok()?, texts, &|id| {
                    library.tool(id).map_or_else(|| id.to_owned(), |tool| tool.title.get(texts.language).to_owned())
                }),
                Body::Reference(reference) => read_reference(&reference.read().ok()?, texts),
                // Only in packs that are still drafts.
                _ => Html::default(),
            })) }
            <footer class="read__source">
                <h2>{ texts.get(Key::ReadSource) }</h2>
                <p lang="da">{ texts.read_source_line(&source.publisher, &source.title) }</p>
                if let Some(url) = source.url.as_deref().filter(|url| url.starts_with("https://")) {
                    <p><a href={url.to_owned()} target="_blank" rel="noreferrer noopener">{ texts.get(Key::ReadSourceOpen) }</a></p>
                }
                if let Some(note) = &source.licence_note { <p>{ get(note, texts) }</p> }
            </footer>
        </article>
    }
}

fn get(text: &Localized, texts: Texts) -> String {
    text.get(texts.language).to_owned()
}

fn paragraphs(entries: &[Entry], texts: Texts) -> Html {
    entries.iter().map(|entry| html! { <p>{ get(&entry.text, texts) }</p> }).collect()
}

fn list(entries: &[Entry], texts: Texts) -> Html {
    html! { <ul class="read__list">{ for entries.iter().map(|entry| html! { <li>{ get(&entry.text, texts) }</li> }) }</ul> }
}

fn read_maturity(maturity: &Maturity, texts: Texts) -> Html {
    let level = |level: &shared::content::Level| {
        html! {
            <section class="read__level">
                <h3 class="read__level-title"><span class="read__number">{ level.value }</span>{ get(&level.name, texts) }</h3>
                <p class="read__gist">{ get(&level.gist, texts) }</p>
                { list(&level.characteristics, texts) }
            </section>
        }
    };
    let question = |title: &Localized, hint: &Localized| {
        html! { <li><span class="read__strong">{ get(title, texts) }</span><span class="read__hint">{ get(hint, texts) }</span></li> }
    };
    html! {
        <>
            <section class="read__section"><h2>{ texts.get(Key::ReadDefinition) }</h2>{ paragraphs(&maturity.definition, texts) }</section>
            <section class="read__section"><h2>{ texts.get(Key::ReadConsequences) }</h2>{ paragraphs(&maturity.consequences, texts) }</section>
            <section class="read__section">
                <h2>{ texts.read_levels(maturity.levels.len()) }</h2>
                { for maturity.levels.iter().rev().map(level) }
            </section>
            <section class="read__section">
                <h2>{ texts.get(Key::ReadQuestions) }</h2>
                <ul class="read__questions">
                    { for maturity.columns.iter().map(|column| question(&column.title, &column.hint)) }
                    { for maturity.prompts.iter().map(|prompt| question(&prompt.title, &prompt.hint)) }
                </ul>
            </section>
        </>
    }
}

fn read_agenda(agenda: &Agenda, texts: Texts, name_of: &dyn Fn(&str) -> String) -> Html {
    let step = |step: &Step| {
        html! {
            <li class="read__step">
                <h3 class="read__step-title">
                    { get(&step.title, texts) }
                    if let Some(minutes) = step.minutes { <span class="read__minutes">{ texts.home_minutes(usize::from(minutes)) }</span> }
                </h3>
                <p class="read__gist">{ get(&step.purpose, texts) }</p>
                { list(&step.tasks, texts) }
                if !step.points_to.is_empty() {
                    <p class="read__hint">
                        { format!("{}: {}", texts.get(Key::ReadLeadsTo), step.points_to.iter().map(|id| name_of(id.as_str())).collect::<Vec<_>>().join(", ")) }
                    </p>
                }
            </li>
        }
    };
    let moment = |moment: Moment| {
        let heading = match moment {
            Moment::Preparation => texts.read_preparation(usize::from(agenda.preparation_minutes)),
            Moment::Meeting => texts.read_meeting(usize::from(agenda.meeting_minutes)),
        };
        html! { <section class="read__section"><h2>{ heading }</h2><ol class="read__steps">{ for agenda.steps_at(moment).map(step) }</ol></section> }
    };
    html! {
        <>
            <section class="read__section"><h2>{ texts.get(Key::ReadAim) }</h2><p>{ get(&agenda.aim, texts) }</p></section>
            <section class="read__section"><h2>{ texts.get(Key::ReadParticipants) }</h2>{ list(&agenda.participants, texts) }</section>
            { moment(Moment::Preparation) }
            { moment(Moment::Meeting) }
        </>
    }
}

fn read_reference(reference: &Reference, texts: Texts) -> Html {
    let section = |section: &Section| {
        html! {
            <section class="read__section"><h2>{ get(&section.title, texts) }</h2>{ paragraphs(&section.paragraphs, texts) }</section>
        }
    };
    reference.sections.iter().map(section).collect()
}
