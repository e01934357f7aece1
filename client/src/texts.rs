//! What the app says, in the language that is chosen now. The texts lie in `client/lang/`; see `client/build.rs`.

pub use shared::content::Language;

/// The texts of one language. Cheap to copy; a component gets it from [`use_texts`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Texts {
    /// The language.
    pub language: Language,
}

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

impl Texts {
    /// The texts of `language`.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self { language }
    }

    /// The text that `key` names.
    // Inlined, each use would hold the place and length of its text in both languages.
    #[inline(never)]
    #[must_use]
    pub fn get(self, key: Key) -> &'static str {
        match self.language {
            Language::Danish => DA[key as usize],
            Language::English => EN[key as usize],
        }
    }
}

/// The texts in the language that the person reads; a component that calls it is drawn again when that changes.
#[yew::hook]
pub fn use_texts() -> Texts {
    yew::use_context::<Texts>().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counted_text_has_a_form_for_one_and_one_for_others() {
        let danish = Texts::new(Language::Danish);
        assert_eq!(danish.time_minutes(1), "1 minut");
        assert_eq!(danish.time_minutes(2), "2 minutter");
        assert_eq!(Texts::new(Language::English).time_minutes(0), "0 minutes");
    }

    #[test]
    fn a_text_is_found_in_both_languages() {
        assert_eq!(Texts::new(Language::Danish).get(Key::TableNext), "Videre");
        assert_eq!(Texts::new(Language::English).get(Key::TableNext), "Next");
    }
}
