//! Where the answers to the shipped tools lie: each under a key of its own that reads back.

use std::collections::BTreeSet;
use std::path::Path;

use shared::content::{Body, Grid, Pack, Part, TwoSided};
use shared::documents::two_sided::{self, Weighable};
use shared::documents::{AnswerKey, FieldId, Scope, cards, checklist, curve, grid, matrix, position, questions, scale};

use super::{TOOL, id};

fn packs() -> Vec<Pack> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content");
    let folders = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let files = folders.flat_map(|folder| std::fs::read_dir(folder).unwrap()).map(|file| file.unwrap().path());
    let files = files.filter(|file| file.extension().is_some_and(|extension| extension == "toml"));
    let files: Vec<_> =
        files.map(|file| (file.to_str().unwrap().to_owned(), std::fs::read_to_string(&file).unwrap())).collect();
    Pack::parse_all(&files).unwrap()
}

/// Every field that something of `part` is answered in.
fn fields(part: &Part) -> Vec<FieldId> {
    let id = part.id.as_str();
    match &part.body {
        Body::Maturity(_) | Body::Agenda(_) | Body::Reference(_) => Vec::new(),
        Body::Questions(asked) => {
            let asked = asked.get().unwrap().groups.iter().flat_map(|group| &group.questions);
            asked.map(|question| questions::question_field(id, &question.id)).collect()
        }
        Body::Checklist(list) => {
            let statements = list.get().unwrap().groups.iter().flat_map(|group| &group.statements);
            statements.map(|statement| checklist::statement_field(id, &statement.id)).collect()
        }
        Body::Scale(_) => vec![scale::mark_field(id), scale::words_field(id)],
        Body::Position(_) => vec![position::place_field(id), position::why_field(id)],
        Body::Curve(content) => {
            let months = 0..content.get().unwrap().months;
            months.flat_map(|month| [curve::point_field(id, month), curve::turn_field(id, month)]).collect()
        }
        Body::Cards(deck) => {
            let cards = &deck.get().unwrap().cards;
            let asked = cards.iter().flat_map(|card| &card.questions);
            let asked = asked.map(|question| questions::question_field(id, &question.id));
            asked.chain(cards.iter().flat_map(|card| &card.tasks).map(|task| cards::task_field(id, &task.id))).collect()
        }
        Body::Matrix(_) => {
            let spots = [0, 9, 10, 99, 100].map(|x| [0, 9, 10, 99, 100].map(|y| matrix::Spot::new(x, y).field(id)));
            spots.concat()
        }
        Body::TwoSided(content) => of_balance(id, content.get().unwrap()),
        Body::Grid(content) => of_grid(id, content.get().unwrap()),
    }
}

fn of_balance(part: &str, content: &TwoSided) -> Vec<FieldId> {
    let mut fields = Vec::new();
    for side in &content.sides {
        let marks: Vec<_> = content.follow_ups.iter().filter(|mark| mark.side == side.id).collect();
        let mut entries = vec![Weighable::Own(id(1)), Weighable::Own(id(2))];
        for group in &side.groups {
            fields.push(two_sided::group_field(part, &group.id));
            for example in &group.examples {
                fields.push(two_sided::example_field(part, &example.id));
                entries.push(Weighable::Typical(example.id.clone()));
            }
        }
        for mark in marks {
            fields.extend(entries.iter().map(|entry| two_sided::follow_up_field(part, &mark.id, entry)));
        }
    }
    fields
}

fn of_grid(part: &str, content: &Grid) -> Vec<FieldId> {
    let rows = content.rows.iter().map(|row| grid::row_field(part, &row.id));
    let cells = content
        .rows
        .iter()
        .flat_map(|row| content.columns.iter().map(|column| grid::cell_field(part, &row.id, &column.id)));
    rows.chain(cells).chain([grid::rows_field(part)]).collect()
}

#[test]
fn every_answer_to_every_tool_has_a_key_of_its_own_that_reads_back() {
    let mut all = 0;
    for tool in packs().iter().flat_map(|pack| &pack.tools) {
        let mut seen = BTreeSet::new();
        for part in &tool.parts {
            for field in fields(part) {
                let whole = AnswerKey {
                    group: Scope::One(id(2)),
                    round: Scope::One(id(3)),
                    ..AnswerKey::personal(id(TOOL), field.clone(), id(4))
                };
                assert_eq!(whole.to_string().parse().as_ref(), Ok(&whole), "{} {field:?}", tool.id);
                assert!(field.name_in(part.id.as_str()).is_some(), "{} {field:?}", tool.id);
                assert!(seen.insert(field.clone()), "{} has two answers under {field:?}", tool.id);
                all += 1;
            }
        }
    }
    assert!(all > 500, "{all} fields");
}

#[test]
fn the_longest_ids_that_a_pack_may_have_make_fields_that_read_back() {
    let name = |letter: &str| letter.repeat(50).as_str().into();
    let (row, column): (shared::content::EntryId, shared::content::EntryId) = (name("r"), name("c"));
    let longest = [
        grid::cell_field(&"p".repeat(50), &row, &column),
        two_sided::follow_up_field(&"p".repeat(50), &row, &Weighable::Typical(column)),
        two_sided::follow_up_field(&"p".repeat(50), &row, &Weighable::Own(id(255))),
    ];
    for field in longest {
        let key = AnswerKey::shared(id(TOOL), field);
        assert_eq!(key.to_string().parse(), Ok(key));
    }
}
