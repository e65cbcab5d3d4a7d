//! The element on somebody else's page: coming, going, moving, and what the page can ask of it. The numbers are those of
//! the checklist in `tests/host/README.md`.

mod support;

use serde_json::Value;
use support::{Host, HostOptions, Key, any, needs};

const NATO: &str = "NATO takes Huawei security concerns seriously: Stoltenberg";
const SLUG: &str = "nato-takes-huawei-security-concerns-seriously-stoltenberg";
const TAIWAN: &str = "taiwan-approved-for-11-billion-weapon-purchase-from-us";
const TAG: &str = "<article-explorer></article-explorer>";

/// Runs the body of an asynchronous function in the page, in which `element` is the first explorer.
async fn run<T: serde::de::DeserializeOwned>(page: &Host, script: &str) -> T {
    let whole = format!(
        "const element = document.querySelector('article-explorer'); const pause = (time) => new Promise((done) => setTimeout(done, time));
         return (async () => {{ {script} }})()"
    );
    page.run(&whole, vec![]).await
}

/// 31, 32: put somewhere else it is what it was: the same program, query, article, scroll and focus.
#[tokio::test]
async fn a_move_changes_nothing() {
    let page = Host::open(&format!("<div id=\"one\">{TAG}</div><div id=\"two\"></div>")).await;
    run::<()>(&page, "element.style.height = '300px'; element.reload()").await;
    page.until_ready("article-explorer").await;
    page.by_role("searchbox", any()).type_text("defence").await;
    // By keyboard, since WebKit's driver clicks where the row was before it was scrolled into sight.
    page.by_role("list", "Results").by_role("link", NATO).press(Key::Enter).await;
    page.by_role("article", NATO).by_role("heading", NATO).until_focused().await;
    for way in ["appendChild(element)", "insertBefore(element, null)", "moveBefore(element, null)"] {
        // Not every browser has each way yet.
        let name = way.split('(').next().unwrap_or_default();
        if !page.value::<bool>(&format!("'{name}' in element")).await {
            continue;
        }
        let script = format!(
            "const app = element.shadowRoot.querySelector('.explorer');
             const scroller = [...app.querySelectorAll('.desk, .reader')].find((part) => part.scrollHeight > part.clientHeight);
             const scrolled = new Promise((done) => scroller.addEventListener('scroll', done, {{ once: true }}));
             if (scroller.scrollTop !== 120) {{ scroller.scrollTop = 120; await Promise.race([scrolled, pause(2000)]); }}
             await pause(100);
             const to = document.getElementById(element.parentElement.id === 'one' ? 'two' : 'one'); to.{way};
             const focused = element.shadowRoot.activeElement?.className; await pause(1500);
             return [app === element.shadowRoot.querySelector('.explorer'), element.query, element.article, scroller.scrollTop, focused]"
        );
        let after: Value = run(&page, &script).await;
        assert_eq!(after, serde_json::json!([true, "defence", SLUG, 120, "heading"]), "{way}");
    }
    assert_eq!(page.requests("article-explorer_bg.wasm"), 1);
    page.console_is_clean().await;
}

/// What the page asks for when it hears of a letter comes behind the letter.
#[tokio::test]
async fn what_the_page_asks_for_at_a_letter_is_what_is_shown() {
    let page = Host::open(TAG).await;
    run::<()>(&page, "element.reload()").await;
    page.until_ready("article-explorer").await;
    let script = "const field = element.shadowRoot.querySelector('input[type=search]');
         element.addEventListener('input', () => element.search('taiwan'));
         field.value = 'hua';
         field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
         await pause(1000);
         return [element.query, field.value]";
    assert_eq!(run::<[String; 2]>(&page, script).await, ["taiwan", "taiwan"]);
}

/// 33, 34, 35: taken out and put in again later, cloned, and put into another document.
#[tokio::test]
async fn it_survives_being_taken_out_cloned_and_adopted() {
    let page = Host::open_with(
        &format!("<iframe src=\"about:blank\"></iframe>{TAG}"),
        HostOptions { policy: "", ..HostOptions::default() },
    )
    .await;
    page.until_ready("article-explorer").await;
    run::<()>(&page, &format!("element.open('{SLUG}'); element.search('huawei')")).await;
    page.by_role("article", NATO).until_there().await;
    let back: Value = run(
        &page,
        "element.remove(); await pause(1500); const gone = element.state.status; document.body.append(element);
         while (element.state.status !== 'ready') await pause(20); await pause(100);
         return [gone, element.query, element.article, !!element.shadowRoot.querySelector('article')]",
    )
    .await;
    assert_eq!(back, serde_json::json!(["waiting", "huawei", SLUG, true]));
    let clone: Value = run(
        &page,
        "const clone = element.cloneNode(true); clone.loading = 'eager'; element.after(clone); await clone.ready;
         clone.search('taiwan'); await pause(200); return [element.query, clone.query, clone.state.total]",
    )
    .await;
    assert_eq!(clone, serde_json::json!(["huawei", "taiwan", 1]));
    let adopted: Value = run(
        &page,
        "const other = document.querySelector('iframe').contentDocument; other.body.append(element); await pause(300);
         const input = element.shadowRoot.querySelector('input');
         return [element.shadowRoot.adoptedStyleSheets.length, other.defaultView.getComputedStyle(input).borderTopLeftRadius, element.query]",
    )
    .await;
    assert_eq!(adopted, serde_json::json!([1, "22px", "huawei"]));
}

/// 36: two hundred and twenty times in and out, and no more is left than after forty.
#[tokio::test]
async fn two_hundred_lives_leave_nothing_behind() {
    needs!(DevTools);
    let page = Host::open("<div id=\"place\"></div>").await;
    page.until_true("customElements.get('article-explorer')").await;
    let cycles = async |count: u32| {
        let script = format!(
            "const place = document.getElementById('place');
             for (let i = 0; i < {count}; i++) {{
                 const one = document.createElement('article-explorer'); one.loading = 'eager'; one.query = i % 2 ? 'canada' : 'taiwan';
                 place.append(one); await one.ready; one.remove();
             }}
             await pause(1300)"
        );
        run::<()>(&page, &script).await;
        let mut least = [f64::MAX; 2];
        for _ in 0..3 {
            page.chromium("HeapProfiler.collectGarbage", serde_json::json!({})).await;
            page.chromium("Performance.enable", serde_json::json!({})).await;
            let metrics = page.chromium("Performance.getMetrics", serde_json::json!({})).await;
            let metric = |name: &str| {
                let all = metrics["metrics"].as_array().unwrap();
                all.iter().find(|metric| metric["name"] == name).unwrap()["value"].as_f64().unwrap()
            };
            least = [least[0].min(metric("JSHeapUsedSize")), least[1].min(metric("Nodes"))];
        }
        least
    };
    // Of what runs for the first time a browser keeps more than of what runs again: once 40 kB came after the first twenty.
    cycles(20).await;
    let early = cycles(20).await;
    let late = cycles(180).await;
    println!("heap and nodes early: {early:?}, late: {late:?}");
    for (early, late) in early.into_iter().zip(late) {
        assert!(late <= early * 1.1, "{late} is more than a tenth above {early}");
    }
    page.console_is_clean().await;
}

/// 37: nothing keeps the page out of the back-forward cache, and it works when it comes back.
#[tokio::test]
async fn the_page_may_be_kept_and_come_back() {
    // What keeps a page from being kept is to listen for its end. A driven browser may keep none at all.
    let listen = "window.heard = []; const add = EventTarget.prototype.addEventListener;
        EventTarget.prototype.addEventListener = function (kind, ...rest) {
            if (this === window || this === document) heard.push(kind);
            return add.call(this, kind, ...rest);
        };";
    let files = [("heard.js", listen)];
    let options = HostOptions { files: &files, head: "<script src=\"heard.js\"></script>", ..HostOptions::default() };
    let page = Host::open_with(TAG, options).await;
    page.until_ready("article-explorer").await;
    let heard: Vec<String> = page.value("heard").await;
    assert!(heard.iter().any(|kind| kind == "securitypolicyviolation"), "it takes note: {heard:?}");
    assert!(!heard.iter().any(|kind| kind.contains("unload")), "{heard:?}");
    page.site().write("other.html", "<!doctype html><title>Other</title>");
    page.go("other.html").await;
    page.back().await;
    page.by_role("searchbox", any()).type_text("taiwan").await;
    page.by_role("list", "Results").by_role("link", any()).until_count(1).await;
}

/// 38, 39, 40, 42: attributes and properties, before the class is known and later; one event for what the reader does and
/// none for what the page does; what is asked for too early is done when it can be.
#[tokio::test]
async fn the_page_asks_and_is_told() {
    let files = [(
        "early.js",
        "window.told = []; for (const name of ['ready', 'search', 'navigate', 'navigated', 'error'])
            document.addEventListener('article-explorer-' + name, (event) => {
                told.push([name, event.bubbles, event.composed, structuredClone(event.detail)]);
                if (name === 'search') event.target.open(event.target.dataset.then ?? '');
            });
         addEventListener('DOMContentLoaded', () => {}); ",
    )];
    let late = "<script src=\"property.js\"></script>";
    let files = [files[0], ("property.js", "document.querySelector('article-explorer').query = 'canada'")];
    let options = HostOptions { files: &files, head: "<script src=\"early.js\"></script>", ..HostOptions::default() };
    let page = Host::open_with(&format!("{TAG}{late}"), options).await;
    page.until_ready("article-explorer").await;
    page.until_true("element.state.total === 2 && element.query === 'canada'").await;
    let told: Value = page.value("told").await;
    assert_eq!(told, serde_json::json!([["ready", true, true, {}]]), "the page knows what it did itself");

    run::<()>(&page, "element.setAttribute('query', 'taiwan')").await;
    page.until_true("element.state.total === 1").await;
    run::<()>(&page, "element.removeAttribute('query')").await;
    page.until_true("element.state.total === 7 && element.query === ''").await;
    run::<()>(&page, "element.setAttribute('theme', 'dark')").await;
    page.until_true("getComputedStyle(element.shadowRoot.querySelector('.explorer')).colorScheme === 'dark'").await;
    run::<()>(&page, "element.headingLevel = 4").await;
    page.until_true("element.shadowRoot.querySelector('.row h2')?.getAttribute('aria-level') === '4'").await;
    run::<()>(&page, "element.removeAttribute('heading-level')").await;
    page.until_true("element.shadowRoot.querySelector('.row h2')?.hasAttribute('aria-level') === false").await;
    page.until_ready("article-explorer").await;
    run::<()>(&page, "told.length = 0").await;

    page.by_role("searchbox", any()).type_text("d").await;
    page.until_true("told.length === 1").await;
    assert_eq!(
        page.value::<Value>("[told[0][0], told[0][1], told[0][2], told[0][3].query]").await,
        serde_json::json!(["search", true, true, "d"])
    );
    // From within the event, when the program could be at work still.
    run::<()>(&page, &format!("told.length = 0; element.dataset.then = '{SLUG}'")).await;
    page.by_role("searchbox", any()).type_text("e").await;
    page.by_role("article", NATO).until_there().await;
    assert_eq!(page.value::<u32>("told.length").await, 1);

    let early: Value = run(
        &page,
        &format!("const one = document.createElement('article-explorer'); one.loading = 'eager'; one.open('{TAIWAN}'); document.body.prepend(one);
            let times = 0; one.ready.then(() => times++); const same = await one.ready === one; await pause(100);
            return [same, times, one.article, one.shadowRoot.querySelector('.heading')?.textContent.slice(0, 6)]"),
    )
    .await;
    assert_eq!(early, serde_json::json!([true, 1, TAIWAN, "Taiwan"]));
    page.console_is_clean().await;
}

/// 41: the page may keep the reader where they are.
#[tokio::test]
async fn the_page_may_forbid_to_go() {
    let page = Host::open(TAG).await;
    page.until_ready("article-explorer").await;
    run::<()>(&page, "window.asked = []; element.addEventListener('article-explorer-navigate', (event) => { asked.push(event.detail.article); event.preventDefault(); })").await;
    page.by_role("list", "Latest articles").by_role("link", NATO).click().await;
    page.until_true("window.asked.length === 1").await;
    run::<()>(&page, "await pause(100)").await;
    assert_eq!(page.value::<Value>("[window.asked[0], element.article]").await, serde_json::json!([SLUG, null]));
    page.by_role("article", any()).until_gone().await;
}

/// 43: a program that stops while it draws is replaced, with the same on show; after the third time it is said, and the
/// page goes on.
#[tokio::test]
async fn a_program_that_stops_is_replaced() {
    let page = Host::open("<button>of the page</button><article-explorer id=\"a\"></article-explorer><article-explorer id=\"b\"></article-explorer>").await;
    run::<()>(&page, "document.querySelectorAll('article-explorer').forEach((one) => (one.loading = 'eager'))").await;
    for round in 1..=3 {
        for id in ["#a", "#b"] {
            page.until_ready(id).await;
        }
        run::<()>(&page, "document.getElementById('b').search('huawei'); document.getElementById('a').search('canada'); await pause(300)").await;
        // A browser that refuses to take a node in ends a program that draws.
        run::<()>(&page, "const list = document.getElementById('a').shadowRoot.querySelector('.list'); list.insertBefore = () => { throw new Error('refused'); };
            window.old = document.getElementById('b').shadowRoot.querySelector('.explorer');
            document.getElementById('a').search('defence')").await;
        if round < 3 {
            page.until_true("old !== document.getElementById('b').shadowRoot.querySelector('.explorer')").await;
            page.until_ready("#b").await;
            page.until_true(
                "document.getElementById('b').state.total === 1 && document.getElementById('b').query === 'huawei'",
            )
            .await;
            page.until_true("document.getElementById('a').query === 'defence'").await;
        }
    }
    page.by_role("alert", any()).until_count(2).await;
    page.by_role("button", "of the page").click().await;
    assert_eq!(page.focused().await, "button \"of the page\"");
    needs!(Console);
    // Yew's own words on the node that was refused are the test's doing.
    let errors = page.console_errors().await;
    let errors: Vec<_> = errors.iter().filter(|line| !line.contains("failed to append child")).collect();
    assert_eq!(errors.len(), 3, "one line each time: {errors:#?}");
    run::<()>(&page, "document.querySelector('#a').shadowRoot.querySelector('.trouble button').click()").await;
    page.until_ready("#a").await;
}

/// 47: with `routing="query"` the address follows, and Back closes the article; what else is in the address stays.
#[tokio::test]
async fn the_address_follows_if_the_page_wants_it() {
    let of_article = format!("ax=article%3D{SLUG}");
    let query = ("query", "?page=7#section", format!("?page=7&{of_article}#section"), "#other");
    let hash = ("hash", "?page=7#tab=2", format!("?page=7#tab=2&{of_article}"), "?other");
    for (routing, address, with_article, foreign) in [query, hash] {
        let options = HostOptions { address, ..HostOptions::default() };
        let page =
            Host::open_with(&format!("<article-explorer routing=\"{routing}\"></article-explorer>"), options).await;
        page.until_ready("article-explorer").await;
        page.run::<()>("history.replaceState({ own: 1 }, '')", vec![]).await;
        page.by_role("list", "Latest articles").by_role("link", NATO).click().await;
        page.by_role("article", NATO).until_there().await;
        page.until_address(&with_article).await;
        assert_eq!(page.value::<Value>("history.state.own").await, 1);
        page.run::<()>("history.pushState({ foreign: 1 }, '', arguments[0])", vec![foreign.into()]).await;
        page.back().await;
        page.by_role("article", NATO).until_there().await;
        page.back().await;
        page.by_role("article", any()).until_gone().await;
        page.until_address(address).await;
        page.forward().await;
        page.by_role("article", NATO).until_there().await;
        page.reload().await;
        page.by_role("article", NATO).until_there().await;
        page.console_is_clean().await;
    }
}

/// 48: links lead to the explorer's own page for those who want them elsewhere.
#[tokio::test]
async fn links_are_links() {
    let page = Host::open(TAG).await;
    let href = page.by_role("list", "Latest articles").by_role("link", NATO).attribute("href").await.unwrap();
    assert_eq!(href, format!("{}?article={SLUG}", page.explorer.url()));
    let click = "const link = element.shadowRoot.querySelector('.row a'); let kept;
        addEventListener('click', (event) => { kept = !event.defaultPrevented; event.preventDefault(); }, { once: true });
        link.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, ctrlKey: true })); return kept";
    assert!(run::<bool>(&page, click).await);
    let elsewhere = support::Explorer::open("").await;
    elsewhere.go(&format!("?article={SLUG}")).await;
    elsewhere.by_role("article", NATO).until_there().await;
}
