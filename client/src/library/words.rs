//! What is said of a tool in few words: how long, for whom, how many, about what.

use shared::content::{Audience, Layer, People, Theme, Tool};

use crate::texts::{Key, Texts};

/// How long something takes; nothing for no time at all.
#[must_use]
pub fn duration(minutes: u32, texts: Texts) -> Option<String> {
    let [hours, rest] = [minutes / 60, minutes % 60].map(|count| usize::try_from(count).unwrap_or(usize::MAX));
    match (hours, rest) {
        (0, 0) => None,
        // An hour and a half is planned as 90 minutes; a day is not.
        (0 | 1, _) => Some(texts.home_minutes(hours * 60 + rest)),
        (_, 0) => Some(texts.library_hours(hours)),
        (_, _) => Some(texts.library_hours_minutes(rest, hours)),
    }
}

/// Who fills it in.
#[must_use]
pub fn audience_word(audience: Audience) -> Key {
    match audience {
        Audience::Group => Key::HomeAudienceGroup,
        Audience::Own => Key::HomeAudienceOwn,
        Audience::Leader => Key::HomeAudienceLeader,
        Audience::Organisation => Key::HomeAudienceOrganisation,
    }
}

/// How many it is for; nothing where that goes without saying.
#[must_use]
pub fn people_words(people: People, texts: Texts) -> Option<String> {
    let from = usize::from(people.from);
    match people.to.map(usize::from) {
        Some(1) => None,
        None if from < 2 => None,
        None => Some(texts.library_people_from(from)),
        Some(to) => Some(texts.library_people_range(to, from)),
    }
}

/// The line of facts under a tool.
#[must_use]
pub fn facts(tool: &Tool, texts: Texts) -> String {
    let audience = Some(texts.get(audience_word(tool.audience)).to_owned());
    let all = [duration(u32::from(tool.minutes), texts), audience, people_words(tool.people(), texts)];
    all.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What a theme is called.
#[must_use]
pub fn theme_word(theme: Theme) -> Key {
    match theme {
        Theme::Support => Key::LibraryThemeSupport,
        Theme::Balance => Key::LibraryThemeBalance,
        Theme::Stress => Key::LibraryThemeStress,
        Theme::Leadership => Key::LibraryThemeLeadership,
        Theme::Culture => Key::LibraryThemeCulture,
        Theme::Prevention => Key::LibraryThemePrevention,
        Theme::Relations => Key::LibraryThemeRelations,
        Theme::WellBeing => Key::LibraryThemeWellBeing,
    }
}

/// What a layer of an organisation is called.
#[must_use]
pub fn layer_word(layer: Layer) -> Key {
    match layer {
        Layer::Strategic => Key::LibraryLayerStrategic,
        Layer::LeadersOfLeaders => Key::LibraryLayerLeadersOfLeaders,
        Layer::LeadersOfEmployees => Key::LibraryLayerLeadersOfEmployees,
        Layer::Employees => Key::LibraryLayerEmployees,
    }
}

#[cfg(test)]
mod tests {
    use shared::content::Language;

    use super::*;

    #[test]
    fn no_time_is_not_said_and_long_ones_are_said_in_hours() {
        let texts = Texts::new(Language::Danish);
        let said = [0, 5, 90, 119, 120, 135].map(|minutes| duration(minutes, texts));
        let expected = [None, Some("5 min"), Some("90 min"), Some("119 min"), Some("2 t"), Some("2 t 15 min")];
        assert_eq!(said.each_ref().map(Option::as_deref), expected);
    }

    #[test]
    fn how_many_is_said_where_it_says_something() {
        let texts = Texts::new(Language::English);
        let said = |from, to| people_words(People { from, to }, texts);
        assert_eq!(said(3, Some(20)).as_deref(), Some("3–20 people"));
        assert_eq!(said(4, None).as_deref(), Some("from 4 people"));
        assert_eq!((said(1, Some(1)), said(1, None)), (None, None));
    }
}
