//! The work-place's own packs, for clients that fetch them beside those among the app's files.

use std::collections::BTreeMap;
use std::io::Read as _;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri, header};
use axum::response::Response;
use flate2::{Compression, bufread::GzEncoder};
use shared::content::{PackFile, PackIndex};

use super::AppState;
use super::files::{self, Form};
use crate::content::Content;

const INDEX: &str = "packs/index.cbor";

/// The own packs as files, and the index that names them after those of the app.
#[derive(Debug, Default)]
pub(crate) struct OwnPacks {
    /// By path, without a leading slash: as they are, and smaller.
    files: BTreeMap<String, [Form; 2]>,
}

impl OwnPacks {
    /// The own packs among `content`.
    pub(crate) fn new(content: &Content) -> Self {
        let mut files = BTreeMap::new();
        // Without an app there is nothing to fetch them, and no index of its own.
        let shipped = files::plain(INDEX).and_then(|bytes| minicbor::decode(&bytes).ok());
        let mut index = shipped.unwrap_or_else(|| PackIndex { packs: Vec::new() });
        for pack in content.own() {
            let bytes = minicbor::to_vec(pack).expect("writing to memory does not fail");
            // Named by its content, so that who has it keeps it, and who has another asks for this one.
            let hash: String = blake3::hash(&bytes).to_hex().chars().take(16).collect();
            let path = format!("packs/{}.{hash}.cbor", pack.id);
            index.packs.push(PackFile { id: pack.id.clone(), path: format!("/{path}") });
            files.insert(path, forms(bytes));
        }
        if !files.is_empty() {
            files.insert(INDEX.to_owned(), forms(minicbor::to_vec(&index).expect("writing to memory does not fail")));
        }
        Self { files }
    }
}

fn forms(bytes: Vec<u8>) -> [Form; 2] {
    let mut small = Vec::new();
    let read = GzEncoder::new(bytes.as_slice(), Compression::best()).read_to_end(&mut small);
    read.expect("compressing memory into memory does not fail");
    [(bytes, None), (small, Some("gzip"))].map(|(bytes, encoding)| {
        let tag = blake3::hash(&bytes).to_hex().chars().take(24).collect();
        Form { bytes: Bytes::from(bytes), tag, encoding }
    })
}

/// Answers with an own pack, the index that names it, or else what the app's files have.
pub(super) async fn serve(State(state): State<AppState>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    match state.own_packs.files.get(path).filter(|_| [Method::GET, Method::HEAD].contains(&method)) {
        Some([plain, small]) => {
            let taken = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
            let form = if files::takes(taken, "gzip") { small } else { plain };
            files::answer(path, form.clone(), &headers)
        }
        None => files::serve(method, uri, headers).await,
    }
}
