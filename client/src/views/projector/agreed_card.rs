//! What is agreed: from where to where, by when, and how far that is.

use std::rc::Rc;

use shared::content::ColumnRole;
use shared::documents::maturity::MaturityAnswers;
use yew::prelude::{Html, Properties, classes, component, html};

use crate::components::icon::Icon;
use crate::components::marker::column_class;
use crate::texts::{Key, Texts, use_texts};
use crate::time_frame::TimeFrame;

/// See [`AgreedCard`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct AgreedCardProps {
    /// What is answered.
    pub(super) answers: Rc<MaturityAnswers>,
    /// The year that dates are said without.
    pub(super) this_year: u32,
}

/// Draws the card; amber, with what to do, while values that met wait for someone.
#[component]
pub(super) fn AgreedCard(props: &AgreedCardProps) -> Html {
    let texts = use_texts();
    let answers = &props.answers;
    let is_open = is_open(answers);
    let title = texts.get(if is_open { Key::ScreenTalk } else { Key::ScreenAgreed });
    html! {
        <section class={classes!("screen-agreed", is_open.then_some("screen-agreed--open"))} data-test="projector-agreed">
            <p class="screen-agreed__way">
                { levels(answers, ColumnRole::Now) }
                <span class="screen-agreed__arrow">{ Icon::Arrow.image() }</span>
                { levels(answers, ColumnRole::Ambition) }
            </p>
            <div class="screen-agreed__words">
                <h2 class="screen-agreed__title">{ title }</h2>
                { for time_frames(answers, props.this_year, texts).into_iter().map(|frame| html! { <p class="screen-agreed__line">{ frame }</p> }) }
                if let Some(gap) = gap(answers, texts) { <p class="screen-agreed__line" data-test="projector-gap">{ gap }</p> }
            </div>
        </section>
    }
}

impl AgreedCard {
    /// Whether there is anything to say.
    pub(super) fn has_any(answers: &MaturityAnswers) -> bool {
        let agreed = ColumnRole::ALL.iter().any(|column| !answers.column(*column).agreed_levels().is_empty());
        agreed || is_open(answers)
    }

    /// Units that the card takes with the gap under it; 0 while there is nothing to say.
    pub(super) fn height(answers: &MaturityAnswers) -> usize {
        const LINE: usize = 38;
        let frames = answers.time_frame.values().len();
        match (Self::has_any(answers), is_open(answers)) {
            (false, _) => 0,
            // Several numbers side by side leave no room for words beside them.
            (true, true) => 226 + frames * LINE,
            (true, false) => 74 + ((frames + 2) * LINE).max(96),
        }
    }
}

/// Whether two values wait for someone to choose.
fn is_open(answers: &MaturityAnswers) -> bool {
    let met = ColumnRole::ALL.iter().any(|column| answers.column(*column).agreed.is_unsettled());
    met || answers.time_frame.is_unsettled()
}

/// All levels of a column that stand; a dash while there is none.
fn levels(answers: &MaturityAnswers, column: ColumnRole) -> Html {
    let mut values: Vec<u8> = answers.column(column).agreed.values().iter().map(|stamped| stamped.value).collect();
    values.sort_unstable();
    values.dedup();
    let word = |value: &u8| if *value == 0 { "–".to_owned() } else { value.to_string() };
    let missing = values.is_empty().then_some("screen-agreed__level--missing");
    let words =
        if values.is_empty() { "–".to_owned() } else { values.iter().map(word).collect::<Vec<_>>().join(" / ") };
    html! {
        <span class={classes!("screen-agreed__level", column_class(column), missing)} data-test={format!("projector-agreed-{}", column.code())}>
            { words }
        </span>
    }
}

/// The time frames that stand, in words.
pub(super) fn time_frames(answers: &MaturityAnswers, this_year: u32, texts: Texts) -> Vec<String> {
    TimeFrame::all(&answers.time_frame, texts, this_year)
}

/// How far it is, in words, where both ends are settled.
pub(super) fn gap(answers: &MaturityAnswers, texts: Texts) -> Option<String> {
    let gap = usize::from(answers.gap()?.unsigned_abs());
    Some(if gap == 0 { texts.get(Key::TableGapNone).to_owned() } else { texts.table_gap(gap) })
}
