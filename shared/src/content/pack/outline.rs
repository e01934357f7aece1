//! Where in a file each entry stands.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::survey::{join, name_of};

/// A way through tables and lists.
pub(super) type Path = Vec<Step>;

/// One step of a [`Path`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// Everything in a file that has a name, in no order.
#[derive(Debug, Default)]
pub(super) struct Outline {
    nodes: Vec<Node>,
    /// Offset of each line's first byte.
    lines: Vec<usize>,
}

/// One value.
#[derive(Debug)]
pub(super) struct Node {
    /// As messages name it; several may share one.
    pub(super) trail: String,
    pub(super) path: Path,
    /// Where its key begins, or itself in a list.
    at: usize,
    /// All of it; of a table that is written under a heading, the heading alone.
    span: Range<usize>,
}

impl Outline {
    pub(super) fn new(text: &str, root: &Spanned<DeTable<'_>>) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let whole = Node { trail: String::new(), path: Path::new(), at: 0, span: 0..text.len() };
        let mut outline = Self { nodes: vec![whole], lines };
        outline.table("", &Path::new(), root.get_ref());
        outline
    }

    fn table(&mut self, trail: &str, path: &Path, table: &DeTable<'_>) {
        for (key, value) in table {
            let (name, path) = (key.get_ref(), step(path, Step::Key(key.get_ref().to_string())));
            self.add(join(trail, name), &path, key.span().start, value);
            match value.get_ref() {
                DeValue::Table(inner) => self.table(&join(trail, name), &path, inner),
                DeValue::Array(items) => self.list(trail, name, &path, items),
                _ => {}
            }
        }
    }

    fn list(&mut self, trail: &str, list: &str, path: &Path, items: &[Spanned<DeValue<'_>>]) {
        for (index, item) in items.iter().enumerate() {
            let path = step(path, Step::Index(index));
            match item.get_ref() {
                DeValue::Table(table) => {
                    let trail = join(trail, &name_of(|key| table.get(key)?.get_ref().as_str(), list, index));
                    self.add(trail.clone(), &path, item.span().start, item);
                    self.table(&trail, &path, table);
                }
                _ => self.add(join(trail, &format!("{list} {}", index + 1)), &path, item.span().start, item),
            }
        }
    }

    fn add(&mut self, trail: String, path: &Path, at: usize, value: &Spanned<DeValue<'_>>) {
        self.nodes.push(Node { trail, path: path.clone(), at, span: value.span() });
    }

    /// The line of the `nth` entry that is named `trail`, from 0; of what holds it, if there is none.
    pub(super) fn line(&self, trail: &str, nth: usize) -> usize {
        let mut trail = trail;
        loop {
            let mut named = self.nodes.iter().filter(|node| node.trail == trail).map(|node| node.at);
            // Tables come in the order of their keys, not of the file.
            if let Some(at) = named.clone().nth(nth).or_else(|| named.next()) {
                return self.line_at(at);
            }
            trail = trail.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }

    /// The line of the byte at `offset`, from 1.
    pub(super) fn line_at(&self, offset: usize) -> usize {
        self.lines.partition_point(|&begin| begin <= offset)
    }

    /// The smallest value that holds all of `span`.
    pub(super) fn node(&self, span: Range<usize>) -> &Node {
        let holding = self.nodes.iter().filter(|node| node.span.start <= span.start && span.end <= node.span.end);
        holding.min_by_key(|node| node.span.len()).unwrap_or(&self.nodes[0])
    }

    /// The line that `node` begins in, from 1.
    pub(super) fn line_of(&self, node: &Node) -> usize {
        self.line_at(node.at)
    }
}

fn step(path: &Path, step: Step) -> Path {
    path.iter().cloned().chain([step]).collect()
}
