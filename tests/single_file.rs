//! The one-file edition, opened from a folder: no server, no network.

mod support;

use support::{Explorer, Site, any};

const NATO: &str = "NATO takes Huawei security concerns seriously: Stoltenberg";
const NATO_ADDRESS: &str = "?article=nato-takes-huawei-security-concerns-seriously-stoltenberg";

#[tokio::test]
async fn list_search_and_reader_work_in_one_file() {
    let page = Explorer::open_at(Site::in_one_file().await, "").await;
    page.by_role("list", "Latest articles").by_role("link", NATO).until_there().await;
    page.by_role("searchbox", "Search articles").type_text("huawei 5g").await;
    page.by_role("list", "Results").by_role("link", NATO).click().await;
    page.by_role("article", NATO).until_there().await;
    page.until_address("articles/nato-takes-huawei-security-concerns-seriously-stoltenberg/?q=huawei+5g").await;
    assert!(
        page.url()
            .await
            .ends_with(".html?q=huawei+5g&article=nato-takes-huawei-security-concerns-seriously-stoltenberg")
    );
    page.back().await;
    page.by_role("list", "Results").by_role("link", NATO).until_there().await;
    page.choose_language("de").await;
    page.by_role("searchbox", "Artikel durchsuchen").until_there().await;
    page.console_is_clean().await;
    let requests = page.site().requests();
    assert!(requests.is_empty(), "nothing is asked of anybody, but {requests:?} was");
}

#[tokio::test]
async fn a_link_leads_to_an_article_in_one_file() {
    let page = Explorer::open_at(Site::in_one_file().await, NATO_ADDRESS).await;
    page.by_role("article", NATO).until_there().await;
    page.reload().await;
    page.by_role("article", NATO).until_there().await;
    page.go("?q=taiwan").await;
    page.by_role("list", "Results").by_role("link", any()).until_there().await;
    page.console_is_clean().await;
}
