//! Whether the relay takes workshops that are made in the app.

use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::platform::listener::Listener;
use crate::platform::page;

/// How long to wait before a relay that did not answer is asked again.
const ASK_AGAIN_MS: u32 = 5_000;

/// What the relay says of workshops that are made in the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreateRule {
    /// It was asked and has not answered yet; milliseconds, where it is there.
    Asked,
    /// It takes them.
    Open,
    /// It takes those of whoever holds its token, which the app has no use for.
    Token,
    /// It takes none.
    None,
    /// It does not answer; it is asked again until it does.
    Unknown,
}

impl CreateRule {
    fn of(answer: Option<&str>) -> Self {
        match answer {
            Some("open") => Self::Open,
            Some("token") => Self::Token,
            Some("none") => Self::None,
            // Also a relay of another version that says something else: then the join tells.
            Some(_) | None => Self::Unknown,
        }
    }
}

/// Asks the relay, again while it does not answer, and when the network is back.
#[hook]
pub fn use_create_rule() -> CreateRule {
    let rule = use_state_eq(|| CreateRule::Asked);
    let asks = use_state_eq(|| 0_usize);
    let (answered, known, count) = (rule.setter(), *rule, *asks);
    use_effect_with(count, move |_| {
        spawn_local(async move {
            answered.set(CreateRule::of(page::fetch_word("/api/relay", "create").await.as_deref()));
        });
    });
    let ask = asks.setter();
    use_effect_with((known, count), move |(known, count)| {
        let next = *count + 1;
        let waits = (*known == CreateRule::Unknown).then(|| {
            let online = ask.clone();
            let listener = Listener::on_window("online", move |_| online.set(next));
            (listener, Timeout::new(ASK_AGAIN_MS, move || ask.set(next)))
        });
        move || drop(waits)
    });
    *rule
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_relay_says_is_one_of_its_rules_and_nothing_else() {
        for (answer, rule) in [
            (Some("open"), CreateRule::Open),
            (Some("token"), CreateRule::Token),
            (Some("none"), CreateRule::None),
            (Some("perhaps"), CreateRule::Unknown),
            (None, CreateRule::Unknown),
        ] {
            assert_eq!(CreateRule::of(answer), rule);
        }
    }
}
