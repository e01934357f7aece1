//! The table on the large screen: all of it, or one row that is talked about.

use shared::content::{CellType, GridColumn};
use yew::prelude::{Html, classes, component, html};

use super::words::Wording;
use super::{code, gather, grid, row_of};
use crate::kinds::{SceneProps, words};
use crate::texts::{Key, use_texts};
use crate::views::projector::room::lines;
use crate::views::projector::side::Side;

/// Units from the first row to the foot, and from edge to edge of the table: beside the way in, and without it.
const HEIGHT: usize = 640;
const WIDTH_BESIDE: usize = 1_150;
const WIDTH: usize = 1_780;
/// Letters in the sizes there are, from the largest, and the class of each.
const SIZES: [(Letters, &str); 3] = [
    (Letters { width: 22, line: 57 }, "screen-table--few"),
    (Letters { width: 16, line: 42 }, "screen-grid--some"),
    (Letters { width: 14, line: 36 }, "screen-grid--many"),
];
/// Lines after which a cell ends in an ellipsis.
const LINES: usize = 4;
/// What stands above and below a row's words, and beside a cell's.
const FRAME: usize = 28;
const GAP: usize = 36;

/// Letters in one size: how wide one is, and how high a line.
#[derive(Debug, Clone, Copy)]
struct Letters {
    width: usize,
    line: usize,
}

/// The columns' widths in units: words have more room than days and choices.
fn widths(weights: &[usize], width: usize) -> Vec<usize> {
    let all: usize = weights.iter().sum();
    weights.iter().map(|weight| width * weight / all.max(1)).collect()
}

fn weight(column: &GridColumn) -> usize {
    match column.cell {
        CellType::Text => 5,
        CellType::Choice | CellType::Person | CellType::Date => 4,
        CellType::Number | CellType::Level => 2,
    }
}

/// The largest letters in which all rows fit beside so many columns, or else the smallest; with how many rows fit then.
fn choose(rows: &[Vec<String>], widths: &[usize], columns: usize) -> (usize, &'static str) {
    let largest = match columns {
        ..=2 => 0,
        3..=4 => 1,
        _ => 2,
    };
    let sizes: Vec<_> = SIZES[largest..].iter().map(|(letters, class)| (fit(rows, widths, *letters), *class)).collect();
    let all = sizes.iter().find(|(fits, _)| *fits == rows.len());
    all.or(sizes.last()).copied().unwrap_or_default()
}

/// How many rows fit, from the first, when each is as high as the highest of its cells.
fn fit(rows: &[Vec<String>], widths: &[usize], letters: Letters) -> usize {
    let mut left = HEIGHT;
    let fits = |cells: &&Vec<String>| {
        let cell_lines =
            |(words, width): (&String, &usize)| lines(words, width.saturating_sub(GAP) / letters.width).min(LINES);
        let height = cells.iter().zip(widths).map(cell_lines).max().unwrap_or(1) * letters.line + FRAME;
        let is_room = left >= height;
        left = left.saturating_sub(height);
        is_room
    };
    rows.iter().take_while(fits).count()
}

/// Draws the whole table; rows that do not fit are counted.
#[component]
pub(super) fn TableScene(props: &SceneProps) -> Html {
    let texts = use_texts();
    let (Some(grid), Some(table)) = (grid(&props.at), gather(&props.at, &props.control, &props.board)) else {
        return Html::default();
    };
    let wording = Wording { grid, board: &props.board, texts, this_year: props.this_year };
    let has_side = props.invitation.is_some();
    let has_names = !grid.rows.is_empty();
    let weights: Vec<usize> = has_names.then_some(5).into_iter().chain(grid.columns.iter().map(weight)).collect();
    let widths = widths(&weights, if has_side { WIDTH_BESIDE } else { WIDTH });
    let cells = |row| has_names.then(|| wording.row(row)).into_iter().chain(wording.cells(row)).collect::<Vec<_>>();
    let rows: Vec<Vec<String>> = table.rows.iter().map(cells).collect();
    let (shown, size) = choose(&rows, &widths, grid.columns.len());
    let more = rows.len() - shown;
    let head = has_names.then(|| words(&grid.row_title, texts));
    let heads = head.into_iter().chain(grid.columns.iter().map(|column| words(&column.title, texts)));
    let cell = |place: usize, words: &str, is_met: bool| {
        let inner = html! { <span class={classes!("screen-grid__words", is_met.then_some("screen-grid__met"))} dir="auto">{ words.to_owned() }</span> };
        if has_names && place == 0 {
            html! { <th scope="row">{ inner }</th> }
        } else {
            html! { <td>{ inner }</td> }
        }
    };
    html! {
        <div class={classes!("screen__body", has_side.then_some("screen__body--with-side"))}>
            <section class="screen-wall" data-test="grid-scene">
                if rows.is_empty() {
                    <div class="screen-empty screen-empty--wall">
                        <p class="screen-empty__title">{ texts.get(Key::GridScreenEmpty) }</p>
                        <p class="screen-empty__hint">{ texts.get(Key::ScreenEmptyHint) }</p>
                    </div>
                } else {
                    <table class={classes!("screen-table", "screen-grid", size)}>
                        <colgroup>{ for widths.iter().map(|width| html! { <col width={format!("{}%", width * 100 / widths.iter().sum::<usize>().max(1))} /> }) }</colgroup>
                        <thead><tr>{ for heads.map(|head| html! { <th scope="col">{ head }</th> }) }</tr></thead>
                        <tbody>
                            { for rows.iter().zip(&table.rows).take(shown).map(|(cells, row)| html! {
                                <tr key={code(row)} data-test="projector-row">
                                    { for cells.iter().enumerate().map(|(place, words)| {
                                        let column = place.checked_sub(usize::from(has_names));
                                        cell(place, words, column.is_some_and(|column| row.cells[column].is_unsettled()))
                                    }) }
                                </tr>
                            }) }
                        </tbody>
                    </table>
                    if more > 0 { <p class="screen__more" data-test="projector-more">{ texts.app_and_more(more) }</p> }
                }
            </section>
            if has_side { <Side invitation={props.invitation.clone()} is_invite_large=true /> }
        </div>
    }
}

/// Draws one row, a card for each of its cells.
#[component]
pub(super) fn RowScene(props: &SceneProps) -> Html {
    let texts = use_texts();
    let (Some(grid), Some(table)) = (grid(&props.at), gather(&props.at, &props.control, &props.board)) else {
        return Html::default();
    };
    let Some(row) = props.step.as_deref().and_then(|step| row_of(&table, step)) else { return Html::default() };
    let wording = Wording { grid, board: &props.board, texts, this_year: props.this_year };
    let has_side = props.invitation.is_some();
    html! {
        <div class={classes!("screen__body", has_side.then_some("screen__body--with-side"))}>
            <dl class="screen-row" data-test="grid-row-scene">
                { for grid.columns.iter().zip(&row.cells).map(|(column, cell)| html! {
                    <div class={classes!("screen-row__cell", (column.cell != CellType::Text).then_some("screen-row__cell--short"))} key={column.id.to_string()}>
                        <dt class="screen-row__label">{ words(&column.title, texts) }</dt>
                        <dd class={classes!("screen-row__words", cell.is_unsettled().then_some("screen-grid__met"))} dir="auto">{ wording.cell(column, cell) }</dd>
                    </div>
                }) }
            </dl>
            if has_side { <Side invitation={props.invitation.clone()} /> }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LETTERS: Letters = Letters { width: 16, line: 42 };

    #[test]
    fn what_does_not_fit_is_left_to_be_counted_and_long_words_are_cut() {
        let row = |words: &str| vec![words.to_owned(), "kort".to_owned()];
        let widths = widths(&[5, 3], WIDTH);
        let short: Vec<_> = (0..20).map(|_| row("kort")).collect();
        assert_eq!(fit(&short, &widths, LETTERS), HEIGHT / (42 + FRAME));
        let long: Vec<_> = (0..20).map(|_| row(&"lange ord ".repeat(300))).collect();
        assert_eq!(fit(&long, &widths, LETTERS), HEIGHT / (LINES * 42 + FRAME));
        assert_eq!(fit(&[], &widths, LETTERS), 0);
    }

    #[test]
    fn letters_are_as_large_as_all_rows_allow() {
        let rows = |count: usize| vec![vec!["kort".to_owned(), "kort".to_owned()]; count];
        let widths = widths(&[5, 5], WIDTH);
        assert_eq!(choose(&rows(3), &widths, 2), (3, "screen-table--few"));
        assert_eq!(choose(&rows(9), &widths, 2), (9, "screen-grid--some"));
        assert_eq!(choose(&rows(3), &widths, 5), (3, "screen-grid--many"));
        assert_eq!(choose(&rows(40), &widths, 2), (HEIGHT / (36 + FRAME), "screen-grid--many"));
    }

    #[test]
    fn the_columns_share_the_whole_width() {
        assert_eq!(widths(&[5, 3, 2], 1_000), [500, 300, 200]);
        assert_eq!(widths(&[], 1_000), Vec::<usize>::new());
    }
}
