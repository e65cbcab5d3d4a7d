//! The pages as they were drawn when the site was built: read without JavaScript, and taken over by the program.

mod support;

use serde_json::{Value, json};
use std::{collections::BTreeSet, fs, time::Duration};
use support::{Explorer, Key, Site, any, containing, needs};

const NATO: &str = "NATO takes Huawei security concerns seriously: Stoltenberg";
const ISLANDS: &str = "How the islands get their light";
const FERRIES: &str = "Ferry company orders three electric ships";

/// Holds the program back until `window.go` is called, and counts what moves by itself.
const HOLD: &str = "const { instantiateStreaming } = WebAssembly;
    WebAssembly.instantiateStreaming = async (...given) => {
        // The rest of it may come at once.
        if (!window.go) await new Promise((go) => { window.go = go });
        return instantiateStreaming(...given);
    };
    window.shift = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shift += entry.value }))
        .observe({ type: 'layout-shift', buffered: true });
    Navigator.prototype.share = async () => {};";

/// Where everything is that is to be seen.
const BOXES: &str = "return [...document.querySelectorAll('.explorer, .explorer *')].map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return [element.localName, x, y, width, height].join(' ');
    })";

/// Takes down when the program takes the place of what was drawn.
const TAKES_OVER: &str = "addEventListener('DOMContentLoaded', () => {
        new MutationObserver(() => { window.takenOver ??= performance.now() })
            .observe(document.getElementById('explorer'), { childList: true });
    });";

#[tokio::test]
async fn what_is_drawn_is_seen_before_the_program_takes_its_place() {
    let page = Explorer::open("").await;
    page.run_before_load(TAKES_OVER).await;
    // From the browser's memory the program is there at once.
    page.go("").await;
    let painted = "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0";
    page.until("a painted page", async || page.run::<f64>(painted, vec![]).await > 0.0).await;
    let [painted, taken_over]: [f64; 2] =
        page.run(&format!("return [(() => {{ {painted} }})(), window.takenOver]"), vec![]).await;
    assert!(painted <= taken_over, "painted at {painted} ms, taken over at {taken_over} ms");
}

#[tokio::test]
async fn without_javascript_one_reads_and_goes_from_page_to_page() {
    needs!(NoScripts);
    let page = Explorer::open_without_scripts(Site::built().await, "").await;
    page.by_role("paragraph", any()).mentions("Searching needs JavaScript").await;
    for gone in ["searchbox", "button", "checkbox", "slider"] {
        assert!(!page.by_role(gone, any()).is_there().await, "a {gone} that does nothing");
    }
    page.by_role("list", "Latest articles").by_role("link", NATO).click().await;
    let article = page.by_role("article", NATO);
    article.by_role("heading", NATO).until_there().await;
    assert!(page.address().await.starts_with("articles/nato-takes-huawei"));
    assert_eq!(page.title().await, format!("{NATO} · Article explorer"));
    article.mentions("14 March 2019").await;
    // Between articles, and back to all of them.
    let brief = article.by_role("link", containing("Taiwan approved"));
    brief.click().await;
    page.by_role("article", containing("Taiwan approved")).by_role("link", NATO).click().await;
    article.until_there().await;
    article.by_role("link", "All articles").click().await;
    page.by_role("list", "Latest articles").by_role("link", NATO).until_there().await;
    assert_eq!(page.address().await, "");
    page.by_role("link", NATO).click().await;
    article.until_there().await;
    needs!(Media);
    page.set_print().await;
    assert!(!page.by_role("list", "Latest articles").is_there().await);
    article.mentions("Stoltenberg").await;
}

#[tokio::test]
async fn lists_lead_to_every_article() {
    needs!(NoScripts);
    let site = Site::over_test_articles().await;
    let all: BTreeSet<_> = slugs().into_iter().collect();
    assert!(all.len() > 20, "more than the start page has room for");
    let page = Explorer::open_without_scripts(site, "").await;
    page.by_role("link", "Show all articles").click().await;
    page.by_role("navigation", "Articles").by_role("link", "1").until_there().await;
    let script = "return [...document.querySelectorAll('.list h2 a')].map((link) => decodeURI(link.href))";
    let links: Vec<String> = page.run(script, vec![]).await;
    let start = format!("{}articles/", page.site().url());
    let found: BTreeSet<_> = links.iter().filter_map(|link| link.strip_prefix(&start)).collect();
    assert_eq!(
        found,
        all.iter().map(|slug| format!("{slug}/")).collect::<Vec<_>>().iter().map(|slug| &**slug).collect()
    );
    page.by_role("link", ISLANDS).click().await;
    page.by_role("article", ISLANDS).until_there().await;
}

#[tokio::test]
async fn the_program_takes_over_and_nothing_moves() {
    let page = Explorer::open_test_articles("").await;
    page.run_before_load(HOLD).await;
    for (width, height) in [(1280, 700), (400, 700)] {
        page.set_size(width, height).await;
        for address in ["", "articles/islands/", "404.html"] {
            // What the reader has read is told in the list, by the program alone.
            page.run::<()>("localStorage.clear()", vec![]).await;
            page.go_to_page(address).await;
            held_back(&page).await;
            // The window has just been given another size, which some browsers get used to for a while.
            let mut before: Vec<String> = vec![];
            page.until("the page to stand still", async || {
                page.run::<()>("return new Promise((done) => setTimeout(done, 100))", vec![]).await;
                let now = page.run(BOXES, vec![]).await;
                let still = now == before;
                before = now;
                still
            })
            .await;
            assert!(before.len() > 100, "{address:?} shows too little");
            page.run::<()>("window.go()", vec![]).await;
            page.taken_over().await;
            let after: Vec<String> = page.run(BOXES, vec![]).await;
            let moved: Vec<_> = before.iter().zip(&after).filter(|(before, after)| before != after).collect();
            assert_eq!((moved, before.len()), (vec![], after.len()), "{address:?} at {width}");
            let shift: f64 = page.run("return window.shift", vec![]).await;
            assert!(shift < 0.01, "{address:?} at {width}: {shift}");
        }
    }
    page.console_is_clean().await;
}

/// Waits until the program could begin, and would.
async fn held_back(page: &Explorer) {
    page.until("the program to be held back", async || page.run("return !!window.go", vec![]).await).await;
}

#[tokio::test]
async fn what_was_typed_before_the_program_was_there_is_searched_for() {
    for size in [(1280, 700), (400, 700)] {
        let page = Explorer::open_test_articles("").await;
        page.set_size(size.0, size.1).await;
        page.run_before_load(HOLD).await;
        page.go_to_page("articles/islands/").await;
        held_back(&page).await;
        let field = page.by_role("searchbox", any());
        field.click().await;
        page.press("electric").await;
        page.press(&[Key::Left.to_string(), Key::Left.to_string()].concat()).await;
        page.run::<()>("window.go()", vec![]).await;
        page.taken_over().await;
        page.by_role("list", "Results").by_role("link", FERRIES).until_there().await;
        field.holds("electric").await;
        field.until_focused().await;
        assert_eq!(page.run::<u32>("return document.activeElement.selectionStart", vec![]).await, 6);
        page.console_is_clean().await;
    }
}

#[tokio::test]
async fn focus_selection_scroll_and_what_is_open_stay() {
    let page = Explorer::open_test_articles("").await;
    page.run_before_load(HOLD).await;
    for (width, height, again) in [(1280, 500, false), (1280, 500, true), (400, 500, false), (400, 500, true)] {
        page.set_size(width, height).await;
        if again {
            // The program remembers where it was left, which is not where the reader is by then.
            page.run::<()>("window.go = undefined; scrollTo(0, 0); location.reload()", vec![]).await;
        } else {
            page.go_to_page("articles/islands/").await;
        }
        held_back(&page).await;
        let act = "document.querySelector('.contents details').open = true;
            document.querySelector('.contents a').focus();
            const paragraph = [...document.querySelectorAll('.text p')].at(2).firstChild;
            getSelection().setBaseAndExtent(paragraph, 3, paragraph, 30);
            const half = document.querySelector('.reader'), scroller = half.scrollHeight > half.clientHeight ? half : document.scrollingElement;
            scroller.scrollTop = 123;";
        let look = "const half = document.querySelector('.reader');
            return [document.querySelector('.contents details').open, document.activeElement.textContent, String(getSelection()),
                getSelection().anchorNode.parentNode.isConnected, half.scrollTop + document.scrollingElement.scrollTop]";
        page.run::<()>(act, vec![]).await;
        let before: Value = page.run(look, vec![]).await;
        assert_eq!((&before[0], &before[3], &before[4]), (&json!(true), &json!(true), &json!(123)), "{before}");
        assert_eq!(before[2].as_str().unwrap().len(), 27);
        page.run::<()>("window.go()", vec![]).await;
        page.taken_over().await;
        assert_eq!(page.run::<Value>(look, vec![]).await, before, "at {width}, again: {again}");
    }
    page.console_is_clean().await;
}

#[tokio::test]
async fn an_article_has_one_address_with_and_without_the_program() {
    let page = Explorer::open("articles/nato-takes-huawei-security-concerns-seriously-stoltenberg/?q=5g").await;
    page.by_role("article", NATO).by_role("mark", any()).until_there().await;
    page.by_role("searchbox", "Search articles").holds("5g").await;
    // Not the driver's click, which would meet what goes along at the lower edge.
    page.by_role("article", NATO).by_role("link", containing("Taiwan approved")).press(Key::Enter).await;
    page.until_address("articles/taiwan-approved-for-11-billion-weapon-purchase-from-us/?q=5g").await;
    page.reload().await;
    page.by_role("article", containing("Taiwan approved")).until_there().await;
    page.back().await;
    page.by_role("article", NATO).until_there().await;
    page.by_role("article", NATO).by_role("link", "Results").click().await;
    page.until_address("?q=5g").await;
    page.back().await;
    page.by_role("article", NATO).until_there().await;
    // Addresses of before, which may be anywhere.
    page.go("?article=nato-takes-huawei-security-concerns-seriously-stoltenberg").await;
    page.by_role("article", NATO).until_there().await;
    page.by_role("searchbox", "Search articles").type_text("taiwan").await;
    page.until("the new address", async || page.address().await.starts_with("articles/nato-")).await;
    page.by_role("link", "Article explorer").click().await;
    page.until_address("").await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn where_there_is_nothing_the_page_says_so_and_leads_on() {
    needs!(NoScripts);
    let page = Explorer::open_test_articles("").await;
    for address in ["articles/never-heard-of-it/", "somewhere/else/entirely"] {
        page.go(address).await;
        page.by_role("heading", "This article is not here").until_there().await;
        page.by_role("link", "All articles").click().await;
        page.by_role("heading", "This article is not here").until_gone().await;
        page.by_role("list", "Latest articles").by_role("link", any()).until_there().await;
        page.until_address("").await;
    }
    let site = Site::over_test_articles().await;
    let page = Explorer::open_without_scripts(site, "a/b/c/d").await;
    page.by_role("heading", "This article is not here").until_there().await;
    page.by_role("link", "All articles").click().await;
    page.by_role("list", "Latest articles").by_role("link", any()).until_there().await;
}

#[tokio::test]
async fn every_page_has_the_text_that_the_program_shows() {
    let page = Explorer::open_test_articles("").await;
    page.run_before_load("Navigator.prototype.share ??= async () => {}").await;
    page.reload().await;
    // The second part of the program comes with the first article.
    let links = page.by_role("list", "Latest articles").by_role("link", any());
    links.until_there().await;
    let latest = links.names().await.swap_remove(0);
    page.by_role("link", &latest).click().await;
    page.by_role("article", &latest).until_there().await;
    let script = "const [home, slugs] = arguments;
        const text = (node) => node.querySelector('.reader').textContent.replace(/\\s+/g, ' ').trim();
        const differ = [];
        return (async () => {
            for (const slug of slugs) {
                const address = `${home}articles/${encodeURIComponent(slug)}/`;
                const page = new DOMParser().parseFromString(await (await fetch(address)).text(), 'text/html');
                history.pushState(null, '', address);
                dispatchEvent(new PopStateEvent('popstate'));
                await new Promise((done) => setTimeout(done));
                const [drawn, shown] = [text(page), text(document)];
                if (drawn !== shown || shown.length < 50) differ.push([slug, drawn, shown]);
            }
            return [slugs.length, differ.length, differ.slice(0, 3)];
        })()";
    let slugs = slugs();
    assert!(slugs.len() > 100);
    for (number, some) in slugs.chunks(90).enumerate() {
        if number > 0 {
            // WebKit lets no page have more than a hundred addresses in ten seconds.
            tokio::time::sleep(Duration::from_secs(10)).await;
        }
        let (count, differ, first): (usize, usize, Vec<[String; 3]>) =
            page.run(script, vec![page.site().url().into(), json!(some)]).await;
        assert_eq!((count, differ, first), (some.len(), 0, vec![]));
    }
}

/// Of the tests' articles.
fn slugs() -> Vec<String> {
    let folders = fs::read_dir(Site::test_folder().join("articles")).expect("the site has articles");
    folders.map(|folder| folder.expect("a folder").file_name().into_string().expect("slugs are UTF-8")).collect()
}
