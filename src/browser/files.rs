//! The files that lie beside the page and are fetched by those who need them.

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::deferred;
use super::home::home;
use super::window;
use crate::words::Language;

#[wasm_bindgen]
extern "C" {
    // web-sys takes it for unsettled.
    type DecompressionStream;
    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;
}

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
    let response = good(JsFuture::from(window().fetch_with_str(&address)).await)?;
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

/// Asks for the file at an address of our site. Programs may do so where nothing of it is shown.
pub fn fetch(address: &str) -> Promise {
    let site = Some(home().to_owned()).filter(|home| !home.is_empty()).or_else(deferred::site);
    window().fetch_with_str(&[&site.unwrap_or_default(), address].concat())
}

fn good(arrived: Result<JsValue, JsValue>) -> Option<Response> {
    let response: Response = arrived.ok()?.dyn_into().ok()?;
    response.ok().then_some(response)
}

/// The bytes of a file that was asked for with [`fetch`] and is deflated, without a header.
pub async fn inflated(coming: Promise) -> Option<Vec<u8>> {
    let response = good(JsFuture::from(coming).await)?;
    let stream = DecompressionStream::new("deflate-raw").ok()?;
    let inflated = response.body()?.pipe_through(stream.unchecked_ref());
    let bytes = Response::new_with_opt_readable_stream(Some(&inflated)).ok()?.array_buffer().ok()?;
    Some(Uint8Array::new(&JsFuture::from(bytes).await.ok()?).to_vec())
}
