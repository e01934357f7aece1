//! How the person wants the app to be.

use minicbor::{Decode, Encode};
use shared::content::Language;

use super::{Record, Store, Value, Write};

/// How the person wants the app to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Encode, Decode)]
pub struct Settings {
    /// The language; `None` until one was chosen.
    #[n(0)]
    pub language: Option<Language>,
    /// Light, dark, or as the device.
    #[n(1)]
    pub theme: Theme,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(index_only)]
pub enum Theme {
    /// As the device.
    #[default]
    #[n(0)]
    Device,
    /// Always light.
    #[n(1)]
    Light,
    /// Always dark.
    #[n(2)]
    Dark,
}

impl Settings {
    /// Keeps the settings.
    pub(crate) fn write(&self) -> Write {
        Write::Put { store: Store::Settings, key: vec!["app".to_owned()], value: Value::cbor(self) }
    }

    /// Reads the settings out of the records of their store.
    pub(crate) fn gather(records: &[Record]) -> Self {
        let app = records.iter().find(|record| record.key == ["app"]);
        app.and_then(|record| record.value.read()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_of_another_version_are_the_first_settings() {
        let settings = Settings { language: Some(Language::English), theme: Theme::Dark };
        let Write::Put { key, value, .. } = settings.write() else { panic!("settings are put") };
        assert_eq!(Settings::gather(&[Record { key, value }]), settings);
        let strange = Record { key: vec!["app".into()], value: Value::cbor(&"strange") };
        assert_eq!(Settings::gather(&[strange]), Settings::default());
    }
}
