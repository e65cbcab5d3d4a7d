//! How far something is that takes long, for who waits for it.

use std::io::{self, IsTerminal};

/// Says on one line how far something is.
pub fn show(done: usize, of: usize) {
    if io::stderr().is_terminal() {
        eprint!("\r{done} of {of}{}", if done == of { "\r            \r" } else { "" });
    }
}
