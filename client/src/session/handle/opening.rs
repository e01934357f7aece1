//! Opening a workshop that this device holds a capability for.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use automerge::ChangeHash;
use shared::access::{Role, WorkshopId};
use shared::documents::Kind;
use shared::sync::DocumentId;

use super::super::action::ActionId;
use super::super::core::{Core, Input, Opening};
use super::super::device::{Device, shared_documents};
use super::super::line::LineInput;
use super::super::records::{OutboxRow, Record, Store};
use super::super::replica::StoredChunk;
use super::super::subscription::Listeners;
use super::drawing::Drawing;
use super::unread::Unread;
use super::{Inner, Lines, SessionHandle, channel, now, writes_for};
use crate::platform::listener::Listener;
use crate::platform::tabs::Tabs;
use crate::platform::timer::Alarm;
use crate::platform::{environment, page, random};

/// Why a workshop could not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// This device holds no link that leads to this role; the link must be opened again. Where
    /// [`Device::is_readable`] is false, it may hold one all the same that could not be read now.
    #[error("this device holds no link for this role")]
    NoCapability,
}

impl SessionHandle {
    /// Opens a workshop in a role that this device holds a capability for, or a stronger one.
    ///
    /// # Errors
    /// [`OpenError::NoCapability`] if it holds none.
    pub async fn open(device: Device, workshop: WorkshopId, role: Role) -> Result<Self, OpenError> {
        // Listening comes before reading, so that nothing that another tab writes meanwhile is missed.
        let early: Rc<RefCell<Vec<Vec<u8>>>> = Rc::default();
        let heard = Rc::clone(&early);
        let listening = Tabs::open(&channel(workshop), move |bytes| heard.borrow_mut().push(bytes));

        let record = device.record(workshop).await;
        let capability = record.capability(role).ok_or(OpenError::NoCapability)?;
        let mut chunks = [Vec::new(), Vec::new(), Vec::new()];
        for (kind, chunks) in [Kind::Control, Kind::Board, Kind::Notebook].into_iter().zip(&mut chunks) {
            let document = workshop.document(kind).to_string();
            let records = device.read(Store::Chunks, &[&document]).await;
            *chunks = records.into_iter().filter_map(chunk).collect();
        }
        let mut rows = Vec::new();
        for document in shared_documents(workshop) {
            let records = device.read(Store::Outbox, &[&document.to_string()]).await;
            rows.extend(records.iter().filter_map(|record| row(document, record)));
        }
        let receipts = device.read(Store::Receipts, &[&workshop.to_string()]).await;
        let opening = Opening {
            capability,
            record,
            chunks,
            rows,
            received: receipts.iter().filter_map(received).collect(),
            app: environment::build_id(),
            origin: page::origin(),
            keeps: device.keeps(),
            writes_for: page::remembered_in_tab(&writes_for(workshop, role)),
            random: Box::new(random::bytes),
        };
        let session = Self(Rc::new(Inner {
            workshop,
            core: RefCell::new(Core::open(now(), opening)),
            device,
            lines: Lines::default(),
            alarm: RefCell::new(Alarm::default()),
            alarm_at: Cell::default(),
            drawing: Drawing::default(),
            unread: Unread::default(),
            listeners: Listeners::default(),
            tabs: RefCell::default(),
            page: RefCell::default(),
        }));
        session.listen();
        drop(listening);
        for bytes in early.take() {
            session.hear(Input::Tab(&bytes));
        }
        session.hear(Input::Tick);
        Ok(session)
    }

    fn listen(&self) {
        let weak = Rc::downgrade(&self.0);
        let with_session = move |then: fn(&Self)| {
            let weak = weak.clone();
            move || {
                if let Some(session) = weak.upgrade() {
                    then(&Self(session));
                }
            }
        };
        self.begin_drawing(with_session(Self::draw));
        self.0.unread.after_frame(with_session(Self::letter_is_drawn));
        let (leave, back) = (with_session(Self::leaving), with_session(Self::try_now));
        let (online, seen) = (with_session(Self::try_now), with_session(Self::seen));
        let listeners = [
            Listener::on_window("pagehide", move |_| leave()),
            Listener::on_window("pageshow", move |_| back()),
            Listener::on_window("online", move |_| online()),
            Listener::on_document("visibilitychange", move |_| seen()),
        ];
        self.0.page.replace(listeners.into_iter().flatten().collect());
        let weak = Rc::downgrade(&self.0);
        let tabs = Tabs::open(&channel(self.0.workshop), move |bytes| {
            if let Some(session) = weak.upgrade() {
                Self(session).hear(Input::Tab(&bytes));
            }
        });
        self.0.tabs.replace(tabs);
    }

    fn leaving(&self) {
        self.read_fields();
        self.hear(Input::Leaving);
    }

    fn seen(&self) {
        if environment::is_visible() {
            self.hear(Input::Line(LineInput::TryNow));
        } else {
            self.read_fields();
            self.hear(Input::Hiding);
        }
    }
}

fn chunk(record: Record) -> Option<StoredChunk> {
    let Record { mut key, value } = record;
    Some(StoredChunk { key: key.pop(), bytes: value.bytes()? })
}

fn row(document: DocumentId, record: &Record) -> Option<((DocumentId, ChangeHash), OutboxRow)> {
    let hash: ChangeHash = record.key.get(1)?.parse().ok()?;
    Some(((document, hash), record.value.read()?))
}

fn received(record: &Record) -> Option<ActionId> {
    u64::from_str_radix(record.key.get(1)?, 16).ok().map(ActionId)
}
