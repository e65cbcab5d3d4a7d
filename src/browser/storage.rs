//! What this browser keeps for this page until it is told to forget it.

use gloo::events::EventListener;

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

/// Calls back when another page of this browser has kept something.
pub fn on_change(callback: impl Fn() + 'static) -> EventListener {
    EventListener::new(&window(), "storage", move |_| callback())
}
