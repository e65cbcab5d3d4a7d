//! What a reader waits for, in milliseconds and bytes of memory: a table row for each. Nothing here holds the figures to
//! anything, since machines that run tests do other things as well; `cargo xtask bench` runs it and keeps the rows.

mod support;

use serde::Deserialize;
use serde_json::json;
use support::{Explorer, Host, HostOptions, Site, any};

/// Begins to collect the tasks that take longer than 50 milliseconds, and notes when the list is there.
const WATCH: &str = "window.long = [];
    new PerformanceObserver((list) => long.push(...list.getEntries().map((entry) => entry.duration)))
        .observe({ type: 'longtask', buffered: true });
    new MutationObserver((_, observer) => {
        if (!document.querySelector('.row')) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => (window.ready = performance.now())));
    }).observe(document, { childList: true, subtree: true });";

/// How often what happens once in a visit is measured.
const VISITS: usize = 5;

/// How many titles are typed, spread over the whole collection.
const TITLES: usize = 24;

/// The beginnings of titles spread over the whole collection.
const BEGINNINGS: &str = "const engine = await import(new URL('article-explorer.js', location));
    await engine.default();
    const all = engine.articles(), [of] = arguments;
    const title = (at) => all[Math.floor(at * all.length / of)].title;
    return Array.from({ length: of }, (_, at) => title(at).split(' ').slice(0, 3).join(' ').slice(0, 20));";

/// Types a text, and returns for each letter how long the page was at work until the answer was in it, and how long it took until
/// the first frame with it was to be seen; how long the browser takes until a frame is to be seen in which nothing has changed,
/// since a screen shows one every 17 milliseconds; and for each beginning how long the engine takes for ten hits, which are all one
/// task and none of the page's.
const TYPE: &str = "const done = (work) => new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = resolve;
        work(() => port2.postMessage(0));
    });
    const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
    const engine = await import(new URL('article-explorer.js', location));
    await engine.default();
    const [text] = arguments;
    const field = document.querySelector('input[type=search]');
    const type = (text) => {
        field.value = text;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    };
    const keys = { work: [], painted: [], frame: [], engine: [], longest: 0 };
    // A browser has timers wait that other timers set; where a reader types there is none before.
    const letter = () => done((done) => done());
    const list = document.querySelector('.findings');
    const whole = { subtree: true, childList: true, characterData: true, attributes: true };
    // Until the first frame that begins after `act` is done, which calls back when it is.
    const seen = async (act) => {
        await letter();
        const start = performance.now();
        let took;
        const over = () => (took ??= performance.now() - start);
        const frame = (shown) => (took === undefined ? requestAnimationFrame(() => frame(shown)) : shown());
        const shown = done((shown) => requestAnimationFrame(() => frame(shown)));
        act(over);
        await shown;
        const painted = performance.now() - start;
        // As fast as people type at most, and not in step with the screen.
        await pause(80 + Math.random() * 40);
        return [took, painted];
    };
    for (let end = 1; end <= text.length; end++) {
        const [work, painted] = await seen((over) => {
            const observer = new MutationObserver(() => (observer.disconnect(), over()));
            observer.observe(list, whole);
            type(text.slice(0, end));
            // An answer that changes nothing is over with its turn.
            setTimeout(over);
        });
        keys.work.push(work);
        keys.painted.push(painted);
    }
    for (let end = 1; end <= text.length; end++) {
        const [, painted] = await seen((over) => over());
        keys.frame.push(painted);
    }
    await pause(300);
    keys.longest = Math.max(0, ...long.splice(0));
    for (let end = 1; end <= text.length; end++) {
        const start = performance.now();
        engine.search(text.slice(0, end), { limit: 10, prefix: true, facets: false });
        keys.engine.push(performance.now() - start);
    }
    type('');
    // Longer than anything waits for the last letter.
    await pause(600);
    long.length = 0;
    return keys;";

#[derive(Default, Deserialize)]
struct Keys {
    work: Vec<f64>,
    painted: Vec<f64>,
    frame: Vec<f64>,
    engine: Vec<f64>,
    /// The longest task over 50 milliseconds while the letters came.
    longest: f64,
}

#[tokio::test]
#[ignore = "measures; `cargo xtask bench` runs it"]
async fn a_reader_waits() {
    let (mut ready, mut longest) = (Vec::new(), Vec::new());
    for _ in 0..VISITS {
        let page = visit().await;
        ready.push(page.run("return ready", vec![]).await);
        longest.push(longest_task(&page).await);
    }
    row("own page: list there, from the start of loading", &mut ready);
    row("own page: longest task over 50 ms until then", &mut longest);
    let mut longest = Vec::new();
    for _ in 0..VISITS {
        let options = HostOptions {
            files: &[("watch.js", WATCH)],
            head: "<script src=\"watch.js\"></script>",
            folder: Site::large_folder,
            ..HostOptions::default()
        };
        let page = Host::open_with("<article-explorer></article-explorer>", options).await;
        page.until_ready("article-explorer").await;
        longest.push(longest_task(&page).await);
    }
    row("another's page: longest task over 50 ms until ready", &mut longest);
    let mut longest = Vec::new();
    for _ in 0..VISITS {
        let page = visit().await;
        page.chromium("Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await;
        longest_task(&page).await;
        // The driver's own letter, as a reader's, with nothing warmed up by what was measured before.
        page.by_role("searchbox", any()).type_text("a").await;
        page.run::<()>("return new Promise((done) => setTimeout(done, 1000))", vec![]).await;
        longest.push(longest_task(&page).await);
    }
    row("a quarter of the speed: longest task over 50 ms at the first letter of a visit", &mut longest);

    let page = visit().await;
    let heap = page.chromium("Runtime.getHeapUsage", json!({})).await;
    let bytes = |what: &str| heap[what].as_f64().unwrap_or_default() / 1e6;
    println!(
        "| megabytes when ready: JavaScript, buffers | {:.1} | {:.1} | |",
        bytes("usedSize"),
        bytes("backingStorageSize")
    );
    for (rate, speed) in [(1, "full speed"), (4, "a quarter of the speed")] {
        page.chromium("Emulation.setCPUThrottlingRate", json!({ "rate": rate })).await;
        let mut keys = Keys::default();
        let texts: Vec<String> = page.run(&asynchronous(BEGINNINGS), vec![TITLES.into()]).await;
        longest_task(&page).await;
        for text in texts {
            let typed: Keys = page.run(&asynchronous(TYPE), vec![text.into()]).await;
            keys.longest = keys.longest.max(typed.longest);
            keys.work.extend(typed.work);
            keys.painted.extend(typed.painted);
            keys.frame.extend(typed.frame);
            keys.engine.extend(typed.engine);
        }
        row(&format!("a letter, {speed}: the page at work"), &mut keys.work);
        row(&format!("a letter, {speed}: painted"), &mut keys.painted);
        row(&format!("nothing at all, {speed}: painted"), &mut keys.frame);
        row(&format!("a letter, {speed}: the engine alone, ten hits with passages"), &mut keys.engine);
        println!("| {speed}: longest task over 50 ms while typing | {:.0} | | |", keys.longest);
    }
}

/// The body of an asynchronous function, as a script that a driver waits for.
fn asynchronous(body: &str) -> String {
    format!("return (async function () {{ {body} }}).apply(null, arguments)")
}

/// Our own page, with its list.
async fn visit() -> Explorer {
    let page = Explorer::open_at(Site::serve(Site::large_folder()).await, "words/en.txt").await;
    page.run_before_load(WATCH).await;
    page.go("").await;
    page.until("the list", async || page.run("return !!window.ready", vec![]).await).await;
    page
}

/// The longest task since it was last asked for, in milliseconds.
async fn longest_task(page: &Explorer) -> f64 {
    // The observer is told a little later.
    page.run("return new Promise((done) => setTimeout(() => done(Math.max(0, ...long.splice(0))), 300))", vec![]).await
}

/// Median, 95th and 99th in a hundred, of at least as many.
fn row(what: &str, values: &mut [f64]) {
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values[((values.len() as f64 * share) as usize).min(values.len() - 1)];
    println!("| {what} | {:.1} | {:.1} | {:.1} |", at(0.5), at(0.95), at(0.99));
}
