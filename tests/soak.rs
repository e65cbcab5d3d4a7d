//! A day's use in a minute: nothing piles up, and nothing gets slower.
//!
//! `ARTICLE_EXPLORER_SOAK=10` does ten times as much: ten thousand letters and a thousand articles.

mod support;

use serde::Deserialize;
use serde_json::json;
use std::env;
use support::{Explorer, any, needs};

/// Takes down the memory of the program.
const WATCH: &str = "const { instantiateStreaming } = WebAssembly;
    WebAssembly.instantiateStreaming = async (...given) => {
        const made = await instantiateStreaming(...given);
        window.memory ??= made.instance.exports.memory ?? Object.values(made.instance.exports).find((one) => one instanceof WebAssembly.Memory);
        return made;
    };";

/// Types so many letters, as one who searches again and again, then opens and closes so many articles. Returns how long
/// the page was at work with each, in milliseconds: the median alone, since the browser keeps what it answered.
const USE: &str = "const [letters, articles] = arguments;
    const task = () => new Promise((done) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = done; port2.postMessage(0); });
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const timed = async (work) => { const start = performance.now(); work(); await task(); return performance.now() - start; };
    const field = () => document.querySelector('input[type=search]');
    const type = (text) => { field().value = text; field().dispatchEvent(new InputEvent('input', { bubbles: true })); };
    return (async () => {
        const typed = [], opened = [];
        const queries = ['electric ferry', 'batteries', 'island light', 'bridge -storm', '\"the islands\"', 'zzzz', 'herring cod', 'ferri'];
        for (let i = 0, query = 0, at = 1; i < letters; i++) {
            typed.push(await timed(() => type(queries[query].slice(0, at))));
            await frame();
            if (at++ === queries[query].length) [query, at] = [(query + 1) % queries.length, 0];
        }
        type('');
        await frame();
        for (let i = 0; i < articles; i++) {
            const rows = document.querySelectorAll('.list h2 a');
            opened.push(await timed(() => rows[i % rows.length].click()));
            await frame();
            document.querySelector('.reader .back')?.click();
            await frame();
        }
        const median = (times) => times.sort((one, other) => one - other)[times.length >> 1];
        return { typed: median(typed), opened: median(opened) };
    })()";

/// As many at once as can be done in the half minute that a driver waits for a script.
const LETTERS: usize = 250;
const ARTICLES: usize = 25;

#[derive(Deserialize)]
struct Times {
    typed: f64,
    opened: f64,
}

/// Megabytes: of JavaScript after all that can go has gone, and of the program.
async fn memory(page: &Explorer) -> [f64; 2] {
    page.chromium("Performance.enable", json!({})).await;
    let mut least = f64::MAX;
    for _ in 0..3 {
        page.chromium("HeapProfiler.collectGarbage", json!({})).await;
        let metrics = page.chromium("Performance.getMetrics", json!({})).await;
        let heap = metrics["metrics"].as_array().unwrap().iter().find(|metric| metric["name"] == "JSHeapUsedSize");
        least = least.min(heap.unwrap()["value"].as_f64().unwrap());
    }
    let program: f64 = page.run("return window.memory.buffer.byteLength", vec![]).await;
    [least, program].map(|bytes| bytes / 1e6)
}

fn median(times: &[f64]) -> f64 {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

#[tokio::test]
async fn a_day_of_use_leaves_nothing_behind_and_is_as_fast_at_its_end() {
    needs!(DevTools);
    let times: usize = env::var("ARTICLE_EXPLORER_SOAK").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    let page = Explorer::open_test_articles("").await;
    page.run_before_load(WATCH).await;
    page.go("").await;
    page.by_role("list", "Latest articles").until_there().await;
    // Caches that fill once are no leak.
    let _: Times = page.run(USE, vec![200.into(), 40.into()]).await;
    let before = memory(&page).await;
    let (mut typed, mut opened) = (Vec::new(), Vec::new());
    for _ in 0..times * 4 {
        let part: Times = page.run(USE, vec![LETTERS.into(), ARTICLES.into()]).await;
        typed.push(part.typed);
        opened.push(part.opened);
    }
    let after = memory(&page).await;
    let halves = |times: &[f64]| [median(&times[..times.len() / 2]), median(&times[times.len() / 2..])];
    let (letters, articles) = (halves(&typed), halves(&opened));
    println!(
        "{} letters: {letters:.2?} ms in the first and second half; {} articles: {articles:.2?} ms; memory {before:.2?}, then {after:.2?} MB",
        typed.len() * LETTERS,
        opened.len() * ARTICLES
    );
    for (before, after) in before.into_iter().zip(after) {
        assert!(after <= before * 1.1, "{after} MB after, {before} before");
    }
    for [first, second] in [letters, articles] {
        assert!(second <= first * 1.5 + 1.0, "{second} ms in the second half, {first} in the first");
    }
    page.by_role("searchbox", any()).holds("").await;
}
