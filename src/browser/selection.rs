//! What the reader has selected.

use std::ops::Range;

use gloo::events::EventListener;
use js_sys::Object;
use web_sys::Element;

use super::document;

/// Calls back whenever something else is selected.
pub fn on_select(callback: impl Fn() + 'static) -> EventListener {
    EventListener::new(&document(), "selectionchange", move |_| callback())
}

/// The first element that fits `selector`.
pub fn text(explorer: &Element, selector: &str) -> Option<Element> {
    explorer.query_selector(selector).ok()?
}

/// What is selected of the text in an element, in bytes of it, without the space around it.
pub fn selected(text: &Element) -> Option<Range<u32>> {
    let selection = document().get_selection().ok()??;
    let selected = selection.get_range_at(0).ok().filter(|range| !range.collapsed())?;
    if !selected.intersects_node(text).ok()? {
        return None;
    }
    let within = document().create_range().ok()?;
    within.select_node_contents(text).ok()?;
    if selected.compare_boundary_points(web_sys::Range::START_TO_START, &within).ok()? > 0 {
        within.set_start(&selected.start_container().ok()?, selected.start_offset().ok()?).ok()?;
    }
    if selected.compare_boundary_points(web_sys::Range::END_TO_END, &within).ok()? < 0 {
        within.set_end(&selected.end_container().ok()?, selected.end_offset().ok()?).ok()?;
    }
    let before = document().create_range().ok()?;
    before.select_node_contents(text).ok()?;
    before.set_end(&within.start_container().ok()?, within.start_offset().ok()?).ok()?;

    let written = |range: &web_sys::Range| String::from(Object::to_string(range));
    let (before, piece) = (written(&before), written(&within));
    let start = before.len() + piece.len() - piece.trim_start().len();
    let length = piece.trim().len();
    (length > 0).then(|| start as u32..(start + length) as u32)
}
