//! Articles of many days, sources and languages, and of sizes that nobody planned for.

mod support;

use support::{Explorer, Key, any, containing, needs};

#[tokio::test]
async fn the_start_invites_by_what_is_latest_by_source_and_by_time() {
    let page = Explorer::open_test_articles("").await;
    let latest = page.by_role("list", "Latest articles").by_role("link", any());
    latest.until_there().await;
    assert_eq!(latest.names().await[0], "Catch of the week 15");
    let sources = page.by_role("group", "Source");
    sources.by_role("checkbox", "Island Gazette").until_there().await;
    sources.by_role("checkbox", containing("港新聞")).until_gone().await;
    sources.by_role("button", containing("more")).click().await;
    sources.by_role("checkbox", "港新聞").until_there().await;
    page.until("the seventh to have the focus", async || {
        let seventh = "const all = [...document.activeElement.closest('fieldset')?.querySelectorAll('input') ?? []];
            return all.indexOf(document.activeElement) === 6";
        page.run(seventh, vec![]).await
    })
    .await;
    page.by_role("group", "Date").by_role("row", any()).until_count(4).await;
    // Examples of searching are of these articles.
    let example: String = page.run("return document.querySelector('.keys kbd').textContent", vec![]).await;
    page.by_role("searchbox", any()).type_text(&example).await;
    page.by_role("list", "Results").by_role("link", any()).until_there().await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn years_lead_to_their_months_by_keyboard() {
    let page = Explorer::open_test_articles("").await;
    page.by_role("checkbox", "2018").press(Key::Space).await;
    page.until_address("?year=2018").await;
    page.by_role("checkbox", "February 2018").press(Key::Space).await;
    page.until_address("?year=2018&month=2018-02").await;
    let list = page.by_role("list", "Results");
    list.by_role("link", "Ferry company orders three electric ships").until_there().await;
    list.by_role("link", "Town council votes for the harbour cable").until_gone().await;
    page.by_role("button", "Remove the filter 2018").click().await;
    page.until_address("?month=2018-02").await;
    page.back().await;
    page.back().await;
    page.until_address("?year=2018").await;
    assert!(page.by_role("checkbox", "2018").is_checked().await);
    page.console_is_clean().await;
}

#[tokio::test]
async fn copies_are_folded_under_the_best_of_them() {
    let page = Explorer::open_test_articles("?q=storm+bridge+gusts").await;
    let list = page.by_role("list", "Results");
    list.by_role("link", "Storm closes the bridge for two days").until_there().await;
    assert_eq!(list.by_role("link", "Storm shuts bridge to mainland for two days").count().await, 0);
    page.run::<()>("document.querySelector('.copies summary').click()", vec![]).await;
    list.by_role("link", "Storm shuts bridge to mainland for two days").click().await;
    page.by_role("article", "Storm shuts bridge to mainland for two days").until_there().await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn more_rows_come_on_demand_and_are_there_after_back() {
    let page = Explorer::open_test_articles("?source=Fish+Market").await;
    page.set_size(800, 700).await;
    let rows = page.by_role("list", "Results").by_role("link", any());
    rows.until_count(20).await;
    page.by_role("button", "Show more").click().await;
    rows.until_count(21).await;
    page.by_role("button", "Show more").until_gone().await;
    page.by_role("link", "Catch of the week 12").click().await;
    page.by_role("article", "Catch of the week 12").until_there().await;
    page.back().await;
    page.by_role("article", any()).until_gone().await;
    rows.until_count(21).await;
}

/// Where the row of that name is on the screen, in pixels.
const TOP: &str =
    "const row = [...document.querySelectorAll('.row')].find(row => row.textContent.includes(arguments[0]));
    return row ? Math.round(row.getBoundingClientRect().top) : null";

#[tokio::test]
async fn of_many_rows_a_hundred_are_drawn_and_those_in_sight_stay_where_they_are() {
    let page = Explorer::open_test_articles("?q=entry&sort=title").await;
    // There the page has the only scroll.
    page.set_size(800, 700).await;
    let rows = page.by_role("list", "Results").by_role("link", any());
    let top = async |name: &str| page.run::<Option<i32>>(TOP, vec![name.into()]).await;
    let in_sight = async |selector: &str| {
        let scroll = "document.querySelector(arguments[0]).scrollIntoView({ block: 'center', behavior: 'instant' })";
        page.run::<()>(scroll, vec![selector.into()]).await;
    };
    // Presses a button: `new` comes, `old` goes, and `between` stays where it is.
    let press = async |name: &'static str, selector: &str, [new, between, old]: [&'static str; 3]| {
        in_sight(selector).await;
        let before = top(between).await.unwrap();
        page.by_role("button", name).click().await;
        page.by_role("link", new).until_there().await;
        assert_eq!((rows.count().await, top(old).await), (100, None));
        assert!((top(between).await.unwrap() - before).abs() <= 1, "{between} from {before}");
    };
    for count in [20, 40, 60, 80] {
        rows.until_count(count).await;
        page.by_role("button", "Show more").click().await;
    }
    rows.until_count(100).await;
    let earlier = page.by_role("button", "Show previous");
    assert!(!earlier.is_there().await);
    press("Show more", ".list + .more", ["Log entry 620", "Log entry 600", "Log entry 520"]).await;
    press("Show previous", ".earlier", ["Log entry 501", "Log entry 521", "Log entry 601"]).await;
    earlier.until_gone().await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn a_list_beside_the_article_goes_on_as_it_is_scrolled_and_as_one_steps_through_it() {
    let page = Explorer::open_test_articles("?q=entry&sort=title").await;
    let rows = page.by_role("list", "Results").by_role("link", any());
    rows.until_count(20).await;
    let to = async |name: &str, to: &str| {
        page.until(format!("{name} to be there"), async || {
            let scroll = format!("document.querySelector('.findings').scrollTop = {to}");
            page.run::<()>(&scroll, vec![]).await;
            page.by_role("link", name).is_there().await
        })
        .await;
    };
    to("Log entry 630", "1e6").await;
    page.by_role("button", "Show more").until_gone().await;
    assert_eq!(rows.count().await, 90);
    // It is there again after an article and after a reload.
    page.by_role("link", "Log entry 625").click().await;
    page.by_role("article", "Log entry 625").until_there().await;
    page.back().await;
    page.by_role("article", any()).until_gone().await;
    page.by_role("link", "Log entry 630").until_there().await;
    page.reload().await;
    page.by_role("link", "Log entry 630").until_there().await;
    to("Log entry 501", "0").await;
    page.by_role("button", "Show previous").until_gone().await;

    page.run::<()>("document.querySelector('.row a').focus()", vec![]).await;
    for _ in 0..110 {
        page.press("j").await;
    }
    assert_eq!(page.focused().await, "link \"Log entry 611\"");
    for _ in 0..110 {
        page.press("k").await;
    }
    assert_eq!(page.focused().await, "link \"Log entry 501\"");
    page.console_is_clean().await;
}

#[tokio::test]
async fn every_article_runs_in_its_own_direction_and_says_its_language() {
    let page = Explorer::open_test_articles("?lang=ar").await;
    page.by_role("link", "عبّارات كهربائية للجزر").click().await;
    let text = "const text = document.querySelector('.text'); return [text.lang, getComputedStyle(text).direction]";
    page.by_role("article", any()).until_there().await;
    assert_eq!(page.run::<[String; 2]>(text, vec![]).await, ["ar", "rtl"]);
    // It has a number in common with others, and no word: nothing that could be said to a reader.
    assert!(!page.by_role("complementary", "Related articles").is_there().await);
    page.go("?q=充電").await;
    page.by_role("list", "Results").by_role("link", "離島を結ぶ電気フェリー三隻を発注").click().await;
    page.by_role("article", any()).by_role("mark", any()).until_there().await;
    assert_eq!(page.run::<[String; 2]>(text, vec![]).await, ["ja", "ltr"]);
    page.console_is_clean().await;
}

#[tokio::test]
async fn very_long_titles_words_and_names_stay_within_a_narrow_phone() {
    needs!(NarrowPages);
    let page = Explorer::open_test_articles("?q=llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch").await;
    page.set_size(320, 640).await;
    for article in [false, true] {
        if article {
            page.by_role("list", "Results").by_role("link", any()).click().await;
            page.by_role("article", any()).mentions("<script>alert(\"not run\")</script>").await;
        }
        let width: u32 = page.run("return document.documentElement.scrollWidth", vec![]).await;
        assert!(width <= 320, "{width} pixels wide");
    }
    page.console_is_clean().await;
}

#[tokio::test]
async fn reading_goes_on_to_the_next_article_and_to_related_ones() {
    let page = Explorer::open_test_articles("?q=cable&sort=oldest").await;
    let names = {
        let links = page.by_role("list", "Results").by_role("link", any());
        links.until_count(3).await;
        links.names().await
    };
    page.by_role("list", "Results").by_role("link", &names[0]).click().await;
    let article = page.by_role("article", &names[0]);
    article.by_role("complementary", "Related articles").mentions("Also about").await;
    article.by_role("navigation", "Articles").by_role("link", &names[1]).click().await;
    let article = page.by_role("article", &names[1]);
    article.by_role("heading", &names[1]).until_focused().await;
    assert_eq!(article.by_role("navigation", "Articles").by_role("link", any()).names().await, [&*names[0], &names[2]]);
}

#[tokio::test]
async fn the_list_is_made_wider_by_keyboard_and_stays_so() {
    let page = Explorer::open_test_articles("").await;
    page.by_role("list", any()).until_there().await;
    let width = "return document.querySelector('.findings').offsetWidth";
    let before: u32 = page.run(width, vec![]).await;
    for _ in 0..5 {
        page.by_role("slider", "Width of the list").press(Key::Right).await;
    }
    page.until("a wider list", async || page.run::<u32>(width, vec![]).await > before + 40).await;
    let wider: u32 = page.run(width, vec![]).await;
    page.reload().await;
    page.by_role("list", any()).until_there().await;
    assert_eq!(page.run::<u32>(width, vec![]).await, wider);
    page.set_size(500, 700).await;
    page.by_role("slider", any()).until_gone().await;
}
