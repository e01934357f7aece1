//! What time it is.

use shared::sync::Millis;

/// The time by the device's clock, in milliseconds since 1970; what people read.
#[must_use]
pub fn wall() -> i64 {
    whole(js_sys::Date::now())
}

/// A clock that never runs backwards, whatever the device's clock is set to; what waiting is measured by.
#[must_use]
pub fn steady() -> Millis {
    let now = web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now());
    Millis(u64::try_from(whole(now)).unwrap_or(0))
}

fn whole(milliseconds: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit for 200 million years")]
    let whole = milliseconds as i64;
    whole
}
