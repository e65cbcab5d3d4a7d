//! Nobody is kept out: by axe in every state and both themes, by keyboard alone, with targets that a thumb meets.

mod support;

use support::{Browser, Capability, Explorer, Key, any, needs};

const FERRIES: &str = "Ferry company orders three electric ships";

/// Brings a page into each of its states, one after the other.
async fn in_every_state(page: &Explorer, look: impl AsyncFn(&str)) {
    for address in
        ["", "?q=ferry", "?q=ferry+hydrogn", "?q=zzqxv", "?q=ferry&year=2018", "?article=no", "?lang=ar", "?lang=ja"]
    {
        page.go(address).await;
        page.by_role("searchbox", any()).until_there().await;
        look(address).await;
    }
    page.go("?q=batteries+-cable").await;
    page.by_role("searchbox", any()).until_there().await;
    for (button, name) in [("Settings", "the settings"), ("Saved and read", "the empty shelf")] {
        page.by_role("button", button).click().await;
        page.by_role("dialog", any()).until_there().await;
        look(name).await;
        page.by_role("button", "Done").click().await;
        page.by_role("dialog", any()).until_gone().await;
    }
    page.go("?q=batteries").await;
    page.by_role("list", "Results").by_role("link", FERRIES).click().await;
    let article = page.by_role("article", FERRIES);
    article.until_there().await;
    look("an article").await;
    article.by_role("button", "Next match").click().await;
    page.select_text("We burn four million litres").await;
    article.by_role("group", "Selected passage").until_there().await;
    look("a match and a selected passage").await;
    article.by_role("button", "Cite").click().await;
    page.by_role("dialog", "Cite").until_there().await;
    look("the citation").await;
    page.by_role("button", "Done").click().await;
    page.by_role("button", "Saved and read").click().await;
    page.by_role("dialog", any()).until_there().await;
    look("the shelf").await;
    page.press(&Key::Escape.to_string()).await;
    page.by_role("dialog", any()).until_gone().await;
    page.go("?q=islands+light").await;
    page.by_role("list", "Results").by_role("link", "How the islands get their light").click().await;
    page.by_role("article", any()).until_there().await;
    page.run::<()>("document.querySelector('.contents summary').click()", vec![]).await;
    look("the contents").await;
    // Wide pages have them beside the list, or a button above it beside an article; narrow ones the button alone.
    if !page.by_role("button", "Filters").is_there().await {
        page.go("?q=ferry").await;
    }
    page.by_role("button", "Filters").click().await;
    page.by_role("dialog", "Filters").until_there().await;
    look("the filters").await;
    page.press("?").await;
}

#[tokio::test]
async fn axe_finds_nothing_in_any_state_in_light_and_dark_wide_and_narrow() {
    let page = Explorer::open_test_articles("").await;
    let told = Browser::asked_for().can(Capability::Media);
    for (theme, width) in [("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)] {
        if told {
            page.set_preference("prefers-color-scheme", theme).await;
        } else if theme == "dark" {
            continue;
        }
        page.set_size(width, 800).await;
        in_every_state(&page, async |state| {
            assert_eq!(page.barriers().await, [""; 0], "{state}, {theme}, {width} pixels wide");
        })
        .await;
    }
}

#[tokio::test]
async fn roles_and_names_are_those_that_the_browser_computes() {
    needs!(SameRoles);
    let page = Explorer::open_test_articles("").await;
    page.by_role("list", any()).until_there().await;
    assert_eq!(page.disagreements().await, [""; 0]);
    page.go("?q=batteries").await;
    page.by_role("list", "Results").by_role("link", FERRIES).click().await;
    page.by_role("article", FERRIES).until_there().await;
    assert_eq!(page.disagreements().await, [""; 0]);
}

#[tokio::test]
async fn headings_are_in_order_and_landmarks_are_there() {
    let page = Explorer::open_test_articles("?q=batteries").await;
    page.by_role("list", "Results").by_role("link", FERRIES).click().await;
    page.by_role("article", FERRIES).until_there().await;
    let levels =
        "return [...document.querySelectorAll('h1, h2, h3, h4')].map((heading) => Number(heading.localName[1]))";
    let levels: Vec<u32> = page.run(levels, vec![]).await;
    assert_eq!(levels[0], 1);
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    for landmark in ["banner", "main", "search"] {
        assert_eq!(page.by_role(landmark, any()).count().await, 1, "{landmark}");
    }
}

#[tokio::test]
async fn a_thumb_meets_every_button() {
    let page = Explorer::open_test_articles("").await;
    page.set_size(360, 800).await;
    // Links in running text are as high as the text, and twelve months side by side as wide as a phone lets them be; all
    // else is met anywhere in a square of 44 pixels around its middle, or is larger.
    let small = "const met = (target, x, y) => {
            const hit = document.elementFromPoint(x, y);
            return target.contains(hit) || hit?.closest('label')?.contains(target);
        };
        return [...document.querySelectorAll('button, select, input, summary')]
        .filter((target) => target.checkVisibility() && !target.closest('main:has(~ dialog[open]), header:has(~ dialog[open])'))
        .filter((target) => {
            target.scrollIntoView({ block: 'center', inline: 'center' });
            const box = (target.closest('label') ?? target).getBoundingClientRect();
            const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
            const wide = box.width >= 44 || (target.closest('.bars') && box.width >= 24) || met(target, x - 21, y) && met(target, x + 21, y);
            const high = box.height >= 44 || met(target, x, y - 21) && met(target, x, y + 21);
            return box.width && !(wide && high);
        })
        .map((target) => target.outerHTML.slice(0, 120))";
    in_every_state(&page, async |state| {
        assert_eq!(page.run::<Vec<String>>(small, vec![]).await, [""; 0], "{state}");
    })
    .await;
}

#[tokio::test]
async fn the_count_is_said_once_per_pause() {
    let page = Explorer::open_test_articles("").await;
    let status = page.by_role("status", any());
    status.mentions("articles").await;
    let watch = "window.told = [];
        const status = document.querySelector('[role=status]');
        new MutationObserver(() => window.told.push(status.textContent))
            .observe(status, { childList: true, characterData: true, subtree: true });
        const field = document.querySelector('input[type=search]');
        let typed = '';
        for (const letter of 'cable') {
            typed += letter;
            field.value = typed;
            field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        }
        return document.querySelector('.count').textContent";
    page.run::<String>(watch, vec![]).await;
    status.says("3 articles").await;
    assert_eq!(page.run::<Vec<String>>("return window.told", vec![]).await, ["3 articles"]);
}

#[tokio::test]
async fn one_finds_filters_reads_steps_cites_and_goes_back_by_keyboard_alone() {
    let page = Explorer::open_test_articles("").await;
    page.by_role("searchbox", any()).until_there().await;
    page.press("/").await;
    page.press("cable").await;
    page.by_role("list", "Results").until_there().await;
    page.until_address("?q=cable").await;

    // Filter: on to the filters beside the list.
    tab_until(&page, "checkbox \"2018\"").await;
    page.press(" ").await;
    page.until_address("?q=cable&year=2018").await;
    assert_eq!(page.focused().await, "checkbox \"2018\"");

    // Open.
    page.press("/").await;
    page.press(&Key::Down.to_string()).await;
    let first = page.by_role("list", "Results").by_role("link", any()).names().await[0].clone();
    page.press(&Key::Enter.to_string()).await;
    let article = page.by_role("article", &first);
    article.by_role("heading", &first).until_focused().await;

    // Step through the matches.
    page.press("n").await;
    article.by_role("group", "Matches").mentions("Match 1 of").await;
    page.press("n").await;
    article.by_role("group", "Matches").mentions("Match 2 of").await;

    // Cite.
    tab_until(&page, "button \"Cite\"").await;
    page.press(&Key::Enter.to_string()).await;
    let sheet = page.by_role("dialog", "Cite");
    sheet.until_there().await;
    tab_until(&page, "radio \"Text\"").await;
    page.press(&Key::Right.to_string()).await;
    page.until("BibTeX", async || sheet.by_role("textbox", any()).value().await.starts_with("@online{")).await;
    tab_until(&page, "button \"Copy\"").await;
    page.press(&Key::Enter.to_string()).await;
    sheet.mentions("Copied").await;
    page.press(&Key::Escape.to_string()).await;
    sheet.until_gone().await;
    assert_eq!(page.focused().await, "button \"Cite\"");

    // Back to the list, and to the beginning.
    page.press(&Key::Escape.to_string()).await;
    page.by_role("article", any()).until_gone().await;
    page.by_role("link", &first).until_focused().await;
    page.until_address("?q=cable&year=2018").await;
    page.press("/").await;
    page.press(&Key::Escape.to_string()).await;
    page.by_role("searchbox", any()).holds("").await;
    page.console_is_clean().await;
}

/// Tab until this has the focus.
async fn tab_until(page: &Explorer, wanted: &str) {
    for _ in 0..120 {
        if page.focused().await == wanted {
            return;
        }
        page.press(&Key::Tab.to_string()).await;
    }
    panic!("the Tab key never leads to {wanted}");
}
