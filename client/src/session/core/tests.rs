//! The session as a whole, against a relay and a storage of the tests.

mod delivery;
mod devices;
mod editing;
mod world;
