//! The files that lie beside the page and are fetched by those who need them.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::home::home;
use super::window;
use crate::words::Language;

/// Fetches what the page says in a language, unless that is known. If it can't be had, the page goes on in English.
pub async fn learn(language: Language) {
    if language.is_known() {
        return;
    }
    if let Some(file) = read(&language.address()).await {
        language.learn(file);
    }
}

/// The text of the file at an address, relative to our own page's.
async fn read(address: &str) -> Option<String> {
    let address = [home(), address].concat();
    let response = JsFuture::from(window().fetch_with_str(&address)).await.ok()?;
    let response: Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}
