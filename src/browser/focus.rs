//! Where the keyboard is.

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlDialogElement, HtmlElement, HtmlInputElement};

/// Gives the focus to the first element that fits `selector`, without scrolling anything. `false` if there is none.
pub fn give(explorer: &Element, selector: &str) -> bool {
    let Some(element) = first(explorer, selector) else { return false };
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    element.focus_with_options(&options).is_ok()
}

/// Gives the focus to the search field with all of its text selected, ready to be typed over.
pub fn search(explorer: &Element) {
    let field = explorer.query_selector("input[type=search]").ok().flatten();
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
        _ = field.focus();
        field.select();
    }
}

/// Lays a dialog over the page and takes the focus into it, or closes it and gives the focus back.
pub fn show(dialog: &HtmlDialogElement, shown: bool) {
    if shown && !dialog.open() {
        _ = dialog.show_modal();
    } else if !shown && dialog.open() {
        dialog.close();
    }
}

/// Whether it is somewhere in the explorer.
pub fn is_in(explorer: &Element) -> bool {
    explorer.matches(":focus-within").unwrap_or(false)
}

/// Takes the focus away from the search field where that hides a keyboard on the screen.
pub fn hide_screen_keyboard(explorer: &Element) {
    if let Some(field) = first(explorer, ":focus").filter(|_| super::matches("(pointer: coarse)")) {
        _ = field.blur();
    }
}

/// Gives the focus to the row after the one that has it; to the first, if none has. At the last it has more rows shown.
/// `false` if there is nothing to do.
pub fn next_row(explorer: &Element) -> bool {
    step(explorer, |at| at.map_or(0, |at| at + 1)) || press(explorer, ".list + .more")
}

/// Gives the focus to the row before the one that has it; from the very first to the search field.
pub fn previous_row(explorer: &Element) -> bool {
    if !step(explorer, |at| at.map_or(u32::MAX, |at| at.wrapping_sub(1))) && !press(explorer, ".earlier") {
        search(explorer);
    }
    true
}

/// Whether there is such a button.
fn press(explorer: &Element, selector: &str) -> bool {
    first(explorer, selector).map(|button| button.click()).is_some()
}

fn first(explorer: &Element, selector: &str) -> Option<HtmlElement> {
    explorer.query_selector(selector).ok().flatten()?.dyn_into().ok()
}

fn step(explorer: &Element, to: impl Fn(Option<u32>) -> u32) -> bool {
    let Ok(rows) = explorer.query_selector_all(".list h2 a") else {
        return false;
    };
    let is = |at: &u32, selector: &str| {
        let row = rows.get(*at).and_then(|row| row.dyn_into::<Element>().ok());
        row.is_some_and(|row| row.matches(selector).unwrap_or(false))
    };
    let all = || 0..rows.length();
    let focused = all().find(|at| is(at, ":focus"));
    let at = focused.or_else(|| all().find(|at| is(at, "[aria-current]")));
    let row = rows.get(to(at)).and_then(|row| row.dyn_into::<HtmlElement>().ok());
    row.is_some_and(|row| row.focus().is_ok())
}
