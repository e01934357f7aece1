//! Making a workshop, and what is told of one.

mod answer;
mod make;

pub use answer::{ByRole, Documents, Summary, WorkshopAnswer};
pub use make::{MadeWorkshop, MakeError, Wanted, make};
