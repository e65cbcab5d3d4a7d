//! The search for programs: in a page of others, and in Node.

mod support;

use serde_json::{Value, json};
use std::{fs, process::Command};
use support::{HOST_POLICY, Host, HostOptions, Site};

/// What a program asks, and everything that it is told.
const ASK: &str = r#"
    const { search, suggest, articles, article, related, ArticleExplorerError } = api;
    const wrong = (ask) => { try { ask(); } catch (error) { return [error.code, error.name, error instanceof Error, error instanceof ArticleExplorerError]; } };
    const found = search("huawei -taiwan", { limit: 10, offset: 0, sort: "relevance", filters: { source: ["Defence Notes"] } });
    return {
        found, slugs: articles().map(({ slug }) => slug), one: article(found.hits[0].slug), none: article("never-heard-of-it"),
        related: related(found.hits[0].slug, { limit: 2 }), unrelated: related("never-heard-of-it"),
        ways: suggest("hua"), way: suggest("d", { limit: 1 }),
        unfinished: [search("huaw").total, search("huaw", { prefix: true }).total], typo: search("huawai").notes, lost: search("zzqxv taiwan huawei"),
        filtered: search("", { filters: { kind: ["article"] } }).total, paged: search("", { limit: 2, offset: 5 }).hits.length,
        titles: search("", { sort: "title" }).hits.map(({ title }) => title),
        wrong: [wrong(() => search("a", { limit: -1 })), wrong(() => search("a", { sort: "best" })), wrong(() => search("a", { filters: { source: "x" } })), wrong(() => search("a", 7))],
        clone: structuredClone(found).total, counted: [undefined, true, false].map((facets) => search("huawei", { facets }).facets.source.length),
    };
"#;

fn check(told: &Value) {
    let found = &told["found"];
    assert_eq!((&found["query"], &found["total"]), (&json!("huawei -taiwan"), &json!(1)));
    assert!(found["tookMs"].is_f64() || found["tookMs"].is_u64());
    let hit = &found["hits"][0];
    assert_eq!(hit["source"], "Defence Notes");
    assert_eq!(hit["date"], "2019-03-14");
    let passage = &hit["passages"][0];
    let text: Vec<u16> = passage["text"].as_str().unwrap().encode_utf16().collect();
    let mark = |at: usize| passage["marks"][0][at].as_u64().unwrap() as usize;
    assert_eq!(String::from_utf16(&text[mark(0)..mark(1)]).unwrap(), "Huawei");
    let block = told["one"]["blocks"][passage["block"].as_u64().unwrap() as usize].as_str().unwrap();
    assert!(block.contains("Huawei"), "the passage is from this block: {block}");
    assert_eq!(found["facets"]["source"], json!([{ "value": "Defence Notes", "count": 1, "chosen": true }]));
    assert_eq!(told["slugs"].as_array().unwrap().len(), 7);
    assert_eq!((&told["none"], &told["unrelated"]), (&Value::Null, &json!([])));
    assert!(told["related"].as_array().unwrap().iter().all(|related| related["shared"].is_array()));
    assert!(
        told["ways"].to_string().contains("huawei") && told["way"].as_array().unwrap().len() == 1,
        "{}",
        told["ways"]
    );
    assert_eq!(told["unfinished"], json!([0, 1]));
    assert_eq!(told["typo"], json!([{ "kind": "corrected", "typed": "huawai", "used": "huawei" }]));
    assert_eq!((&told["filtered"], &told["paged"], &told["clone"]), (&json!(1), &json!(2), &json!(1)));
    assert_eq!(told["counted"], json!([1, 1, 0]));
    let titles: Vec<_> =
        told["titles"].as_array().unwrap().iter().map(|title| title.as_str().unwrap().to_lowercase()).collect();
    assert!(titles.is_sorted(), "{titles:?}");
    assert_eq!(told["wrong"], json!(vec![json!(["option", "ArticleExplorerError", true, true]); 4]));
    declared("Answer", found);
    declared("Article", hit);
    declared("Article", &told["one"]);
    declared("Passage", passage);
    declared("Suggestion", &told["ways"][0]);
}

/// Fails if the types do not say what is there, or promise what is not.
fn declared(name: &str, value: &Value) {
    let types = fs::read_to_string(Site::built_folder().join("article-explorer.d.ts")).unwrap();
    let (_, rest) = types.split_once(&format!("export interface {name} {{\n")).unwrap();
    let (body, _) = rest.split_once("\n}").unwrap();
    let fields: Vec<_> = body
        .lines()
        .filter_map(|line| line.trim().split_once(": "))
        .filter(|(field, _)| !field.starts_with("/*"))
        .collect();
    let value = value.as_object().unwrap();
    for field in value.keys() {
        assert!(
            fields.iter().any(|(known, _)| known.trim_end_matches('?') == field),
            "{name} has {field}, which the types lack"
        );
    }
    for (field, _) in fields.iter().filter(|(field, _)| !field.ends_with('?')) {
        assert!(value.contains_key(*field), "the types promise {field} of {name}");
    }
}

#[tokio::test]
async fn a_page_of_others_can_search_without_showing_anything() {
    let page = Host::open_with(
        "<p>nothing to see</p>",
        HostOptions { policy: HOST_POLICY, script: false, ..HostOptions::default() },
    )
    .await;
    let script = format!(
        "return import(arguments[0]).then(async (api) => {{ await Promise.all([api.default(), api.default()]); await api.default(); {ASK} }})"
    );
    let told: Value = page.run(&script, vec![format!("{}article-explorer.js", page.explorer.url()).into()]).await;
    check(&told);
    assert_eq!(page.requests("article-explorer_bg.wasm"), 1, "one fetch however often it is asked for");
    page.console_is_clean().await;
}

#[test]
fn node_can_search_too() {
    let folder = Site::program_file("article-explorer.js");
    let folder = folder.parent().expect("it is in a folder");
    let script = format!(
        "import {{ readFileSync }} from 'node:fs'; import * as api from '{0}/article-explorer.js';
         const read = (name) => readFileSync('{0}/article-explorer_' + name + '.wasm');
         await api.default({{ module_or_path: read('bg'), deferred: read('deferred') }});
         const told = (() => {{ {ASK} }})(); console.log(JSON.stringify(told));",
        folder.display()
    );
    let output =
        Command::new("node").args(["--input-type=module", "-e", &script]).output().expect("Node is on this machine");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    check(&serde_json::from_slice(&output.stdout).unwrap());
}
