//! The session in the browser: carries out what the core wants, and tells views of what changed.

mod actions;
mod answer_sheet;
mod drawing;
mod lines;
mod opening;
mod unread;

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use shared::access::{Role, WorkshopId};
use shared::sync::Millis;
use wasm_bindgen_futures::spawn_local;

use super::core::{Core, Input, Moment, Output};
use super::device::Device;
use super::line::{LineInput, Way};
use super::progress::Progress;
use super::snapshot::Snapshot;
use super::subscription::{Listeners, Shown, Subscription};
use super::tab_message::TabMessage;
use crate::platform::line_event::LineEvent;
use crate::platform::listener::Listener;
use crate::platform::tabs::Tabs;
use crate::platform::timer::Alarm;
use crate::platform::{clock, page};

pub use answer_sheet::AnswerSheet;
use lines::Lines;
pub use opening::OpenError;

use self::drawing::Drawing;
use self::unread::Unread;

struct Inner {
    workshop: WorkshopId,
    device: Device,
    core: RefCell<Core>,
    lines: Lines,
    alarm: RefCell<Alarm>,
    alarm_at: Cell<Option<Millis>>,
    drawing: Drawing,
    unread: Unread,
    listeners: Listeners<Shown>,
    tabs: RefCell<Option<Tabs>>,
    page: RefCell<Vec<Listener>>,
}

impl Drop for Inner {
    /// The others need not wait until we fall quiet, and a draft is kept to the last letter.
    fn drop(&mut self) {
        let core = self.core.get_mut();
        core.handle(now(), Input::Leaving);
        for output in core.take_outputs() {
            match output {
                Output::Transmit(way, frame) => self.lines.send(way, frame),
                Output::Write { writes, .. } => {
                    let device = self.device.clone();
                    spawn_local(async move {
                        device.write(&writes).await;
                    });
                }
                Output::Tell(bytes) => {
                    if let Some(tabs) = self.tabs.get_mut() {
                        tabs.tell(&bytes);
                    }
                }
                Output::Dial(_) | Output::HangUp(_) | Output::Forgotten => {}
            }
        }
    }
}

/// An open workshop. Cheap to clone; two are equal if they are the same session. The line is closed when the last
/// one is dropped.
#[derive(Clone)]
pub struct SessionHandle(Rc<Inner>);

impl fmt::Debug for SessionHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionHandle").field("workshop", &self.0.workshop).finish_non_exhaustive()
    }
}

impl PartialEq for SessionHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl SessionHandle {
    /// The workshop at this moment.
    #[must_use]
    pub fn snapshot(&self) -> Rc<Snapshot> {
        self.shown().snapshot
    }

    /// How far what was done here has come at this moment.
    #[must_use]
    pub fn progress(&self) -> Rc<Progress> {
        self.shown().progress
    }

    fn shown(&self) -> Shown {
        self.0.core.borrow_mut().shown(now())
    }

    /// Calls `then` whenever anything changed, at most once each time that the screen is drawn, until what is returned
    /// is dropped.
    #[must_use]
    pub fn subscribe(&self, then: impl Fn(&Shown) + 'static) -> Subscription {
        self.0.listeners.add(then)
    }

    /// The device that the workshop lies on.
    #[must_use]
    pub fn device(&self) -> &Device {
        &self.0.device
    }

    /// The link of a role that this tab may give away; `None` where that would lead upwards.
    #[must_use]
    pub fn link(&self, role: Role) -> Option<String> {
        self.0.core.borrow().link(role)
    }

    /// Dials the relay now, if there is no line.
    pub fn try_now(&self) {
        self.hear(Input::Line(LineInput::TryNow));
    }

    fn hear(&self, input: Input<'_>) {
        self.with(|core, now| core.handle(now, input));
    }

    /// Lets the core work, carries out what it wants, and has the views drawn if anything changed.
    fn with<T>(&self, work: impl FnOnce(&mut Core, Moment) -> T) -> T {
        let (result, outputs) = {
            let mut core = self.0.core.borrow_mut();
            let result = work(&mut core, now());
            (result, core.take_outputs())
        };
        for output in outputs {
            self.carry_out(output);
        }
        self.set_alarm();
        self.ask_for_drawing();
        result
    }

    /// As [`SessionHandle::with`], for what a person does: it comes after what they typed before.
    fn act_with<T>(&self, work: impl FnOnce(&mut Core, Moment) -> T) -> T {
        self.read_fields();
        self.with(work)
    }

    fn carry_out(&self, output: Output) {
        match output {
            Output::Dial(way) => self.dial(way),
            Output::Transmit(way, frame) => self.0.lines.send(way, frame),
            Output::HangUp(way) => self.0.lines.hang_up(way),
            Output::Write { write, writes } => {
                let (device, session) = (self.0.device.clone(), Rc::downgrade(&self.0));
                spawn_local(async move {
                    let kept = device.write(&writes).await;
                    if let Some(session) = session.upgrade() {
                        Self(session).hear(Input::Written { write, kept });
                    }
                });
            }
            Output::Tell(bytes) => {
                if let Some(tabs) = self.0.tabs.borrow().as_ref() {
                    tabs.tell(&bytes);
                }
            }
            // The page forgets what lies in its memory.
            Output::Forgotten => page::reload(),
        }
    }

    fn dial(&self, way: Way) {
        let session = Rc::downgrade(&self.0);
        let is_dialled = self.0.lines.dial(way, move |event| {
            let Some(session) = session.upgrade().map(Self) else { return };
            match event {
                LineEvent::Opened => session.hear(Input::Line(LineInput::Opened(way))),
                LineEvent::Frame(bytes) => session.hear(Input::Line(LineInput::Frame(way, &bytes))),
                LineEvent::Closed => session.hear(Input::Line(LineInput::Closed(way))),
            }
        });
        if !is_dialled {
            // Not at once: the core is told of it as of a line that never opened.
            let session = Rc::downgrade(&self.0);
            spawn_local(async move {
                if let Some(session) = session.upgrade() {
                    Self(session).hear(Input::Line(LineInput::Closed(way)));
                }
            });
        }
    }

    fn set_alarm(&self) {
        let deadline = self.0.core.borrow().next_deadline();
        // A letter asks four times, and mostly for the same.
        if self.0.alarm_at.replace(deadline) == deadline {
            return;
        }
        let mut alarm = self.0.alarm.borrow_mut();
        match deadline {
            None => alarm.clear(),
            Some(due) => {
                let session = Rc::downgrade(&self.0);
                // A millisecond late rather than early: a timer that fires early would only be set again.
                alarm.set(due.since(clock::steady()) + Millis(1), move || {
                    if let Some(session) = session.upgrade() {
                        session.alarm_at.set(None);
                        Self(session).hear(Input::Tick);
                    }
                });
            }
        }
    }
}

/// Tells other tabs that a workshop was deleted from this device, so that they do not write it back.
pub(super) fn tell_forgotten(workshop: WorkshopId) {
    if let Some(tabs) = Tabs::open(&channel(workshop), |_| {}) {
        tabs.tell(&TabMessage::Forgotten.to_bytes());
    }
}

/// Under what a tab remembers whom it writes for.
fn writes_for(workshop: WorkshopId, role: Role) -> String {
    format!("dialogtavle.writes-for.{workshop}.{}", role.name())
}

fn channel(workshop: WorkshopId) -> String {
    format!("dialogtavle-{workshop}")
}

fn now() -> Moment {
    Moment { steady: clock::steady(), wall: clock::wall() }
}
