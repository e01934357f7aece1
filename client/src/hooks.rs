//! How components reach the device and the open workshop.
//!
//! `App` provides a [`Device`](crate::session::Device) and a workshop's view a
//! [`SessionHandle`](crate::session::SessionHandle) by `ContextProvider`; components below use the hooks.

mod use_create_rule;
mod use_device;
mod use_list_focus;
mod use_module;
mod use_query;
mod use_session;

pub use use_create_rule::{CreateRule, use_create_rule};
pub use use_device::{DeviceState, use_device, use_open_device, use_settings, use_storage_state, use_workshops};
pub use use_list_focus::use_list_focus;
pub use use_module::{Fetch, use_module};
pub use use_query::{Visit, use_query};
pub use use_session::{SessionState, use_open_session, use_progress, use_session, use_snapshot};
