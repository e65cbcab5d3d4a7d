//! The address bar, and what is remembered with each of its entries.

use gloo::events::EventListener;
use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;
use web_sys::{History, ScrollRestoration};

use super::home::{self, home};
use super::scroll::Positions;
use super::window;

/// What belongs to a view and does not stand in its address.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Memory {
    /// How many rows the list had.
    pub rows: u32,
    pub scroll: Positions,
    /// The entry before this one shows the list that the article was opened from.
    pub above_list: bool,
}

/// What the address says, as the part of it from the question mark on.
pub fn address() -> String {
    home::unpaged(&here(), window().location().search().unwrap_or_default())
}

/// The address of the page up to the question mark, where it shows the list.
pub fn place() -> String {
    if home().is_empty() { here() } else { home().to_owned() }
}

/// The address that the browser is at, up to the question mark.
fn here() -> String {
    // Not put together of its origin: what is opened as a file has none in some browsers.
    let address = window().location().href().unwrap_or_default();
    let end = address.find(['?', '#']).unwrap_or(address.len());
    address[..end].to_owned()
}

/// A new entry. An empty address is that of the page itself.
pub fn push(address: &str, memory: Memory) {
    let state = memory.to_js();
    // Browsers refuse too many entries in a short time; the page goes on without.
    _ = history().push_state_with_url(&state, "", Some(&full(address)));
}

/// Another address and memory for the entry that one is at.
pub fn replace(address: &str, memory: Memory) {
    let state = memory.to_js();
    _ = history().replace_state_with_url(&state, "", Some(&full(address)));
}

/// Another memory for the entry that one is at, whatever its address.
pub fn remember(memory: Memory) {
    _ = history().replace_state(&memory.to_js(), "");
}

/// What was remembered with the entry that one is at.
pub fn memory() -> Option<Memory> {
    Memory::from_js(&history().state().ok()?)
}

pub fn back() {
    _ = history().back();
}

/// Calls back whenever the reader goes to another entry. From now on the page scrolls there itself.
pub fn on_travel(mut callback: impl FnMut() + 'static) -> EventListener {
    _ = history().set_scroll_restoration(ScrollRestoration::Manual);
    EventListener::new(&window(), "popstate", move |_| callback())
}

fn history() -> History {
    window().history().expect("every window has a history")
}

fn full(address: &str) -> String {
    home::paged(place() + address)
}

/// Under this name in the entry's state, so that others can keep theirs beside it.
const NAME: &str = "explorer";

impl Memory {
    fn to_js(self) -> JsValue {
        let Positions { page, list, reader } = self.scroll;
        let numbers = [self.rows.into(), page, list, reader, self.above_list.into()];
        let numbers = numbers.into_iter().map(JsValue::from_f64);
        let state = js_sys::Object::new();
        _ = Reflect::set(&state, &NAME.into(), &numbers.collect::<Array>());
        state.into()
    }

    fn from_js(state: &JsValue) -> Option<Memory> {
        let numbers = Array::from(&Reflect::get(state, &NAME.into()).ok()?);
        let number = |at| numbers.get(at).as_f64().unwrap_or_default();
        (numbers.length() == 5).then(|| Memory {
            rows: number(0) as u32,
            scroll: Positions { page: number(1), list: number(2), reader: number(3) },
            above_list: number(4) != 0.0,
        })
    }
}
