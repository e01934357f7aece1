//! Where in the app a person is, as the address says it after `#`. No secret is ever in it.

use shared::access::{Role, WorkshopId};
use shared::documents::EntryId;

use crate::part::Spot;

/// A place in the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// The front page.
    Home,
    /// A new workshop is made.
    New,
    /// The tools there are, to be read.
    Tools,
    /// One tool is read, before it is chosen.
    Tool(String),
    /// In a workshop.
    Workshop(Place),
    /// Nothing that this app has.
    Unknown,
}

/// A place in a workshop. A tab plays one role in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The workshop.
    pub workshop: WorkshopId,
    /// The role.
    pub role: Role,
    /// The screen.
    pub screen: Screen,
}

/// A screen of a workshop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Screen {
    /// Where the role begins: the overview, the facilitator's desk, the large screen.
    Start,
    /// The facilitator's desk right after the workshop was made: their link is to be kept.
    Keep,
    /// A participant's overview; for a facilitator who answers too.
    Overview,
    /// Who does what, in the whole workshop.
    Actions,
    /// One step of one part of a tool.
    Step(Spot),
    /// A tool is read whole.
    Read(EntryId),
    /// A tool's result, as it is printed.
    Result(EntryId),
    /// The results of all tools.
    Results,
    /// The workshop's page, for whoever leads it.
    Summary,
}

impl Route {
    /// Reads an address; what does not fit is [`Route::Unknown`].
    #[must_use]
    pub fn parse(address: &str) -> Self {
        // What follows `?` is the screen's own: see `Query`.
        let screen = address.split('?').next().unwrap_or_default();
        let parts: Vec<&str> = screen.split('/').filter(|part| !part.is_empty()).collect();
        let found = match parts.as_slice() {
            [] => Some(Self::Home),
            ["new"] => Some(Self::New),
            ["tools"] => Some(Self::Tools),
            ["tools", tool] => Some(Self::Tool((*tool).to_owned())),
            ["t", workshop, role, rest @ ..] => Place::parse(workshop, role, rest).map(Self::Workshop),
            _ => None,
        };
        found.unwrap_or(Self::Unknown)
    }
}

impl std::fmt::Display for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Home | Self::Unknown => f.write_str("/"),
            Self::New => f.write_str("/new"),
            Self::Tools => f.write_str("/tools"),
            Self::Tool(tool) => write!(f, "/tools/{tool}"),
            Self::Workshop(Place { workshop, role, screen }) => {
                write!(f, "/t/{workshop}/{}", role.name())?;
                match screen {
                    Screen::Start => Ok(()),
                    Screen::Keep => f.write_str("/keep"),
                    Screen::Overview => f.write_str("/overview"),
                    Screen::Actions => f.write_str("/actions"),
                    Screen::Step(Spot { tool, part, step }) => write!(f, "/{tool}/{part}/{step}"),
                    Screen::Read(tool) => write!(f, "/{tool}/read"),
                    Screen::Result(tool) => write!(f, "/{tool}/result"),
                    Screen::Results => f.write_str("/results"),
                    Screen::Summary => f.write_str("/summary"),
                }
            }
        }
    }
}

impl Place {
    /// The same workshop and role, on another screen.
    #[must_use]
    pub fn on(&self, screen: Screen) -> Self {
        Self { screen, ..self.clone() }
    }

    fn parse(workshop: &str, role: &str, rest: &[&str]) -> Option<Self> {
        let screen = match rest {
            [] => Screen::Start,
            ["keep"] => Screen::Keep,
            ["overview"] => Screen::Overview,
            ["actions"] => Screen::Actions,
            ["results"] => Screen::Results,
            ["summary"] => Screen::Summary,
            [tool, word] => {
                let tool = tool.parse().ok()?;
                match *word {
                    "read" => Screen::Read(tool),
                    "result" => Screen::Result(tool),
                    _ => return None,
                }
            }
            [tool, part, step] => {
                let [part, step] = [part, step].map(|word| (*word).to_owned().into());
                Screen::Step(Spot { tool: tool.parse().ok()?, part, step })
            }
            _ => return None,
        };
        let role = Role::ALL.into_iter().find(|known| known.name() == role)?;
        Some(Self { workshop: workshop.parse().ok()?, role, screen })
    }
}

#[cfg(test)]
mod tests {
    use shared::access::FacilitatorSecret;

    use super::*;

    #[test]
    fn every_place_reads_back_from_its_address() {
        let workshop = FacilitatorSecret::from_random([3; 16]).capability(Role::Site).workshop;
        let tool = EntryId::from_random([5; 16]);
        let screens = [
            Screen::Start,
            Screen::Keep,
            Screen::Overview,
            Screen::Actions,
            Screen::Step(Spot { tool, part: "levels".into(), step: "now".into() }),
            Screen::Read(tool),
            Screen::Result(tool),
            Screen::Results,
            Screen::Summary,
        ];
        let mut routes = vec![Route::Home, Route::New, Route::Tools, Route::Tool("A1".into())];
        for role in Role::ALL {
            routes.extend(screens.clone().map(|screen| Route::Workshop(Place { workshop, role, screen })));
        }
        for route in routes {
            assert_eq!(Route::parse(&route.to_string()), route);
        }
    }

    #[test]
    fn what_a_screen_holds_in_its_address_leads_nowhere_else() {
        assert_eq!(Route::parse("/tools?q=a%2Fb&time=15"), Route::Tools);
        assert_eq!(Route::parse("/new?tools=A1.5"), Route::New);
    }

    #[test]
    fn nonsense_is_no_place() {
        for address in ["/nowhere", "/t/x/participant", "/t", "/tools/A1/more"] {
            assert_eq!(Route::parse(address), Route::Unknown, "{address}");
        }
    }
}
