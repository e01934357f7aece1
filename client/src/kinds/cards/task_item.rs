//! A task of a card: who takes it, by when, and how far it is.

use shared::documents::EntryId;
use shared::documents::actions::{WHAT, Who};
use shared::documents::cards::TaskAnswers;
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Html, Properties, classes, component, html, use_callback, use_state_eq};

use crate::components::action_button::ActionButton;
use crate::components::action_list::ActionList;
use crate::hooks::use_session;
use crate::texts::{Key, use_texts};
use crate::views::fault;

/// See [`TaskItem`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct TaskItemProps {
    /// The task with what was agreed about it.
    pub(super) task: TaskAnswers,
    /// What it says.
    pub(super) words: AttrValue,
    /// Who may take it; nobody where it is only looked at.
    pub(super) person: Option<EntryId>,
}

/// Draws the task. To take it oneself is one tap; who else, by when and how far is set in the action that it becomes.
#[component]
pub(super) fn TaskItem(props: &TaskItemProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let refused = use_state_eq(|| None::<String>);
    let TaskItemProps { task, words, person } = props;
    let used = (session, task.clone(), words.clone(), *person, refused.clone(), texts);
    let onclick = use_callback(used, |_: MouseEvent, (session, task, words, person, refused, texts)| {
        let Some(person) = person else { return };
        let done = session.add_row(task.take(words, Some(Who::Person(*person)), "").row(None, 0));
        refused.set(done.err().map(|error| fault::words(&error, *texts)));
    });
    // What is to be done is said once, unless somebody said it otherwise.
    let says_same = task.actions.iter().all(|row| row.text(WHAT).trim() == words.as_str());
    let other = if task.is_open() { Key::CardsTakeOther } else { Key::CardsTakeMore };
    let is_own = person.is_some_and(|person| task.is_taken_by(person));
    html! {
        <li class={classes!("task", (!task.is_open()).then_some("task--taken"), says_same.then_some("task--said"))} data-test={format!("task-{}", task.task)}
            data-count={task.takers.len().to_string()}>
            <p class="task__words">{ words }</p>
            if task.actions.is_empty() { <p class="task__open">{ texts.get(Key::ActionsNobody) }</p> }
            <ActionList actions={task.actions.clone()} />
            if person.is_some() {
                <div class="task__buttons">
                    if !is_own {
                        <button class="button button--small" type="button" {onclick} aria-label={format!("{}: {words}", texts.get(Key::CardsTake))} data-test="take">
                            { texts.get(Key::CardsTake) }
                        </button>
                    }
                    <ActionButton action={task.take(words, None, "")} words={texts.get(other)} about={words.clone()} />
                </div>
            }
            if let Some(refused) = &*refused { <p class="field__fault" role="alert">{ refused }</p> }
        </li>
    }
}
