//! The program in the page. Nothing starts by itself: the page's script calls what `embed` exports.

#![cfg_attr(target_family = "wasm", no_main)]

use article_explorer as _;

#[cfg(not(target_family = "wasm"))]
fn main() {}
