//! The relay of Dialogtavle: it makes edits meet, and keeps them.
//!
//! [`store`] keeps chunks and workshops.

pub mod store;
