//! The site without a network, and how a new version of it comes.

mod support;

use serde_json::json;
use std::fs;
use support::{Explorer, STRICT_POLICY, Site, any};

const NATO: &str = "NATO takes Huawei security concerns seriously: Stoltenberg";
const NATO_ADDRESS: &str = "?article=nato-takes-huawei-security-concerns-seriously-stoltenberg";

async fn caches(page: &Explorer) -> Vec<String> {
    page.run("return caches.keys()", vec![]).await
}

/// From now on the server has another build: its worker has another version.
fn publish_another(site: &Site) {
    let worker = fs::read_to_string(Site::built_folder().join("service-worker.js")).unwrap();
    let of_build = |text: &&str| text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let version = worker.split(['`', '"']).find(of_build).expect("the worker names its build");
    site.write("service-worker.js", worker.replace(version, "another"));
}

#[tokio::test]
async fn after_one_visit_everything_works_without_a_server() {
    let page = Explorer::open("").await;
    page.by_role("searchbox", any()).until_there().await;
    page.until_kept().await;
    page.console_is_clean().await;

    page.site().go_away();
    page.go("?q=huawei+5g").await;
    page.by_role("list", "Results").by_role("link", NATO).click().await;
    page.by_role("article", NATO).until_there().await;
    page.go(NATO_ADDRESS).await;
    page.by_role("article", NATO).until_there().await;
    page.choose_language("de").await;
    page.by_role("searchbox", "Artikel durchsuchen").until_there().await;
    page.go("articles/nato-takes-huawei-security-concerns-seriously-stoltenberg/").await;
    page.by_role("article", NATO).until_there().await;
}

#[tokio::test]
async fn a_new_version_is_offered_and_comes_when_the_reader_wants_it() {
    let page = Explorer::open("").await;
    page.until_kept().await;
    let before = caches(&page).await;
    assert_eq!(before.len(), 1, "{before:?}");

    publish_another(page.site());
    page.go(NATO_ADDRESS).await;
    let offer = page.by_role("status", any()).by_role("button", "Use it now");
    offer.until_there().await;
    page.by_role("article", NATO).until_there().await;
    assert_eq!(caches(&page).await.len(), 2, "both are there while the old one is read");
    page.run::<()>("window.still = true", vec![]).await;
    offer.click().await;
    page.until("the page to come anew", async || page.run("return window.still === undefined", vec![]).await).await;
    page.by_role("article", NATO).until_there().await;
    page.until("the old cache to go", async || caches(&page).await.len() == 1).await;
    let after = caches(&page).await;
    assert!(after[0].contains("another") && after != before, "{after:?}");
    page.console_is_clean().await;
}

#[tokio::test]
async fn a_build_that_did_not_arrive_whole_is_not_taken() {
    let site = Site::built().await;
    site.cut_short("style.css");
    let page = Explorer::open_at(site, "").await;
    page.by_role("searchbox", any()).until_there().await;
    let script = "return navigator.serviceWorker.register('./service-worker.js').then((registration) =>
        new Promise((done) => registration.installing.addEventListener('statechange', ({ target }) => done(target.state))))";
    let state: String = page.run(script, vec![]).await;
    assert_eq!(state, "redundant");
}

#[tokio::test]
async fn the_page_in_a_frame_keeps_nothing() {
    let policy = format!("{STRICT_POLICY}; frame-src 'self'");
    let page = Explorer::open_at(Site::serve_under(&policy, Site::built_folder()).await, "").await;
    page.by_role("searchbox", any()).until_there().await;
    let script = "return navigator.serviceWorker.getRegistrations().then(async (kept) => {
        await Promise.all(kept.map((one) => one.unregister()));
        const frame = document.createElement('iframe');
        frame.src = arguments[0];
        document.body.append(frame);
    })";
    page.until_kept().await;
    page.run::<()>(script, vec![json!("./?q=a")]).await;
    page.until("the frame", async || {
        page.run("return !!frames[0]?.document.querySelector('input[type=search]')", vec![]).await
    })
    .await;
    // As long as the page itself takes to be kept, and longer.
    let script =
        "return new Promise((done) => setTimeout(done, 2500)).then(() => navigator.serviceWorker.getRegistrations())
        .then((kept) => kept.length)";
    assert_eq!(page.run::<u32>(script, vec![]).await, 0);
}
