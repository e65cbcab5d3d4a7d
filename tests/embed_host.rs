//! A page that means no good, with explorers in it: `tests/host/hostile.html`, under strict headers, from another origin.

mod support;

use serde_json::{Value, json};
use support::{Host, any};

const NATO: &str = "NATO takes Huawei security concerns seriously: Stoltenberg";

/// Nothing but scripts of two servers, the page's style sheet, and the frame. Styles and pictures of others are forbidden.
const POLICY: &str = "default-src 'none'; script-src 'self' {explorer} 'wasm-unsafe-eval'; connect-src {explorer}; style-src 'self'; \
    frame-src {explorer}; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; form-action 'none'";

const HEADERS: [(&str, &str); 3] = [
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
    ("Referrer-Policy", "no-referrer"),
];

#[tokio::test]
async fn four_explorers_live_on_a_page_that_means_no_good() {
    let page = Host::open_page("hostile.html", POLICY, &HEADERS).await;
    let entries: u32 = page.value("history.length").await;
    page.run::<()>("document.querySelectorAll('article-explorer').forEach((one) => (one.loading = 'eager'))", vec![])
        .await;
    for id in ["#search", "#whole", "#list"] {
        page.until_ready(id).await;
    }
    page.by_role("region", "The archive").by_role("searchbox", any()).type_text("huawei").await;
    page.by_role("region", "The archive").by_role("list", "Results").by_role("link", NATO).click().await;
    page.by_role("region", "The archive").by_role("article", NATO).until_there().await;
    page.by_role("region", "The newest").by_role("list", "Latest articles").by_role("link", any()).until_count(7).await;
    page.by_role("region", "Search the archive").by_role("searchbox", any()).type_text("taiwan").await;
    page.by_role("region", "Search the archive").by_role("list", "Results").by_role("link", any()).until_count(1).await;
    page.run::<()>("const input = document.querySelector('#looks [name=\"--ax-accent\"]'); input.value = '#ff0000'; input.dispatchEvent(new Event('input', { bubbles: true }))", vec![]).await;
    let accent = "getComputedStyle(document.getElementById('whole').shadowRoot.querySelector('.back')).color";
    assert_eq!(page.value::<String>(accent).await, "rgb(255, 0, 0)");
    assert_eq!(
        // Some browsers look for an icon by themselves.
        page.value::<Value>("[heard, wrong.filter((one) => !one.endsWith('/favicon.ico')), history.length, location.search, document.title, crossOriginIsolated]")
            .await,
        json!([[], [], entries, "", "The Harbour Courier", true])
    );
    assert_eq!(page.requests("article-explorer_bg.wasm"), 2, "one for the elements and one for the frame");
    if let Some(folder) = std::env::var_os("ARTICLE_EXPLORER_PICTURES") {
        page.screenshot(std::path::Path::new(&folder).join("hostile.png")).await;
        page.set_size(400, 900).await;
        page.screenshot(std::path::Path::new(&folder).join("hostile-narrow.png")).await;
    }
    page.console_is_clean().await;
}
