//! Where the page and its two halves are scrolled to, in CSS pixels.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, MouseEvent, ScrollIntoViewOptions, ScrollLogicalPosition};

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

/// Has the list change at a click in it, while its last row, or else its first, stays where it is on the screen.
pub fn holding(click: &MouseEvent, last: bool, change: impl FnOnce()) {
    let row = if last { ".list > :last-child" } else { ".list > :first-child" };
    let list = click.target().and_then(|target| target.dyn_into::<Element>().ok()?.closest(LIST).ok()?);
    let row = list.as_ref().and_then(|list| half(list, row));
    let top = |row: &Element| row.get_bounding_client_rect().top();
    let before = row.as_ref().map_or(0.0, top);
    change();
    // By then it is drawn, but not yet painted.
    next_frame(move || {
        let Some(row) = row.filter(|row| row.is_connected()) else { return };
        // What has no scroll of its own stays at 0, and leaves it to the next.
        for scrolled in [list, document().scrolling_element()] {
            let moved = top(&row) - before;
            let now = scrolled.as_ref().map_or(0.0, |scrolled| scrolled.scroll_top().into());
            if moved.abs() >= 1.0 {
                to(scrolled, now + moved);
            }
        }
    });
}

/// Presses the button that shows more rows, whenever the list has been scrolled so far that it is nearly in sight. Only
/// where the list has a scroll of its own: at the end of a page there may be something else to be reached.
pub fn press_in_time() -> EventListener {
    on_scroll(|event| {
        let list = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(list) = list.filter(|list| list.matches(LIST).unwrap_or(false)) else { return };
        let Ok(buttons) = list.query_selector_all(".more") else { return };
        let frame = list.get_bounding_client_rect();
        for button in (0..buttons.length()).filter_map(|at| buttons.get(at)?.dyn_into::<HtmlElement>().ok()) {
            let place = button.get_bounding_client_rect();
            if place.top() < frame.bottom() + frame.height() && place.bottom() > frame.top() - frame.height() {
                return button.click();
            }
        }
    })
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
