use js_sys::Function;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::api;
use crate::app::{App, Outside, Props, SETTINGS, shelf_name};
use crate::browser::history::Memory;
use crate::browser::{self, deferred, files, history, home, pass_on, storage};
use crate::components::{Edition, Host};
use crate::corpus;
use crate::state::{Clock, Kept, Program, ROWS, Route, Settings, Shelf};
use crate::words::Language;

/// The id of the element in our own page that the explorer goes into.
const PLACE: &str = "explorer";

/// What takes the whole program to be drawn.
const WHOLE: &str = ".page:not(.overview), .timeline";

/// Puts the explorer into our own page, whose address bar it uses, in the place of what was drawn there when the page was
/// made.
///
/// `home` is the address of the page that shows the list, if each article has a page beside it; `name` is what the
/// collection is called. `before` is called right before what was drawn goes; what takes its place is drawn before the
/// browser paints.
///
/// # Errors
///
/// With the code `corpus`, if the articles can't be opened.
#[wasm_bindgen(js_name = mountPage)]
pub async fn mount_page(home: Option<String>, name: String, before: Function) -> Result<(), JsValue> {
    let Some(place) = browser::element(PLACE) else {
        return Ok(());
    };
    if let Some(home) = home {
        home::set(home, true);
    }
    let route = Route::parse(&history::address());
    if corpus::DERIVED && !route.text.is_empty() {
        // While the rest of what it takes is fetched.
        spawn_local(corpus::derive());
    }
    let settings = Settings::parse(&storage::read(SETTINGS).unwrap_or_default());
    let language = Language::of(settings.language.iter().cloned().chain(browser::languages()));
    files::learn(language).await;
    let articles = api::opened()?;
    let edition = Edition { articles, language, shares: pass_on::can_share(), host: Host::Ours };
    let shelf = Shelf::parse(&storage::read(&shelf_name()).unwrap_or_default());
    let kept = Kept { settings, shelf };
    let memory = history::memory().unwrap_or(Memory { rows: ROWS, ..Memory::default() });
    let (name, address) = (name.into(), history::place().into());
    let clock = Clock(browser::now);
    // What can be read already is not to give way to a sentence that it is being fetched, nor a list to come in two orders.
    let drawn = place.query_selector(WHOLE).is_ok_and(|drawn| drawn.is_some());
    let whole = drawn || corpus::OUTSIDE || route.list_needs_rest(articles);
    let waits = deferred::is_cut() && !(whole && deferred::fetch().await);
    let program = Program::at_first(waits);
    let outside = Outside::default();
    let props = Props { edition, kept, name, route, memory, place: address, clock, program, outside };
    if let Some(coming) = props.awaited() {
        coming.await;
    }
    _ = before.call0(&JsValue::UNDEFINED);
    yew::Renderer::<App>::with_root_and_props(place, props).render();
    if corpus::DERIVED {
        spawn_local(corpus::derive());
    }
    Ok(())
}
