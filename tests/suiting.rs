//! The page suits its reader: colours, sizes, wishes of the system, languages, phones and large screens.

mod support;

use support::{Browser, Capability, Edition, Explorer, Key, any, containing, needs};

const FERRIES: &str = "Ferry company orders three electric ships";
const ISLANDS: &str = "How the islands get their light";

/// Opens the article from a search for it.
async fn open(page: &Explorer, query: &str, title: &str) {
    page.go(query).await;
    page.by_role("list", "Results").by_role("link", title).click().await;
    page.by_role("article", title).until_there().await;
}

#[tokio::test]
async fn colours_and_sizes_of_text_are_chosen_and_stay_so() {
    let page = Explorer::open_test_articles("").await;
    if Browser::asked_for().can(Capability::Media) {
        page.set_preference("prefers-color-scheme", "dark").await;
    }
    let colour = "return getComputedStyle(document.querySelector('.explorer')).backgroundColor";
    let size = "return parseFloat(getComputedStyle(document.querySelector('.text')).fontSize)";
    open(&page, "?q=batteries", FERRIES).await;
    let (dark, medium): (String, f64) = (page.run(colour, vec![]).await, page.run(size, vec![]).await);
    page.by_role("button", "Settings").click().await;
    let sheet = page.by_role("dialog", "Settings");
    sheet.by_role("radio", "Sepia").press(Key::Space).await;
    page.until("the page to be sepia", async || page.run::<String>(colour, vec![]).await == "rgb(245, 234, 214)").await;
    for (name, share) in [("Small", 0.88), ("Largest", 1.6)] {
        sheet.by_role("radio", containing(name)).press(Key::Space).await;
        page.until("letters of that size", async || {
            (page.run::<f64>(size, vec![]).await / medium - share).abs() < 0.01
        })
        .await;
    }
    page.reload().await;
    page.by_role("article", FERRIES).until_there().await;
    assert_eq!(page.run::<String>(colour, vec![]).await, "rgb(245, 234, 214)");
    assert!((page.run::<f64>(size, vec![]).await / medium - 1.6).abs() < 0.01);
    page.by_role("button", "Settings").click().await;
    sheet.by_role("radio", "As the system").press(Key::Space).await;
    page.until("the system's choice", async || page.run::<String>(colour, vec![]).await == dark).await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn the_systems_wishes_are_followed() {
    needs!(Media);
    let page = Explorer::open_test_articles("").await;
    page.set_size(1280, 400).await;
    page.set_preference("prefers-reduced-motion", "reduce").await;
    open(&page, "?q=ferry", FERRIES).await;
    // The place of a match is there in the very frame after the key, and nothing else moves by itself.
    page.press("n").await;
    let still = "return document.getAnimations().filter((animation) => animation.timeline instanceof DocumentTimeline
            && animation.effect.getComputedTiming().activeDuration > 0).length";
    assert_eq!(page.run::<u32>(still, vec![]).await, 0);
    let smooth = "return [...document.querySelectorAll('*')].filter((element) =>
            getComputedStyle(element).scrollBehavior === 'smooth'
            || getComputedStyle(element).transitionDuration !== '0s').length";
    assert_eq!(page.run::<u32>(smooth, vec![]).await, 0);

    let soft =
        "const [facts, text] = ['.facts', '.text'].map((of) => getComputedStyle(document.querySelector(of)).color);
        return facts === text";
    assert!(!page.run::<bool>(soft, vec![]).await);
    page.set_preference("prefers-contrast", "more").await;
    assert!(page.run::<bool>(soft, vec![]).await, "facts are as dark as the text");

    page.set_preference("forced-colors", "active").await;
    let forced = "const probe = document.createElement('mark');
        document.body.append(probe);
        probe.style.cssText = 'background: Mark; color: MarkText; forced-color-adjust: none';
        const [ours, theirs] = [document.querySelector('.reader mark'), probe].map((mark) => {
            const { color, backgroundColor } = getComputedStyle(mark);
            return color + backgroundColor;
        });
        probe.remove();
        const open = getComputedStyle(document.querySelector('.row:has([aria-current])'));
        return [ours === theirs, open.borderInlineStartWidth]";
    let forced: (bool, String) = page.run(forced, vec![]).await;
    assert_eq!(forced, (true, "4px".into()), "marks and the open article are told by the system's colours");
    assert_eq!(page.barriers().await, [""; 0]);
}

#[tokio::test]
async fn in_arabic_the_page_runs_the_other_way_and_counts_as_arabic_does() {
    let page = Explorer::open_test_articles("?q=batteries").await;
    page.choose_language("ar").await;
    page.by_role("dialog", "الإعدادات").by_role("button", "تم").click().await;
    page.by_role("searchbox", "ابحث في المقالات").until_there().await;
    let sides = "const [list, reader] = ['.findings', '.reader'].map((of) => document.querySelector(of).getBoundingClientRect());
        return [getComputedStyle(document.querySelector('.explorer')).direction, list.left > reader.left]";
    assert_eq!(page.run::<(String, bool)>(sides, vec![]).await, ("rtl".into(), true));
    // Two, three to ten, eleven and more; browsers differ in the digits that are Arabic to them.
    let three: String = page.run("return new Intl.NumberFormat('ar').format(3) + ' مقالات'", vec![]).await;
    for (address, count) in [("?year=2018&kind=article&source=Harbour+Post", "مقالتان"), ("?q=cable", &*three)] {
        page.go(address).await;
        page.by_role("status", any()).says(count).await;
    }
    page.go("?q=batteries").await;
    page.by_role("list", "النتائج").by_role("link", FERRIES).click().await;
    let article = page.by_role("article", FERRIES);
    article.mentions("فبراير").await;
    let text = "return getComputedStyle(document.querySelector('.text')).direction";
    assert_eq!(page.run::<String>(text, vec![]).await, "ltr", "an English article still runs as English does");
    assert_eq!(page.barriers().await, [""; 0]);
    page.console_is_clean().await;
    needs!(NarrowPages);
    page.set_size(320, 640).await;
    assert!(page.run::<u32>("return document.documentElement.scrollWidth", vec![]).await <= 320);
    needs!(SameRoles);
    assert_eq!(page.disagreements().await, [""; 0]);
    page.console_is_clean().await;
}

#[tokio::test]
async fn settings_give_the_html_that_brings_the_explorer_to_another_page() {
    let page = Explorer::open("").await;
    page.by_role("button", "Settings").click().await;
    let sheet = page.by_role("dialog", "Settings");
    if Edition::asked_for() == Edition::SingleFile {
        sheet.mentions("Single keys").await;
        assert!(!sheet.by_role("textbox", "HTML").is_there().await, "what is a file is nowhere for others");
        return;
    }
    sheet.mentions("Embed the explorer").await;
    page.run::<()>("document.querySelector('dialog summary').click()", vec![]).await;
    let embed = format!("{}embed/v1/", page.site().url());
    let script = format!("<script type=\"module\" src=\"{embed}article-explorer.js\"></script>");
    let element = format!("{script}\n<article-explorer></article-explorer>");
    assert_eq!(sheet.by_role("textbox", "HTML").value().await, element);
    let frame = sheet.by_role("textbox", "iframe").value().await;
    assert!(frame.starts_with(&format!("<iframe src=\"{embed}frame.html\" title=\"Articles\"")), "{frame}");
}

#[tokio::test]
async fn dates_and_numbers_are_written_as_the_language_writes_them() {
    let page = Explorer::open("").await;
    let article = "?article=nato-takes-huawei-security-concerns-seriously-stoltenberg";
    for (tag, settings, done, date) in [
        ("de", "Einstellungen", "Fertig", "14. März 2019"),
        ("fr", "Réglages", "Terminé", "14 mars 2019"),
        ("es", "Ajustes", "Listo", "14 de marzo de 2019"),
    ] {
        page.run::<()>("localStorage.clear()", vec![]).await;
        page.go(article).await;
        page.choose_language(tag).await;
        page.by_role("dialog", settings).by_role("button", done).click().await;
        page.by_role("article", any()).mentions(date).await;
    }
}

#[tokio::test]
async fn a_line_of_text_has_the_length_that_reads_well_and_words_break_as_in_their_language() {
    let page = Explorer::open_test_articles("").await;
    open(&page, "?q=islands+light", ISLANDS).await;
    // Characters in the longest lines of paragraphs that have several.
    let measure = "let longest = 0;
        for (const paragraph of document.querySelectorAll('.text > p')) {
            const text = paragraph.firstChild, range = document.createRange();
            let start = 0, top;
            for (let at = 0; at < text.length; at++) {
                range.setStart(text, at);
                range.setEnd(text, at + 1);
                const box = range.getClientRects()[0];
                if (!box?.width) continue;
                if (top !== undefined && box.top > top + 4) {
                    longest = Math.max(longest, at - start);
                    start = at;
                }
                top = box.top;
            }
        }
        return longest";
    for (width, least, most) in [(768, 60, 75), (1440, 60, 75), (2560, 60, 75), (360, 30, 60)] {
        page.set_size(width, 900).await;
        let longest: u32 = page.run(measure, vec![]).await;
        assert!((least..=most).contains(&longest), "{longest} characters a line, {width} pixels wide");
    }
    let set = "const style = getComputedStyle(document.querySelector('.text'));
        return [document.querySelector('.text').lang, style.hyphens, parseFloat(style.lineHeight) / parseFloat(style.fontSize)]";
    let (language, hyphens, height): (String, String, f64) = page.run(set, vec![]).await;
    assert_eq!((&*language, &*hyphens), ("en-GB", "auto"));
    assert!((1.5..1.9).contains(&height), "{height}");
}

#[tokio::test]
async fn list_and_article_scroll_each_for_itself_where_there_is_room_for_both() {
    let page = Explorer::open_test_articles("").await;
    page.set_size(1280, 500).await;
    open(&page, "?q=island", ISLANDS).await;
    let scroll = "const [list, reader] = ['.findings', '.reader'].map((of) => document.querySelector(of));
        list.scrollTop = 60;
        reader.scrollTop = 200;
        return [scrollY, list.scrollTop, reader.scrollTop]";
    assert_eq!(page.run::<[f64; 3]>(scroll, vec![]).await, [0.0, 60.0, 200.0]);
    // On a phone there is one thing at a time, and the page scrolls with it.
    page.set_size(360, 640).await;
    assert!(!page.by_role("list", "Results").is_there().await);
    page.scroll_to(300.0).await;
    assert_eq!(page.scroll_y().await, 300.0);
}

#[tokio::test]
async fn a_phone_does_not_zoom_in_on_what_is_written_in() {
    let page = Explorer::open_test_articles("").await;
    page.set_size(360, 640).await;
    open(&page, "?q=batteries", FERRIES).await;
    page.by_role("button", "Cite").click().await;
    page.by_role("dialog", "Cite").by_role("textbox", any()).until_there().await;
    let small = "return [...document.querySelectorAll('textarea, input:not([type=radio], [type=checkbox], [type=range]), dialog select')]
        .filter((field) => parseFloat(getComputedStyle(field).fontSize) < 16).map((field) => field.outerHTML)";
    assert_eq!(page.run::<Vec<String>>(small, vec![]).await, [""; 0]);
    let viewport = "return document.querySelector('meta[name=viewport]').content";
    let viewport: String = page.run(viewport, vec![]).await;
    assert!(!viewport.contains("maximum-scale") && !viewport.contains("user-scalable"), "{viewport}");
}
