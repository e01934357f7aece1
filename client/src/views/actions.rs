//! Who does what: all actions of the workshop on one page, on a phone and on a wide screen.

mod project_list;
mod removed;
mod sections;
pub mod table;

use std::rc::Rc;

use shared::access::Role;
use shared::documents::EntryId;
use shared::documents::actions::{self, NewAction, Who, of_workshop, whos};
use shared::documents::board::Row;
use web_sys::{KeyboardEvent, MouseEvent};
use yew::prelude::{AttrValue, Html, Properties, component, html, use_callback, use_state_eq};

use self::project_list::ProjectList;
use self::removed::RemovedActions;
use self::sections::sections;
use self::table::{ActionTable, text};
use crate::components::action_list::ActionList;
use crate::components::action_sheet::{ActionSheet, ActionSubject};
use crate::components::choice_group::ChoiceGroup;
use crate::components::copy_button::CopyButton;
use crate::components::heading::Heading;
use crate::components::shared_text::undo_key;
use crate::components::undo_button::UndoButton;
use crate::hooks::{use_session, use_snapshot};
use crate::local_time::{LocalTime, date};
use crate::platform::{clock, page};
use crate::preferences::use_go;
use crate::route::{Place, Route, Screen};
use crate::texts::{Key, use_texts};
use crate::views::phone::frame::Frame;

/// See [`ActionsPage`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ActionsPageProps {
    /// Where this is.
    pub place: Place,
}

/// Draws the page.
#[component]
pub fn ActionsPage(props: &ActionsPageProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let go = use_go();
    let open = use_state_eq(|| None::<ActionSubject>);
    let only_mine = use_state_eq(|| false);
    let place = &props.place;
    let on_back = use_callback((go, place.clone()), |(), (go, place)| {
        go.emit(Route::Workshop(place.on(Screen::Start)));
    });
    let on_step = use_callback(session, |is_redo: bool, session| {
        // Nothing to take back is no fault.
        let _ = if is_redo { session.redo() } else { session.undo() };
    });
    let onkeydown = use_callback(on_step, |event: KeyboardEvent, on_step| undo_key(&event, on_step));
    let on_new = use_callback(open.clone(), |_: MouseEvent, open| {
        let (what, by) = (String::new(), String::new());
        open.set(Some(ActionSubject::New(NewAction { place: of_workshop(), source: None, what, who: None, by })));
    });
    let on_open = use_callback(open.clone(), |id: EntryId, open| open.set(Some(ActionSubject::Listed(id))));
    let on_close = use_callback(open.clone(), |(), open| open.set(None));
    let on_filter = use_callback(only_mine.clone(), |place: usize, only_mine| only_mine.set(place == 1));
    let on_print = use_callback((), |_: MouseEvent, ()| page::print());
    let all = actions::actions(&snapshot.control, &snapshot.board);
    let is_mine = |row: &Rc<Row>| snapshot.me.is_some_and(|me| whos(row).contains(&Who::Person(me)));
    let mine: Vec<Rc<Row>> = all.iter().filter(|row| is_mine(row)).cloned().collect();
    let shown = if *only_mine { &mine } else { &all };
    let today = LocalTime::at(clock::wall());
    let title = snapshot.control.title_text();
    let made = texts.result_made(&date(texts, today, 0));
    let copied = format!(
        "{title}\n{}\n{made}\n\n{}",
        texts.get(Key::ActionsTitle),
        text(&all, &snapshot.board, texts, today.year)
    );
    let can_write = snapshot.can_write();
    let buttons = if can_write {
        html! {
            <>
                <UndoButton />
                <button class="button button--main phone__next" type="button" onclick={on_new} data-test="action-new">{ texts.get(Key::ActionsNewButton) }</button>
            </>
        }
    } else {
        Html::default()
    };
    html! {
        <div {onkeydown}>
            <Frame title={AttrValue::from(title)} {on_back} names_writer=true is_wide=true {buttons}>
                <div class="actions-page">
                    <Heading text={texts.get(Key::ActionsTitle)} hint={AttrValue::Static(texts.get(Key::ActionsLead))} />
                    if place.role == Role::Facilitator { <ProjectList /> }
                    if snapshot.me.is_some() && !all.is_empty() {
                        <ChoiceGroup label={texts.get(Key::ActionsTitle)} chosen={usize::from(*only_mine)} on_choose={on_filter} test="actions-filter"
                            choices={vec![AttrValue::Static(texts.get(Key::ActionsAll)), AttrValue::from(texts.actions_mine(mine.len()))]} />
                    }
                    if shown.is_empty() {
                        <p class="phone__empty">{ texts.get(if all.is_empty() { Key::ActionsEmpty } else { Key::ActionsMineNone }) }</p>
                    }
                    { for sections(shown, today).into_iter().map(|(section, rows)| html! {
                        <section class="phone__section" key={section.code()} data-test={format!("actions-{}", section.code())}>
                            <h2 class="phone__section-title">{ texts.get(section.title()) }</h2>
                            <ActionList actions={rows} on_open={on_open.clone()} tells_origin=true />
                        </section>
                    }) }
                    if !all.is_empty() {
                        <div class="actions">
                            <button class="button" type="button" onclick={on_print} data-test="print">{ texts.get(Key::TablePrint) }</button>
                            <CopyButton text={copied} label={texts.get(Key::TableCopyText)} test="copy-text" />
                        </div>
                    }
                    <RemovedActions />
                </div>
                // What is printed instead: the list as a form.
                <article class="on-paper result">
                    <h1 class="result__title">{ texts.get(Key::ActionsTitle) }</h1>
                    <p class="result__made">{ made }</p>
                    <ActionTable actions={all} board={Rc::clone(&snapshot.board)} {texts} this_year={today.year} />
                </article>
            </Frame>
            if let Some(subject) = (*open).clone() { <ActionSheet {subject} {on_close} /> }
        </div>
    }
}
