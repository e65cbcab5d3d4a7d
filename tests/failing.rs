//! Never a blank: what is said, in the reader's language, when something can't be fetched or the program has stopped.

mod support;

use support::{Explorer, Site, any};

const NATO: &str = "NATO takes Huawei security concerns seriously: Stoltenberg";
const REST: &str = "article-explorer_deferred.wasm";

/// The next element that the program makes fails it, once: it stops as programs do, by a trap.
const TRAP: &str = "const [make, copy] = [document.createElement, Node.prototype.cloneNode];
    document.createElement = Node.prototype.cloneNode = () => {
        document.createElement = make;
        Node.prototype.cloneNode = copy;
        throw new Error('no more elements');
    };
    window.stops = [];
    addEventListener('error', ({ error }) => window.stops.push(error.name === 'RuntimeError'));";

#[tokio::test]
async fn a_program_that_stops_says_so_and_what_was_typed_is_kept() {
    let page = Explorer::open("").await;
    page.by_role("searchbox", any()).type_text("huawei").await;
    page.by_role("list", "Results").by_role("link", NATO).until_there().await;
    page.run::<()>(TRAP, vec![]).await;
    paste(&page, "huawei 5g").await;
    let message = page.by_role("alert", any());
    message.by_role("heading", "Something went wrong").until_there().await;
    assert_eq!(page.run::<Vec<bool>>("return window.stops", vec![]).await[..1], [true], "a trap of the program itself");
    assert_eq!(page.barriers().await, [""; 0]);
    message.by_role("link", "Try again").click().await;
    page.by_role("searchbox", any()).holds("huawei 5g").await;
    page.by_role("list", "Results").by_role("link", NATO).until_there().await;

    page.run::<()>(TRAP, vec![]).await;
    paste(&page, "taiwan").await;
    message.by_role("link", "Show all articles").click().await;
    page.by_role("list", "Latest articles").by_role("link", NATO).until_there().await;
    page.by_role("searchbox", any()).holds("").await;
}

#[tokio::test]
async fn it_says_so_in_the_language_of_the_page() {
    let page = Explorer::open("").await;
    for (tag, heading, again) in
        [("de", "Etwas ist schiefgegangen", "Noch einmal versuchen"), ("ar", "حدث خطأ ما", "حاول مرة أخرى")]
    {
        page.run::<()>("localStorage.clear()", vec![]).await;
        page.go("?q=huawei").await;
        page.choose_language(tag).await;
        page.until("the language", async || {
            page.run::<String>("return document.querySelector('.explorer').lang", vec![]).await == tag
        })
        .await;
        page.go("?q=huawei").await;
        page.by_role("searchbox", any()).until_there().await;
        page.run::<()>(TRAP, vec![]).await;
        paste(&page, "huawei x").await;
        let message = page.by_role("alert", any());
        message.by_role("heading", heading).until_there().await;
        message.by_role("link", again).until_there().await;
        let way =
            "const box = document.querySelector('[role=alert]'); return [box.lang, getComputedStyle(box).direction]";
        let direction = if tag == "ar" { "rtl" } else { "ltr" };
        assert_eq!(page.run::<[String; 2]>(way, vec![]).await, [tag, direction]);
    }
}

#[tokio::test]
async fn a_page_that_does_not_start_says_so_in_the_readers_language() {
    let site = Site::built().await;
    site.hide("article-explorer_bg.wasm");
    let page = Explorer::open_at(site, "").await;
    let languages = [
        ("es-MX", "No se han podido cargar los artículos", "falta el archivo en el servidor"),
        ("ja", "The articles could not be loaded", "missing on the server"),
    ];
    for (tag, heading, reason) in languages {
        let language =
            format!("Object.defineProperty(navigator, 'language', {{ value: '{tag}', configurable: true }})");
        page.run_before_load(&language).await;
        page.go("").await;
        let message = page.by_role("alert", any());
        message.by_role("heading", heading).until_there().await;
        message.mentions(reason).await;
    }
}

#[tokio::test]
async fn offline_the_page_says_what_it_can_not_show_and_goes_on_once_it_is_back() {
    let page = Explorer::open_at(without_cache().await, "").await;
    page.by_role("searchbox", any()).until_there().await;
    page.set_offline(true).await;
    // What is found is found without a network.
    page.by_role("searchbox", any()).type_text("huawei").await;
    let found = page.by_role("list", "Results").by_role("link", NATO);
    found.click().await;
    let message = page.by_role("alert", any());
    message.mentions("Perhaps you are offline").await;
    assert_eq!(page.barriers().await, [""; 0]);
    // Search goes on.
    page.by_role("searchbox", any()).replace_text("taiwan").await;
    page.by_role("list", "Results")
        .by_role("link", "Taiwan approved for $11 billion weapon purchase from US")
        .until_there()
        .await;
    page.back().await;
    page.by_role("searchbox", any()).holds("huawei").await;
    found.click().await;
    message.by_role("button", "Try again").click().await;
    message.mentions("Perhaps you are offline").await;
    page.set_offline(false).await;
    message.by_role("button", "Try again").click().await;
    page.by_role("article", NATO).by_role("heading", NATO).until_focused().await;

    // All is here now: no network is needed any more.
    page.set_offline(true).await;
    page.by_role("button", "Cite").click().await;
    page.by_role("dialog", "Cite").by_role("textbox", any()).until_there().await;
}

#[tokio::test]
async fn a_sheet_that_waits_for_its_part_of_the_program_says_so_too() {
    let page = Explorer::open_at(without_cache().await, "").await;
    page.by_role("searchbox", any()).until_there().await;
    page.set_offline(true).await;
    page.by_role("button", "Settings").click().await;
    let sheet = page.by_role("dialog", "Settings");
    sheet.by_role("alert", any()).mentions("Perhaps you are offline").await;
    page.set_offline(false).await;
    sheet.by_role("button", "Try again").click().await;
    sheet.by_role("radio", "Sepia").until_there().await;
}

#[tokio::test]
async fn a_damaged_rest_of_the_program_is_not_run_and_is_asked_for_again() {
    let site = Site::built().await;
    site.cut_short(REST);
    let page = Explorer::open_at(site, "?q=huawei").await;
    let found = page.by_role("list", "Results").by_role("link", NATO);
    found.click().await;
    let message = page.by_role("alert", any());
    message.mentions("has not arrived").await;
    page.site().restore(REST);
    message.by_role("button", "Try again").click().await;
    page.by_role("article", NATO).until_there().await;
}

#[tokio::test]
async fn without_the_rest_of_the_program_every_query_is_answered_as_far_as_may_be_and_a_choice_waits() {
    let site = Site::built().await;
    site.cut_short(REST);
    let page = Explorer::open_at(site, "").await;
    let search = page.by_role("searchbox", any());
    let found = page.by_role("list", "Results").by_role("link", NATO);
    let queries = [
        "\"takes huawei\"",
        "huawei -nato",
        "(huawei OR taiwan)",
        "title:huawei",
        "huawei-nato",
        "\"nato huawei\"~3",
        "source:x huaw*",
        "stoltenberg huawie",
    ];
    for query in queries {
        search.replace_text(query).await;
        search.holds(query).await;
        found.until_there().await;
        assert_eq!(page.by_role("heading", "Something went wrong").count().await, 0, "{query}");
    }
    search.replace_text("").await;
    page.by_role("group", "Kind").by_role("checkbox", "Brief").click().await;
    let message = page.by_role("alert", any());
    message.mentions("has not arrived").await;
    page.site().restore(REST);
    message.by_role("button", "Try again").click().await;
    page.until_address("?kind=brief").await;
    page.by_role("list", "Results").by_role("listitem", any()).until_there().await;
    assert_eq!(found.count().await, 0);
}

#[tokio::test]
async fn a_damaged_program_is_a_message() {
    let site = Site::built().await;
    site.cut_short("article-explorer_bg.wasm");
    let page = Explorer::open_at(site, "?q=huawei").await;
    let message = page.by_role("alert", any());
    message.mentions("damaged on the way").await;
    page.site().restore("article-explorer_bg.wasm");
    message.by_role("link", "Try again").click().await;
    page.by_role("list", "Results").by_role("link", NATO).until_there().await;
}

#[tokio::test]
async fn before_the_program_is_there_the_page_can_be_read() {
    let site = Site::built().await;
    let page = Explorer::open_at(site, "").await;
    page.run_before_load("WebAssembly.instantiateStreaming = () => new Promise(() => {})").await;
    page.go_to_page("").await;
    assert_eq!(page.barriers().await, [""; 0]);
    page.by_role("link", NATO).click().await;
    page.by_role("article", NATO).by_role("heading", NATO).until_there().await;
    assert_eq!(page.barriers().await, [""; 0]);
}

#[tokio::test]
async fn a_page_without_its_program_can_still_be_read() {
    let site = Site::built().await;
    site.hide("article-explorer_bg.wasm");
    let page = Explorer::open_at(site, "").await;
    page.by_role("alert", any()).by_role("heading", "The articles could not be loaded").until_there().await;
    page.by_role("link", NATO).click().await;
    page.by_role("alert", any()).until_there().await;
    page.by_role("article", NATO).mentions("Stoltenberg").await;
    assert_eq!(page.barriers().await, [""; 0]);
}

/// A site that the browser does not keep: without a network there is nothing of it.
async fn without_cache() -> Site {
    let site = Site::built().await;
    site.hide("service-worker.js");
    site
}

/// Puts a text into the search field at once: a program that stops does not live to see a second letter.
async fn paste(page: &Explorer, text: &str) {
    let script = "const field = document.querySelector('input[type=search]');
        field.value = arguments[0];
        field.dispatchEvent(new InputEvent('input', { bubbles: true }))";
    page.run::<()>(script, vec![text.into()]).await;
}
