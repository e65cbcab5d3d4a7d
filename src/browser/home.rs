//! Where our own page and its files are.

use std::cell::Cell;

thread_local! {
    static HOME: Cell<&'static str> = const { Cell::new("") };
}

/// The address of our own page as links and files need it before theirs: empty on that page itself, whole on another's.
pub fn home() -> &'static str {
    HOME.get()
}

/// Says where it is. It is the same for everything that this program shows.
pub fn set(address: String) {
    if HOME.get() != address {
        HOME.set(address.leak());
    }
}
