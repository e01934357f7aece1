//! Values of types that are not known, compared.

use std::any::Any;

/// A value that can tell whether another one is of its type and equal.
pub(crate) trait Same: Any {
    /// Whether `other` is the same.
    fn same(&self, other: &dyn Any) -> bool;
}

impl<T: PartialEq + 'static> Same for T {
    fn same(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<T>().is_some_and(|other| self == other)
    }
}
