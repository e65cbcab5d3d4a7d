//! The element on somebody else's page, as readers use it. The numbers are those of the checklist in
//! `tests/host/README.md`.

mod support;

use serde_json::{Value, json};
use support::{Browser, Host, HostOptions, Key, Site, any, containing, needs};

const NATO: &str = "NATO takes Huawei security concerns seriously: Stoltenberg";
const SLUG: &str = "nato-takes-huawei-security-concerns-seriously-stoltenberg";
const TAG: &str = "<article-explorer></article-explorer>";
const LATER: &str = "<article-explorer loading=\"eager\"></article-explorer>";

async fn press(page: &Host, key: Key) {
    page.press(&key.to_string()).await;
}

/// 51: Escape is the page's where there is nothing to close.
#[tokio::test]
async fn escape_is_the_pages_where_there_is_nothing_to_close() {
    let page = Host::open(&format!("<dialog>{TAG}</dialog>")).await;
    page.run::<()>("document.querySelector('dialog').showModal()", vec![]).await;
    page.until_ready("article-explorer").await;
    page.by_role("list", "Latest articles").by_role("link", NATO).click().await;
    page.by_role("heading", NATO).until_focused().await;
    page.by_role("searchbox", any()).type_text("huawei").await;
    press(&page, Key::Escape).await;
    page.by_role("searchbox", any()).holds("").await;
    let open = "document.querySelector('dialog').open";
    assert!(page.value::<bool>(open).await, "Escape cleared the field");
    // Which keeps it for itself in WebKit, even where there is nothing to clear.
    if Browser::asked_for() == Browser::WebKit {
        page.value::<()>("element.shadowRoot.activeElement.blur()").await;
    }
    press(&page, Key::Escape).await;
    page.until_true(&format!("!({open})")).await;
}

/// 52: Tab goes in, through everything in the order that is seen, and out again, both ways.
#[tokio::test]
async fn tab_goes_in_through_and_out() {
    let page = Host::open(&format!("<button>before</button>{TAG}<button>after</button>")).await;
    page.until_ready("article-explorer").await;
    page.by_role("button", "before").click().await;
    let mut forwards = Vec::new();
    while forwards.last().is_none_or(|last| last != "button \"after\"") {
        press(&page, Key::Tab).await;
        forwards.push(page.focused().await);
        assert!(forwards.len() < 40, "a trap: {forwards:#?}");
    }
    assert_eq!(forwards[0], "searchbox \"Search articles\"");
    let tops = "[...element.shadowRoot.querySelectorAll('input:not([type=range]), select, button, .row a')].map((node) => node.getBoundingClientRect()).filter((box) => box.height)
        .map((box) => box.top + box.left / 1e4)";
    let tops: Vec<f64> = page.value(tops).await;
    assert!(tops.is_sorted_by(|a, b| a <= &(b + 12.0)), "{tops:?}");
    let mut backwards = Vec::new();
    while backwards.last().is_none_or(|last| last != "button \"before\"") {
        page.press(&format!("{}{}", char::from(Key::Shift), char::from(Key::Tab))).await;
        backwards.push(page.focused().await);
        assert!(backwards.len() < 40, "a trap: {backwards:#?}");
    }
    backwards.pop();
    backwards.reverse();
    forwards.pop();
    assert_eq!(backwards, forwards);
}

/// 53, 55: the focus goes to what was opened and back to where it was opened from; neither that nor the beginning nor
/// typing scrolls the page.
#[tokio::test]
async fn the_focus_follows_and_the_page_stays() {
    let page = Host::open(&format!("<p class=\"tall\">above</p>{TAG}<p class=\"tall\">below</p>")).await;
    page.run::<()>("document.querySelectorAll('.tall').forEach((node) => (node.style.height = '150px'))", vec![]).await;
    page.until_ready("article-explorer").await;
    page.set_size(1000, 700).await;
    assert_eq!(page.value::<Value>("[scrollY, document.activeElement.localName]").await, json!([0, "body"]));
    page.scroll_to(60.0).await;
    page.by_role("list", "Latest articles").by_role("link", NATO).click().await;
    page.by_role("article", NATO).by_role("heading", NATO).until_focused().await;
    assert_eq!(page.scroll_y().await, 60.0);
    page.by_role("link", "All articles").click().await;
    page.by_role("list", "Latest articles").by_role("link", NATO).until_focused().await;
    page.by_role("searchbox", any()).type_text("taiwan").await;
    page.by_role("list", "Results").by_role("link", any()).until_count(1).await;
    assert_eq!(page.scroll_y().await, 60.0);
}

/// 54: the element hands the focus on to its field; clicking and dragging over text select it and focus nothing.
#[tokio::test]
async fn the_element_hands_the_focus_on() {
    needs!(DevTools);
    let page = Host::open(&format!("<article-explorer article=\"{SLUG}\"></article-explorer>")).await;
    page.by_role("article", NATO).until_there().await;
    page.value::<()>("element.focus()").await;
    page.by_role("searchbox", any()).until_focused().await;
    assert!(page.value::<bool>("document.activeElement === element").await);
    let place: [f64; 3] = page
        .value("(() => { const box = element.shadowRoot.querySelector('.text p').getBoundingClientRect(); return [box.left + 5, box.top + 12, box.left + 200]; })()")
        .await;
    for (kind, x) in [("mousePressed", place[0]), ("mouseMoved", place[2]), ("mouseReleased", place[2])] {
        let event = json!({ "type": kind, "x": x, "y": place[1], "button": "left", "buttons": 1, "clickCount": 1 });
        page.chromium("Input.dispatchMouseEvent", event).await;
    }
    let selected: String = page.value("String((element.shadowRoot.getSelection?.() ?? getSelection()))").await;
    assert!(selected.len() > 5, "{selected:?}");
    assert_ne!(page.focused().await, "searchbox \"Search articles\"");
}

/// 56: what turns the wheel over the element scrolls the page.
#[tokio::test]
async fn the_wheel_scrolls_the_page() {
    needs!(DevTools);
    let page = Host::open(TAG).await;
    page.until_ready("article-explorer").await;
    let wheel = json!({ "type": "mouseWheel", "x": 400, "y": 400, "deltaX": 0, "deltaY": 200 });
    page.chromium("Input.dispatchMouseEvent", wheel).await;
    page.until("the page to scroll", async || page.scroll_y().await > 50.0).await;
    page.console_is_clean().await;
}

/// 57: a syllable that is being composed is no search yet, and Enter in it does nothing.
#[tokio::test]
async fn what_is_being_composed_is_no_search() {
    needs!(DevTools);
    let page = Host::open(TAG).await;
    page.until_ready("article-explorer").await;
    page.run::<()>("window.searched = []; addEventListener('article-explorer-search', (event) => searched.push(event.detail.query))", vec![]).await;
    page.by_role("searchbox", any()).click().await;
    for text in ["t", "ta", "tai"] {
        page.chromium(
            "Input.imeSetComposition",
            json!({ "text": text, "selectionStart": text.len(), "selectionEnd": text.len() }),
        )
        .await;
    }
    assert_eq!(page.value::<Value>("searched").await, json!([]));
    page.chromium("Input.insertText", json!({ "text": "taiwan" })).await;
    page.until_true("searched.length === 1 && searched[0] === 'taiwan'").await;
}

/// 58: the system's colours, the page's if it has settled on some, or those that the element is told; readable in both.
#[tokio::test]
async fn colours_are_the_systems_or_as_told() {
    needs!(Media);
    let page = Host::open(TAG).await;
    page.until_ready("article-explorer").await;
    let paper = "getComputedStyle(element.shadowRoot.querySelector('.explorer')).backgroundColor";
    for (system, told, dark) in
        [("light", "", false), ("dark", "", true), ("dark", "light", false), ("light", "dark", true)]
    {
        page.set_preference("prefers-color-scheme", system).await;
        page.value::<()>(&format!("(element.theme = '{told}', undefined)")).await;
        let shown: String = page.value(paper).await;
        assert_eq!(shown == "rgb(23, 24, 26)", dark, "{system} {told}: {shown}");
        assert_eq!(page.barriers_in("article-explorer").await, [""; 0], "{system} {told}");
    }
    page.set_preference("prefers-color-scheme", "dark").await;
    page.value::<()>("(document.documentElement.style.colorScheme = 'light', element.theme = null, undefined)").await;
    assert_eq!(page.value::<String>(paper).await, "rgb(251, 249, 244)", "the page is light, whatever the system is");
}

/// 59, 60, 61, 62, 63, 64: less motion, forced colours, the other direction, little room, more space, paper.
#[tokio::test]
async fn readers_wishes_are_met() {
    needs!(Media);
    let options = HostOptions { folder: Site::test_folder, ..HostOptions::default() };
    let page = Host::open_with(&format!("<div id=\"around\"><h1>A page</h1>{TAG}</div>"), options).await;
    page.until_ready("article-explorer").await;
    page.set_preference("prefers-reduced-motion", "reduce").await;
    assert!(
        page.value::<bool>(
            "element.shadowRoot.getAnimations().every((animation) => animation.playState !== 'running')"
        )
        .await
    );
    page.set_preference("forced-colors", "active").await;
    page.value::<()>("element.search('ferry')").await;
    page.until_true("element.shadowRoot.querySelector('mark')").await;
    page.by_role("searchbox", any()).click().await;
    press(&page, Key::Tab).await;
    let seen = "(() => { const focused = getComputedStyle(element.shadowRoot.activeElement); const mark = getComputedStyle(element.shadowRoot.querySelector('mark'));
        return [focused.outlineStyle !== 'none' && parseFloat(focused.outlineWidth) >= 2, mark.backgroundColor !== 'rgba(0, 0, 0, 0)',
            parseFloat(getComputedStyle(element.shadowRoot.querySelector('input')).borderTopWidth) >= 1]; })()";
    assert_eq!(page.value::<Value>(seen).await, json!([true, true, true]));
    page.set_preference("forced-colors", "none").await;

    let side = "(() => { const box = element.getBoundingClientRect(); const filter = element.shadowRoot.querySelector('.filter').getBoundingClientRect();
        return filter.left - box.left < box.right - filter.right ? 'left' : 'right'; })()";
    assert_eq!(page.value::<String>(side).await, "right");
    page.run::<()>("document.getElementById('around').dir = 'rtl'", vec![]).await;
    assert_eq!(page.value::<String>(side).await, "left");
    page.run::<()>("document.getElementById('around').dir = ''", vec![]).await;

    page.set_size(320, 700).await;
    for show in [
        "element.search('ferry')",
        "element.search('a')",
        "element.open(new URL(element.shadowRoot.querySelector('.row a').href).searchParams.get('article'))",
    ] {
        page.value::<()>(show).await;
        page.run::<()>("return new Promise((done) => setTimeout(done, 200))", vec![]).await;
        assert!(page.value::<u32>("document.documentElement.scrollWidth").await <= 320, "{show}");
    }
    // As a reader's own style sheet does it, from which nothing is kept.
    let spaced = "(() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }');
        element.shadowRoot.adoptedStyleSheets = [...element.shadowRoot.adoptedStyleSheets, sheet];
        return [...element.shadowRoot.querySelectorAll('.page *, .masthead *')].filter((node) => node.checkVisibility() && getComputedStyle(node).overflowX === 'hidden' && node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 1).map((node) => node.className); })()";
    assert_eq!(page.value::<Value>(spaced).await, json!([]));
    assert!(page.value::<u32>("document.documentElement.scrollWidth").await <= 320);

    page.set_size(1000, 700).await;
    page.set_print().await;
    let printed = "['.masthead', '.actions', '.way', '.neighbours', '.dock'].filter((name) => { const node = element.shadowRoot.querySelector(name); return node && getComputedStyle(node).display !== 'none'; })";
    assert_eq!(page.value::<Value>(printed).await, json!([]));
    assert!(page.value::<f64>("element.shadowRoot.querySelector('.text').getBoundingClientRect().height").await > 20.0);
}

/// 65: the controls speak the page's language, English if they can't, and articles keep their own.
#[tokio::test]
async fn the_language_is_that_of_the_page() {
    let options = HostOptions { folder: Site::test_folder, ..HostOptions::default() };
    let body = "<div lang=\"de-AT\"><article-explorer></article-explorer></div><div lang=\"xx\"><article-explorer id=\"x\" loading=\"eager\" lang=\"tlh\"></article-explorer></div>";
    let page = Host::open_with(body, options).await;
    page.by_role("searchbox", "Artikel durchsuchen").until_there().await;
    page.by_role("searchbox", "Search articles").until_there().await;
    let kept = "element.shadowRoot.querySelector('.row[lang=en-GB]') !== null && element.shadowRoot.querySelector('.explorer').lang === 'de'";
    assert!(page.value::<bool>(kept).await);
    page.value::<()>("(element.lang = 'ar', undefined)").await;
    page.by_role("searchbox", containing("المقالات")).until_there().await;
    page.until_true("getComputedStyle(element.shadowRoot.querySelector('.explorer')).direction === 'rtl'").await;
    page.console_is_clean().await;
}

/// 74, 75: the newest answer stands, and is said once; an empty field is the whole list; nothing found is said, with a way
/// back.
#[tokio::test]
async fn the_newest_answer_stands() {
    let page = Host::open(TAG).await;
    page.until_ready("article-explorer").await;
    let watch = "window.said = []; const status = document.querySelector('article-explorer').shadowRoot.querySelector('[role=status]');
        new MutationObserver(() => said.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true })";
    page.run::<()>(watch, vec![]).await;
    page.by_role("searchbox", any()).type_text("taiwan").await;
    page.by_role("list", "Results").by_role("link", any()).until_count(1).await;
    page.until_true("said.length > 0").await;
    page.run::<()>("return new Promise((done) => setTimeout(done, 700))", vec![]).await;
    assert_eq!(page.value::<Value>("said").await, json!(["1 article"]));
    page.by_role("searchbox", any()).replace_text("zzqxv").await;
    page.by_role("link", "Show all articles").click().await;
    page.by_role("list", "Latest articles").by_role("link", any()).until_count(7).await;
    page.by_role("searchbox", any()).type_text("x").await;
    page.by_role("button", "Clear the search").click().await;
    page.by_role("list", "Latest articles").by_role("link", any()).until_count(7).await;
}

/// 77: by axe, in each of its states.
#[tokio::test]
async fn nobody_is_kept_out() {
    let page = Host::open(&format!("<main><h1>A page</h1>{TAG}</main>")).await;
    page.until_ready("article-explorer").await;
    let shows = [
        ("element.search('')", "'.row'"),
        ("element.search('huawei')", "'.row mark'"),
        ("element.search('zzqxv')", "'.nothing'"),
        (&*format!("element.open('{SLUG}')"), "'article'"),
        ("element.open('never-heard-of-it')", "'.reader .heading'"),
    ];
    for (show, until) in shows {
        page.value::<()>(show).await;
        page.until_true(&format!("element.shadowRoot.querySelector({until})")).await;
        assert_eq!(page.barriers_in("article-explorer").await, [""; 0], "{show}");
    }
    let failing = HostOptions { before: |site| site.hide("article-explorer_bg.wasm"), ..HostOptions::default() };
    let page = Host::open_with(&format!("<main><h1>A page</h1>{LATER}</main>"), failing).await;
    page.by_role("alert", any()).until_there().await;
    assert_eq!(page.barriers_in("article-explorer").await, [""; 0], "an error");
    let waiting = HostOptions { before: |site| site.stall("article-explorer_bg.wasm"), ..HostOptions::default() };
    let page = Host::open_with(&format!("<main><h1>A page</h1>{LATER}</main>"), waiting).await;
    page.until_true("element.state?.status === 'loading'").await;
    assert_eq!(page.barriers_in("article-explorer").await, [""; 0], "while it loads");
}

/// The compact views: a field with results, a list, an article.
#[tokio::test]
async fn there_are_smaller_views() {
    let page = Host::open("<article-explorer view=\"search\"></article-explorer>").await;
    page.until_ready("article-explorer").await;
    assert!(page.value::<f64>("element.clientHeight").await < 120.0);
    page.by_role("searchbox", any()).type_text("huawei").await;
    page.by_role("list", "Results").by_role("link", NATO).until_there().await;
    page.value::<()>("(element.view = 'list', element.query = '', undefined)").await;
    page.by_role("searchbox", any()).until_gone().await;
    page.by_role("list", "Latest articles").by_role("link", any()).until_count(7).await;
    page.value::<()>(&format!("(element.view = 'article', element.article = '{SLUG}', undefined)")).await;
    page.by_role("article", NATO).until_there().await;
    page.by_role("list", "Latest articles").until_gone().await;
    page.by_role("link", "All articles").until_gone().await;
}
