//! An action on the list: its fields, of which one is open, how far it has come, and the way off the list.

use std::rc::Rc;

use shared::documents::EntryId;
use shared::documents::actions::{BY, STATUS, Status, WHAT, WHO, days, statuses, whos};
use shared::documents::board::Row;
use shared::documents::text::TextTarget;
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Callback, Html, Properties, component, html, use_callback, use_state_eq};

use super::by_field::ByField;
use crate::actions;
use crate::components::choice_group::ChoiceGroup;
use crate::components::heading::use_arrival_focus;
use crate::components::notice::{Notice, Weight};
use crate::components::settle::Met;
use crate::components::settle_codes::SettleCodes;
use crate::components::shared_text::SharedText;
use crate::components::who_field::WhoField;
use crate::hooks::{use_session, use_snapshot};
use crate::local_time::LocalTime;
use crate::people::stamp;
use crate::platform::clock;
use crate::session::Snapshot;
use crate::texts::{Key, Texts, use_texts};
use crate::views::fault::words;

/// A field that can be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    What,
    Who,
    By,
}

impl Field {
    const ALL: [Self; 3] = [Self::What, Self::Who, Self::By];

    fn code(self) -> &'static str {
        match self {
            Self::What => WHAT,
            Self::Who => WHO,
            Self::By => BY,
        }
    }

    fn title(self) -> Key {
        match self {
            Self::What => Key::ActionsWhat,
            Self::Who => Key::ActionsWho,
            Self::By => Key::ActionsBy,
        }
    }
}

/// See [`Listed`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct ListedProps {
    /// The action.
    pub(super) action: EntryId,
    /// Whether it was just made, so that who and by when are asked one after the other.
    #[prop_or_default]
    pub(super) asks_on: bool,
    /// Whether it was made with somebody to do it.
    #[prop_or_default]
    pub(super) has_who: bool,
    /// Closes the sheet.
    pub(super) on_done: Callback<()>,
}

/// Draws the action.
#[component]
pub(super) fn Listed(props: &ListedProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let ListedProps { action, asks_on, has_who, .. } = *props;
    let first = if has_who { Field::By } else { Field::Who };
    let open = use_state_eq(|| asks_on.then_some(first));
    let fault = use_state_eq(|| None::<String>);
    let after = |field| (asks_on && field == Some(Field::Who)).then_some(Field::By);
    let set = use_callback(
        (session.clone(), action, fault.clone(), texts),
        |(column, code): (&'static str, AttrValue), (session, action, fault, texts)| {
            fault.set(session.set_cell(*action, column, &code).err().map(|error| words(&error, *texts)));
        },
    );
    // Who is chosen once, and then the next field is asked for; a day is chosen in a field that stays.
    let on_who = use_callback((set.clone(), open.clone(), after(Some(Field::Who))), |code, (set, open, next)| {
        set.emit((WHO, code));
        open.set(*next);
    });
    let on_by = use_callback(set.clone(), |code, set| set.emit((BY, code)));
    let on_status = use_callback(set.clone(), |place: usize, set| {
        if let Some(status) = Status::ALL.get(place) {
            set.emit((STATUS, AttrValue::Static(status.code())));
        }
    });
    let on_met_status = use_callback(set, |code, set| set.emit((STATUS, code)));
    let on_field = use_callback(open.clone(), |field: Field, open| open.set(Some(field)));
    let next = after(*open);
    let on_next = use_callback((open.clone(), next, props.on_done.clone()), |_: MouseEvent, (open, next, on_done)| {
        if next.is_some() { open.set(*next) } else { on_done.emit(()) }
    });
    let on_remove = use_callback(
        (session, action, props.on_done.clone(), fault.clone(), texts),
        |_: MouseEvent, (session, action, on_done, fault, texts)| match session.remove_row(*action) {
            Ok(()) => on_done.emit(()),
            Err(error) => fault.set(Some(words(&error, *texts))),
        },
    );
    let Some(row) = snapshot.board.rows.get(&action) else {
        return html! { <Notice weight={Weight::Attention}><p>{ texts.get(Key::ActionsRemoved) }</p></Notice> };
    };
    let status = statuses(row);
    let chosen = Status::ALL.iter().position(|one| status == [*one]).unwrap_or(Status::ALL.len());
    let body = |field| match field {
        Field::What => html! {
            <SharedText key={action.to_string()} target={TextTarget::Cell(action, WHAT.to_owned())} label={texts.get(Key::ActionsWhat)} rows=3 test="action-what-text" />
        },
        Field::Who => {
            html! { <WhoField label={texts.get(Key::ActionsWho)} chosen={whos(row).iter().map(|who| AttrValue::from(who.code())).collect::<Vec<_>>()} met={met(&snapshot, row, WHO, texts)} on_who={on_who.clone()} /> }
        }
        Field::By => {
            html! { <ByField row={Rc::clone(row)} met={met(&snapshot, row, BY, texts)} on_by={on_by.clone()} /> }
        }
    };
    html! {
        <>
            if let Some(origin) = actions::origin(&snapshot.control, &snapshot.board, row, texts) { <p class="sheet__small" dir="auto">{ origin }</p> }
            if let Some(fault) = &*fault { <Notice weight={Weight::Refused}><p>{ fault }</p></Notice> }
            <div class="action-fields">
                { for Field::ALL.map(|field| if *open == Some(field) {
                    html! { <OpenField key={field.code()} {field}>{ body(field) }</OpenField> }
                } else {
                    html! { <ClosedField key={field.code()} {field} words={value(&snapshot, row, field, texts)} on_open={on_field.clone()} /> }
                }) }
            </div>
            <SettleCodes about={texts.get(Key::ActionsStatus)} met={met(&snapshot, row, STATUS, texts)} on_choose={on_met_status} test="settle-status" />
            // What was just agreed on is not begun.
            if !asks_on {
                <ChoiceGroup label={texts.get(Key::ActionsStatus)} choices={Status::ALL.map(|one| AttrValue::Static(texts.get(actions::status_key(one)))).to_vec()}
                    {chosen} on_choose={on_status} test="action-status" />
            }
            <div class="actions">
                if !asks_on {
                    <button class="button" type="button" onclick={on_remove} data-test="action-remove">{ texts.get(Key::ActionsRemove) }</button>
                }
                <button class="button button--main" type="button" onclick={on_next} data-test="action-next">
                    { texts.get(if next.is_some() { Key::TableNext } else { Key::TableEditDone }) }
                </button>
            </div>
        </>
    }
}

/// What stands in a field, in words.
fn value(snapshot: &Snapshot, row: &Row, field: Field, texts: Texts) -> AttrValue {
    match field {
        Field::What => actions::what(row, texts),
        Field::Who if whos(row).is_empty() => AttrValue::Static(texts.get(Key::ActionsNobody)),
        Field::Who => actions::all_who(&snapshot.board, row, texts).into(),
        Field::By if days(row).is_empty() => AttrValue::Static(texts.get(Key::ActionsNoDay)),
        Field::By => actions::all_days(row, texts, LocalTime::at(clock::wall()).year).into(),
    }
}

/// The values that met in a cell; none where there is one or nothing.
fn met(snapshot: &Snapshot, row: &Row, column: &str, texts: Texts) -> Vec<(AttrValue, Met)> {
    let now = clock::wall();
    let register = row.value(column);
    if !register.is_unsettled() {
        return Vec::new();
    }
    let met = |stamped: &shared::documents::Stamped<String>| {
        let value = actions::cell_words(&snapshot.board, column, &stamped.value, texts, LocalTime::at(now).year);
        let stamp = stamp(&snapshot.board, stamped, now, texts).into();
        (AttrValue::from(stamped.value.clone()), Met { value: value.into(), name: AttrValue::Static(""), stamp })
    };
    register.values().iter().map(met).collect()
}

/// See [`OpenField`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct OpenFieldProps {
    field: Field,
    children: yew::prelude::Children,
}

#[component]
fn OpenField(props: &OpenFieldProps) -> Html {
    let texts = use_texts();
    let title = use_arrival_focus();
    html! {
        <section class="action-field action-field--open">
            <p class="action-field__title" ref={title} tabindex="-1">{ texts.get(props.field.title()) }</p>
            { props.children.clone() }
        </section>
    }
}

/// See [`ClosedField`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct ClosedFieldProps {
    field: Field,
    words: AttrValue,
    on_open: Callback<Field>,
}

#[component]
fn ClosedField(props: &ClosedFieldProps) -> Html {
    let texts = use_texts();
    let onclick =
        use_callback((props.on_open.clone(), props.field), |_: MouseEvent, (on_open, field)| on_open.emit(*field));
    html! {
        <button class="action-field" type="button" {onclick} data-test={format!("action-{}", props.field.code())}>
            <span class="action-field__label">{ texts.get(props.field.title()) }</span>
            <span class="action-field__value" dir="auto">{ &props.words }</span>
        </button>
    }
}
