//! The tools that a workshop can be made of, out of the packs that came with the app.

use std::cell::RefCell;
use std::rc::Rc;

use shared::content::{Pack, PackIndex, Tool};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::{Children, ContextProvider, Html, Properties, component, hook, html, use_effect_with, use_state};

use crate::platform::page;

/// The tools of all packs.
#[derive(Debug, Clone, PartialEq)]
pub enum Library {
    /// Being fetched; from the cache it takes milliseconds.
    Loading,
    /// Here, in the order of packs and of tools within them.
    Here(Rc<Vec<Rc<Tool>>>),
    /// They could not be fetched, and are not on this device.
    Failed,
}

impl Library {
    /// The tools that are here.
    #[must_use]
    pub fn tools(&self) -> &[Rc<Tool>] {
        match self {
            Self::Here(tools) => tools,
            Self::Loading | Self::Failed => &[],
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
    let fetched = library.setter();
    use_effect_with((), move |()| {
        if FETCHED.with_borrow(Option::is_some) {
            return;
        }
        spawn_local(async move {
            let Some(tools) = fetch().await else { return fetched.set(Library::Failed) };
            let library = Library::Here(Rc::new(tools));
            FETCHED.set(Some(library.clone()));
            fetched.set(library);
        });
    });
    html! { <ContextProvider<Library> context={(*library).clone()}>{ props.children.clone() }</ContextProvider<Library>> }
}

/// The tools that a component above provides.
#[hook]
pub fn use_library() -> Library {
    yew::use_context::<Library>().unwrap_or(Library::Loading)
}

async fn fetch() -> Option<Vec<Rc<Tool>>> {
    let index: PackIndex = minicbor::decode(&page::fetch_bytes("/packs/index.cbor").await?).ok()?;
    let mut tools = Vec::new();
    for file in index.packs {
        // A pack of a later version that cannot be read leaves the others as they are.
        let pack: Option<Pack> = page::fetch_bytes(&file.path).await.and_then(|bytes| minicbor::decode(&bytes).ok());
        tools.extend(pack.into_iter().flat_map(|pack| pack.tools).map(Rc::new));
    }
    Some(tools)
}
