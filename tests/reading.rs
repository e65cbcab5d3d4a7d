//! Reading: the matches in the text, the reader's settings, and the keys.

mod support;

use support::{Explorer, Key, any, containing};

const NATO: &str = "NATO takes Huawei security concerns seriously: Stoltenberg";
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
    page.set_preference("prefers-color-scheme", "light").await;
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
    page.by_role("button", "Settings").click().await;
    page.run::<()>(
        "const select = document.querySelector('dialog select'); select.value = arguments[0];
         select.dispatchEvent(new Event('change', { bubbles: true }))",
        vec!["de".into()],
    )
    .await;
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
