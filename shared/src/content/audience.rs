//! Whom a tool is for, and what it is about.

use minicbor::{Decode, Encode};

/// Who fills a tool in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
#[cbor(index_only)]
pub enum Audience {
    /// A work-place group, together.
    #[n(0)]
    Group,
    /// One person, alone; it stays on the device unless its writer shares it.
    #[n(1)]
    Own,
    /// Leaders.
    #[n(2)]
    Leader,
    /// The whole organisation.
    #[n(3)]
    Organisation,
}

impl Audience {
    /// The word that stands under `audience` in packs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Own => "own",
            Self::Leader => "leader",
            Self::Organisation => "organisation",
        }
    }
}

/// What a tool is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
#[cbor(index_only)]
pub enum Theme {
    /// Support from colleagues and leaders.
    #[n(0)]
    Support,
    /// Tasks and demands against resources.
    #[n(1)]
    Balance,
    /// Stress.
    #[n(2)]
    Stress,
    /// Leading, and leaders.
    #[n(3)]
    Leadership,
    /// The culture of a group or a work-place.
    #[n(4)]
    Culture,
    /// Preventing, noticing and limiting problems.
    #[n(5)]
    Prevention,
    /// How people are with each other.
    #[n(6)]
    Relations,
    /// Well-being.
    #[n(7)]
    WellBeing,
}

impl Theme {
    /// Every theme, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Support,
        Self::Balance,
        Self::Stress,
        Self::WellBeing,
        Self::Relations,
        Self::Culture,
        Self::Leadership,
        Self::Prevention,
    ];

    /// The word that stands under `themes` in packs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Support => "support",
            Self::Balance => "balance",
            Self::Stress => "stress",
            Self::Leadership => "leadership",
            Self::Culture => "culture",
            Self::Prevention => "prevention",
            Self::Relations => "relations",
            Self::WellBeing => "well-being",
        }
    }
}

/// A layer of an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
#[cbor(index_only)]
pub enum Layer {
    /// The strategic leadership.
    #[n(0)]
    Strategic,
    /// Leaders of leaders.
    #[n(1)]
    LeadersOfLeaders,
    /// Leaders of employees and operations.
    #[n(2)]
    LeadersOfEmployees,
    /// Employees.
    #[n(3)]
    Employees,
}

impl Layer {
    /// Every layer, from the top.
    pub const ALL: [Self; 4] = [Self::Strategic, Self::LeadersOfLeaders, Self::LeadersOfEmployees, Self::Employees];

    /// The word that stands under `layers` in packs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Strategic => "strategic",
            Self::LeadersOfLeaders => "leaders-of-leaders",
            Self::LeadersOfEmployees => "leaders-of-employees",
            Self::Employees => "employees",
        }
    }
}

#[cfg(test)]
#[cfg(feature = "serde")]
mod tests {
    use super::*;

    #[test]
    fn each_is_called_as_packs_call_it() {
        let themes = Theme::ALL.map(|theme| (theme.code(), serde_json::to_value(theme).unwrap()));
        let layers = Layer::ALL.map(|layer| (layer.code(), serde_json::to_value(layer).unwrap()));
        for (code, written) in themes.into_iter().chain(layers) {
            assert_eq!(written, code);
        }
    }
}
