//! The laws of the documents and of the sync core, a module for each subject.

mod connection;
mod core;
mod documents;
mod frames;
mod line;
mod simulation;
mod transplant;
