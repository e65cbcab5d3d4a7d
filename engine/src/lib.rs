//! Everything of the explorer that works without a screen.
