//! One level of the ladder: tap it to stand there.

use shared::documents::board::Mark;
use web_sys::{HtmlElement, MouseEvent};
use yew::prelude::{Callback, Html, Properties, classes, component, html, use_callback, use_node_ref, use_state_eq};

use super::icon::Icon;
use super::marker::{column_class, marker};
use crate::table::{ColumnRole, Table};
use crate::texts::{Key, use_texts};

/// Most discs of others that are drawn; the rest are counted.
const DRAWN: usize = 5;

/// See [`LadderLevel`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct LadderLevelProps {
    /// The table it belongs to.
    pub table: Table,
    /// Which question it answers.
    pub column: ColumnRole,
    /// The level's number.
    pub level: u8,
    /// How many others stand here.
    pub others: usize,
    /// The person's mark, if they stand here.
    pub own: Option<Mark>,
    /// Whether the tab key reaches it; one level of a ladder is enough.
    pub is_reached_by_tab: bool,
    /// Called with this level, or with `None` where the person stands already.
    pub on_place: Option<Callback<Option<u8>>>,
}

/// Draws the level; what marks it is unfolded where the person stands, and elsewhere by its arrow.
#[component]
pub fn LadderLevel(props: &LadderLevelProps) -> Html {
    let texts = use_texts();
    let is_unfolded = use_state_eq(|| false);
    let is_own = props.own.is_some();
    let wanted = (!is_own).then_some(props.level);
    let onclick = use_callback((props.on_place.clone(), wanted), |_: MouseEvent, (on_place, wanted)| {
        if let Some(on_place) = on_place {
            on_place.emit(*wanted);
        }
    });
    let choice = use_node_ref();
    let withdraw = use_callback((onclick.clone(), choice.clone()), |event: MouseEvent, (onclick, choice)| {
        // The button goes, and would take the focus with it.
        if let Some(choice) = choice.cast::<HtmlElement>() {
            let _ = choice.focus();
        }
        onclick.emit(event);
    });
    let unfold = use_callback(is_unfolded.clone(), |_: MouseEvent, is_unfolded| is_unfolded.set(!**is_unfolded));
    let Some(level) = props.table.maturity().level(props.level) else { return Html::default() };
    let name = level.name.get(texts.language).to_owned();
    let people = props.others + usize::from(is_own);
    let mut label = texts.table_level_name(usize::from(props.level), &name);
    if people > 0 {
        label = format!("{label}. {}", texts.table_people_here(people));
    }
    let is_open = is_own || *is_unfolded;
    let test = format!("level-{}", props.level);
    let class = classes!("level", column_class(props.column), is_own.then_some("level--own"));
    html! {
        <div {class}>
            <div class="level__row">
                <button class="level__choice" type="button" role="radio" ref={choice} aria-checked={is_own.to_string()} aria-label={label}
                    tabindex={if props.is_reached_by_tab { "0" } else { "-1" }} disabled={props.on_place.is_none()}
                    data-test={test} {onclick}>
                    <span class="level__number">{ props.level }</span>
                    <span class="level__words">
                        <span class="level__name">{ &name }</span>
                        if !is_open { <span class="level__gist">{ level.gist.get(texts.language) }</span> }
                    </span>
                    <span class="level__people">
                        { for (0..props.others.min(DRAWN)).map(|_| marker(props.column, None)) }
                        if props.others > DRAWN { <span class="level__more">{ format!("+{}", props.others - DRAWN) }</span> }
                        if let Some(mark) = props.own { { marker(props.column, Some(mark)) } }
                    </span>
                </button>
                if !is_own {
                    <button class={classes!("level__unfold", is_open.then_some("level__unfold--open"))} type="button"
                        aria-expanded={is_open.to_string()} onclick={unfold} data-test={format!("level-about-{}", props.level)}
                        aria-label={texts.table_what_marks(usize::from(props.level))}>
                        { Icon::Down.image() }
                    </button>
                }
            </div>
            if is_open {
                <ul class="level__characteristics">
                    { for level.characteristics.iter().map(|entry| html! { <li>{ entry.text.get(texts.language) }</li> }) }
                </ul>
            }
            if is_own && props.on_place.is_some() {
                <button class="level__withdraw" type="button" onclick={withdraw} data-test="withdraw">
                    { texts.get(Key::TableWithdraw) }
                </button>
            }
        </div>
    }
}
