//! The page as a reader meets it, in a browser.

mod support;

use support::{Explorer, Site, any};

#[tokio::test]
async fn the_page_starts_below_any_path_under_the_strictest_policy_without_a_complaint() {
    let page = Explorer::open("").await;
    page.by_role("searchbox", "Search articles").until_there().await;
    page.console_is_clean().await;

    let requests = page.site().requests();
    assert!(requests.iter().all(|request| request.status == 200), "{requests:?}");
}

#[tokio::test]
async fn a_missing_program_is_a_message_and_trying_again_helps_once_it_is_back() {
    let site = Site::built().await;
    site.hide("article-explorer_bg.wasm");
    let page = Explorer::open_at(site, "?q=huawei").await;
    let message = page.by_role("alert", any());
    message.by_role("heading", "The articles could not be loaded").until_there().await;
    message.mentions("missing on the server").await;

    page.site().restore("article-explorer_bg.wasm");
    message.by_role("link", "Try again").click().await;
    page.by_role("searchbox", "Search articles").until_there().await;
    assert_eq!(page.address().await, "?q=huawei");
}

#[tokio::test]
async fn a_missing_script_is_a_message_too() {
    let site = Site::built().await;
    site.hide("article-explorer.js");
    let page = Explorer::open_at(site, "").await;
    page.by_role("alert", any()).by_role("link", "Try again").until_there().await;
}

#[tokio::test]
async fn a_server_that_mislabels_the_program_does_not_stop_it() {
    let site = Site::built().await;
    site.mislabel("article-explorer_bg.wasm");
    let page = Explorer::open_at(site, "").await;
    page.by_role("searchbox", "Search articles").until_there().await;
}

#[tokio::test]
async fn a_policy_that_forbids_the_program_is_named() {
    let policy = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'";
    let site = Site::serve_under(policy, Site::built_folder()).await;
    let page = Explorer::open_at(site, "").await;
    page.by_role("alert", any()).mentions("'wasm-unsafe-eval'").await;
}
