//! How many say yes, partly and no to a statement: three lengths side by side, each with its number.

use shared::documents::board::Check;
use shared::documents::checklist::StatementAnswers;
use yew::prelude::{Html, Properties, component, html};

use super::counted;
use crate::components::marker::number;
use crate::texts::use_texts;

/// Half of what lies between two lengths, in hundredths of the whole.
const GAP: f64 = 0.25;

/// See [`Bars`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct BarsProps {
    /// What people say.
    pub(super) answers: StatementAnswers,
}

/// Draws the lengths, and says the same in words.
#[component]
pub(super) fn Bars(props: &BarsProps) -> Html {
    let texts = use_texts();
    let choices = &props.answers.choices;
    // Everyone who stands under two answers has a part in both.
    let all = Check::ALL.iter().map(|check| choices.count(*check)).sum::<usize>().max(1);
    let share = |count: usize| {
        #[allow(clippy::cast_precision_loss, reason = "at most 200 people")]
        let share = count as f64 * 100.0 / all as f64;
        share
    };
    let mut before = 0;
    let bar = |check: Check| {
        let (from, count) = (share(before), choices.count(check));
        before += count;
        let percent = |value: f64| format!("{}%", number(value));
        html! {
            if count > 0 {
                <g key={check.code()} class={format!("checks__part checks__part--{}", check.code())}>
                    <rect x={percent(from + GAP)} width={percent(share(count) - 2.0 * GAP)} height="100%" />
                    <text x={percent(from + share(count) / 2.0)} y="50%">{ count }</text>
                </g>
            }
        }
    };
    html! {
        <div class="checks" data-test={format!("checks-{}", props.answers.statement)} data-count={choices.answered().to_string()}
            aria-label={counted(&props.answers, texts)} role="img">
            <svg class="checks__bars" aria-hidden="true" focusable="false">
                <rect class="checks__empty" width="100%" height="100%" />
                { for Check::ALL.map(bar) }
            </svg>
            // What the lengths mean; on the wall a legend says it once.
            <p class="checks__words" aria-hidden="true">{ counted(&props.answers, texts) }</p>
        </div>
    }
}
