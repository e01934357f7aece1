//! Where in the app a person is, as the address says it after `#`. No secret is ever in it.

use shared::access::{Role, WorkshopId};
use shared::documents::EntryId;

use crate::table::Step;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// Where the role begins: the overview, the facilitator's desk, the large screen.
    Start,
    /// The facilitator's desk right after the workshop was made: their link is to be kept.
    Keep,
    /// A participant's overview; for a facilitator who answers too.
    Overview,
    /// One step of a tool.
    Step(EntryId, Step),
    /// A tool is read whole.
    Read(EntryId),
    /// A tool's result, as it is printed.
    Result(EntryId),
}

impl Route {
    /// Reads an address; what does not fit is [`Route::Unknown`].
    #[must_use]
    pub fn parse(address: &str) -> Self {
        let parts: Vec<&str> = address.split('/').filter(|part| !part.is_empty()).collect();
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
                    Screen::Step(tool, step) => write!(f, "/{tool}/{}", step.code()),
                    Screen::Read(tool) => write!(f, "/{tool}/read"),
                    Screen::Result(tool) => write!(f, "/{tool}/result"),
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
            [tool, word] => {
                let tool = tool.parse().ok()?;
                match *word {
                    "read" => Screen::Read(tool),
                    "result" => Screen::Result(tool),
                    word => Screen::Step(tool, Step::from_code(word)?),
                }
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
    use shared::content::ColumnRole;

    use super::*;

    #[test]
    fn every_place_reads_back_from_its_address() {
        let workshop = FacilitatorSecret::from_random([3; 16]).capability(Role::Site).workshop;
        let tool = EntryId::from_random([5; 16]);
        let screens = [
            Screen::Start,
            Screen::Keep,
            Screen::Overview,
            Screen::Step(tool, Step::Place(ColumnRole::Now)),
            Screen::Step(tool, Step::Agreed),
            Screen::Read(tool),
            Screen::Result(tool),
        ];
        let mut routes = vec![Route::Home, Route::New, Route::Tools, Route::Tool("A1".into())];
        for role in Role::ALL {
            routes.extend(screens.map(|screen| Route::Workshop(Place { workshop, role, screen })));
        }
        for route in routes {
            assert_eq!(Route::parse(&route.to_string()), route);
        }
    }

    #[test]
    fn nonsense_is_no_place() {
        for address in ["/nowhere", "/t/x/participant", "/t", "/tools/A1/more"] {
            assert_eq!(Route::parse(address), Route::Unknown, "{address}");
        }
    }
}
