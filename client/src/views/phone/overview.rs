//! The workshop at a glance: its tools, what one has answered, and what else there is.

use shared::content::PromptRole;
use shared::documents::control::ToolInstance;
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Html, Properties, component, html, use_callback, use_state_eq};

use super::frame::Frame;
use super::people_sheet::PeopleSheet;
use crate::components::kind_drawing::KindDrawing;
use crate::components::person_mark::PersonMark;
use crate::components::preference_choices::PreferenceChoices;
use crate::components::privacy_button::PrivacyButton;
use crate::hooks::use_snapshot;
use crate::people;
use crate::preferences::use_go;
use crate::route::{Place, Route, Screen};
use crate::table::{Step, Table};
use crate::texts::{Key, Texts, use_texts};

/// See [`Overview`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct OverviewProps {
    /// Where this is.
    pub place: Place,
}

/// Draws the overview.
#[component]
pub fn Overview(props: &OverviewProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let go = use_go();
    let shows_people = use_state_eq(|| false);
    let on_people = use_callback(shows_people.clone(), |_: MouseEvent, shows| shows.set(true));
    let on_people_close = use_callback(shows_people.clone(), |(), shows| shows.set(false));
    let on_back = use_callback((go.clone(), props.place.clone()), |(), (go, place)| {
        let back = if place.role == shared::access::Role::Facilitator {
            Route::Workshop(place.on(Screen::Start))
        } else {
            Route::Home
        };
        go.emit(back);
    });
    let title = snapshot.control.title_text();
    html! {
        <Frame title={if title.is_empty() { AttrValue::Static(texts.get(Key::HomeUntitled)) } else { title.into() }}
            line={Some(AttrValue::Static(texts.get(Key::TableOverview)))} {on_back}>
            <h1 class="hidden-words">{ texts.get(Key::TableOverview) }</h1>
            if let Some(me) = snapshot.me {
                <section class="overview__me">
                    <PersonMark mark={people::mark(&snapshot.board, me)} class="overview__mark" />
                    <p class="overview__name" dir="auto">{ texts.people_writing_for(&people::name(&snapshot.board, me, texts)) }</p>
                    <button class="button button--small" type="button" onclick={on_people} data-test="people">{ texts.get(Key::PeopleSwitch) }</button>
                </section>
                if snapshot.board.is_removed(&me) { <p class="notice notice--attention">{ texts.get(Key::PeopleRemoved) }</p> }
            }
            if snapshot.control.tools.is_empty() { <p class="phone__empty">{ texts.get(Key::ScreenNoTools) }</p> }
            { for snapshot.control.tools.iter().map(|instance| html! {
                <ToolCard key={instance.id.to_string()} instance={instance.clone()} place={props.place.clone()} />
            }) }
            <section class="overview__more">
                <PreferenceChoices />
                <PrivacyButton />
            </section>
            if *shows_people { <PeopleSheet on_close={on_people_close} /> }
        </Frame>
    }
}

/// See [`ToolCard`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct ToolCardProps {
    instance: ToolInstance,
    place: Place,
}

/// A tool with its questions, each a link with what is answered there.
#[component]
fn ToolCard(props: &ToolCardProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let instance = &props.instance;
    let tool = &instance.tool;
    let link = |screen| format!("#{}", Route::Workshop(props.place.on(screen)));
    let table = Table::of(instance);
    let states = table.as_ref().map(|table| {
        let answers = table.answers(&snapshot.control, &snapshot.board);
        let state = |step: Step| match step {
            Step::Place(column) => {
                let level = snapshot.me.and_then(|me| answers.column(column).level_of(me));
                level.map(|level| texts.table_you_chose(usize::from(level)))
            }
            Step::Prompt(PromptRole::Obstacles) => counted(answers.obstacles.len(), texts),
            Step::Prompt(PromptRole::Signs) => counted(answers.signs.len(), texts),
            Step::Prompt(PromptRole::TimeFrame) => {
                let is_set = answers.time_frame.values().iter().any(|stamped| !stamped.value.is_empty());
                (is_set || !answers.time_frame_words.trim().is_empty()).then(|| texts.get(Key::TableDone).to_owned())
            }
            Step::Agreed => answers.gap().is_some().then(|| texts.get(Key::TableDone).to_owned()),
        };
        table.steps().into_iter().map(|step| (step, title_of(table, step, texts), state(step))).collect::<Vec<_>>()
    });
    html! {
        <section class="card tool-card">
            <header class="tool-card__head">
                if let Some(kind) = tool.kinds().first() { <KindDrawing kind={*kind} /> }
                <div>
                    <h2 class="card__title">{ tool.title.get(texts.language) }</h2>
                    if states.is_none() { <p class="card__lead">{ tool.summary.get(texts.language) }</p> }
                </div>
            </header>
            if let Some(states) = states {
                <ol class="tool-card__steps">
                    { for states.into_iter().map(|(step, title, state)| html! {
                        <li key={step.code()}>
                            <a class="tool-card__step" href={link(Screen::Step(instance.id, step))} data-test={format!("step-{}", step.code())}>
                                <span>{ title }</span>
                                <span class="tool-card__state">{ state.unwrap_or_default() }</span>
                            </a>
                        </li>
                    }) }
                </ol>
            }
            <div class="tool-card__links">
                <a class="text-button" href={link(Screen::Read(instance.id))} data-test="read-tool">{ texts.get(Key::TableReadTool) }</a>
                if table.is_some() {
                    <a class="text-button" href={link(Screen::Result(instance.id))} data-test="result">{ texts.get(Key::MenuResult) }</a>
                }
            </div>
        </section>
    }
}

fn counted(count: usize, texts: Texts) -> Option<String> {
    (count > 0).then(|| texts.table_count_notes(count))
}

/// What a step asks, in the tool's own words.
#[must_use]
pub fn title_of(table: &Table, step: Step, texts: Texts) -> String {
    let maturity = table.maturity();
    let title = match step {
        Step::Place(column) => maturity.column(column).map(|column| &column.title),
        Step::Prompt(role) => maturity.prompt(role).map(|prompt| &prompt.title),
        Step::Agreed => None,
    };
    title.map_or(texts.get(Key::TableAgreed), |title| title.get(texts.language)).to_owned()
}
