//! How far what was done here has come, and how the line stands.

use std::rc::Rc;

/// How far what was done on this device has come. Counts are of what a person did, not of changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Done here, and on its way into the device's storage; a matter of milliseconds.
    pub keeping: usize,
    /// Kept on this device, and not sent. Kept in memory alone where [`Delivery::stored`] is false.
    pub on_device: usize,
    /// Sent, and not yet received.
    pub sent_waiting: usize,
    /// Received: the relay has named heads as durable that hold it.
    pub received: usize,
    /// When the board was last heard, in milliseconds since 1970.
    pub last_heard: Option<i64>,
    /// When the next try is due, in milliseconds since 1970; `None` while there is a line or none is planned.
    pub next_try: Option<i64>,
    /// How the line stands.
    pub line: Line,
    /// Whether the network lets no websocket through, so that everything goes the slower way.
    pub is_slow: bool,
    /// The relay's name, once it has said it.
    pub relay: Option<Rc<str>>,
    /// Whether everything done here is kept on the device. False in a browser that keeps nothing, and when it is full.
    pub stored: bool,
    /// Whether the relay keeps what is sent to it; false while its disk is full or broken.
    pub relay_keeps: bool,
    /// Things done here that the board did not take, and why; they are kept on the device.
    pub refused: usize,
}

impl Delivery {
    /// The one word for all of it.
    #[must_use]
    pub fn state(&self) -> DeliveryState {
        if self.keeping > 0 {
            DeliveryState::Keeping
        } else if self.on_device > 0 {
            DeliveryState::OnDevice
        } else if self.sent_waiting > 0 {
            DeliveryState::Sent
        } else {
            DeliveryState::Received
        }
    }

    /// How many things are not received yet.
    #[must_use]
    pub fn outstanding(&self) -> usize {
        self.keeping + self.on_device + self.sent_waiting
    }
}

/// The least of what has been reached by everything that was done here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// Something is on its way into the device's storage.
    Keeping,
    /// Something is on this device alone.
    OnDevice,
    /// Everything is sent, something is not received.
    Sent,
    /// Everything is received.
    Received,
}

/// How far one thing has come that is not received yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Waiting {
    /// It is on its way into the device's storage.
    Keeping,
    /// It is on this device alone.
    OnDevice,
    /// It is sent.
    Sent,
}

/// How the line to the relay stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// None; the next try is due at [`Delivery::next_try`].
    Offline,
    /// Being dialled.
    Connecting,
    /// Joined.
    Online,
    /// The last line fell silent; the next try is due.
    Silent,
    /// The relay did not let this link in, by its code (`unknown-link`, `revoked`, `too-many`, …); tried again, rarely.
    Refused(Rc<str>),
    /// The workshop is closed for good, by its code (`deleted`); what lies here stays until it is deleted here.
    Closed(Rc<str>),
    /// There is none and never will be: what is done here stays on this device.
    LocalOnly,
}

impl Line {
    /// Whether what is done now goes out at once.
    #[must_use]
    pub fn is_online(&self) -> bool {
        *self == Self::Online
    }
}
