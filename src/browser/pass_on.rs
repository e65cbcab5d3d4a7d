//! What leaves the page: to the clipboard, to another program, on paper.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::window;

/// Puts `text` on the clipboard and calls back with whether that worked.
pub fn copy(text: &str, done: impl FnOnce(bool) + 'static) {
    // There is no clipboard on pages that came without encryption.
    let promise = write_text(text);
    spawn_local(async move {
        done(match promise {
            Ok(promise) => JsFuture::from(promise).await.is_ok(),
            Err(_) => false,
        });
    });
}

/// Whether the device offers to share.
pub fn can_share() -> bool {
    Reflect::has(&window().navigator(), &"share".into()).unwrap_or(false)
}

/// Offers an address to the device's other programs.
pub fn share(title: &str, url: &str) {
    let data = Object::new();
    for (name, value) in [("title", title), ("url", url)] {
        _ = Reflect::set(&data, &name.into(), &value.into());
    }
    if let Ok(promise) = share_data(&data) {
        // A reader who thinks better of it is no failure.
        spawn_local(async move { _ = JsFuture::from(promise).await });
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["navigator", "clipboard"], js_name = writeText, catch)]
    fn write_text(text: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = navigator, js_name = share, catch)]
    fn share_data(data: &Object) -> Result<Promise, JsValue>;
    /// Opens the browser's own way to print.
    #[wasm_bindgen]
    pub fn print();
}
