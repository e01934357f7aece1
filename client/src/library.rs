//! The tools that a workshop can be made of, out of the packs that came with the app and the work-place's own.
//!
//! [`filter`] and [`search`] find tools among them; [`words`] says in short what a tool is.

pub mod filter;
pub mod search;
pub mod words;

use std::cell::RefCell;
use std::rc::Rc;

use shared::content::{Pack, PackIndex, Programme, Tool};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::{
    Callback, Children, ContextProvider, Html, Properties, component, hook, html, use_callback, use_effect_with,
    use_state, use_state_eq,
};

use crate::platform::page;

/// The tools of all packs.
#[derive(Debug, Clone, PartialEq)]
pub enum Library {
    /// Being fetched; from the cache it takes milliseconds.
    Loading,
    /// Here.
    Here(Rc<Shelf>),
    /// They could not be fetched, and are not on this device. It is tried again when the network comes back, and by this.
    Failed(Callback<()>),
}

/// What the packs offer, in the order of packs and of what is in them.
#[derive(Debug, PartialEq)]
pub struct Shelf {
    tools: Vec<Rc<Tool>>,
    programmes: Vec<Rc<Programme>>,
}

impl Library {
    /// The tools that are here.
    #[must_use]
    pub fn tools(&self) -> &[Rc<Tool>] {
        match self {
            Self::Here(shelf) => &shelf.tools,
            Self::Loading | Self::Failed(_) => &[],
        }
    }

    /// The programmes of which every tool is here.
    #[must_use]
    pub fn programmes(&self) -> &[Rc<Programme>] {
        match self {
            Self::Here(shelf) => &shelf.programmes,
            Self::Loading | Self::Failed(_) => &[],
        }
    }

    /// The tool named `id`.
    #[must_use]
    pub fn tool(&self, id: &str) -> Option<Rc<Tool>> {
        self.tools().iter().find(|tool| tool.id == id).cloned()
    }
}

thread_local! {
    /// What was fetched since the app started.
    static FETCHED: RefCell<Option<Library>> = const { RefCell::new(None) };
}

/// See [`WithLibrary`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct WithLibraryProps {
    /// What the tools are provided to.
    pub children: Children,
}

/// Fetches the packs once, and provides the tools to everything below it.
#[component]
pub fn WithLibrary(props: &WithLibraryProps) -> Html {
    let library = use_state(|| FETCHED.with_borrow(Clone::clone).unwrap_or(Library::Loading));
    let tries = use_state_eq(|| 0_usize);
    let again = use_callback(tries.clone(), |(), tries| tries.set(**tries + 1));
    let (fetched, retry) = (library.setter(), again.clone());
    use_effect_with(*tries, move |_| {
        if FETCHED.with_borrow(Option::is_some) {
            return;
        }
        spawn_local(async move {
            let Some((shelf, is_whole)) = fetch().await else { return fetched.set(Library::Failed(retry)) };
            let library = Library::Here(Rc::new(shelf));
            if is_whole {
                FETCHED.set(Some(library.clone()));
            }
            fetched.set(library);
        });
    });
    use_effect_with(again, |again| {
        let again = again.clone();
        let listener = page::on_online(move || again.emit(()));
        move || drop(listener)
    });
    html! { <ContextProvider<Library> context={(*library).clone()}>{ props.children.clone() }</ContextProvider<Library>> }
}

/// The tools that a component above provides.
#[hook]
pub fn use_library() -> Library {
    yew::use_context::<Library>().unwrap_or(Library::Loading)
}

/// The packs, and whether all of them came: one that did not is asked for again later.
async fn fetch() -> Option<(Shelf, bool)> {
    let index: PackIndex = minicbor::decode(&page::fetch_bytes("/packs/index.cbor").await?).ok()?;
    let (mut tools, mut programmes) = (Vec::new(), Vec::new());
    let mut is_whole = true;
    for file in index.packs {
        let Some(bytes) = page::fetch_bytes(&file.path).await else {
            is_whole = false;
            continue;
        };
        // A pack of a later version that cannot be read leaves the others as they are.
        let Ok(pack) = minicbor::decode::<Pack>(&bytes) else { continue };
        tools.extend(pack.tools.into_iter().map(Rc::new));
        programmes.extend(pack.programmes.into_iter().map(Rc::new));
    }
    let is_here = |programme: &Rc<Programme>| {
        programme.tools.iter().all(|planned| tools.iter().any(|tool: &Rc<Tool>| tool.id == planned.tool))
    };
    programmes.retain(is_here);
    // Packs that cannot be had at all are no library.
    (!tools.is_empty()).then_some((Shelf { tools, programmes }, is_whole))
}
