//! Where a finger, a pen or a mouse is in an element, and that it stays with it until it is let go.

use web_sys::{Element, PointerEvent};

/// Where the pointer is in `element`: from left and from the top, 0 to 1 within it.
#[must_use]
pub fn place_in(event: &PointerEvent, element: &Element) -> Option<(f64, f64)> {
    let bounds = element.get_bounding_client_rect();
    if bounds.width() <= 0.0 || bounds.height() <= 0.0 {
        return None;
    }
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    Some(((x - bounds.x()) / bounds.width(), (y - bounds.y()) / bounds.height()))
}

/// Whatever this pointer does next is told to `element`, also outside of it, until it is let go.
pub fn hold(event: &PointerEvent, element: &Element) {
    // Only refused for a pointer that is gone.
    let _ = element.set_pointer_capture(event.pointer_id());
}
