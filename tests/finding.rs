//! Finding articles: completions, corrections, filters, order, and help where nothing is found.

mod support;

use support::{Explorer, Key, any, containing};

const NATO: &str = "NATO takes Huawei security concerns seriously: Stoltenberg";

#[tokio::test]
async fn a_query_can_go_on_in_the_ways_that_are_offered() {
    let page = Explorer::open("").await;
    let field = page.by_role("searchbox", "Search articles");
    field.type_text("stol").await;
    let ways = page.by_role("list", "Ways to go on");
    ways.by_role("button", "stoltenberg").click().await;
    field.holds("stoltenberg").await;
    page.by_role("list", "Results").by_role("link", any()).until_names(&[NATO]).await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn a_corrected_word_is_said() {
    let page = Explorer::open("?q=stoltenburg").await;
    page.by_role("list", "Results").by_role("link", NATO).until_there().await;
    page.by_role("region", "Articles").mentions("Results for stoltenberg. Nothing for stoltenburg.").await;
}

#[tokio::test]
async fn where_nothing_is_found_there_is_a_way_on() {
    let page = Explorer::open("?q=zzqxv").await;
    page.by_role("status", any()).says("0 articles").await;
    let region = page.by_role("region", "Articles");
    region.mentions("Nothing found for zzqxv").await;
    region.by_role("link", "Show all articles").click().await;
    page.by_role("list", "Latest articles").by_role("link", NATO).until_there().await;
    page.until_address("").await;
    page.by_role("searchbox", "Search articles").holds("").await;
}

#[tokio::test]
async fn filters_count_what_they_leave_and_stand_in_the_address() {
    let page = Explorer::open("").await;
    page.by_role("list", "Latest articles").until_there().await;
    let briefs = page.by_role("list", "Latest articles").by_role("listitem", containing("")).count().await - 1;
    let kinds = page.by_role("group", "Kind");
    kinds.mentions(&briefs.to_string()).await;
    kinds.by_role("checkbox", "Article").click().await;
    page.until_address("?kind=article").await;
    page.by_role("list", "Results").by_role("link", any()).until_names(&[NATO]).await;
    page.reload().await;
    page.by_role("list", "Results").by_role("link", any()).until_names(&[NATO]).await;
    assert!(page.by_role("group", "Kind").by_role("checkbox", "Article").is_checked().await);
    page.by_role("list", "Filters").by_role("button", "Remove the filter Article").click().await;
    page.until_address("").await;
    page.by_role("list", any()).by_role("link", any()).until_count(briefs + 1).await;
    page.back().await;
    page.until_address("?kind=article").await;
    page.by_role("list", "Results").by_role("link", any()).until_names(&[NATO]).await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn the_bars_of_time_are_a_filter_and_a_table() {
    let page = Explorer::open_test_articles("").await;
    let years = page.by_role("group", "Date");
    years.by_role("table", "Articles over time").by_role("row", any()).until_count(4).await;
    years.by_role("checkbox", "2018").press(Key::Space).await;
    page.until_address("?year=2018").await;
    let results = page.by_role("list", "Results").by_role("link", any());
    results.until_count(12).await;
    let months = page.by_role("group", "2018");
    months.by_role("table", "Articles over time").by_role("row", any()).until_count(12).await;
    months.by_role("checkbox", "March 2018").press(Key::Space).await;
    page.until_address("?year=2018&month=2018-03").await;
    results.until_count(3).await;
}

#[tokio::test]
async fn on_a_phone_the_filters_are_a_sheet() {
    let page = Explorer::open("?q=defence").await;
    page.set_size(360, 640).await;
    page.by_role("list", "Results").until_there().await;
    assert_eq!(page.by_role("checkbox", any()).count().await, 0);
    page.by_role("button", "Filters").click().await;
    let sheet = page.by_role("dialog", "Filters");
    sheet.by_role("group", "Kind").by_role("checkbox", "Article").click().await;
    page.until_address("?q=defence&kind=article").await;
    sheet.by_role("button", "Done").click().await;
    sheet.until_gone().await;
    page.by_role("list", "Results").by_role("link", any()).until_names(&[NATO]).await;
    page.by_role("button", "Filters").until_focused().await;
}

#[tokio::test]
async fn the_order_can_be_chosen() {
    let page = Explorer::open("?sort=title").await;
    let links = page.by_role("list", any()).by_role("link", any());
    links.until_there().await;
    let names = links.names().await;
    let mut sorted = names.clone();
    sorted.sort();
    assert_eq!(names, sorted);
}

#[tokio::test]
async fn a_row_says_where_when_and_how_long() {
    let page = Explorer::open("").await;
    let row = async |title: &str| {
        page.by_role("list", "Latest articles").by_role("link", title).until_there().await;
        let facts = "const link = [...document.querySelectorAll('.row h2 a')].find((link) => link.textContent === arguments[0]);
            return [...link.closest('.row').querySelectorAll('.facts > *')].map((fact) => fact.textContent)";
        page.run::<Vec<String>>(facts, vec![title.into()]).await
    };
    assert_eq!(row(NATO).await, ["Defence Notes", "14 March 2019", "2 min read"]);
    // It has no date, and none is made up.
    assert_eq!(row("Taiwan approved for $11 billion weapon purchase from US").await, ["Brief", "Defence Notes"]);
}

#[tokio::test]
async fn where_all_is_of_one_month_there_is_no_line_of_time() {
    let page = Explorer::open("").await;
    page.by_role("group", "Kind").until_there().await;
    assert!(!page.by_role("group", "Date").is_there().await);
    page.go("?year=2019").await;
    page.by_role("button", "Remove the filter 2019").until_there().await;
    page.by_role("group", "Date").until_there().await;
}

#[tokio::test]
async fn the_bars_of_time_are_met_by_a_pointer_where_they_stand() {
    let page = Explorer::open_test_articles("").await;
    page.by_role("checkbox", "2017").click().await;
    page.until_address("?year=2017").await;
    assert!(page.by_role("checkbox", "2017").is_checked().await);
    let months = page.by_role("group", "2017");
    months.by_role("checkbox", "September 2017").click().await;
    page.until_address("?year=2017&month=2017-09").await;
    page.by_role("list", "Results").by_role("link", any()).until_names(&["How the islands get their light"]).await;
}
