//! Icons: drawn here, on a square of 24, with round strokes.

use yew::prelude::{Html, html};

/// An icon. It never stands alone for a meaning: words or a label go with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// Back to where one came from.
    Back,
    /// Onwards.
    Forward,
    /// Close this sheet.
    Close,
    /// Received.
    Check,
    /// Received by the board.
    DoubleCheck,
    /// On its way.
    ArrowUp,
    /// Unfold.
    Down,
    /// The large screen.
    Screen,
    /// More to do here.
    Menu,
    /// Take back.
    Undo,
    /// Off the wall.
    Hidden,
    /// Edit.
    Edit,
    /// Take away.
    Remove,
    /// From now to ambition.
    Arrow,
    /// Stand behind it.
    Support,
    /// Take these words along.
    Quote,
}

impl Icon {
    /// Draws it as large as the text around it; hidden from screen readers.
    pub fn image(self) -> Html {
        html! {
            <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
                <path d={self.path()} />
            </svg>
        }
    }

    fn path(self) -> &'static str {
        match self {
            Self::Back => "M15 5l-7 7 7 7",
            Self::Forward => "M9 5l7 7-7 7",
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Check => "M5 12.5l4.5 4.5L19 7.5",
            Self::DoubleCheck => "M2.5 13l4 4 8.5-9.5M11 15.5l1.5 1.5L21.5 7.5",
            Self::ArrowUp => "M12 19V5M6 11l6-6 6 6",
            Self::Down => "M6 9.5l6 6 6-6",
            Self::Screen => "M4 5h16v11H4zM9 20h6M12 16v4",
            Self::Menu => "M5 7h14M5 12h14M5 17h14",
            Self::Undo => "M9 6l-5 5 5 5M4 11h10.5a5 5 0 010 10H11",
            Self::Hidden => "M4 4l16 16M9.9 5.2A9 9 0 0121 12a13 13 0 01-2.3 3M6.3 6.6A13 13 0 003 12a9 9 0 0012.6 5.7",
            Self::Edit => "M4 20l1-4.5L16 4.5l3.5 3.5-11 11zM14 6.5l3.5 3.5",
            Self::Remove => "M5 7h14M10 7V4.5h4V7M7 7l1 12.5h8L17 7",
            Self::Arrow => "M3 12h17M14 6l6 6-6 6",
            Self::Quote => "M10 8H5v5h5zM10 13c0 2.5-1.5 4-4 4M19 8h-5v5h5zM19 13c0 2.5-1.5 4-4 4",
            Self::Support => {
                "M7.5 11v9H4.5v-9zM7.5 11l4-7a2 2 0 012.9 2.3L13.4 10h4.8a2 2 0 012 2.4l-1.3 6a2 2 0 01-2 1.6H7.5"
            }
        }
    }
}
