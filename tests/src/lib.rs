//! Real processes under load, in crashes and on bad networks. Journeys in browsers lie beside this crate, in `e2e/`.
