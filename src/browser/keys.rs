//! What is pressed on the keyboard.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement, KeyboardEvent};
use yew::NodeRef;

use super::document;

/// Where the focus is when a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the search field.
    Search,
    /// On an article of the list.
    List,
    /// Somewhere else where letters are text.
    Writing,
    Elsewhere,
}

/// Calls back for keys pressed in the explorer, or on our own page anywhere in it, unless somebody else has used them or
/// they are one of the browser's own. Where the callback says that it did something, the browser does nothing.
pub fn on_key(
    explorer: NodeRef,
    anywhere: bool,
    callback: impl Fn(&Element, &str, Place) -> bool + 'static,
) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    let within = explorer.cast::<Element>().filter(|_| !anywhere);
    let heard: EventTarget = within.map_or_else(|| document().into(), Into::into);
    EventListener::new_with_options(&heard, "keydown", options, move |event| {
        let Some((event, explorer)) = event.dyn_ref::<KeyboardEvent>().zip(explorer.cast()) else {
            return;
        };
        let taken = event.default_prevented() || event.is_composing();
        let with_others = event.ctrl_key() || event.meta_key() || event.alt_key();
        if !taken && !with_others && callback(&explorer, &event.key(), place(&explorer, event)) {
            event.prevent_default();
        }
    })
}

/// Calls back for keys pressed in the explorer that are no letters. What is drawn then is there for listeners that come after it.
pub fn on_named(explorer: &Element, callback: impl Fn() + 'static) -> EventListener {
    EventListener::new(explorer, "keydown", move |event| {
        if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key().len() > 1) {
            callback();
        }
    })
}

/// Calls back with the text of a field whenever a syllable has been composed in one of the explorer's.
pub fn on_composed(explorer: &Element, callback: impl Fn(String) + 'static) -> EventListener {
    EventListener::new(explorer, "compositionend", move |event| callback(super::value_of(event)))
}

fn place(explorer: &Element, event: &KeyboardEvent) -> Place {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else {
        return Place::Elsewhere;
    };
    let fits = |selector| target.matches(selector).unwrap_or(false);
    let writing = "input:not([type=checkbox], [type=radio], [type=range]), textarea, select";
    if !explorer.contains(Some(&target)) {
        return if target.is_content_editable() || fits(writing) { Place::Writing } else { Place::Elsewhere };
    }
    if fits("input[type=search]") {
        Place::Search
    } else if fits(".list h2 a") {
        Place::List
    } else if fits(writing) {
        Place::Writing
    } else {
        Place::Elsewhere
    }
}
