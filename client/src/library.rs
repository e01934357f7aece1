//! The tools that a workshop can be made of, out of the packs that came with the app.

use std::rc::Rc;

use shared::content::{Pack, PackIndex, Tool};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::{hook, use_effect_with, use_state};

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

/// Fetches the packs; for the one component that provides them.
#[hook]
pub fn use_fetched_library() -> Library {
    let library = use_state(|| Library::Loading);
    let fetched = library.setter();
    use_effect_with((), move |()| {
        spawn_local(async move {
            fetched.set(fetch().await.map_or(Library::Failed, |tools| Library::Here(Rc::new(tools))));
        });
    });
    (*library).clone()
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
