//! The element on somebody else's page: how it gets there. The numbers are those of the checklist in `tests/host/README.md`.

mod support;

use serde_json::Value;
use std::fs;
use support::{Browser, Capability, Host, HostOptions, Site, any, containing, needs};

const NATO: &str = "NATO takes Huawei security concerns seriously: Stoltenberg";
const WASM: &str = "article-explorer_bg.wasm";
const GLUE: &str = "article-explorer.js";
const TAG: &str = "<article-explorer></article-explorer>";

/// Everything of the page that an explorer might change.
const TRACES: &str = "({ window: Object.keys(window), head: document.head.innerHTML, html: document.documentElement.attributes.length,
    body: [document.body.attributes.length, document.body.children.length], sheets: [document.adoptedStyleSheets.length, document.styleSheets.length],
    address: [location.search, location.hash], history: [history.length, history.state, history.scrollRestoration],
    title: document.title, cookie: document.cookie, focus: document.activeElement.localName })";

/// 1, 10, 14, 15, 22, 45, 46, 55: one script and one tag, from another origin, under the strictest policy. Neither at the
/// beginning nor after use has anything of the page changed, and nothing has kept it from its work.
#[tokio::test]
async fn one_script_and_one_tag_are_all_and_the_page_stays_as_it_was() {
    let body = format!("<h1 id=\"section-3\">A page</h1>{TAG}");
    let watch = "window.long = []; new PerformanceObserver((list) => long.push(...list.getEntries().map((entry) => entry.duration)))
        .observe({ type: 'longtask', buffered: true });";
    let options = |before| HostOptions {
        files: &[("watch.js", "")],
        head: "<script src=\"watch.js\"></script>",
        address: "#section-3",
        before,
        ..HostOptions::default()
    };
    // Without the element's script nothing of it is there.
    let without = Host::open_with(&body, options(|site| site.write("embed/v1/article-explorer.js", ""))).await;
    let mut expected: Value = without.value(TRACES).await;
    let page = Host::open_with(&body, HostOptions { files: &[("watch.js", watch)], ..options(|_| {}) }).await;
    page.until_ready("article-explorer").await;
    let mut begun: Value = page.value(TRACES).await;
    page.by_role("searchbox", "Search articles").type_text("huawei").await;
    page.by_role("list", "Results").by_role("link", NATO).click().await;
    page.by_role("article", NATO).until_there().await;
    page.by_role("link", "Results").click().await;
    page.by_role("article", NATO).until_gone().await;
    page.run::<()>("document.activeElement.shadowRoot?.activeElement?.blur(); document.activeElement.blur()", vec![])
        .await;
    let mut used: Value = page.value(TRACES).await;
    for traces in [&mut expected, &mut begun, &mut used] {
        // The servers have other ports, the watch is the test's own, and some names are the driver's.
        traces["head"] = traces["head"].as_str().unwrap().split("src").count().into();
        let keys = traces["window"].as_array_mut().unwrap();
        keys.retain(|key| {
            key != "long"
                && key != "ret_nodes"
                && !["cdc_", "se_"].iter().any(|driver| key.as_str().unwrap().starts_with(driver))
        });
        keys.sort_by_key(Value::to_string);
    }
    for traces in [begun, used] {
        for (what, expected) in expected.as_object().unwrap() {
            let lacks = |list: &Value, item: &Value| !list.as_array().is_some_and(|list| list.contains(item));
            let more: Vec<_> =
                traces[what].as_array().into_iter().flatten().filter(|item| lacks(expected, item)).collect();
            assert_eq!(&traces[what], expected, "{what}: {more:?}");
        }
    }
    page.console_is_clean().await;
    println!("long tasks at boot and in use: {}", page.value::<Value>("window.long").await);
}

/// 2: wherever the script stands, and whichever comes first.
#[tokio::test]
async fn the_script_may_stand_anywhere() {
    let script = "<script type=\"module\" src=\"{embed}article-explorer.js\"></script>";
    let late = (
        "late.js",
        "setTimeout(() => { const script = document.createElement('script'); script.type = 'module';
        script.src = '{embed}article-explorer.js'; document.body.append(script); }, 200)",
    );
    let made = ("late.js", "document.body.append(document.createElement('article-explorer'))");
    let pages = [
        (format!("{TAG}{script}"), ("late.js", "")),
        (format!("{TAG}<script src=\"late.js\"></script>"), late),
        (format!("<script src=\"late.js\"></script>{script}"), made),
    ];
    for (body, file) in pages {
        let page =
            Host::open_with(&body, HostOptions { script: false, files: &[file], ..HostOptions::default() }).await;
        page.by_role("list", "Latest articles").by_role("link", NATO).until_there().await;
        page.console_is_clean().await;
    }
}

/// 3: the same script twice, and one of another version.
#[tokio::test]
async fn a_second_copy_does_no_harm() {
    let head = "<script type=\"module\" src=\"{embed}article-explorer.js\"></script>
        <script type=\"module\" src=\"{embed}article-explorer.js?again\"></script>
        <script type=\"module\" src=\"{embed}newer.js\"></script>";
    let before = |site: &Site| {
        let entry = fs::read_to_string(Site::built_folder().join("embed/v1/article-explorer.js")).unwrap();
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(entry.matches(version).count(), 1);
        site.write("embed/v1/newer.js", entry.replace(version, "99.0.0"));
    };
    let page = Host::open_with(TAG, HostOptions { head, before, ..HostOptions::default() }).await;
    page.until_ready("article-explorer").await;
    assert!(page.value::<bool>("customElements.get('article-explorer').version !== '99.0.0'").await);
    assert_eq!(page.requests(WASM), 1);
    page.console_is_clean().await;
}

/// 4, 5: a page with another base, an extended Array, and names that shadow the browser's.
#[tokio::test]
async fn a_page_with_habits_of_its_own_is_no_obstacle() {
    let options = HostOptions {
        head: "<base href=\"/elsewhere/\"><script src=\"/some/where/odd.js\"></script>",
        files: &[(
            "odd.js",
            "Array.prototype.last = function () { return this[this.length - 1]; }; Object.prototype.odd = 1; window.name = 'x';",
        )],
        ..HostOptions::default()
    };
    let page =
        Host::open_with(&format!("<form name=\"currentScript\"></form><form name=\"body2\"></form>{TAG}"), options)
            .await;
    page.by_role("list", "Latest articles").by_role("link", NATO).click().await;
    page.by_role("article", NATO).until_there().await;
    page.console_is_clean().await;
}

/// 6: nothing is fetched for an element that is far away, and once when it comes near.
#[tokio::test]
async fn nothing_is_fetched_before_it_is_near() {
    let page = Host::open_with(
        "<div id=\"gap\"></div>",
        HostOptions {
            files: &[(
                "gap.js",
                "const gap = document.getElementById('gap'); gap.style.height = '4000px';
                gap.after(document.createElement('article-explorer'))",
            )],
            head: "<script defer src=\"gap.js\"></script>",
            ..HostOptions::default()
        },
    )
    .await;
    page.until_true("customElements.get('article-explorer')").await;
    page.run::<()>("return new Promise((done) => setTimeout(done, 500))", vec![]).await;
    let asked: Vec<_> = page.explorer.requests().into_iter().map(|request| request.path).collect();
    assert_eq!(asked, ["embed/v1/article-explorer.js"], "nothing but the entry");
    page.scroll_to(3500.0).await;
    page.until_ready("article-explorer").await;
    assert_eq!((page.requests(GLUE), page.requests(WASM)), (1, 1));
}

/// 7, 44: three elements share one program, and each shows what is its own.
#[tokio::test]
async fn three_elements_fetch_once_and_are_three() {
    let page = Host::open("<article-explorer id=\"a\"></article-explorer><article-explorer id=\"b\" query=\"taiwan\"></article-explorer>
        <article-explorer id=\"c\" loading=\"eager\" article=\"taiwan-approved-for-11-billion-weapon-purchase-from-us\"></article-explorer>").await;
    for id in ["#a", "#c"] {
        page.until_ready(id).await;
    }
    page.run::<()>("document.querySelector('#b').scrollIntoView()", vec![]).await;
    page.until_ready("#b").await;
    assert_eq!((page.requests(GLUE), page.requests(WASM), page.requests("embed/v1/article-explorer.css")), (1, 1, 1));
    page.run::<()>("document.querySelector('#a').search('drone')", vec![]).await;
    let states = "return ['a', 'b', 'c'].map((id) => { const { query, total } = document.getElementById(id)?.state ?? {}; return `${query} ${total}` })";
    page.until("each to have its own query", async || {
        page.run::<Vec<String>>(states, vec![]).await == ["drone 1", "taiwan 1", " 7"]
    })
    .await;
    page.run::<()>("document.getElementById('a').remove()", vec![]).await;
    page.run::<()>("return new Promise((done) => setTimeout(done, 1500))", vec![]).await;
    page.run::<()>("document.querySelector('#b').search('canada')", vec![]).await;
    page.until_true("document.getElementById('b').state.total === 2").await;
    assert!(page.value::<bool>("document.getElementById('c').shadowRoot.querySelector('article') !== null").await);
    page.console_is_clean().await;
}

/// 8: a server that does not know the kind of the program, and all the ways in which it does not arrive.
#[tokio::test]
async fn what_does_not_arrive_is_said_and_trying_again_helps() {
    let page = Host::open_with(TAG, HostOptions { before: |site| site.mislabel(WASM), ..HostOptions::default() }).await;
    page.until_ready("article-explorer").await;
    page.console_is_clean().await;

    let fallback = "<article-explorer><a href=\"list.html\">All articles as a list</a></article-explorer>";
    let hidden: fn(&Site) = |site| site.hide(WASM);
    let damaged: fn(&Site) = |site| {
        let mut wasm = fs::read(Site::program_file(WASM)).unwrap();
        wasm[100_000] ^= 1;
        site.write(WASM, wasm);
    };
    let stalled: fn(&Site) = |site| site.stall(WASM);
    let no_start: fn(&Site) = |site| site.hide("embed/v1/start.js");
    for (before, code) in [(hidden, "missing"), (damaged, "damaged"), (stalled, "timeout"), (no_start, "load")] {
        // Fifteen seconds are long for a test.
        let hurry = format!("let hurry = {}; const wait = setTimeout;
            window.setTimeout = (what, time, ...rest) => wait(what, time === 15000 && hurry ? ((hurry = false), 400) : time, ...rest);
            addEventListener('article-explorer-error', ({{ detail }}) => {{ window.failed = detail.code; }})", code == "timeout");
        let options = HostOptions {
            before,
            files: &[("hurry.js", &hurry)],
            head: "<script src=\"hurry.js\"></script>",
            ..HostOptions::default()
        };
        let page = Host::open_with(fallback, options).await;
        let message = page.by_role("alert", any());
        message.by_role("link", containing("own page")).until_there().await;
        assert_eq!(page.value::<String>("window.failed").await, code);
        page.by_role("link", "All articles as a list").until_there().await;
        let logged: Vec<_> =
            page.console_errors().await.into_iter().filter(|line| line.contains("article-explorer: ")).collect();
        let lines = usize::from(Browser::asked_for().can(Capability::Console));
        assert_eq!(logged.len(), lines, "{logged:?}");
        page.explorer.restore(WASM);
        page.explorer.restore("embed/v1/start.js");
        message.by_role("button", "Try again").click().await;
        page.by_role("list", "Latest articles").by_role("link", NATO).until_there().await;
        page.by_role("link", "All articles as a list").until_gone().await;
    }
}

/// 8: in the language that the page around it is in, if it is one that the explorer speaks.
#[tokio::test]
async fn what_is_in_the_way_is_said_in_the_language_of_the_page() {
    let hidden: fn(&Site) = |site| site.hide(WASM);
    for (lang, sentence, again) in [
        ("de-AT", "Ein Teil des Programms fehlt auf dem Server: 404", "Noch einmal versuchen"),
        ("ar", "جزء من البرنامج غير موجود على الخادم: 404", "حاول مرة أخرى"),
        ("en", "A part of the explorer is missing on the server: 404", "Try again"),
    ] {
        let body = format!("<article-explorer lang=\"{lang}\"></article-explorer>");
        let page = Host::open_with(&body, HostOptions { before: hidden, ..HostOptions::default() }).await;
        let message = page.by_role("alert", any());
        message.by_role("button", again).until_there().await;
        message.mentions(sentence).await;
        let said = "(({ lang, dir }) => lang && `${lang} ${dir}`)(element.shadowRoot.querySelector('.trouble'))";
        let expected = if lang == "en" { String::new() } else { format!("{} auto", &lang[..2]) };
        assert_eq!(page.value::<String>(said).await, expected);
    }
}

/// 8: offline, and back again without a click.
#[tokio::test]
async fn it_comes_by_itself_once_the_device_is_connected_again() {
    needs!(Network);
    let page = Host::open("<p>nothing yet</p>").await;
    page.until_true("customElements.get('article-explorer')").await;
    page.set_offline(true).await;
    page.run::<()>("document.body.append(document.createElement('article-explorer'))", vec![]).await;
    page.by_role("alert", any()).mentions("offline").await;
    page.set_offline(false).await;
    page.by_role("list", "Latest articles").by_role("link", NATO).until_there().await;
}

/// 9: what stands below the element does not move when the articles arrive.
#[tokio::test]
async fn nothing_on_the_page_moves() {
    let options = HostOptions {
        files: &[("shifts.js", "window.shifts = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) shifts += entry.value; })
            .observe({ type: 'layout-shift', buffered: true });
            // What the page itself does for the time before there is an element.
            const sheet = new CSSStyleSheet(); sheet.replaceSync('article-explorer:not(:defined) { display: block; min-block-size: 100vh }');
            document.adoptedStyleSheets = [sheet];")],
        head: "<script src=\"shifts.js\"></script>",
        ..HostOptions::default()
    };
    let page = Host::open_with(&format!("<h1>A page</h1>{TAG}<p>below</p><p>and below that</p>"), options).await;
    page.until_ready("article-explorer").await;
    page.run::<()>("return new Promise((done) => setTimeout(done, 600))", vec![]).await;
    let shifts: f64 = page.value("window.shifts").await;
    assert!(shifts < 0.01, "{shifts}");
}

/// 11: an element that was there for a moment never starts.
#[tokio::test]
async fn an_element_that_goes_at_once_never_starts() {
    let page = Host::open("<p>nothing yet</p>").await;
    page.until_true("customElements.get('article-explorer')").await;
    let script = "window.rejections = 0; addEventListener('unhandledrejection', () => rejections++);
        const element = document.createElement('article-explorer'); element.setAttribute('loading', 'eager');
        document.body.append(element);
        return new Promise((done) => setTimeout(() => { element.remove(); setTimeout(done, 1500); }, 1))";
    page.run::<()>(script, vec![]).await;
    assert_eq!((page.requests(WASM), page.value::<u32>("window.rejections").await), (0, 0));
    page.console_is_clean().await;
}

/// 12: where the script never comes, what is within the element is what one sees.
#[tokio::test]
async fn without_the_script_its_content_is_there() {
    let body = "<article-explorer><a href=\"list.html\">All articles</a></article-explorer>";
    let page = Host::open_with(body, HostOptions { script: false, ..HostOptions::default() }).await;
    page.by_role("link", "All articles").until_there().await;
    page.console_is_clean().await;
}
