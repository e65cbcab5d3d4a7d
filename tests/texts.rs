//! Where there are too many articles for one program, their texts lie beside it and come as they are needed. Where there are
//! few, postings are made of them, as in the site over the tests' articles.

mod support;

use serde_json::{Value, json};
use std::fs;
use support::{Explorer, HOST_POLICY, Host, HostOptions, Site, any};

const NATO: &str = "NATO takes Huawei security concerns seriously: Stoltenberg";
const NATO_PAGE: &str = "articles/nato-takes-huawei-security-concerns-seriously-stoltenberg/";

/// The files of texts and positions, as the server names them.
fn texts() -> Vec<String> {
    let folder = fs::read_dir(Site::outside_folder().join("texts")).unwrap().next().unwrap().unwrap();
    let files = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name());
    files.map(|file| format!("texts/{}/{}", folder.file_name().display(), file.display())).collect()
}

async fn open(address: &str) -> Explorer {
    Explorer::open_at(Site::serve(Site::outside_folder()).await, address).await
}

#[tokio::test]
async fn list_results_and_article_are_as_if_the_texts_were_here() {
    let page = open("").await;
    let first = page.by_role("list", "Latest articles").text().await;
    let whole = Explorer::open("").await;
    assert_eq!(first, whole.by_role("list", "Latest articles").text().await);
    for page in [&page, &whole] {
        page.by_role("searchbox", any()).type_text("huawei").await;
    }
    let expected = whole.by_role("list", "Results").text().await;
    page.until("the passages", async || page.by_role("list", "Results").text().await == expected).await;
    page.by_role("list", "Results").by_role("link", NATO).click().await;
    page.by_role("article", NATO).mentions("8 matches").await;
    page.by_role("article", NATO).mentions("Stoltenberg told").await;
    page.console_is_clean().await;
    let asked: Vec<_> = page.site().requests().into_iter().filter(|file| file.path.starts_with("texts/")).collect();
    assert_eq!(asked.len(), 1, "the articles are few enough for one file, which is fetched once: {asked:?}");
}

#[tokio::test]
async fn words_in_a_row_are_told_from_words() {
    let page = open("").await;
    // Each finds what the one before does not: what is seen is its own answer.
    let queries: [(&str, &[&str]); 4] = [
        ("\"takes huawei\"", &[NATO]),
        ("\"huawei takes\"", &[]),
        ("huawei -\"huawei takes\"", &[NATO]),
        ("huawei -\"takes huawei\"", &[]),
    ];
    for (query, found) in queries {
        page.by_role("searchbox", any()).replace_text(query).await;
        page.by_role("list", "Results").by_role("link", any()).until_names(found).await;
    }
    page.console_is_clean().await;
}

#[tokio::test]
async fn a_page_of_an_article_does_not_change_when_the_program_takes_over() {
    let site = Site::serve(Site::outside_folder()).await;
    // What stands in the article at each frame, once the whole page is there.
    site.run_before_load(
        "window.seen = [];
        const look = () => {
            const text = document.querySelector('.text')?.textContent;
            if (document.readyState !== 'loading' && seen.at(-1) !== text) seen.push(text);
            requestAnimationFrame(look);
        };
        look()",
    );
    let page = Explorer::open_at(site, NATO_PAGE).await;
    page.by_role("article", NATO).mentions("Stoltenberg told").await;
    let seen: Vec<Option<String>> = page.run("return window.seen.map((text) => text ?? null)", vec![]).await;
    assert!(seen.len() == 1 && seen[0].as_ref().is_some_and(|text| text.contains("Stoltenberg told")), "{seen:?}");
}

#[tokio::test]
async fn a_text_that_does_not_arrive_whole_is_not_shown_and_can_be_asked_for_again() {
    let spoilers: [fn(&Site, &str); 2] = [Site::hide, Site::cut_short];
    for spoil in spoilers {
        let site = Site::serve(Site::outside_folder()).await;
        texts().iter().for_each(|file| spoil(&site, file));
        let page = Explorer::open_at(site, "").await;
        page.by_role("searchbox", any()).type_text("huawei").await;
        page.by_role("list", "Results").by_role("link", NATO).click().await;
        page.by_role("alert", any()).until_there().await;
        texts().iter().for_each(|file| page.site().restore(file));
        page.by_role("alert", any()).by_role("button", "Try again").click().await;
        page.by_role("article", NATO).mentions("Stoltenberg told").await;
        page.by_role("alert", any()).until_gone().await;
    }
}

#[tokio::test]
async fn what_was_read_can_be_read_without_a_network() {
    let page = open("").await;
    page.until_kept().await;
    page.go("").await;
    page.by_role("list", any()).by_role("link", NATO).click().await;
    page.by_role("article", NATO).mentions("Stoltenberg told").await;
    page.site().go_away();
    page.go("?q=huawei").await;
    page.by_role("list", "Results").by_role("link", NATO).click().await;
    page.by_role("article", NATO).mentions("Stoltenberg told").await;
}

#[tokio::test]
async fn the_element_of_another_page_brings_them_from_the_site() {
    let body =
        "<article-explorer article=\"nato-takes-huawei-security-concerns-seriously-stoltenberg\"></article-explorer>";
    let options = HostOptions { folder: Site::outside_folder, ..HostOptions::default() };
    let page = Host::open_with(body, options).await;
    page.by_role("article", NATO).mentions("Stoltenberg told").await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn programs_bring_what_is_missing() {
    let options =
        HostOptions { policy: HOST_POLICY, script: false, folder: Site::outside_folder, ..HostOptions::default() };
    let page = Host::open_with("<p>nothing to see</p>", options).await;
    let ask = "const api = await import(arguments[0]);
        await api.default();
        const { search, article, bring } = api;
        const first = search('\"takes huawei\"');
        const { slug } = first.hits[0];
        const before = article(slug);
        await bring(first.missing);
        const then = search('\"takes huawei\"');
        await bring(before.missing);
        const lost = await bring([99]).catch(({ code }) => code);
        return { first, before, then, after: article(slug), lost };";
    let script = format!("return (async () => {{ {ask} }})()");
    let told: Value = page.run(&script, vec![format!("{}article-explorer.js", page.explorer.url()).into()]).await;
    assert!(!told["first"]["missing"].as_array().unwrap().is_empty());
    assert_eq!((&told["first"]["hits"][0]["passages"], &told["before"]["blocks"]), (&json!([]), &Value::Null));
    assert_eq!((&told["then"]["missing"], &told["then"]["total"]), (&json!([]), &json!(1)));
    assert!(!told["then"]["hits"][0]["passages"].as_array().unwrap().is_empty());
    assert!(told["after"]["blocks"].to_string().contains("Stoltenberg") && told["after"].get("missing").is_none());
    assert_eq!(told["lost"], "texts");
}

/// Each turn of making postings is over after one article.
const BY_ARTICLE: &str = "let time = 0; performance.now = () => time += 100;";

/// The next turn of anything comes late, and is counted.
const SELDOM: &str = "const own = setTimeout;
    window.turns = 0;
    window.setTimeout = (work, wait, ...more) => own(work, wait || (turns++, 300), ...more);";

#[tokio::test]
async fn a_search_finds_the_same_however_many_postings_are_made() {
    let page = Explorer::open_at(Site::over_test_articles().await, "").await;
    page.run_before_load(BY_ARTICLE).await;
    page.go("?q=ferry").await;
    let list = page.by_role("list", "Results");
    list.by_role("link", "Ferry company orders three electric ships").until_there().await;
    let expected = list.text().await;
    page.run_before_load(SELDOM).await;
    page.go("").await;
    page.by_role("searchbox", any()).type_text("ferry").await;
    page.until("the answer", async || list.text().await == expected).await;
    let turns: u32 = page.run("return window.turns", vec![]).await;
    assert!((1..20).contains(&turns), "of the articles, some are left for the search: {turns}");
    page.console_is_clean().await;
}
