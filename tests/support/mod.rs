//! The language of the whole-program tests.
//!
//! A test opens the built site in a real browser and does what a person does: finds things by what they are and
//! what they are called, types, clicks, goes back, and waits until it sees what it expects.
//!
//! ```ignore
//! let page = Explorer::open("?q=huawei").await;
//! page.by_role("searchbox", "Search articles").replace_text("taiwan").await;
//! page.by_role("status", any()).mentions("1 article").await;
//! page.by_role("list", "Results").by_role("link", containing("Taiwan")).click().await;
//! page.by_role("article", any()).until_there().await;
//! page.back().await;
//! page.console_is_clean().await;
//! ```
//!
//! Nothing here sleeps for a time: every action and every expectation waits for its state, and after
//! [`PATIENCE`](explorer::PATIENCE) the test ends with what the page showed instead.
//!
//! From the environment: `ARTICLE_EXPLORER_DIST` is the site (else `dist/`), `ARTICLE_EXPLORER_TEST_DIST` the one over the
//! articles in `tests/articles` (else `target/tests/site/`), `ARTICLE_EXPLORER_OUTSIDE_DIST` the first with texts outside of
//! the program (else `target/tests/outside/`), `ARTICLE_EXPLORER_AXE` the script of axe (else the one that
//! `cargo xtask test` fetches), `ARTICLE_EXPLORER_BROWSER` the browser (`chromium`, which is also the default, `firefox`
//! or `webkit`), `ARTICLE_EXPLORER_EDITION` the form in which the explorer is opened (`site`, which is also the default,
//! `offline` or `single-file`).

// Each test program compiles all of this and uses some of it.
#![allow(dead_code, unused_imports, unused_macros)]

/// Ends a test here, and says so, where the browser that was asked for is not able to do what the test is about.
macro_rules! needs {
    ($capability:ident) => {
        if !$crate::support::Browser::asked_for().can($crate::support::Capability::$capability) {
            println!("not in this browser: {:?}", $crate::support::Capability::$capability);
            return;
        }
    };
}
pub(crate) use needs;

mod driver;
mod explorer;
mod host;
mod part;
mod site;

pub use driver::{Browser, Capability};
pub use explorer::Explorer;
pub use fantoccini::key::Key;
pub use host::{HOST_POLICY, Host, HostOptions};
pub use part::{Name, Part, any, containing};
pub use site::{Edition, Request, STRICT_POLICY, Site};
