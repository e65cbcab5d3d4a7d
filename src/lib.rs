//! The article explorer as a Yew app. In reading order:
//!
//! [`state`] is what the reader is doing, [`components`] draw it, [`browser`] is the outside world, [`words`] what the
//! page says; [`app`] puts them together, [`corpus`] are the articles, and [`embed`] is what JavaScript sees of it all.

pub mod browser;
pub mod state;
pub mod words;

pub mod components;

pub mod app;
pub mod corpus;
pub mod embed;

#[cfg(target_family = "wasm")]
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
