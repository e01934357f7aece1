//! The parts of the app that a phone fetches after the first: modules of their own, cut out of the one wasm.
//!
//! The cut follows the call graph (`wasm_split`; `xtask/src/client/compile.rs` makes it): what only the functions here
//! lead to, code and data, goes into their module. So nothing else may name what is drawn here, and what a module
//! shares with the rest stays with the rest. A module lies beside the app, in the service worker's cache too, and is
//! drawn at once from the second time on.
#![allow(unsafe_code, reason = "the macro imports each module's entry, which is linked when the module is")]

use std::cell::Cell;

use shared::documents::EntryId;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::prelude::{Html, html};

use crate::kinds::{around, every, install};
use crate::library::WithLibrary;
use crate::platform::later_style;
use crate::route::{Place, Screen};
use crate::views::actions::ActionsPage;
use crate::views::lead::Lead;
use crate::views::new_workshop::NewWorkshop;
use crate::views::phone::Phone;
use crate::views::phone::local_overview::LocalOverview;
use crate::views::phone::own_group::OwnGroup;
use crate::views::preview::{Preview, SharedPart};
use crate::views::projector::Projector;
use crate::views::summary::Summary;
use crate::views::tool_page::ToolPage;
use crate::views::tool_screen::{ReadScreen, ResultScreen, ResultsScreen};
use crate::views::tools::Tools;

/// A module that is fetched when one of its screens is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Module {
    /// What facilitators work with: the desk, making a workshop, the library.
    Desk,
    /// The large screen.
    Wall,
    /// A tool to be read, and its result.
    Paper,
    /// The steps of every kind of table but levels, on a phone, which the desk brings too; the actions' page, and groups.
    Kinds,
}

/// A screen of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModuleScreen {
    /// The facilitator's desk.
    Lead(Place),
    /// A workshop is made.
    NewWorkshop,
    /// The tools there are.
    Tools,
    /// One of them, by its id.
    Tool(String),
    /// The large screen.
    Projector,
    /// A tool of the workshop is read.
    Read(EntryId),
    /// The result of a tool of the workshop.
    Result(EntryId),
    /// What others will see of what was answered alone, in a part of a tool.
    Preview(EntryId, usize),
    /// What the group has of a part that everyone answers alone, as they take it home.
    Shared(EntryId, usize),
    /// The results of all tools of the workshop.
    Results,
    /// The workshop's page.
    Summary(Place),
    /// A step of a tool on a phone, the actions' page, or the overview of what is filled in alone.
    Step(Place),
    /// On a phone's overview: which group one is in, and the other groups.
    Groups(Place),
}

/// Draws a screen; that of another module as nothing.
pub type Draw = fn(&ModuleScreen) -> Html;

thread_local! {
    static HERE: [Cell<Option<Draw>>; 4] = const { [const { Cell::new(None) }; 4] };
}

impl ModuleScreen {
    /// The module that draws it.
    #[must_use]
    pub fn module(&self) -> Module {
        match self {
            Self::Lead(_) | Self::NewWorkshop | Self::Tools | Self::Tool(_) => Module::Desk,
            Self::Projector => Module::Wall,
            Self::Read(_)
            | Self::Result(_)
            | Self::Results
            | Self::Summary(_)
            | Self::Preview(..)
            | Self::Shared(..) => Module::Paper,
            Self::Step(_) | Self::Groups(_) => Module::Kinds,
        }
    }
}

impl Module {
    /// What draws its screens, once the module is here.
    #[must_use]
    pub fn draw(self) -> Option<Draw> {
        HERE.with(|here| here[self as usize].get())
    }

    /// Fetches the module unless it is here. Says whether it is; if not, a later call tries again.
    pub async fn fetch(self) -> bool {
        if self.draw().is_some() {
            return true;
        }
        // Before the module: from then on its steps are drawn.
        if !later_style::fetch().await {
            return false;
        }
        let fetched = match self {
            Self::Desk => desk().await,
            Self::Wall => wall().await,
            Self::Paper => paper().await,
            Self::Kinds => kinds().await,
        };
        // Why it failed is in the console, said by the script that fetches modules.
        let Ok(draw) = fetched else { return false };
        HERE.with(|here| here[self as usize].set(Some(draw)));
        true
    }
}

// Each gives a function instead of drawing, so that drawing is no wait once the module is here.

#[wasm_split(desk, fallible)]
fn desk() -> Result<Draw, SplitLoaderError> {
    install(every::steps, around::around);
    Ok(draw_desk)
}

#[wasm_split(wall, fallible)]
fn wall() -> Result<Draw, SplitLoaderError> {
    Ok(draw_wall)
}

#[wasm_split(paper, fallible)]
fn paper() -> Result<Draw, SplitLoaderError> {
    Ok(draw_paper)
}

#[wasm_split(kinds, fallible)]
fn kinds() -> Result<Draw, SplitLoaderError> {
    install(every::steps, around::around);
    Ok(draw_step)
}

fn draw_desk(screen: &ModuleScreen) -> Html {
    let view = match screen {
        ModuleScreen::Lead(place) => html! { <Lead place={place.clone()} /> },
        ModuleScreen::NewWorkshop => html! { <NewWorkshop /> },
        ModuleScreen::Tools => html! { <Tools /> },
        ModuleScreen::Tool(tool) => html! { <ToolPage tool={tool.clone()} /> },
        _ => return Html::default(),
    };
    html! { <WithLibrary>{ view }</WithLibrary> }
}

fn draw_wall(screen: &ModuleScreen) -> Html {
    match screen {
        ModuleScreen::Projector => html! { <Projector /> },
        _ => Html::default(),
    }
}

fn draw_paper(screen: &ModuleScreen) -> Html {
    let view = match screen {
        ModuleScreen::Read(tool) => html! { <ReadScreen tool={*tool} /> },
        ModuleScreen::Result(tool) => html! { <ResultScreen tool={*tool} /> },
        ModuleScreen::Preview(tool, part) => return html! { <Preview tool={*tool} part={*part} /> },
        ModuleScreen::Shared(tool, part) => return html! { <SharedPart tool={*tool} part={*part} /> },
        ModuleScreen::Results => html! { <ResultsScreen /> },
        ModuleScreen::Summary(place) => html! { <Summary place={place.clone()} /> },
        _ => return Html::default(),
    };
    html! { <WithLibrary>{ view }</WithLibrary> }
}

// The screen itself lies with the app, and is of use once the kinds are here.
fn draw_step(screen: &ModuleScreen) -> Html {
    match screen {
        ModuleScreen::Step(place) if place.screen == Screen::Actions => html! { <ActionsPage place={place.clone()} /> },
        ModuleScreen::Step(place) if !matches!(place.screen, Screen::Step(_)) => {
            html! { <LocalOverview place={place.clone()} /> }
        }
        ModuleScreen::Step(place) => html! { <Phone place={place.clone()} /> },
        ModuleScreen::Groups(place) => html! { <OwnGroup place={place.clone()} /> },
        _ => Html::default(),
    }
}
