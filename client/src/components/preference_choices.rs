//! Language and light, side by side.

use shared::content::Language;
use yew::prelude::{AttrValue, Html, component, html, use_callback};

use super::choice_group::ChoiceGroup;
use crate::preferences::use_preferences;
use crate::session::Theme;
use crate::texts::{Key, Texts, use_texts};

const THEMES: [(Theme, Key); 3] =
    [(Theme::Device, Key::AppThemeAuto), (Theme::Light, Key::AppThemeLight), (Theme::Dark, Key::AppThemeDark)];

/// What a language is called in itself, the same in every language.
#[must_use]
pub fn own_name(language: Language) -> &'static str {
    Texts::new(language).get(match language {
        Language::Danish => Key::AppLanguageDa,
        Language::English => Key::AppLanguageEn,
    })
}

/// Draws both choices; they take effect at once.
#[component]
pub fn PreferenceChoices() -> Html {
    let texts = use_texts();
    let preferences = use_preferences();
    let on_language = use_callback(preferences.on_language.clone(), |place: usize, on_language| {
        if let Some(language) = Language::ALL.get(place) {
            on_language.emit(*language);
        }
    });
    let on_theme = use_callback(preferences.on_theme.clone(), |place: usize, on_theme| {
        if let Some((theme, _)) = THEMES.get(place) {
            on_theme.emit(*theme);
        }
    });
    let language = Language::ALL.iter().position(|language| *language == texts.language).unwrap_or(0);
    let theme = THEMES.iter().position(|(theme, _)| *theme == preferences.settings.theme).unwrap_or(0);
    let names: Vec<AttrValue> = Language::ALL.iter().map(|language| own_name(*language).into()).collect();
    let codes: Vec<AttrValue> = Language::ALL.iter().map(|language| language.code().into()).collect();
    let themes: Vec<AttrValue> = THEMES.iter().map(|(_, key)| texts.get(*key).into()).collect();
    html! {
        <div class="preferences">
            <ChoiceGroup label={texts.get(Key::AppLanguage)} choices={names} languages={codes} chosen={language} on_choose={on_language} test="language" />
            <ChoiceGroup label={texts.get(Key::AppTheme)} choices={themes} chosen={theme} on_choose={on_theme} test="theme" />
        </div>
    }
}
