//! The one door to `window` and `document`.
//!
//! Everything here may be called in callbacks and effects only, never while something is drawn; [`intl`] and [`home`] are
//! the exceptions, since drawing needs dates and addresses.

pub mod deferred;
pub mod failure;
pub mod files;
pub mod focus;
pub mod history;
pub mod home;
pub mod intl;
pub mod keys;
pub mod pass_on;
pub mod scroll;
pub mod selection;
pub mod storage;

use std::future::poll_fn;
use std::task::{Context, Poll};

use gloo::timers::callback::Timeout;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlInputElement, MouseEvent, Window};

/// The element with this id in the page.
pub fn element(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

pub fn set_title(title: &str) {
    if document().title() != title {
        document().set_title(title);
    }
}

/// The tags of the languages that the reader knows, best first.
pub fn languages() -> Vec<String> {
    window().navigator().languages().iter().filter_map(|tag| tag.as_string()).collect()
}

/// What is in the search field of an explorer.
pub fn typed(explorer: &Element) -> String {
    let field = explorer.query_selector("input[type=search]").ok().flatten();
    let field = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    field.map(|field| field.value()).unwrap_or_default()
}

/// What is in the field or chosen in the list that an event is about.
pub fn value_of(event: &web_sys::Event) -> String {
    let value = event.target().and_then(|target| js_sys::Reflect::get(&target, &"value".into()).ok());
    value.and_then(|value| value.as_string()).unwrap_or_default()
}

/// Sets a custom property of the style of an element.
pub fn set_property(node: &yew::NodeRef, name: &str, value: &str) {
    if let Some(element) = node.cast::<web_sys::HtmlElement>() {
        _ = element.style().set_property(name, value);
    }
}

/// Whether a click on a link means "go there", and not "in a new tab", "save it" or the like.
pub fn is_plain(click: &MouseEvent) -> bool {
    let modified = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
    click.button() == 0 && !modified
}

/// Whether an open article takes the place of the list, for want of room, and does not stand beside it in a grid. Where none is open
/// the browser need not look at any styles.
pub fn hides_list(explorer: &Element) -> bool {
    let desk = explorer.query_selector("[data-open] > .desk").ok().flatten();
    let style = desk.and_then(|desk| window().get_computed_style(&desk).ok().flatten());
    style.is_some_and(|style| style.get_property_value("display").is_ok_and(|display| display != "grid"))
}

/// Lets the browser do what else there is to do.
pub async fn turn() {
    let mut taken = false;
    let wait = |context: &mut Context| {
        if std::mem::replace(&mut taken, true) {
            return Poll::Ready(());
        }
        let waker = context.waker().clone();
        Timeout::new(0, move || waker.wake()).forget();
        Poll::Pending
    };
    poll_fn(wait).await;
}

#[wasm_bindgen]
extern "C" {
    /// Milliseconds; in workers too.
    #[wasm_bindgen(js_namespace = performance)]
    pub fn now() -> f64;
}

fn matches(query: &str) -> bool {
    let list = window().match_media(query).ok().flatten();
    list.is_some_and(|list| list.matches())
}

fn window() -> Window {
    gloo::utils::window()
}

fn document() -> Document {
    gloo::utils::document()
}
