//! What can go wrong around the page, beside a server (`failing.rs`) and a network (`offline.rs`): the browser's storage, the
//! clock, the memory, other tabs, a tab that was put to sleep, articles that are not as they were written.

mod support;

use serde_json::json;
use std::fs;
use support::{Edition, Explorer, Key, Site, any, needs};

const NATO: &str = "NATO takes Huawei security concerns seriously: Stoltenberg";
const WASM: &str = "article-explorer_bg.wasm";
const PAPER: &str = "return getComputedStyle(document.querySelector('.explorer')).backgroundColor";
const DARK: &str = "rgb(23, 24, 26)";

async fn start(before_load: &str) -> Explorer {
    let page = Explorer::open("").await;
    page.run_before_load(before_load).await;
    page.go("").await;
    page
}

async fn choose_dark(page: &Explorer) {
    page.by_role("button", "Settings").click().await;
    page.by_role("dialog", "Settings").by_role("radio", "Dark").press(Key::Space).await;
    page.until("the page to be dark", async || page.run::<String>(PAPER, vec![]).await == DARK).await;
    page.press(&Key::Escape.to_string()).await;
    page.by_role("dialog", any()).until_gone().await;
}

async fn save(page: &Explorer, title: &str) {
    page.by_role("list", any()).by_role("link", title).click().await;
    let button = page.by_role("article", title).by_role("button", "Save");
    button.click().await;
    page.until("it to be saved", async || button.attribute("aria-pressed").await.as_deref() == Some("true")).await;
    page.by_role("article", title).by_role("link", "All articles").click().await;
    page.by_role("article", any()).until_gone().await;
}

async fn shelf_has(page: &Explorer, titles: &[&str]) {
    page.by_role("button", "Saved and read").click().await;
    let sheet = page.by_role("dialog", "Saved and read");
    sheet.by_role("list", "Saved for later").by_role("link", any()).until_names(titles).await;
    page.press(&Key::Escape.to_string()).await;
    sheet.until_gone().await;
}

#[tokio::test]
async fn where_nothing_may_be_kept_all_goes_on_until_the_page_is_left() {
    let denied = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError') } })";
    let full = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }";
    for fault in [denied, full] {
        let page = start(fault).await;
        choose_dark(&page).await;
        save(&page, NATO).await;
        shelf_has(&page, &[NATO]).await;
        page.reload().await;
        page.by_role("list", "Latest articles").by_role("link", NATO).until_there().await;
        page.console_is_clean().await;
    }
}

#[tokio::test]
async fn what_was_kept_and_is_damaged_is_as_if_it_were_not_there() {
    let page = Explorer::open("").await;
    page.by_role("searchbox", any()).until_there().await;
    let damage = "localStorage.setItem('article-explorer', 'theme=\\u0000 size=NaN width=-1e9 language=%%% keys');
        localStorage.setItem('article-explorer ' + location.href, 'saved \\nread\\n\\uFFFF\\nsaved no-such-article\\n')";
    page.run::<()>(damage, vec![]).await;
    page.reload().await;
    page.by_role("list", "Latest articles").by_role("link", NATO).until_there().await;
    choose_dark(&page).await;
    save(&page, NATO).await;
    page.reload().await;
    assert_eq!(page.run::<String>(PAPER, vec![]).await, DARK);
    page.console_is_clean().await;
}

#[tokio::test]
async fn a_clock_that_is_wrong_changes_nothing() {
    for now in ["0", "-1e14", "4e12", "NaN"] {
        let clock = format!("Date.now = () => {now}; performance.now = () => {now}");
        let page = start(&clock).await;
        page.by_role("searchbox", any()).type_text("huawei").await;
        page.by_role("list", "Results").by_role("link", NATO).click().await;
        page.by_role("article", NATO).mentions("14 March 2019").await;
        page.console_is_clean().await;
    }
}

#[tokio::test]
async fn where_memory_is_refused_the_page_says_so_and_can_be_read() {
    let refused = "WebAssembly.instantiateStreaming = WebAssembly.instantiate = async () => {
        throw new RangeError('WebAssembly.Memory(): could not allocate memory') }";
    let page = start(refused).await;
    page.by_role("alert", any()).mentions("too little memory").await;
    // Whose pages can be had without the program.
    if Edition::asked_for() != Edition::Site {
        return;
    }
    page.by_role("list", "Latest articles").by_role("link", NATO).click().await;
    page.by_role("article", NATO).mentions("Stoltenberg").await;
}

#[tokio::test]
async fn a_tab_that_was_put_to_sleep_goes_on() {
    needs!(DevTools);
    let page = Explorer::open("").await;
    page.by_role("searchbox", any()).type_text("huawei").await;
    for state in ["frozen", "active"] {
        page.chromium("Page.setWebLifecycleState", json!({ "state": state })).await;
    }
    page.by_role("searchbox", any()).type_text(" 5g").await;
    page.by_role("list", "Results").by_role("link", NATO).click().await;
    page.by_role("article", NATO).until_there().await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn two_tabs_keep_what_either_of_them_was_told() {
    let page = Explorer::open("").await;
    let titles = page.by_role("list", "Latest articles").by_role("link", any()).names().await;
    let (first, second) = (titles[0].as_str(), titles[1].as_str());
    page.by_role("button", "Settings").click().await;
    page.by_role("dialog", "Settings").by_role("radio", "Dark").until_there().await;
    page.press(&Key::Escape.to_string()).await;
    let one = page.open_tab("").await;
    choose_dark(&page).await;
    save(&page, first).await;
    let other = page.to_tab(one).await;
    // In WebKit it hears of the other a moment later, sooner than anyone changes from one to the other by hand.
    page.by_role("list", "Latest articles").mentions("Saved").await;
    save(&page, second).await;
    shelf_has(&page, &[second, first]).await;
    page.to_tab(other).await;
    shelf_has(&page, &[second, first]).await;
    page.reload().await;
    assert_eq!(page.run::<String>(PAPER, vec![]).await, DARK, "the other tab has not chosen anything");
    page.console_is_clean().await;
}

/// Every section of the articles is compared with its sum when the rest of the program is here. What becomes of other bytes
/// and other versions, the engine's tests say.
#[tokio::test]
async fn articles_that_are_not_as_they_were_written_are_not_shown() {
    let mut wasm = fs::read(Site::program_file(WASM)).unwrap();
    let words = b"security concerns seriously";
    let at = wasm.windows(words.len()).position(|bytes| bytes == words).expect("the articles are in the program");
    wasm[at] ^= 1;
    let site = Site::built().await;
    site.write(WASM, wasm);
    let page = Explorer::open_at(site, "").await;
    // Which the search field asks for as soon as it has the focus.
    page.by_role("searchbox", any()).click().await;
    page.by_role("alert", any()).by_role("heading", "The articles can’t be opened").until_there().await;
    page.by_role("alert", any()).mentions("damaged").await;
    page.site().restore(WASM);
    page.by_role("alert", any()).by_role("link", "Try again").click().await;
    page.by_role("list", any()).by_role("link", NATO).until_there().await;
}
