//! What is checked before Automerge sees a byte from outside.
