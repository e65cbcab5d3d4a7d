//! Reading: the matches in the text, the reader's settings, and the keys.

mod support;

use support::{Explorer, Key, any, containing};

const NATO: &str = "NATO takes Huawei security concerns seriously: Stoltenberg";
const ISLANDS: &str = "How the islands get their light";
const ISLANDS_ADDRESS: &str = "articles/islands/?q=islands+light";
const NATO_WITH_5G: &str = "?q=5g&article=nato-takes-huawei-security-concerns-seriously-stoltenberg";

#[tokio::test]
async fn one_steps_from_match_to_match() {
    let page = Explorer::open(NATO_WITH_5G).await;
    page.set_size(1000, 400).await;
    let article = page.by_role("article", NATO);
    let matches = article.by_role("group", "Matches");
    let count = article.by_role("mark", any()).count().await;
    matches.mentions(&format!("{count} matches")).await;
    matches.by_role("button", "Next match").click().await;
    matches.mentions(&format!("Match 1 of {count}")).await;
    matches.by_role("button", "Previous match").click().await;
    matches.mentions(&format!("Match {count} of {count}")).await;
    let shown = "const mark = document.querySelector('.reader mark[aria-current]').getBoundingClientRect();
        return mark.top > 0 && mark.bottom < innerHeight";
    page.until("the match to be in view", async || page.run(shown, vec![]).await).await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn a_passage_is_landed_on() {
    let page = Explorer::open("?q=scaparrotti").await;
    page.set_size(1000, 400).await;
    page.by_role("list", "Results").by_role("paragraph", any()).until_there().await;
    page.run::<()>("document.querySelector('.passage').click()", vec![]).await;
    page.by_role("article", NATO).by_role("group", "Matches").mentions("Match 1 of").await;
    let shown = "const mark = document.querySelector('.reader mark[aria-current]').getBoundingClientRect();
        return mark.top > 0 && mark.bottom < innerHeight";
    page.until("the match to be in view", async || page.run(shown, vec![]).await).await;
}

#[tokio::test]
async fn the_colours_are_the_readers_choice_and_stay_so() {
    let page = Explorer::open("").await;
    let background = "return getComputedStyle(document.querySelector('.explorer')).backgroundColor";
    page.by_role("button", "Settings").until_there().await;
    let light: String = page.run(background, vec![]).await;
    page.by_role("button", "Settings").click().await;
    let sheet = page.by_role("dialog", "Settings");
    sheet.by_role("radio", "Dark").press(Key::Space).await;
    page.until("the page to be dark", async || page.run::<String>(background, vec![]).await != light).await;
    let dark: String = page.run(background, vec![]).await;
    page.reload().await;
    page.by_role("button", "Settings").until_there().await;
    assert_eq!(page.run::<String>(background, vec![]).await, dark);
    page.console_is_clean().await;
}

#[tokio::test]
async fn the_page_speaks_the_readers_language() {
    let page = Explorer::open("?q=taiwan").await;
    page.choose_language("de").await;
    page.by_role("dialog", "Einstellungen").by_role("button", "Fertig").click().await;
    page.by_role("searchbox", "Artikel durchsuchen").until_there().await;
    page.by_role("status", any()).says("1 Artikel").await;
    page.reload().await;
    page.by_role("searchbox", "Artikel durchsuchen").until_there().await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn the_keys_are_explained_and_single_ones_can_be_turned_off() {
    let page = Explorer::open("").await;
    page.by_role("searchbox", any()).until_there().await;
    page.press("?").await;
    let sheet = page.by_role("dialog", "Keys");
    sheet.mentions("next and previous match").await;
    page.press(&Key::Escape.to_string()).await;
    sheet.until_gone().await;
    page.by_role("button", "Settings").click().await;
    page.by_role("dialog", "Settings").by_role("checkbox", "Single keys do something").click().await;
    page.by_role("button", "Done").click().await;
    page.by_role("dialog", any()).until_gone().await;
    page.press("?").await;
    page.press("/").await;
    assert!(!page.by_role("dialog", any()).is_there().await);
    assert!(!page.by_role("searchbox", any()).has_focus().await);
}

#[tokio::test]
async fn a_sheet_is_closed_before_what_lies_under_it() {
    let page = Explorer::open(NATO_WITH_5G).await;
    page.by_role("button", "Settings").click().await;
    page.by_role("dialog", "Settings").until_there().await;
    page.press(&Key::Escape.to_string()).await;
    page.by_role("dialog", "Settings").until_gone().await;
    page.by_role("article", containing("NATO")).until_there().await;
    page.by_role("button", "Settings").until_focused().await;
}

#[tokio::test]
async fn headings_are_a_table_of_contents_that_leads_to_them() {
    let page = Explorer::open_test_articles("?q=islands+light").await;
    page.set_size(1280, 500).await;
    page.by_role("list", "Results").by_role("link", ISLANDS).click().await;
    let article = page.by_role("article", ISLANDS);
    let contents = article.by_role("navigation", "Contents");
    contents.until_there().await;
    assert!(!contents.by_role("link", any()).is_there().await, "closed until one wants it");
    page.run::<()>("document.querySelector('.contents summary').click()", vec![]).await;
    let sections = [
        "Skarvholm: wind and patience",
        "What it costs",
        "Lillevik: a mill in the strait",
        "Storøya: straw",
        "Gråskjær: almost nothing",
    ];
    contents.by_role("link", any()).until_names(&sections).await;
    for section in sections {
        article.by_role("heading", section).until_there().await;
    }
    contents.by_role("link", "Storøya: straw").press(Key::Enter).await;
    let heading = article.by_role("heading", "Storøya: straw");
    page.until("the section to be in view", async || heading.is_in_view().await).await;
    assert!(!article.by_role("heading", ISLANDS).is_in_view().await);
    page.back().await;
    page.until("the way back to the contents", async || {
        article.is_there().await && page.address().await == ISLANDS_ADDRESS
    })
    .await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn an_article_without_headings_has_no_contents() {
    let page = Explorer::open(NATO_WITH_5G).await;
    page.by_role("article", NATO).until_there().await;
    assert!(!page.by_role("navigation", "Contents").is_there().await);
}

#[tokio::test]
async fn how_far_one_has_read_is_seen_and_how_long_it_takes_is_said() {
    let page = Explorer::open_test_articles("?q=islands+light").await;
    page.set_size(1280, 500).await;
    page.by_role("list", "Results").by_role("link", ISLANDS).click().await;
    page.by_role("article", ISLANDS).mentions("2 min read").await;
    if !page.run::<bool>("return CSS.supports('animation-timeline: scroll()')", vec![]).await {
        return;
    }
    // Opening it takes it to its top, and may do so a moment after it is to be seen.
    page.by_role("heading", ISLANDS).until_focused().await;
    let bar = "return new DOMMatrix(getComputedStyle(document.querySelector('article.page'), '::before').transform).a";
    let at = async |share: f64| {
        let scroll = "const reader = document.querySelector('.reader');
            reader.scrollTop = arguments[0] * (reader.scrollHeight - reader.clientHeight)";
        page.run::<()>(scroll, vec![share.into()]).await;
        page.until(format!("the bar at {share}"), async || (page.run::<f64>(bar, vec![]).await - share).abs() < 0.02)
            .await;
    };
    for share in [0.0, 0.5, 1.0] {
        at(share).await;
    }
}

#[tokio::test]
async fn the_browsers_own_search_finds_what_stands_in_list_and_article() {
    let page = Explorer::open(NATO_WITH_5G).await;
    let article = page.by_role("article", NATO);
    article.until_there().await;
    let content = article.content().await;
    let last = content.split_whitespace().collect::<Vec<_>>();
    // Words from the end of the article, far below what is in view.
    let words = last[last.len() / 2..last.len() / 2 + 5].join(" ");
    page.set_size(1000, 400).await;
    let find = "getSelection().removeAllRanges();
        return [find(arguments[0], false, false, true), getSelection().toString()]";
    assert_eq!(page.run::<(bool, String)>(find, vec![words.clone().into()]).await, (true, words));
    let found: (bool, String) = page.run(find, vec!["Settings that nobody wrote".into()]).await;
    assert!(!found.0);
}
