//! Keeping articles and passing them on: links, passages, quotes, citations, the shelf, paper.

mod support;

use support::{Edition, Explorer, Key, any, containing, needs};

const FERRIES: &str = "Ferry company orders three electric ships";
const BURN: &str = "We burn four million litres of fuel a year";

/// How the address of the article about them begins.
fn ferries(page: &Explorer) -> String {
    let whole = page.site().url_of("articles/ferry-company-orders-three-electric-ships-7510/");
    whole.trim_end_matches(['/', '&']).to_owned()
}

#[tokio::test]
async fn a_link_to_the_article_is_copied_without_the_search() {
    let page = Explorer::open_test_articles("?q=batteries").await;
    page.by_role("list", "Results").by_role("link", FERRIES).click().await;
    let article = page.by_role("article", FERRIES);
    article.by_role("button", "Copy link").click().await;
    article.mentions("Copied").await;
    let link = page.clipboard().await;
    assert!(link.starts_with(&ferries(&page)), "{link}");
    page.go(&page.site().address_of(&link).unwrap()).await;
    page.by_role("article", FERRIES).until_there().await;
    page.by_role("searchbox", any()).holds("").await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn a_selected_passage_is_quoted_with_its_source_and_found_again_by_its_link() {
    let page = Explorer::open_test_articles("?q=batteries").await;
    page.set_size(1000, 420).await;
    page.by_role("list", "Results").by_role("link", FERRIES).click().await;
    let article = page.by_role("article", FERRIES);
    page.select_text(BURN).await;
    let selected = article.by_role("group", "Selected passage");
    selected.by_role("button", "Copy quote").click().await;
    article.mentions("Copied").await;
    let quote = page.clipboard().await;
    let (text, source) = quote.split_once('\n').unwrap();
    assert_eq!(text, format!("“{BURN}”"));
    let parts = ["Ida Lund, “Ferry company orders three electric ships”, Harbour Post, 6 February 2018, ", "passage="];
    assert!(parts.iter().all(|part| source.contains(part)), "{source}");

    selected.by_role("button", "Copy link to it").click().await;
    page.until("the link to be copied", async || page.clipboard().await.starts_with(&ferries(&page))).await;
    let link = page.clipboard().await;
    let address = page.site().address_of(&link).unwrap();
    page.go(&address).await;
    page.by_role("article", FERRIES).until_there().await;
    let cited = "const cited = document.querySelector('.cited'); const box = cited?.getBoundingClientRect();
        return cited && box.top > 0 && box.bottom < innerHeight ? cited.textContent : ''";
    page.until("the passage to be in view", async || page.run::<String>(cited, vec![]).await == BURN).await;
    let (article, passage) = address.split_once("passage=").unwrap();
    // Without its server the page of an article may be a view of the list's.
    match Edition::asked_for() {
        Edition::Offline => assert!(page.address().await.contains(passage)),
        _ => page.until_address(&address).await,
    }

    // Another text with the same name for a passage: nothing like it is shown.
    page.go(&format!("{article}passage={}", passage.replacen(|c: char| c.is_ascii_lowercase(), "0", 1))).await;
    let article = page.by_role("article", FERRIES);
    article.by_role("note", any()).mentions("not in the article any more").await;
    assert_eq!(page.run::<u32>("return document.querySelectorAll('.cited').length", vec![]).await, 0);
    page.console_is_clean().await;
}

#[tokio::test]
async fn an_article_is_cited_in_every_form() {
    let page = Explorer::open_test_articles("?q=batteries").await;
    page.by_role("list", "Results").by_role("link", FERRIES).click().await;
    page.by_role("article", FERRIES).by_role("button", "Cite").click().await;
    let sheet = page.by_role("dialog", "Cite");
    let text = sheet.by_role("textbox", any());
    let plain = "Ida Lund, “Ferry company orders three electric ships”, Harbour Post, 6 February 2018, https://harbour.example/ferries";
    text.holds(plain).await;
    let forms = [("BibTeX", "author = {Ida Lund}"), ("RIS", "DA  - 2018/02/06"), ("CSL-JSON", "[[2018, 2, 6]]")];
    for (form, part) in forms {
        sheet.by_role("radio", form).press(Key::Space).await;
        page.until(format!("the citation as {form}"), async || text.value().await.contains(part)).await;
    }
    let json: serde_json::Value = serde_json::from_str(&text.value().await).unwrap();
    assert_eq!(json[0]["title"], FERRIES);
    sheet.by_role("button", "Copy").click().await;
    sheet.mentions("Copied").await;
    assert_eq!(page.clipboard().await, text.value().await);
    sheet.by_role("button", "Done").click().await;
    page.by_role("button", "Cite").until_focused().await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn where_copying_is_not_allowed_the_text_is_there_to_be_copied_by_hand() {
    let page = Explorer::open_test_articles("?q=batteries").await;
    page.by_role("list", "Results").by_role("link", FERRIES).click().await;
    page.run::<()>("Object.defineProperty(navigator, 'clipboard', { value: undefined })", vec![]).await;
    page.by_role("article", FERRIES).by_role("button", "Copy link").click().await;
    let sheet = page.by_role("dialog", "Cite");
    sheet.mentions("Copying is not allowed here").await;
    assert!(sheet.by_role("textbox", any()).value().await.contains(&ferries(&page)));
}

#[tokio::test]
async fn articles_are_saved_and_remembered_as_read_until_they_are_cleared() {
    let page = Explorer::open_test_articles("?q=batteries").await;
    page.by_role("list", "Results").by_role("link", FERRIES).click().await;
    let save = page.by_role("article", FERRIES).by_role("button", "Save");
    save.click().await;
    page.until("it to be saved", async || save.attribute("aria-pressed").await.as_deref() == Some("true")).await;
    page.go("?q=batteries").await;
    let row = page.by_role("list", "Results").by_role("listitem", containing("")).by_role("paragraph", any());
    page.until("the row to say so", async || {
        row.texts().await.iter().any(|text| text.contains("Saved") && text.contains("Read"))
    })
    .await;
    page.by_role("button", "Saved and read").click().await;
    let sheet = page.by_role("dialog", "Saved and read");
    sheet.by_role("list", "Saved for later").by_role("link", any()).until_names(&[FERRIES]).await;
    sheet.by_role("list", "Recently read").by_role("link", FERRIES).click().await;
    page.by_role("dialog", any()).until_gone().await;
    page.by_role("article", FERRIES).by_role("heading", FERRIES).until_focused().await;
    page.by_role("button", "Saved and read").click().await;
    for left in [1, 0] {
        page.until("a list to clear", async || sheet.by_role("button", "Clear").count().await == left + 1).await;
        page.run::<()>("document.querySelector('dialog .kept button').click()", vec![]).await;
    }
    sheet.by_role("button", "Clear").until_gone().await;
    page.reload().await;
    page.by_role("article", FERRIES).until_there().await;
    page.by_role("button", "Saved and read").click().await;
    page.by_role("dialog", any()).by_role("list", "Saved for later").until_gone().await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn on_paper_there_is_the_article_and_nothing_else() {
    needs!(Media);
    let page = Explorer::open_test_articles("?q=batteries").await;
    page.by_role("list", "Results").by_role("link", FERRIES).click().await;
    page.by_role("article", FERRIES).by_role("button", "Print").until_there().await;
    page.set_print().await;
    page.by_role("searchbox", any()).until_gone().await;
    assert_eq!(page.by_role("button", any()).count().await, 0);
    assert_eq!(page.by_role("list", "Results").count().await, 0);
    page.by_role("article", FERRIES).mentions(BURN).await;
    let address = "const link = document.querySelector('.original a');
        return getComputedStyle(link, '::after').content";
    assert!(page.run::<String>(address, vec![]).await.contains("https://harbour.example/ferries"));
    // Paper is white, whatever was chosen for the screen.
    let dark = "document.querySelector('.explorer').dataset.theme = 'dark';
        const brightest = ['.facts', '.text', '.byline'].map((of) => getComputedStyle(document.querySelector(of)).color);
        return brightest.flatMap((colour) => colour.match(/[0-9.]+/g).slice(0, 3).map(Number))";
    let colours: Vec<f64> = page.run(dark, vec![]).await;
    assert!(colours.iter().all(|part| *part < 128.0), "{colours:?}");
}

#[tokio::test]
async fn sharing_is_offered_where_the_device_offers_it() {
    let page = Explorer::open_test_articles("").await;
    for offered in [false, true] {
        let script = if offered {
            "window.shared = []; Navigator.prototype.share = async (data) => { window.shared.push(data) }"
        } else {
            "delete Navigator.prototype.share"
        };
        page.run_before_load(script).await;
        page.go("?q=batteries").await;
        page.by_role("list", "Results").by_role("link", FERRIES).click().await;
        let article = page.by_role("article", FERRIES);
        article.by_role("button", "Print").until_there().await;
        assert_eq!(article.by_role("button", "Share").is_there().await, offered);
    }
    page.by_role("article", FERRIES).by_role("button", "Share").click().await;
    let shared: Vec<serde_json::Value> = page.run("return window.shared", vec![]).await;
    assert_eq!(shared.len(), 1);
    assert_eq!(shared[0]["title"], FERRIES);
    let url = shared[0]["url"].as_str().unwrap();
    assert!(url.starts_with(&ferries(&page)), "{url}");
    page.console_is_clean().await;
}
