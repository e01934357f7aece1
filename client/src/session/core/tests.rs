//! The session as a whole, against a relay and a storage of the tests.

mod alone;
mod delivery;
mod devices;
mod editing;
mod local_only;
mod world;
