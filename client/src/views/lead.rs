//! The facilitator's desk: programme on the left, the board in the middle, people and links on the right.

pub(crate) mod column_board;
mod desk_ladder;
mod groups_sheet;
mod keep_sheet;
mod links_sheet;
mod people_list;
mod programme;
mod project_button;
mod qr_sheet;
mod settings_sheet;
mod side;
mod stage;
mod tools_sheet;

use shared::documents::control::ControlView;
use web_sys::{KeyboardEvent, MouseEvent};
use yew::prelude::{Callback, Html, Properties, classes, component, html, use_callback, use_state_eq};

use self::keep_sheet::KeepSheet;
use self::programme::Programme;
use self::side::Side;
use self::stage::Stage;
use crate::components::shared_text::undo_key;
use crate::components::sync_corner::SyncCorner;
use crate::components::version_notice::VersionNotice;
use crate::hooks::{use_session, use_snapshot};
use crate::kinds::{Stop, stops};
use crate::part::Spot;
use crate::route::{Place, Route, Screen};
use crate::texts::{Key, Texts, use_texts};
use crate::views::phone::stop_at;

/// See [`Lead`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct LeadProps {
    /// Where this is.
    pub place: Place,
}

/// One of the desk's three parts. Where they do not fit side by side, one of them is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pane {
    Programme,
    Stage,
    Side,
}

impl Pane {
    const ALL: [Self; 3] = [Self::Programme, Self::Stage, Self::Side];

    fn code(self) -> &'static str {
        match self {
            Self::Programme => "programme",
            Self::Stage => "stage",
            Self::Side => "side",
        }
    }

    fn word(self) -> Key {
        match self {
            Self::Programme => Key::LeadProgramme,
            Self::Stage => Key::LeadTabStage,
            Self::Side => Key::LeadTabSide,
        }
    }
}

/// Draws the desk.
#[component]
pub fn Lead(props: &LeadProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let wanted = use_state_eq(|| None::<Spot>);
    let pane = use_state_eq(|| Pane::Stage);
    let is_there = |spot: &Spot| stop_at(&snapshot.control, spot, texts).is_some();
    let first = || {
        let all = snapshot.control.tools.iter().map(|instance| stops(instance, texts));
        let all: Vec<_> = all.filter(|stops| !stops.is_empty()).collect();
        // Where the first tool begins with something to read, the group begins with what it asks.
        let asks = all.first().and_then(|stops| stops.iter().find(|stop| stop.step.asks));
        asks.or_else(|| all.first()?.first()).map(Stop::spot)
    };
    let spot = (*wanted).clone().filter(is_there).or_else(first);
    let on_pane = use_callback(pane.clone(), |wanted: Pane, pane| pane.set(wanted));
    let on_spot = use_callback((wanted, pane.clone()), |spot: Spot, (wanted, pane)| {
        wanted.set(Some(spot));
        pane.set(Pane::Stage);
    });
    let on_step = use_callback(session, |is_redo: bool, session| {
        // Nothing to take back is no fault.
        let _ = if is_redo { session.redo() } else { session.undo() };
    });
    let onkeydown = use_callback(on_step, |event: KeyboardEvent, on_step| undo_key(&event, on_step));
    html! {
        <main class={classes!("lead", format!("lead--{}", pane.code()))} {onkeydown} data-test="lead">
            <div class="lead__notices"><KeepSheet place={props.place.clone()} /><VersionNotice /></div>
            <header class="lead__bar">
                <h1 class="hidden-words">{ name_of(&snapshot.control, texts) }</h1>
                <div class="lead__tabs" role="group" aria-label={texts.get(Key::LeadTabs)}>
                    { for Pane::ALL.map(|tab| html! { <Tab key={tab.code()} pane={tab} is_seen={tab == *pane} on_pane={on_pane.clone()} /> }) }
                </div>
                <SyncCorner />
                <a class="lead__home" href={format!("#{}", Route::Workshop(props.place.on(Screen::Summary)))} data-test="summary">{ texts.get(Key::SummaryOpen) }</a>
                <a class="lead__home" href="#/" data-test="to-home">{ texts.get(Key::MenuHome) }</a>
            </header>
            <Programme place={props.place.clone()} spot={spot.clone()} on_spot={on_spot.clone()} />
            <Stage {spot} {on_spot} />
            <Side place={props.place.clone()} />
        </main>
    }
}

/// What the workshop is called; a word for that it has no name yet.
fn name_of(control: &ControlView, texts: Texts) -> String {
    let title = control.title_text();
    if title.is_empty() { texts.get(Key::HomeUntitled).to_owned() } else { title }
}

/// See [`Tab`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct TabProps {
    pane: Pane,
    is_seen: bool,
    on_pane: Callback<Pane>,
}

/// The way to a part that is not seen.
#[component]
fn Tab(props: &TabProps) -> Html {
    let texts = use_texts();
    let onclick =
        use_callback((props.on_pane.clone(), props.pane), |_: MouseEvent, (on_pane, pane)| on_pane.emit(*pane));
    html! {
        <button class="lead__tab" type="button" aria-pressed={props.is_seen.to_string()} {onclick}
            data-test={format!("lead-tab-{}", props.pane.code())}>{ texts.get(props.pane.word()) }</button>
    }
}
