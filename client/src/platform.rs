//! The browser: the only code of the client that touches its interfaces.
//!
//! Everything here is thin. What is decided lies in [`crate::session`] and is tested on the host; what lies here is
//! proven in real browsers. Read [`database`] for what lies on a device and where, [`socket`] and [`http_line`] for the line,
//! [`tabs`] for the other tabs of this device, [`mod@pointer`] for fingers, [`page`] for the address and the page,
//! [`later_style`] for what is drawn after the first screen, [`environment`] for what kind of browser this is.

pub mod clock;
pub mod database;
pub mod environment;
pub mod files;
pub mod http_line;
pub mod later_style;
pub mod line_event;
pub mod listener;
pub mod page;
pub mod pointer;
pub mod random;
pub mod socket;
pub mod tabs;
pub mod timer;
pub mod wake_lock;
