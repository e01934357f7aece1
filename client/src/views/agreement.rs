//! What is agreed in a column: one level with its reason, two that met, or nothing yet.

use shared::documents::maturity::MaturityAnswers;
use std::rc::Rc;
use yew::prelude::{AttrValue, Html, Properties, classes, component, html, use_callback};

use crate::components::marker::column_class;
use crate::components::settle::{Met, Settle};
use crate::hooks::{use_session, use_snapshot};
use crate::people::stamp;
use crate::platform::clock;
use crate::table::{ColumnRole, Table};
use crate::texts::{Key, use_texts};

/// See [`Agreement`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct AgreementProps {
    /// The table.
    pub table: Table,
    /// The column.
    pub column: ColumnRole,
    /// What is answered.
    pub answers: Rc<MaturityAnswers>,
}

/// Draws it as a card. A facilitator settles what met right here.
#[component]
pub fn Agreement(props: &AgreementProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let maturity = props.table.maturity();
    let column = props.answers.column(props.column);
    let title =
        maturity.column(props.column).map(|column| column.title.get(texts.language).to_owned()).unwrap_or_default();
    let levels: Vec<u8> = column.agreed.values().iter().map(|stamped| stamped.value).collect();
    let on_choose =
        use_callback((session.clone(), column.key.clone(), levels), |place: usize, (session, key, levels)| {
            if let Some(level) = levels.get(place) {
                // A facilitator's device writes control; what could be refused is said where levels are set.
                drop(session.decide(key, *level));
            }
        });
    let name = |level: u8| maturity.level(level).map_or("", |level| level.name.get(texts.language)).to_owned();
    let test = format!("agreed-{}", props.column.code());
    if column.agreed.is_unsettled() {
        let now = clock::wall();
        let met = column.agreed.values().iter().map(|stamped| Met {
            value: if stamped.value == 0 { "–".into() } else { stamped.value.to_string().into() },
            name: if stamped.value == 0 {
                AttrValue::Static(texts.get(Key::ScreenAgreedOpen))
            } else {
                name(stamped.value).into()
            },
            stamp: stamp(&snapshot.board, stamped, now, texts).into(),
        });
        return html! {
            <Settle about={title} column={props.column} values={met.collect::<Vec<_>>()} test={format!("settle-{}", props.column.code())}
                on_choose={(snapshot.is_facilitator() && snapshot.can_write()).then_some(on_choose)} />
        };
    }
    let level = column.agreed_levels().first().map(|stamped| stamped.value);
    html! {
        <section class={classes!("card", "agreement", column_class(props.column))} data-test={test}>
            <div class="agreement__head">
                <h2 class="agreement__title">{ title }</h2>
                if let Some(level) = level {
                    <span class="chip" data-test={format!("agreed-{}-{level}", props.column.code())}>
                        { texts.table_level_name(usize::from(level), &name(level)) }
                    </span>
                }
            </div>
            if level.is_none() {
                <p class="card__lead">{ texts.get(Key::TableAgreedNone) }</p>
            }
            if !column.reason.trim().is_empty() { <p class="agreement__reason" dir="auto">{ format!("»{}«", column.reason.trim()) }</p> }
        </section>
    }
}
