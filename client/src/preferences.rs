//! Language and light, which everyone chooses for themselves, and the way to another place in the app.

use shared::content::Language;
use yew::prelude::{Callback, hook, use_context};

use crate::route::Route;
use crate::session::{Settings, Theme};

/// What a component needs to change how the app is, and where.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Preferences {
    /// How it is now.
    pub settings: Settings,
    /// Chooses the language.
    pub on_language: Callback<Language>,
    /// Chooses the light.
    pub on_theme: Callback<Theme>,
    /// Goes to another place.
    pub go: Callback<Route>,
    /// Says which language the screen is in, where it is not the person's own choice; `None` when it leaves.
    pub on_spoken: Callback<Option<Language>>,
}

/// The preferences of this device.
#[hook]
pub fn use_preferences() -> Preferences {
    use_context::<Preferences>().unwrap_or_default()
}

/// Goes to another place in the app; 'back' comes back from it.
#[hook]
pub fn use_go() -> Callback<Route> {
    use_preferences().go
}

/// The word that the style sheets know a light by; `None` where the device decides.
#[must_use]
pub fn theme_word(theme: Theme) -> Option<&'static str> {
    match theme {
        Theme::Device => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    }
}
