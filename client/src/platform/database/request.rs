//! IndexedDB's requests and transactions as futures.

use js_sys::Promise;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, IdbDatabase, IdbOpenDbRequest, IdbRequest, IdbTransaction};

/// The result of `request`. The callbacks are set before this returns, so that nothing is missed until it is awaited.
pub(super) fn result(request: &IdbRequest) -> impl Future<Output = Result<JsValue, JsValue>> + use<> {
    let done = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    let request = request.clone();
    async move {
        match JsFuture::from(done).await {
            Ok(_) => request.result(),
            Err(event) => {
                // Else the failure would reach the transaction and the window as an error of its own.
                if let Some(event) = event.dyn_ref::<Event>() {
                    event.prevent_default();
                }
                Err(request.error().ok().flatten().map_or(event, Into::into))
            }
        }
    }
}

/// Whether `transaction` was written.
pub(super) fn completion(transaction: &IdbTransaction) -> impl Future<Output = Result<(), JsValue>> + use<> {
    let done = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    let transaction = transaction.clone();
    async move {
        match JsFuture::from(done).await {
            Ok(_) => Ok(()),
            Err(event) => Err(transaction.error().map_or(event, Into::into)),
        }
    }
}

/// Makes the stores when the database is new or old. Keep what is returned until the request is done.
pub(super) fn on_upgrade(
    request: &IdbOpenDbRequest,
    make: impl Fn(&IdbDatabase) + 'static,
) -> Closure<dyn FnMut(Event)> {
    let opening = request.clone();
    let callback = Closure::<dyn FnMut(Event)>::new(move |_| {
        if let Ok(database) = opening.result() {
            make(database.unchecked_ref());
        }
    });
    request.set_onupgradeneeded(Some(callback.as_ref().unchecked_ref()));
    callback
}

/// Lets go of the database when a newer version of the app wants to change it in another tab.
pub(super) fn close_on_version_change(database: &IdbDatabase) {
    let closing = database.clone();
    let callback = Closure::<dyn FnMut(Event)>::new(move |_| closing.close());
    database.set_onversionchange(Some(callback.as_ref().unchecked_ref()));
    // One for each opening of the database, which is one for each start of the app.
    callback.forget();
}
