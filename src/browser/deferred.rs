//! The rest of the program, which `cargo xtask build` cuts off and the page fetches when it is first needed.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_namespace = import, js_name = meta)]
    static META: JsValue;
}

/// What fetches the rest, once however often it is called. Only the glue of a program that was cut has it.
fn fetcher() -> Option<Function> {
    META.with(|meta| Reflect::get(meta, &"deferred".into())).ok()?.dyn_into().ok()
}

/// The address of the site that the program came from, if it lies there as `cargo xtask build` leaves it.
pub fn site() -> Option<String> {
    let own = META.with(|meta| Reflect::get(meta, &"url".into())).ok()?.as_string()?;
    own.rsplit_once("assets/").map(|(site, _)| site.to_owned())
}

/// Whether the program was cut, so that its rest is not here at the beginning.
pub fn is_cut() -> bool {
    fetcher().is_some()
}

/// Fetches the rest. Returns whether it is here now.
pub async fn fetch() -> bool {
    match fetcher().and_then(|fetch| fetch.call0(&JsValue::NULL).ok()) {
        Some(promise) => JsFuture::from(Promise::from(promise)).await.is_ok(),
        None => false,
    }
}
