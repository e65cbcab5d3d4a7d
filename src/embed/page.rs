use wasm_bindgen::prelude::*;

use super::api;
use crate::app::{App, Outside, Props, SETTINGS, shelf_name};
use crate::browser::history::Memory;
use crate::browser::{self, deferred, failure, files, history, pass_on, storage};
use crate::components::{Edition, Host};
use crate::state::{Clock, Kept, Program, ROWS, Route, Settings, Shelf};
use crate::words::Language;

/// The id of the element in our own page that the explorer goes into.
const PLACE: &str = "explorer";

/// Puts the explorer into our own page, whose address bar it uses.
#[wasm_bindgen(js_name = mountPage)]
pub async fn mount_page() {
    let Some(place) = browser::element(PLACE) else {
        return;
    };
    let settings = Settings::parse(&storage::read(SETTINGS).unwrap_or_default());
    let language = Language::of(settings.language.iter().cloned().chain(browser::languages()));
    files::learn(language).await;
    match api::articles() {
        Ok(articles) => {
            let edition = Edition { articles, language, shares: pass_on::can_share(), host: Host::Ours };
            let shelf = Shelf::parse(&storage::read(&shelf_name()).unwrap_or_default());
            let kept = Kept { settings, shelf };
            let memory = history::memory().unwrap_or(Memory { rows: ROWS, ..Memory::default() });
            let route = Route::parse(&history::address());
            let (name, address) = (browser::title().into(), history::place().into());
            let clock = Clock(browser::now);
            let program = Program::at_first(deferred::is_cut());
            let outside = Outside::default();
            let props = Props { edition, kept, name, route, memory, place: address, clock, program, outside };
            yew::Renderer::<App>::with_root_and_props(place, props).render();
        }
        Err(error) => {
            let words = language.words();
            let sentence = error.to_string();
            failure::show(&place, words.not_opened, &sentence, &[(words.try_again, "")]);
        }
    }
}
