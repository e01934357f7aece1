//! Keeps one field and one shared text in step.
//!
//! - What the person did is spliced in at the heads that the field showed, so that it lands among the letters they saw.
//! - What others did is put in when the field is at rest, and every offset (cursor, selection) is mapped along.
//! - While the person is composing, nothing is put into the field: that would tear the composition. What they compose
//!   goes out at once as long as nobody else wrote meanwhile, and at the end of the composition otherwise.
//! - What is refused is taken back out of the field, which then is as it was before.
//! - A field is read once its letter is on the screen ([`Binding::note`]). Until then nothing is put into it.

use std::cell::Cell;
use std::rc::Rc;

use automerge::ChangeHash;
use shared::documents::text::TextTarget;
use shared::limits::utf16_len;
use web_sys::{HtmlTextAreaElement, InputEvent};

use super::difference::{Difference, difference};
use crate::session::{ActionError, SessionHandle};
use crate::texts::Texts;
use crate::views::fault::words;

/// One field with its text.
#[derive(Debug)]
pub(super) struct Binding {
    session: SessionHandle,
    target: TextTarget,
    shown: String,
    heads: Rc<[ChangeHash]>,
    is_composing: bool,
    /// Whether the person has done something in the field that was not taken in. Shared with what is going to do that.
    unread: Rc<Cell<bool>>,
}

/// Two are equal if they stand for the same text: a component keeps one for as long as it lives.
impl PartialEq for Binding {
    fn eq(&self, other: &Self) -> bool {
        self.session == other.session && self.target == other.target
    }
}

/// What the component is to show beside the field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outcome {
    /// How long the text is now.
    pub(super) length: usize,
    /// Why the last edit was refused; `None` keeps nothing.
    pub(super) fault: Option<String>,
}

impl Binding {
    pub(super) fn new(session: SessionHandle, target: TextTarget) -> Self {
        Self { session, target, shown: String::new(), heads: Rc::from([]), is_composing: false, unread: Rc::default() }
    }

    /// Shows what the document holds, unless the person is composing or has typed.
    pub(super) fn refresh(&mut self, field: &HtmlTextAreaElement) -> usize {
        if !self.is_composing && !self.unread.get() {
            let state = self.session.text_state(&self.target);
            if state.text != self.shown {
                let map = |offset: u32| self.session.map_offset(&self.target, offset as usize, &self.heads);
                let selection = selection(field).map(|(start, end)| (map(start), map(end)));
                put(field, &self.shown, &state.text, selection);
            }
            self.shown = state.text;
            self.heads = state.heads;
        }
        utf16_len(&field.value())
    }

    /// Notes that the person did something to the field, and gives what says whether it is still to be taken in; nothing
    /// if that was noted before.
    pub(super) fn note(&self) -> Option<Rc<Cell<bool>>> {
        (!self.unread.replace(true)).then(|| Rc::clone(&self.unread))
    }

    /// Whether the field holds more than its text may.
    pub(super) fn is_too_long(&self, field: &HtmlTextAreaElement) -> bool {
        field.text_length() as usize > self.target.limit()
    }

    /// Takes in what the person did to the field.
    pub(super) fn typed(&mut self, field: &HtmlTextAreaElement, texts: Texts) -> Outcome {
        self.unread.set(false);
        // Others' words came while this composition runs: it waits for its end, and is spliced in at its beginning.
        let is_held = self.is_composing && self.session.text_state(&self.target).text != self.shown;
        let fault = if is_held { None } else { self.splice(field, texts) };
        Outcome { length: utf16_len(&field.value()), fault }
    }

    /// Notes that a composition begins.
    pub(super) fn compose(&mut self) {
        self.is_composing = true;
    }

    /// Takes in a composition that ended, and shows what was held back.
    pub(super) fn composed(&mut self, field: &HtmlTextAreaElement, texts: Texts) -> Outcome {
        self.is_composing = false;
        self.unread.set(false);
        let fault = self.splice(field, texts);
        Outcome { length: self.refresh(field), fault }
    }

    /// Refuses what would not fit before it is in the field, so that cursor and selection stay as they are.
    pub(super) fn refuse(&self, field: &HtmlTextAreaElement, event: &InputEvent, texts: Texts) -> Option<String> {
        let pasted = || event.data_transfer()?.get_data("text/plain").ok();
        let coming = utf16_len(&event.data().or_else(pasted)?);
        let (start, end) = selection(field).unwrap_or((0, 0));
        let length = utf16_len(&field.value()) - (end.saturating_sub(start) as usize) + coming;
        let limit = self.target.limit();
        (coming > 0 && length > limit && event.cancelable()).then(|| {
            event.prevent_default();
            if coming > 1 {
                texts.table_paste_refused(length - limit)
            } else {
                texts.table_too_long(limit, length - limit)
            }
        })
    }

    fn splice(&mut self, field: &HtmlTextAreaElement, texts: Texts) -> Option<String> {
        let now = field.value();
        let caret = selection(field).map_or(0, |(_, end)| end as usize);
        let Difference { at, delete, insert } = difference(&self.shown, &now, caret)?;
        let error = match self.session.splice(&self.target, &self.heads, at, delete, &insert) {
            Ok(state) => {
                if state.text != now && !self.is_composing {
                    // Others' words were in the document before they were in the field.
                    let map = |offset: usize| self.session.map_offset(&self.target, offset, &self.heads);
                    let place = |offset: u32| carried(offset as usize, at, map);
                    let selection = selection(field).map(|(start, end)| (place(start), place(end)));
                    put(field, &now, &state.text, selection);
                }
                self.shown = state.text;
                self.heads = state.heads;
                return None;
            }
            Err(error) => error,
        };
        field.set_value(&self.shown);
        select(field, (at + delete, at + delete), "none");
        Some(match error {
            ActionError::TooLong(too_long) if utf16_len(&insert) > 1 => {
                texts.table_paste_refused(too_long.length - too_long.limit)
            }
            error => words(&error, texts),
        })
    }
}

fn selection(field: &HtmlTextAreaElement) -> Option<(u32, u32)> {
    Some((field.selection_start().ok()??, field.selection_end().ok()??))
}

/// Changes the field from one text to another, touching only what differs, and sets the selection, which runs the way
/// it ran.
fn put(field: &HtmlTextAreaElement, from: &str, to: &str, selection: Option<(usize, usize)>) {
    let direction = field.selection_direction().ok().flatten().unwrap_or_default();
    if has_focus(field)
        && field.value() == from
        // No cursor bounds what others wrote.
        && let Some(Difference { at, delete, insert }) = difference(from, to, 0)
    {
        let (start, end) = (u32::try_from(at).unwrap_or(0), u32::try_from(at + delete).unwrap_or(0));
        let _ = field.set_range_text_with_start_and_end(&insert, start, end);
    } else {
        field.set_value(to);
    }
    if let Some(selection) = selection {
        select(field, selection, &direction);
    }
}

fn select(field: &HtmlTextAreaElement, (start, end): (usize, usize), direction: &str) {
    if has_focus(field) {
        let (start, end) = (u32::try_from(start).unwrap_or(0), u32::try_from(end).unwrap_or(0));
        // Only refused for fields that have no selection.
        let _ = field.set_selection_range_with_direction(start, end, direction);
    }
}

/// Whether the person is in this field. Elsewhere it has no selection to keep, and Safaris are reported in which setting
/// one takes the focus from wherever it is.
fn has_focus(field: &HtmlTextAreaElement) -> bool {
    let active = field.owner_document().and_then(|document| document.active_element());
    active.is_some_and(|active| active == ***field)
}

/// Where an offset of the field lies in the document, right after something was typed at `at`; `map` carries offsets
/// over from what the field showed before that.
///
/// What was typed stands in the document right after what it stood after in the field.
fn carried(offset: usize, at: usize, map: impl Fn(usize) -> usize) -> usize {
    match offset.checked_sub(at) {
        Some(behind) => map(at) + behind,
        None => map(offset),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_behind_what_was_typed_when_others_wrote_before_it() {
        // Two letters came in at 7, and one was typed at 14.
        let map = |offset: usize| if offset > 7 { offset + 2 } else { offset };
        assert_eq!(carried(15, 14, map), 17);
        assert_eq!(carried(8, 14, map), 10);
        assert_eq!(carried(5, 14, map), 5);
    }
}
