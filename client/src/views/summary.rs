//! The workshop's page, for whoever leads it: how far the group is with each tool, who takes part, what is agreed, and
//! everything on paper.

use shared::documents::Activity;
use shared::documents::actions::{Status, Who, actions, statuses, whos};
use shared::documents::control::ToolInstance;
use yew::prelude::{AttrValue, Html, Properties, component, html};

use crate::components::icon::Icon;
use crate::components::kind_drawing::{drawn_kind, kind_drawing};
use crate::components::person_mark::person_mark;
use crate::components::sync_corner::SyncCorner;
use crate::groups::title;
use crate::hooks::{use_progress, use_snapshot};
use crate::kinds::has_result;
use crate::library::words::duration;
use crate::people;
use crate::route::{Place, Route, Screen};
use crate::session::Snapshot;
use crate::texts::{Key, Texts, use_texts};
use crate::views::page_frame::PageFrame;

/// See [`Summary`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct SummaryProps {
    /// Where this is.
    pub place: Place,
}

/// Draws the page.
#[component]
pub fn Summary(props: &SummaryProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let link = |screen| format!("#{}", Route::Workshop(props.place.on(screen)));
    let tools = &snapshot.control.tools;
    let all = duration(tools.iter().map(|instance| u32::from(instance.tool.minutes)).sum(), texts);
    let facts = [Some(texts.build_count(tools.len())), all].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    html! {
        <PageFrame title={snapshot.control.title_text()} lead={facts} back={link(Screen::Start)} tools={html! { <SyncCorner /> }}>
            <div class="actions">
                <a class="button button--main" href={link(Screen::Results)} data-test="all-results">{ texts.get(Key::SummaryPrint) }</a>
                <a class="button" href={link(Screen::Start)} data-test="to-desk">{ texts.get(Key::SummaryDesk) }</a>
            </div>
            <section class="summary" aria-label={texts.get(Key::LeadProgramme)}>
                <h2>{ texts.get(Key::LeadProgramme) }</h2>
                if tools.is_empty() { <p class="lead__hint">{ texts.get(Key::LeadToolsNone) }</p> }
                <ol class="summary__tools">
                    { for tools.iter().map(|instance| html! {
                        <ToolLine key={instance.id.to_string()} instance={instance.clone()} place={props.place.clone()} />
                    }) }
                </ol>
            </section>
            { agreed(&snapshot, &link(Screen::Actions), texts) }
            { taking_part(&snapshot, texts) }
            <Delivered />
        </PageFrame>
    }
}

/// See [`ToolLine`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct ToolLineProps {
    instance: ToolInstance,
    place: Place,
}

/// A tool with how far the group is, and the ways to read and to print it.
#[component]
fn ToolLine(props: &ToolLineProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let ToolLineProps { instance, place } = props;
    let tool = &instance.tool;
    let activity = Activity::of(&snapshot.control, &snapshot.board, instance.id);
    let is_answered = tool.parts.iter().any(|part| has_result(part.kind()));
    let progress = match (activity.is_none(), is_answered) {
        (_, false) => texts.get(Key::SummaryToRead).to_owned(),
        (true, true) => texts.get(Key::SummaryNothing).to_owned(),
        (false, true) => {
            let entries = (activity.entries > 0).then(|| texts.summary_entries(activity.entries));
            [Some(texts.summary_people(activity.people)), entries].into_iter().flatten().collect::<Vec<_>>().join(" · ")
        }
    };
    let name = title(&snapshot.control, instance, texts);
    let facts = duration(u32::from(tool.minutes), texts);
    let way = |screen, key: Key, test: &'static str| {
        html! {
            <a class="text-button" href={format!("#{}", Route::Workshop(place.on(screen)))} data-test={test}>
                { texts.get(key) }<span class="hidden-words">{ format!(": {name}") }</span>
            </a>
        }
    };
    html! {
        <li class="summary__tool" data-test={format!("summary-{}", tool.id)}>
            { drawn_kind(tool).map(kind_drawing).unwrap_or_default() }
            <div class="summary__words">
                <p><strong>{ &name }</strong>{ facts.map(|facts| format!(" · {facts}")).unwrap_or_default() }</p>
                <p class="summary__progress" data-test="summary-progress">{ progress }</p>
                <div class="summary__ways">
                    { way(Screen::Read(instance.id), Key::TableReadTool, "read-tool") }
                    if is_answered { { way(Screen::Result(instance.id), Key::MenuResult, "result") } }
                </div>
            </div>
        </li>
    }
}

/// Who does what; nothing where nothing is agreed yet.
fn agreed(snapshot: &Snapshot, page: &str, texts: Texts) -> Html {
    let all = actions(&snapshot.control, &snapshot.board);
    if all.is_empty() {
        return Html::default();
    }
    let taker = |who: Who| match who {
        Who::Person(person) => people::name(&snapshot.board, person, texts),
        Who::Named(name) => name,
    };
    html! {
        <section class="summary">
            <h2><a href={page.to_owned()} data-test="summary-actions">{ texts.get(Key::SummaryActions) }</a></h2>
            <ul class="summary__actions">
                { for all.iter().map(|row| {
                    let who: Vec<String> = whos(row).into_iter().map(taker).collect();
                    let is_done = statuses(row).contains(&Status::Done);
                    html! {
                        <li key={row.id.to_string()} data-test="summary-action">
                            if is_done { { Icon::Check.image() }<span class="hidden-words">{ texts.get(Key::SummaryDone) }</span>{ " " } }
                            <span dir="auto">{ row.texts.get(shared::documents::actions::WHAT).cloned().unwrap_or_default() }</span>
                            if !who.is_empty() { <span class="summary__progress" dir="auto">{ format!(" · {}", who.join(", ")) }</span> }
                        </li>
                    }
                }) }
            </ul>
        </section>
    }
}

fn taking_part(snapshot: &Snapshot, texts: Texts) -> Html {
    let people = people::present(&snapshot.board);
    html! {
        <section class="summary">
            <h2 data-test="summary-people" data-count={people.len().to_string()}>{ texts.lead_people(people.len()) }</h2>
            if people.is_empty() { <p class="lead__hint">{ texts.get(Key::LeadPeopleNone) }</p> }
            <ul class="summary__people">
                { for people.iter().map(|person| html! {
                    <li key={person.id.to_string()}>
                        { person_mark(person.mark, None) }
                        <span dir="auto">{ people::name(&snapshot.board, person.id, texts) }</span>
                    </li>
                }) }
            </ul>
        </section>
    }
}

/// How far what was done on this device has come.
#[component]
fn Delivered() -> Html {
    let texts = use_texts();
    let [waiting, received] = use_progress((), |progress, ()| {
        let delivery = &progress.delivery;
        [delivery.keeping + delivery.on_device + delivery.sent_waiting, delivery.received]
    });
    let words = match waiting {
        0 => AttrValue::Static(texts.get(Key::SummaryAllReceived)),
        waiting => texts.summary_waiting(waiting).into(),
    };
    html! {
        <section class="summary">
            <h2>{ texts.get(Key::SummaryDevice) }</h2>
            <p data-test="summary-sync" data-waiting={waiting.to_string()} data-received={received.to_string()}>{ words }</p>
        </section>
    }
}
