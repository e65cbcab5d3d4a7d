//! Where the page and its two halves are scrolled to, in CSS pixels.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::prelude::*;
use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::{document, window};

/// How far down everything is that can be scrolled. Where the two halves stand side by side each has its own scroll,
/// else the page has the only one; what has none is at 0.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Positions {
    pub page: f64,
    pub list: f64,
    pub reader: f64,
}

const LIST: &str = ".findings";
const READER: &str = ".reader";

/// Where everything in `explorer` is scrolled to.
pub fn positions(explorer: &Element) -> Positions {
    let of = |element: Option<Element>| element.map_or(0.0, |e| e.scroll_top().into());
    Positions {
        page: of(document().scrolling_element()),
        list: of(half(explorer, LIST)),
        reader: of(half(explorer, READER)),
    }
}

/// Whether nothing is scrolled anywhere.
pub fn at_start(explorer: &Element) -> bool {
    let Positions { page, list, reader } = positions(explorer);
    page + list + reader == 0.0
}

/// Scrolls everything to where it was.
pub fn restore(explorer: &Element, positions: Positions) {
    to(document().scrolling_element(), positions.page);
    to(half(explorer, LIST), positions.list);
    to(half(explorer, READER), positions.reader);
}

/// To where the results begin, once they are drawn: asking at once where anything is would have the page laid out once more
/// for each letter that is typed. The page itself only if it is `ours`.
pub fn to_results(explorer: &Element, ours: bool) {
    let explorer = explorer.clone();
    next_frame(move || {
        to(half(&explorer, LIST), 0.0);
        if ours {
            page_to_start_of(&explorer);
        }
    });
}

fn next_frame(action: impl FnOnce() + 'static) {
    let action = Closure::once_into_js(action);
    _ = window().request_animation_frame(action.unchecked_ref());
}

pub fn reader_to_top(explorer: &Element) {
    to(half(explorer, READER), 0.0);
}

/// Brings the first element that fits `selector` to the middle of what is seen.
pub fn to_middle(explorer: &Element, selector: &str) {
    if let Ok(Some(element)) = explorer.query_selector(selector) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Center);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Calls back at every scroll of the page or a part of it.
pub fn on_scroll(callback: impl FnMut(&web_sys::Event) + 'static) -> EventListener {
    // Parts tell of their scrolling only on the way down.
    let options = EventListenerOptions::run_in_capture_phase();
    EventListener::new_with_options(&document(), "scroll", options, callback)
}

/// The page up to where the explorer begins, unless that is below.
pub fn page_to_start_of(explorer: &Element) {
    let top = explorer.get_bounding_client_rect().top();
    if top < 0.0 {
        let page = document().scrolling_element();
        let now = page.as_ref().map_or(0.0, |page| page.scroll_top().into());
        to(page, now + top);
    }
}

fn half(explorer: &Element, selector: &str) -> Option<Element> {
    explorer.query_selector(selector).ok().flatten()
}

fn to(element: Option<Element>, top: f64) {
    if let Some(element) = element {
        element.set_scroll_top(top as i32);
    }
}
