//! A line to the relay in requests that each end, for networks that let no websocket through.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Object, Reflect, Uint8Array};
use shared::sync::Millis;
use shared::sync::http_line::{Answer, Dialled, LINE_HEADER, Output, Request};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, Response};

use super::line_event::LineEvent;

/// Browsers send no longer body for a page that is gone already.
const KEPT_ALIVE_BYTES: usize = 60 << 10;

struct Inner {
    dialled: RefCell<Dialled>,
    report: Box<dyn Fn(LineEvent)>,
    /// Ends what is being asked: of each request, the one that was made last.
    asked: RefCell<[Option<AbortController>; 3]>,
    is_over: Cell<bool>,
}

/// A line that is open or being opened. Dropping it closes it, and nothing is reported afterwards.
pub struct HttpLine(Rc<Inner>);

impl std::fmt::Debug for HttpLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpLine").finish_non_exhaustive()
    }
}

impl HttpLine {
    /// Dials the relay that the page came from.
    #[must_use]
    pub fn dial(report: impl Fn(LineEvent) + 'static) -> Self {
        let (dialled, first) = Dialled::open();
        let line = Rc::new(Inner {
            dialled: RefCell::new(dialled),
            report: Box::new(report),
            asked: RefCell::default(),
            is_over: Cell::new(false),
        });
        line.carry_out(vec![first]);
        Self(line)
    }

    /// Sends a frame; what has not arrived when the line ends is resent on the next one.
    pub fn send(&self, frame: Vec<u8>) {
        let outputs = self.0.dialled.borrow_mut().send(frame);
        self.0.carry_out(outputs);
    }
}

impl Drop for HttpLine {
    fn drop(&mut self) {
        self.0.is_over.set(true);
        for asked in self.0.asked.take().into_iter().flatten() {
            asked.abort();
        }
        let mut dialled = self.0.dialled.borrow_mut();
        let rest = dialled.rest();
        // Told so, the relay need not wait until it has heard nothing for a while.
        if let Some(line) = dialled.line() {
            drop(fetch(Request::END_PATH, Some(line), &rest, None));
        }
    }
}

impl Inner {
    fn carry_out(self: &Rc<Self>, outputs: Vec<Output>) {
        for output in outputs {
            if self.is_over.get() {
                return;
            }
            match output {
                Output::Ask { request, body, after } => {
                    spawn_local(ask(Rc::downgrade(self), request, body, after));
                }
                Output::Opened => (self.report)(LineEvent::Opened),
                Output::Frame(frame) => (self.report)(LineEvent::Frame(frame)),
                Output::Closed => (self.report)(LineEvent::Closed),
            }
        }
    }
}

/// Asks, and hands in what became of it; nothing if the line is over.
async fn ask(line: Weak<Inner>, request: Request, body: Vec<u8>, after: Millis) {
    if after.0 > 0 {
        TimeoutFuture::new(u32::try_from(after.0).unwrap_or(u32::MAX)).await;
    }
    let answering = {
        let Some(line) = line.upgrade().filter(|line| !line.is_over.get()) else { return };
        let Ok(abort) = AbortController::new() else { return };
        line.asked.borrow_mut()[request as usize] = Some(abort.clone());
        let answering = fetch(request.path(), line.dialled.borrow().line(), &body, Some(&abort));
        let late = Timeout::new(u32::try_from(request.patience().0).unwrap_or(u32::MAX), move || abort.abort());
        async move {
            let answer = read(answering?).await;
            drop(late);
            answer
        }
    };
    let answer = answering.await;
    let Some(line) = line.upgrade().filter(|line| !line.is_over.get()) else { return };
    let answer = answer.as_ref().map_or(Answer::Lost, |(status, body)| Answer::new(*status, body));
    let outputs = line.dialled.borrow_mut().answered(request, answer);
    line.carry_out(outputs);
}

/// Begins a request; with nobody to abort it, it outlives the page.
fn fetch(path: &str, line: Option<&str>, body: &[u8], abort: Option<&AbortController>) -> Option<JsFuture> {
    let set = |object: &Object, key: &str, value: &JsValue| drop(Reflect::set(object, &key.into(), value));
    let (init, headers) = (Object::new(), Object::new());
    set(&init, "method", &"POST".into());
    set(&headers, "content-type", &"application/octet-stream".into());
    if let Some(line) = line {
        set(&headers, LINE_HEADER, &line.into());
    }
    set(&init, "headers", &headers);
    set(&init, "body", &Uint8Array::from(body));
    match abort {
        Some(abort) => set(&init, "signal", &abort.signal()),
        None => set(&init, "keepalive", &(body.len() <= KEPT_ALIVE_BYTES).into()),
    }
    let window = web_sys::window()?;
    Some(JsFuture::from(window.fetch_with_str_and_init(path, init.unchecked_ref())))
}

async fn read(answering: JsFuture) -> Option<(u16, Vec<u8>)> {
    let response: Response = answering.await.ok()?.unchecked_into();
    let body = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some((response.status(), Uint8Array::new(&body).to_vec()))
}
