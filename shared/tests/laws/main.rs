//! The laws of the documents and of the sync core, a module for each subject.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]
#![allow(clippy::cast_possible_truncation, reason = "numbers here are small")]

mod connection;
mod core;
mod documents;
mod frames;
mod fuzz;
#[path = "../../fuzz/targets.rs"]
mod fuzz_targets;
mod groups;
mod hostile;
mod kinds;
mod line;
mod pace;
mod simulation;
mod transplant;
