//! What the app says, in the language that is chosen now. The texts lie in `client/lang/`; see `client/build.rs`.

pub use shared::content::Language;

/// The texts of one language. Cheap to copy; a component gets it from [`use_texts`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Texts {
    /// The language.
    pub language: Language,
    /// What kind of device they are read on.
    pub device: DeviceKind,
}

/// A kind of device, as far as texts name it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DeviceKind {
    /// A phone.
    #[default]
    Phone,
    /// A laptop, or a computer on a desk.
    Computer,
    /// Anything else, and whatever does not say: it is called a device.
    Other,
}

/// Names a text without placeholders. Each is a constant that leads to its words, so that they lie where it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(&'static Words);

/// A text in Danish and in English.
#[derive(Debug, PartialEq, Eq)]
struct Words {
    /// As a phone shows it.
    words: [&'static str; 2],
    /// As a computer does, and as anything else does, where it names its device.
    others: Option<&'static [[&'static str; 2]; 2]>,
}

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

impl Texts {
    /// The texts of `language`, as a phone shows them.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self { language, device: DeviceKind::default() }
    }

    /// The text that `key` names.
    // Inlined, each use would hold the way to its text in both languages.
    #[inline(never)]
    #[must_use]
    pub fn get(self, key: Key) -> &'static str {
        let words = match (self.device, key.0.others) {
            (DeviceKind::Computer, Some([words, _])) | (DeviceKind::Other, Some([_, words])) => words,
            _ => &key.0.words,
        };
        words[self.language as usize]
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
    fn a_device_is_called_what_it_is() {
        let said = |language, device| Texts { language, device }.get(Key::TableNoteOnDevice);
        assert_eq!(said(Language::Danish, DeviceKind::Phone), "På denne telefon");
        assert_eq!(said(Language::Danish, DeviceKind::Computer), "På denne computer");
        assert_eq!(said(Language::English, DeviceKind::Other), "On this device");
        let full = Texts { language: Language::Danish, device: DeviceKind::Computer }.get(Key::StorageFullTitle);
        assert_eq!(full, "Computeren er fuld");
    }

    #[test]
    fn a_text_is_found_in_both_languages() {
        assert_eq!(Texts::new(Language::Danish).get(Key::TableNext), "Videre");
        assert_eq!(Texts::new(Language::English).get(Key::TableNext), "Next");
    }
}
