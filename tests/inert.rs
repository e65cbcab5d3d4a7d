//! Scripts in articles: shown, if anything, and never run.

#[path = "../engine/tests/support/payloads.rs"]
mod payloads;
mod support;

use article_explorer::app::{App, Outside, Props};
use article_explorer::browser::history::Memory;
use article_explorer::components::{Edition, Host};
use article_explorer::state::{Articles, Clock, Kept, Program, ROWS, Route};
use article_explorer::words::Language;
use engine::index::{self, Corpus};
use engine::ingest;
use serde_json::json;
use std::{fs, path::Path};
use support::{Explorer, Site};
use yew::LocalServerRenderer;

/// Nothing here would stop a script: neither where it comes from nor what it is in.
const LAX: &str = "default-src * data: blob: 'unsafe-inline' 'unsafe-eval'";

/// Written before anything else in the page: whatever a payload calls leaves its mark.
const TRAP: &str = "<script>window.ran = 0; window.alert = () => { window.ran += 1 }</script>";

/// Counts what could run a script, now or when it is clicked, and tells what ran.
const SEARCH: &str = "
    // The page's own form is not the articles', and the bars of its timeline are drawn.
    const all = [...document.querySelectorAll('#page *')]
        .filter(element => !element.closest('.timeline') && !element.matches('form.search'));
    const able = all.filter(element =>
        ['script', 'iframe', 'object', 'embed', 'form', 'base', 'meta', 'link', 'svg', 'math', 'style'].includes(element.localName)
        || element.namespaceURI !== 'http://www.w3.org/1999/xhtml'
        || [...element.attributes].some(attribute => attribute.name.startsWith('on') || attribute.name === 'style'
            || ['href', 'src', 'action', 'formaction', 'data'].includes(attribute.name)
                && !/^(https?:|mailto:|[?#]|images\\/|$)/.test(attribute.value)));
    all.filter(element => element.localName === 'details').forEach(element => { element.open = true });
    return [all.length, window.ran, able.map(element => element.outerHTML.slice(0, 200))];";

#[tokio::test]
async fn scripts_in_articles_never_run() {
    let mut articles = Vec::new();
    for (number, payload) in payloads::ALL.iter().enumerate() {
        for (name, text) in payloads::files(payload) {
            let name = format!("{number}-{name}");
            articles.extend(ingest::read_bytes(Path::new(&name), text.as_bytes()).articles);
        }
    }
    let mut slugs = std::collections::HashMap::new();
    for article in &mut articles {
        let count = slugs.entry(article.head.slug.clone()).or_insert(0);
        *count += 1;
        article.head.slug = format!("{}-{count}", article.head.slug);
    }
    let addresses: Vec<String> = articles.iter().map(|article| format!("?article={}", article.head.slug)).collect();
    assert!(addresses.len() > payloads::ALL.len() * 3, "{}", addresses.len());
    let bytes: &'static [u8] = index::write(articles).leak();
    let corpus = Corpus::open(bytes, &[]).expect("just written");

    // The list, searches for what payloads are made of, and every article.
    let searches = ["", "?q=script", "?q=alert", "?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E"];
    let folder = tempfile();
    let mut pages = Vec::new();
    for address in searches.iter().map(|address| address.to_string()).chain(addresses) {
        let props = Props {
            edition: Edition {
                articles: Articles::new(corpus),
                language: Language::English,
                shares: true,
                host: Host::Ours,
            },
            kept: Kept::default(),
            name: "<script>alert(1)</script>".into(),
            route: Route::parse(&address),
            memory: Memory { rows: ROWS, ..Memory::default() },
            place: "https://here.example/".into(),
            clock: Clock(|| 0.0),
            program: Program::Whole,
            outside: Outside::default(),
        };
        let rendering = LocalServerRenderer::<App>::with_props(props).hydratable(false).render();
        let html = tokio::task::LocalSet::new().run_until(rendering).await;
        let file = format!("{}.html", pages.len());
        let page = format!("<!DOCTYPE html><meta charset=utf-8>{TRAP}<div id=page>{html}</div>");
        fs::write(folder.join(&file), page).expect("the folder was just made");
        pages.push((file, address));
    }

    let explorer = Explorer::open_at(Site::serve_under(LAX, &folder).await, "0.html").await;
    // The trap does close: without this the test could not fail.
    let ran: u64 = explorer
        .run("document.body.setAttribute('onclick', 'alert(1)'); document.body.click(); return window.ran", vec![])
        .await;
    assert_eq!(ran, 1);
    for (file, address) in &pages {
        explorer.go(file).await;
        let (elements, ran, able): (u64, u64, Vec<String>) = explorer.run(SEARCH, vec![json!(null)]).await;
        assert!(elements > 20, "{address} shows nothing");
        assert_eq!((ran, &*able), (0, &[][..]), "{address}");
    }
    fs::remove_dir_all(&folder).expect("it is this test's own");
}

/// A folder of this test's own.
fn tempfile() -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("article-explorer-inert-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder for temporary files");
    folder
}
