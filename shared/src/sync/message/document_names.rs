//! The texts of document ids.

use crate::sync::identity::{DocumentId, DocumentIdError};

/// Most documents that one line speaks of at a time; beyond it the oldest is worked out again.
const REMEMBERED: usize = 8;

/// Document ids with their texts. The checksum in the text takes longer than all else in a small frame, so a line works
/// it out once.
#[derive(Debug, Clone, Default)]
pub struct DocumentNames(Vec<(DocumentId, String)>);

impl DocumentNames {
    /// The text of `id`.
    pub(super) fn text(&mut self, id: DocumentId) -> &str {
        let known = self.0.iter().position(|(known, _)| *known == id);
        let place = known.unwrap_or_else(|| self.remember(id, id.to_string()));
        &self.0[place].1
    }

    /// The id that `text` stands for.
    pub(super) fn id(&mut self, text: &str) -> Result<DocumentId, DocumentIdError> {
        if let Some((id, _)) = self.0.iter().find(|(_, known)| known == text) {
            return Ok(*id);
        }
        let id = text.parse()?;
        self.remember(id, text.to_owned());
        Ok(id)
    }

    fn remember(&mut self, id: DocumentId, text: String) -> usize {
        if self.0.len() == REMEMBERED {
            self.0.remove(0);
        }
        self.0.push((id, text));
        self.0.len() - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_the_second_time_and_after_many_others() {
        let mut names = DocumentNames::default();
        let id = DocumentId::from_bytes([7; 16]);
        for number in 0..20 {
            assert_eq!(names.text(id), id.to_string());
            assert_eq!(names.id(&id.to_string()), Ok(id));
            names.text(DocumentId::from_bytes([number; 16]));
        }
        assert!(names.id("nothing").is_err());
        assert!(names.0.len() <= REMEMBERED);
    }
}
