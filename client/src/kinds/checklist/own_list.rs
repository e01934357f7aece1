//! Statements with one person's answers to them.

use shared::content::Entry;
use shared::documents::EntryId;
use shared::documents::board::Check;
use yew::prelude::{AttrValue, Html, Properties, component, html, use_callback, use_state_eq};

use super::{answer_of, key_of, word};
use crate::components::choice_group::ChoiceGroup;
use crate::hooks::use_snapshot;
use crate::kinds::alone::use_answer_sheet;
use crate::kinds::words;
use crate::part::PartAt;
use crate::texts::use_texts;
use crate::views::fault;

/// See [`OwnStatement`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct OwnStatementProps {
    /// The part.
    pub(super) at: PartAt,
    /// The statement.
    pub(super) statement: Entry,
    /// Who answers.
    pub(super) person: EntryId,
}

/// Draws a statement with the three answers. The one that holds is tapped again to take it back.
#[component]
pub(super) fn OwnStatement(props: &OwnStatementProps) -> Html {
    let texts = use_texts();
    let sheet = use_answer_sheet(&props.at);
    let snapshot = use_snapshot();
    let refused = use_state_eq(|| None::<String>);
    let OwnStatementProps { at, statement, person } = props;
    let own = answer_of(at, &statement.id, &snapshot, *person);
    let used = (sheet, key_of(at, &statement.id, *person), own, refused.clone(), texts);
    let on_choose = use_callback(used, |place: usize, (sheet, key, own, refused, texts)| {
        let wanted = Check::ALL.get(place).copied().filter(|wanted| Some(*wanted) != *own);
        let done = sheet.check(vec![(key.clone(), wanted)]);
        refused.set(done.err().map(|error| fault::words(&error, *texts)));
    });
    let chosen = own.and_then(|own| Check::ALL.iter().position(|check| *check == own)).unwrap_or(usize::MAX);
    let asked = words(&statement.text, texts);
    html! {
        <li class="statement">
            <p class="statement__words">{ &asked }</p>
            <ChoiceGroup label={asked} choices={Check::ALL.map(|check| AttrValue::Static(texts.get(word(check)))).to_vec()} {chosen} {on_choose}
                test={format!("check-{}", statement.id)} />
            if let Some(refused) = &*refused { <p class="field__fault" role="alert">{ refused }</p> }
        </li>
    }
}
