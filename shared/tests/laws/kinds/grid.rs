//! Grids: what is typed in a cell is there, whatever its row, and rows stand where they were put.

use automerge::Automerge;
use proptest::collection::vec;
use proptest::prelude::*;
use shared::content::{CellType, Grid, GridColumn, GridRow};
use shared::documents::actions::{self, Who};
use shared::documents::board::{self, BoardView};
use shared::documents::control::ControlView;
use shared::documents::grid::{CellFault, CellPlace, CellValue, GridAnswers, GridRowId, new_row};
use shared::documents::text::splice;
use shared::documents::{EntryId, Stamped};

use super::{TOOL, board_with, device, entry, id, met, own_board, phones, write_nonsense};

const TEXT: usize = 0;
const CHOICE: usize = 1;
const DATE: usize = 2;
const PERSON: usize = 3;
const NUMBER: usize = 4;
const LEVEL: usize = 5;

fn table() -> Grid {
    let column = |id: &str, cell| GridColumn { id: id.into(), cell, ..GridColumn::default() };
    let choices = ["waiting", "done", "begun"].map(entry).to_vec();
    Grid {
        columns: vec![
            column("what", CellType::Text),
            GridColumn { choices, ..column("status", CellType::Choice) },
            column("when", CellType::Date),
            column("who", CellType::Person),
            column("hours", CellType::Number),
            GridColumn { min: Some(1), max: Some(5), ..column("weight", CellType::Level) },
        ],
        rows: vec![GridRow { id: "leader".into(), ..GridRow::default() }],
        free_rows: true,
        ..Grid::default()
    }
}

fn gather(view: &BoardView) -> GridAnswers {
    GridAnswers::gather(&ControlView::default(), view, id(TOOL), "grid", &table())
}

fn read(doc: &Automerge) -> GridAnswers {
    gather(&BoardView::read(doc))
}

fn add(doc: &mut Automerge, row: u8, first: &str) {
    let new = board::NewRow { at: i64::from(row), ..new_row(&table(), id(TOOL), "grid", first) };
    board::add_row(doc, id(row), &new).unwrap();
}

/// Writes what was typed into a cell of a row, counted from 0, as the app does.
fn write(doc: &mut Automerge, row: usize, column: usize, typed: &str, at: i64) {
    match read(doc).rows[row].cells[column].place.clone() {
        CellPlace::Words(target) => {
            let text = target.ensure(doc).unwrap();
            splice(doc, &text, None, 0, 0, typed, target.limit()).unwrap();
        }
        place => {
            let value = CellValue::typed(&table().columns[column], typed).unwrap();
            let value = Stamped { value: value.map(|value| value.code()).unwrap_or_default(), by: None, at };
            match place {
                CellPlace::OfRow(row, column) => board::set_cell(doc, row, &column, &value).unwrap(),
                CellPlace::Shared(key) => board::set_register(doc, &key, &value).unwrap(),
                CellPlace::Words(_) => unreachable!(),
            }
        }
    }
}

fn typed(column: usize, number: u8) -> String {
    match column {
        CHOICE => ["waiting", "done", "begun"][usize::from(number) % 3].to_owned(),
        DATE => format!("2027-0{}-1{number}", number % 9 + 1),
        PERSON => format!("rolle {number}"),
        LEVEL => (number % 5 + 1).to_string(),
        _ => number.to_string(),
    }
}

fn added(answers: &GridAnswers) -> Vec<EntryId> {
    answers.added().map(|row| row.id).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_everyone_typed_is_in_its_cell(steps in vec((0..3_usize, 0..3_usize, 0..6_usize, 0..6_u8), 0..24)) {
        let mut base = board_with(3);
        add(&mut base, 210, "");
        add(&mut base, 211, "");
        let mut phones = phones(&base, 3);
        let mut last = vec![vec![vec![None::<String>; 3]; 6]; 3];
        let mut words: Vec<(usize, String)> = Vec::new();
        for (phone, row, column, number) in &steps {
            if *column == TEXT {
                let said = format!("<{phone}{number}>");
                write(&mut phones[*phone], *row, TEXT, &said, 1);
                words.push((*row, said));
            } else {
                let said = typed(*column, *number);
                write(&mut phones[*phone], *row, *column, &said, 1);
                last[*row][*column][*phone] = Some(said);
            }
        }
        let [one, other] = met(&base, &mut phones).map(|view| gather(&view));
        prop_assert_eq!(&one, &other);
        prop_assert_eq!((one.rows.len(), one.skipped), (3, 0));
        for (row, said) in &words {
            prop_assert!(one.rows[*row].cells[TEXT].words.matches(said.as_str()).count() >= 1);
        }
        let length: usize = one.rows.iter().map(|row| row.cells[TEXT].words.len()).sum();
        prop_assert_eq!(length, words.iter().map(|(_, said)| said.len()).sum::<usize>());
        for (row, columns) in one.rows.iter().zip(&last) {
            for (cell, typed) in row.cells.iter().zip(columns).skip(1) {
                let mut expected: Vec<&String> = typed.iter().flatten().collect();
                expected.sort_unstable();
                expected.dedup();
                let mut stands: Vec<String> = cell.values.iter().map(|stamped| stamped.value.code()).collect();
                stands.sort_unstable();
                prop_assert_eq!(stands.iter().collect::<Vec<_>>(), expected);
                prop_assert_eq!(cell.is_unsettled(), stands.len() > 1);
            }
        }
    }

    #[test]
    fn a_moved_row_stands_where_it_was_put(moves in vec((0..5_usize, 0..5_usize), 0..20)) {
        let mut doc = board_with(1);
        let mut expected = Vec::new();
        for row in 210..215 {
            add(&mut doc, row, "");
            expected.push(id(row));
        }
        for (from, to) in moves {
            let moved = expected.remove(from);
            expected.insert(to, moved);
            let order = read(&doc).order_at(moved, to);
            prop_assert_eq!(order.is_none(), from == to);
            if let Some(order) = order {
                board::move_row(&mut doc, moved, &order).unwrap();
            }
            prop_assert_eq!(&added(&read(&doc)), &expected);
        }
    }

    #[test]
    fn sorting_keeps_every_row_and_puts_empty_cells_last(cells in vec((0..6_usize, 0..6_u8), 0..12), by in 0..6_usize, is_descending: bool) {
        let mut doc = board_with(1);
        for (row, (column, number)) in cells.iter().enumerate() {
            add(&mut doc, 210 + row as u8, "");
            write(&mut doc, row + 1, *column, &typed(*column, *number), 1);
        }
        let answers = read(&doc);
        let sorted = answers.sorted(by, is_descending);
        prop_assert_eq!(sorted.len(), cells.len() + 1);
        let filled = cells.iter().filter(|(column, _)| *column == by).count();
        prop_assert!(sorted.iter().take(filled).all(|row| !row.cells[by].is_empty()));
        let mut numbers: Vec<u8> = cells.iter().filter(|(column, _)| *column == by).map(|(_, number)| match by {
            // Choices come as the tool lists them.
            CHOICE => number % 3,
            LEVEL => number % 5,
            _ => *number,
        }).collect();
        numbers.sort_unstable();
        if is_descending { numbers.reverse(); }
        let code = |row: &&shared::documents::grid::GridRowAnswers| match row.cells[by].settled() {
            Some(value) => value.code(),
            None => row.cells[by].words.clone(),
        };
        let stands: Vec<String> = sorted.iter().take(filled).map(code).collect();
        prop_assert_eq!(stands, numbers.into_iter().map(|number| typed(by, number)).collect::<Vec<_>>());
    }

    #[test]
    fn a_removed_row_comes_back_if_somebody_wrote_in_it_meanwhile_and_only_then(column in prop::option::of(0..6_usize), is_moved: bool) {
        let mut here = board_with(1);
        add(&mut here, 210, "først");
        add(&mut here, 211, "sidst");
        let mut there = device(&here, 9);
        board::remove(&mut here, id(90), id(210), None, 2, "").unwrap();
        prop_assert_eq!(added(&read(&here)), [id(211)]);
        if let Some(column) = column {
            write(&mut there, 1, column, &typed(column, 3), 1);
        }
        if is_moved {
            let order = read(&there).order_at(id(210), 1).unwrap();
            board::move_row(&mut there, id(210), &order).unwrap();
        }
        here.merge(&mut there).unwrap();
        prop_assert_eq!(added(&read(&here)).contains(&id(210)), column.is_some());
        board::take_back_removal(&mut here, id(90)).unwrap();
        let expected = if is_moved { [id(211), id(210)] } else { [id(210), id(211)] };
        prop_assert_eq!(added(&read(&here)), expected, "undone, it stands where it stood");
    }
}

#[test]
fn people_are_sorted_by_name_and_words_by_the_danish_alphabet() {
    let mut doc = board_with(0);
    for (person, name) in [(1, "Åse"), (2, "Bo"), (3, "Ærø"), (4, "Øjvind")] {
        board::add_person(&mut doc, id(person), Some(name), board::Mark::new(person)).unwrap();
        add(&mut doc, 210 + person, name);
        write(&mut doc, usize::from(person), PERSON, &Who::Person(id(person)).code(), 1);
    }
    for column in [TEXT, PERSON] {
        let answers = read(&doc);
        let order: Vec<GridRowId> = answers.sorted(column, false).iter().take(4).map(|row| row.id.clone()).collect();
        assert_eq!(order, [212, 213, 214, 211].map(|row| GridRowId::Added(id(row))));
    }
}

#[test]
fn what_does_not_fit_a_column_is_told_by_name() {
    let columns = table().columns;
    let fault = |column: usize, typed: &str| CellValue::typed(&columns[column], typed).unwrap_err();
    assert_eq!(fault(TEXT, "ord"), CellFault::Words);
    assert_eq!(fault(CHOICE, "never"), CellFault::NoChoice);
    assert_eq!(fault(DATE, "1/4"), CellFault::NoDay);
    assert_eq!(fault(NUMBER, "to"), CellFault::NoNumber);
    assert_eq!(fault(LEVEL, "6"), CellFault::OutOfRange { min: 1, max: 5 });
    assert_eq!(fault(PERSON, &"x".repeat(41)).code(), "too-long");
    for (number, column) in columns.iter().enumerate().skip(1) {
        assert_eq!(CellValue::typed(column, "  "), Ok(None), "nothing clears a cell");
        for said in 0..6 {
            let value = CellValue::typed(column, &typed(number, said)).unwrap().unwrap();
            assert_eq!(CellValue::typed(column, &value.code()), Ok(Some(value)));
        }
    }
}

#[test]
fn a_row_becomes_an_action_that_is_found_at_it() {
    let mut doc = board_with(1);
    add(&mut doc, 210, " ring til natholdet ");
    add(&mut doc, 211, "skriv");
    write(&mut doc, 1, PERSON, &Who::Person(id(1)).code(), 1);
    write(&mut doc, 1, DATE, "2027-04-01", 1);
    write(&mut doc, 0, TEXT, "lederen spørger", 1);
    for (number, row) in read(&doc).rows.iter().enumerate() {
        let action = row.action(&table());
        board::add_row(&mut doc, id(230 + number as u8), &action.row(Some(id(1)), 5)).unwrap();
    }
    let answers = read(&doc);
    let of = |row: usize| &answers.rows[row].actions[0];
    assert_eq!(answers.rows.iter().map(|row| row.actions.len()).collect::<Vec<_>>(), [1, 1, 1]);
    assert_eq!((of(0).text(actions::WHAT), of(0).source), ("lederen spørger", None));
    assert_eq!((of(1).text(actions::WHAT), of(1).source), ("ring til natholdet", Some(id(210))));
    assert_eq!((of(2).text(actions::WHAT), of(2).source), ("skriv", Some(id(211))));
    assert_eq!(actions::whos(of(1)), [Who::Person(id(1))]);
    assert_eq!(actions::days(of(1)), ["2027-04-01"]);
}

#[test]
fn what_is_filled_in_alone_is_gathered_from_the_notebook() {
    let mut own = own_board(50);
    add(&mut own, 210, "kun min");
    write(&mut own, 0, LEVEL, "4", 1);
    let answers = read(&own);
    assert_eq!(answers.rows[1].cells[TEXT].words, "kun min");
    assert_eq!(answers.rows[0].cells[LEVEL].settled(), Some(&CellValue::Number(4)));
}

#[test]
fn nonsense_in_cells_is_counted_and_the_rest_is_read() {
    let mut doc = board_with(1);
    add(&mut doc, 210, "en");
    write(&mut doc, 1, LEVEL, "2", 1);
    let stamped = |value: &str| Stamped { value: value.to_owned(), by: None, at: 1 };
    for (column, value) in [("status", "somehow"), ("when", "2027-02-30"), ("hours", "mange")] {
        board::set_cell(&mut doc, id(210), column, &stamped(value)).unwrap();
    }
    let CellPlace::Shared(key) = read(&doc).rows[0].cells[NUMBER].place.clone() else { unreachable!() };
    write_nonsense(&mut doc, "registers", &key.to_string(), 7);
    write_nonsense(&mut doc, "rows", &id(211).to_string(), "no row");
    let answers = read(&doc);
    assert_eq!((answers.skipped, BoardView::read(&doc).skipped()), (3, 2));
    assert_eq!(answers.rows[1].cells[LEVEL].settled(), Some(&CellValue::Number(2)));
    assert_eq!((answers.rows.len(), answers.rows[1].cells[TEXT].words.as_str()), (2, "en"));
}
