//! A new workshop: its secret, its documents and the checkpoint that covers them.

use automerge::{ActorId, Automerge};
use serde::Deserialize;
use shared::access::{Admission, FacilitatorSecret, SignedCheckpoint, WorkshopId};
use shared::content::{Language, Tool};
use shared::documents::{EntryId, Kind, WriteError, board, control};
use shared::limits;
use shared::sync::DocumentId;
use shared::sync::document_sync::StoredChange;

use crate::content::Content;
use crate::store::WorkshopRecord;
use crate::{clock, random, words};

/// What somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// Tools by their ids, in the order of the programme.
    #[serde(default)]
    pub tools: Vec<String>,
    /// What the workshop is called.
    #[serde(default)]
    pub title: String,
    /// The language that it begins in.
    #[serde(default)]
    pub lang: Language,
}

/// Why no workshop could be made of that.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// There is no such tool.
    #[error("no tool `{tool}`; there are {known}")]
    UnknownTool {
        /// What was asked for.
        tool: String,
        /// The ids that there are.
        known: String,
    },
    /// More tools than a workshop holds.
    #[error("{count} tools, at most {}", limits::TOOL_INSTANCES)]
    TooManyTools {
        /// What was asked for.
        count: usize,
    },
    /// The title is too long.
    #[error("a title of {length} characters, at most {}", limits::TITLE)]
    TitleTooLong {
        /// Its length in UTF-16 code units.
        length: usize,
    },
    /// The documents could not be written.
    #[error("the workshop's documents could not be made")]
    Write(#[from] WriteError),
    /// The checkpoint could not be signed.
    #[error("the workshop's checkpoint could not be signed")]
    Checkpoint(#[from] shared::access::CheckpointError),
}

impl MakeError {
    /// The code of its words and what fills them, where whoever asked can mend it.
    pub(crate) fn problem(&self) -> Option<(&'static str, Vec<(&'static str, String)>)> {
        match self {
            Self::UnknownTool { tool, known } => {
                Some(("unknown-tool", vec![("tool", tool.clone()), ("known", known.clone())]))
            }
            Self::TooManyTools { count } => Some(("too-many-tools", counted(*count, limits::TOOL_INSTANCES))),
            Self::TitleTooLong { length } => Some(("title-too-long", counted(*length, limits::TITLE))),
            Self::Write(_) | Self::Checkpoint(_) => None,
        }
    }

    /// What it says to whoever runs the command, in both languages.
    #[must_use]
    pub fn told(&self) -> String {
        match self.problem() {
            Some((code, values)) => words::problem(code, &values),
            None => words::error("not-made", &[("detail", self)]),
        }
    }
}

fn counted(count: usize, limit: usize) -> Vec<(&'static str, String)> {
    vec![("count", count.to_string()), ("limit", limit.to_string())]
}

/// A workshop that is not stored yet.
#[derive(Debug)]
pub struct MadeWorkshop {
    /// What every link comes from. Whoever makes the workshop gives it out once; it is not stored.
    pub secret: FacilitatorSecret,
    /// What the relay keeps.
    pub record: WorkshopRecord,
    /// The first changes of its documents.
    pub documents: Vec<(DocumentId, Vec<StoredChange>)>,
}

impl MadeWorkshop {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> WorkshopId {
        self.record.id()
    }
}

/// Makes a workshop with a secret of its own.
///
/// # Errors
/// [`MakeError`], which says what to ask for instead.
pub fn make(content: &Content, wanted: &Wanted) -> Result<MadeWorkshop, MakeError> {
    let tools = wanted.tools.iter().map(|id| tool(content, id)).collect::<Result<Vec<_>, _>>()?;
    if tools.len() > limits::TOOL_INSTANCES {
        return Err(MakeError::TooManyTools { count: tools.len() });
    }
    let length = limits::utf16_len(wanted.title.trim());
    if length > limits::TITLE {
        return Err(MakeError::TitleTooLong { length });
    }

    let secret = FacilitatorSecret::from_random(random::bytes());
    let identity = secret.identity();
    let mut control = control::genesis(&identity);
    control.set_actor(ActorId::from(random::bytes::<16>()));
    control::set_title(&mut control, &wanted.title)?;
    control::set_language(&mut control, wanted.lang)?;
    for tool in tools {
        control::add_tool(&mut control, EntryId::from_random(random::bytes()), tool, clock::wall())?;
    }
    let board = board::genesis();

    let heads = control.get_heads().iter().map(|hash| hash.0).collect();
    let checkpoint = SignedCheckpoint::sign(secret, 1, false, heads)?;
    let id = identity.workshop_id();
    let record = WorkshopRecord { checkpoint: Some(checkpoint), ..WorkshopRecord::new(Admission::first(identity)) };
    let documents = vec![(id.document(Kind::Control), changes(&control)), (id.document(Kind::Board), changes(&board))];
    Ok(MadeWorkshop { secret, record, documents })
}

fn tool<'a>(content: &'a Content, id: &str) -> Result<&'a Tool, MakeError> {
    content.tool(id).ok_or_else(|| MakeError::UnknownTool {
        // Shown to a person: what they sent may be long.
        tool: id.chars().take(40).collect(),
        known: content.tool_ids().collect::<Vec<_>>().join(", "),
    })
}

fn changes(doc: &Automerge) -> Vec<StoredChange> {
    let all = doc.get_changes(&[]);
    all.into_iter().map(|mut change| StoredChange { hash: change.hash(), bytes: change.bytes().into_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::documents::control::ControlView;
    use shared::sync::DocumentSync;

    fn wanted(tools: &[&str], title: &str) -> Wanted {
        Wanted {
            tools: tools.iter().map(ToString::to_string).collect(),
            title: title.to_owned(),
            lang: Language::Danish,
        }
    }

    #[test]
    fn a_workshop_holds_what_was_asked_for_and_is_covered_by_its_checkpoint() {
        let content = Content::embedded().unwrap();
        let made = make(&content, &wanted(&["A1", "A2"], "Støtte i hverdagen")).unwrap();
        let stored = &made.documents[0].1;
        let control = DocumentSync::load(stored.iter().map(|change| &change.bytes)).sync;
        let view = ControlView::read(control.doc());
        assert_eq!(view.title_text(), "Støtte i hverdagen");
        let ids: Vec<_> = view.tools.iter().map(|instance| instance.tool.id.as_str()).collect();
        assert_eq!(ids, ["A1", "A2"]);
        let signed = made.record.checkpoint.as_ref().unwrap();
        let heads: Vec<_> = control.heads().iter().map(|hash| hash.0).collect();
        assert_eq!(signed.checkpoint.heads, heads);
        assert_eq!(signed.checkpoint.workshop(), made.id());
    }

    #[test]
    fn what_cannot_be_made_is_told() {
        let content = Content::embedded().unwrap();
        let unknown = make(&content, &wanted(&["Q9"], ""));
        assert!(unknown.unwrap_err().to_string().contains("A1"));
        let long = make(&content, &wanted(&["A1"], &"å".repeat(121)));
        assert!(matches!(long, Err(MakeError::TitleTooLong { length: 121 })));
    }

    #[test]
    fn two_workshops_share_nothing_but_an_empty_board() {
        let content = Content::embedded().unwrap();
        let [one, other] = [(), ()].map(|()| make(&content, &wanted(&["A1"], "Den samme")).unwrap());
        assert_ne!(one.id(), other.id());
        assert_eq!(one.documents[1].1, other.documents[1].1);
    }
}
