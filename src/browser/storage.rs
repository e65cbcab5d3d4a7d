//! What this browser keeps for this page until it is told to forget it.

use super::window;

/// What was kept under `name`, if anything was and the browser allows keeping.
pub fn read(name: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(name).ok()?
}

/// Keeps `text` under `name`, if the browser allows it.
pub fn write(name: &str, text: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        _ = storage.set_item(name, text);
    }
}
