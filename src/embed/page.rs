use wasm_bindgen::prelude::*;
use web_sys::Element;

use super::api;
use crate::app::{App, Props, SETTINGS};
use crate::browser::history::Memory;
use crate::browser::{self, failure, files, history, storage};
use crate::components::Edition;
use crate::state::{ROWS, Route, Settings};
use crate::words::Language;

/// The id of the element in our own page that the explorer goes into.
const PLACE: &str = "explorer";

/// Puts the explorer into our own page, whose address bar it uses.
#[wasm_bindgen(js_name = mountPage)]
pub async fn mount_page() {
    let Some(place) = browser::element(PLACE) else {
        return;
    };
    let language = language();
    files::learn(language).await;
    match api::articles() {
        Ok(articles) => {
            let edition = Edition { articles, language };
            let memory = history::memory().unwrap_or(Memory { rows: ROWS, ..Memory::default() });
            let route = Route::parse(&history::address());
            let props = Props { edition, settings: settings(), name: browser::title().into(), route, memory };
            yew::Renderer::<App>::with_root_and_props(place, props).render();
        }
        Err(error) => {
            let words = language.words();
            let sentence = error.to_string();
            failure::show(&place, words.not_opened, &sentence, &[(words.try_again, "")]);
        }
    }
}

/// After a panic nothing can be drawn by Yew any more: the page's script calls this to say so, and to offer ways on that
/// keep the query.
#[wasm_bindgen(js_name = pageStopped)]
pub fn page_stopped() {
    let Some(place) = browser::element(PLACE) else {
        return;
    };
    let words = language().words();
    let address = kept(&place);
    let ways = [(words.try_again, &*address.address()), (words.show_all, &*address.to_list())];
    failure::show(&place, words.stopped, words.stopped_help, &ways);
}

/// The language that the reader chose, or else the browser's.
fn language() -> Language {
    Language::of(settings().language.into_iter().chain(browser::languages()))
}

fn settings() -> Settings {
    Settings::parse(&storage::read(SETTINGS).unwrap_or_default())
}

/// Where the reader was, with what is in the search field now.
fn kept(place: &Element) -> Route {
    Route { text: browser::typed(place).into(), ..Route::parse(&history::address()) }
}
