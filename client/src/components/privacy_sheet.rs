//! Who can read this, where does it lie, and for how long.

use yew::prelude::{Callback, Html, Properties, component, html};

use super::sheet::Sheet;
use crate::texts::{Key, use_texts};

/// See [`PrivacySheet`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct PrivacySheetProps {
    /// Closes the sheet.
    pub on_close: Callback<()>,
}

/// Draws the sheet.
#[component]
pub fn PrivacySheet(props: &PrivacySheetProps) -> Html {
    let texts = use_texts();
    let answers = [
        (Key::PrivacyWho, Key::PrivacyWhoText),
        (Key::PrivacyWhere, Key::PrivacyWhereText),
        (Key::PrivacyNames, Key::PrivacyNamesText),
        (Key::PrivacyHistory, Key::PrivacyHistoryText),
        (Key::PrivacyLong, Key::PrivacyLongText),
    ];
    html! {
        <Sheet title={texts.get(Key::PrivacyTitle)} on_close={props.on_close.clone()} test="privacy-sheet">
            { for answers.map(|(question, answer)| html! {
                <section class="question">
                    <h3 class="question__title">{ texts.get(question) }</h3>
                    <p class="question__answer">{ texts.get(answer) }</p>
                </section>
            }) }
        </Sheet>
    }
}
