//! What fits on the large screen: newest texts first, by an estimate of their height that rather leaves air than cuts.

use std::rc::Rc;

use shared::documents::board::Note;

/// A line of a text in each size, in units.
const GRAND_LINE: usize = 55;
const LARGE_LINE: usize = 41;
const SMALL_LINE: usize = 34;
/// Edges above and below a text together, and the gap to the next card.
const FRAME: usize = 44;
const GAP: usize = 18;
/// The line that names a text's writer.
const WRITER: usize = 36;
/// The line that counts what is not shown.
const MORE: usize = 46;
/// Lines after which a text is set in the next smaller size instead, and after which a small one ends in an ellipsis.
const GRAND_LINES: usize = 5;
const LARGE_LINES: usize = 4;
const SMALL_LINES: usize = 7;

/// How large a text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// Where there are few texts and all of a wall for them.
    Grand,
    /// As a sentence for the wall.
    Large,
    /// A long text: smaller, and cut after a number of lines.
    Small,
}

/// A place for texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Room {
    /// Units from top to bottom.
    pub(crate) height: usize,
    /// Units from edge to edge of the words.
    pub(crate) width: usize,
    /// Columns side by side.
    pub(crate) columns: usize,
    /// Whether each text has its writer under it.
    pub(crate) has_writers: bool,
}

/// What was chosen for a room.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Chosen {
    /// The texts of each column from above, newest first.
    pub(crate) columns: Vec<Vec<(Rc<Note>, Size)>>,
    /// How many there are beside those.
    pub(crate) more: usize,
}

impl Room {
    /// Chooses among `notes`, which are ordered from the newest; each goes where there is most room.
    pub(crate) fn choose(&self, notes: &[Rc<Note>]) -> Chosen {
        self.fill(notes, |text| self.height_of(text))
    }

    /// All of `notes` in the grandest size, if there is room for all of them so.
    pub(crate) fn choose_grand(&self, notes: &[Rc<Note>]) -> Option<Chosen> {
        let height = |text: &str| (lines(text, self.width / 21) * GRAND_LINE + self.frame(), Size::Grand);
        let are_short = notes.iter().all(|note| lines(&note.text, self.width / 21) <= GRAND_LINES);
        let chosen = are_short.then(|| self.fill(notes, height))?;
        (chosen.more == 0).then_some(chosen)
    }

    fn fill(&self, notes: &[Rc<Note>], measure: impl Fn(&str) -> (usize, Size)) -> Chosen {
        let mut left = vec![self.height.saturating_sub(MORE); self.columns.max(1)];
        let mut columns = vec![Vec::new(); left.len()];
        let mut shown = 0;
        for note in notes {
            let (height, size) = measure(&note.text);
            // The first of the columns with most room: texts come in reading order while they are of one length.
            let place = (0..left.len()).rev().max_by_key(|place| left[*place]).unwrap_or(0);
            // Even a room that is too low shows one text; its own edge then cuts it.
            if height > left[place] && shown > 0 {
                break;
            }
            left[place] = left[place].saturating_sub(height);
            columns[place].push((Rc::clone(note), size));
            shown += 1;
        }
        Chosen { columns, more: notes.len() - shown }
    }

    fn frame(&self) -> usize {
        FRAME + GAP + if self.has_writers { WRITER } else { 0 }
    }

    fn height_of(&self, text: &str) -> (usize, Size) {
        let frame = self.frame();
        // An average letter is a little more than half as wide as its size.
        let large = lines(text, self.width / 16);
        if large <= LARGE_LINES {
            return (large * LARGE_LINE + frame, Size::Large);
        }
        let small = lines(text, self.width / 14).min(SMALL_LINES);
        (small * SMALL_LINE + frame, Size::Small)
    }
}

/// How many lines a text takes when each holds `width` letters, words kept whole where they can be.
pub(crate) fn lines(text: &str, width: usize) -> usize {
    let width = width.max(1);
    text.split('\n').map(|paragraph| lines_of_paragraph(paragraph, width)).sum()
}

fn lines_of_paragraph(paragraph: &str, width: usize) -> usize {
    let (mut count, mut used) = (1, 0);
    for word in paragraph.split_whitespace() {
        let length = word.chars().count();
        let needed = if used == 0 { length } else { used + 1 + length };
        if needed <= width {
            used = needed;
            continue;
        }
        if used > 0 {
            count += 1;
        }
        count += (length - 1) / width;
        used = (length - 1) % width + 1;
    }
    count
}

/// All notes of `lists` as one, from the newest.
pub(crate) fn newest(lists: &[&[Rc<Note>]]) -> Vec<Rc<Note>> {
    let mut notes: Vec<Rc<Note>> = lists.iter().flat_map(|list| list.iter().cloned()).collect();
    notes.sort_by_key(|note| std::cmp::Reverse((note.at, note.id)));
    notes
}

#[cfg(test)]
mod tests {
    use shared::documents::{AnswerKey, EntryId, FieldId};

    use super::*;

    const ROOM: Room = Room { height: 560, width: 480, columns: 1, has_writers: false };

    fn note(at: u8, text: &str) -> Rc<Note> {
        let id = EntryId::from_random([at; 16]);
        let place = AnswerKey::shared(id, FieldId::new("levels", "now"));
        let text = text.to_owned();
        Rc::new(Note {
            id,
            place,
            moved: shared::documents::Register::default(),
            level: None,
            author: None,
            order: String::new(),
            at: at.into(),
            text,
            outlived_removal: false,
        })
    }

    fn many(count: u8, text: &str) -> Vec<Rc<Note>> {
        (0..count).rev().map(|at| note(at, text)).collect()
    }

    #[test]
    fn words_are_kept_whole_and_long_ones_broken() {
        assert_eq!(lines("", 10), 1);
        assert_eq!(lines("ti tegn er", 10), 1);
        assert_eq!(lines("elleve tegn", 10), 2);
        assert_eq!(lines(&"a".repeat(25), 10), 3);
        assert_eq!(lines(&format!("ord {}", "a".repeat(25)), 10), 4);
        assert_eq!(lines("en\nto\n", 10), 3);
    }

    #[test]
    fn what_does_not_fit_is_counted_and_the_newest_are_shown() {
        let notes = many(20, "Hjælpen kommer, men først når nogen har råbt op.");
        let chosen = ROOM.choose(&notes);
        let shown = &chosen.columns[0];
        assert_eq!(shown.len() + chosen.more, 20);
        assert!((2..=4).contains(&shown.len()), "{} are shown", shown.len());
        assert_eq!(shown[0].0, notes[0]);
    }

    #[test]
    fn no_room_overflows_whatever_is_written() {
        for length in [1, 40, 200, 500, 2_000] {
            for columns in 1..=3 {
                let room = Room { columns, ..ROOM };
                let chosen = room.choose(&many(60, &"ord og ".repeat(length / 7 + 1)));
                for column in &chosen.columns {
                    let height: usize = column.iter().map(|(note, _)| room.height_of(&note.text).0).sum();
                    assert!(height + MORE <= ROOM.height, "{length} letters in {columns} columns: {height}");
                    assert!(!column.is_empty());
                }
            }
        }
    }

    #[test]
    fn a_long_text_is_set_small() {
        let chosen = ROOM.choose(&[note(2, "Kort."), note(1, &"Langt og længere. ".repeat(30))]);
        let sizes: Vec<Size> = chosen.columns[0].iter().map(|(_, size)| *size).collect();
        assert_eq!(sizes, [Size::Large, Size::Small]);
    }

    #[test]
    fn a_wall_of_few_texts_is_set_grand_and_of_many_is_not() {
        let wall = Room { height: 780, width: 510, columns: 2, has_writers: false };
        let few = wall.choose_grand(&many(4, "Der er ikke tid til overlap.")).unwrap();
        assert!(few.columns.iter().flatten().all(|(_, size)| *size == Size::Grand));
        assert_eq!(wall.choose_grand(&many(40, "Der er ikke tid til overlap.")), None);
        assert_eq!(wall.choose_grand(&[note(1, &"Langt og længere. ".repeat(30))]), None);
    }

    #[test]
    fn columns_fill_from_the_left() {
        let room = Room { columns: 3, ..ROOM };
        let chosen = room.choose(&many(3, "Kort."));
        assert!(chosen.columns.iter().all(|column| column.len() == 1));
        assert_eq!(chosen.columns[0][0].0.at, 2);
    }

    #[test]
    fn the_newest_of_all_lists_comes_first() {
        let (one, two) = ([note(1, "a"), note(4, "d")], [note(3, "c")]);
        let order: Vec<i64> = newest(&[&one, &two]).iter().map(|note| note.at).collect();
        assert_eq!(order, [4, 3, 1]);
    }
}
