//! The built page over the seeds, in a real browser, as a reader meets it.

mod support;

use std::{fs, path::Path};
use support::{Edition, Explorer, Key, Request, Site, any, containing, needs};

const NATO: &str = "NATO takes Huawei security concerns seriously: Stoltenberg";
const TAIWAN: &str = "Taiwan approved for $11 billion weapon purchase from US";
const NATO_ADDRESS: &str = "articles/nato-takes-huawei-security-concerns-seriously-stoltenberg/";

/// The lines of the seed's article, title first, without the announcements at its end.
fn seed() -> (Vec<String>, Vec<String>) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/000_b04e7214e83137b7.txt");
    let text = fs::read_to_string(file).unwrap();
    let (article, briefs) = text.split_once("\nMore from Defence Notes\n").unwrap();
    let titles = briefs.split("-\n").filter_map(|brief| brief.lines().next());
    (article.lines().map(str::to_owned).collect(), titles.map(str::to_owned).collect())
}

#[tokio::test]
async fn the_page_starts_below_any_path_under_the_strictest_policy_without_a_complaint() {
    let page = Explorer::open("").await;
    page.by_role("searchbox", "Search articles").until_there().await;
    page.console_is_clean().await;

    let requests = page.site().requests();
    assert!(requests.iter().all(|request| request.status == 200), "{requests:?}");
    if Edition::asked_for() != Edition::Site {
        return;
    }
    // What is kept for ever is called by its content.
    let by_name = ["", "icon.svg", "manifest.webmanifest", "offline.js", "service-worker.js"];
    for Request { path, .. } in &requests {
        assert!(path.starts_with("assets/") || by_name.contains(&&**path), "{path}");
    }
    assert!(requests.iter().filter(|request| request.path.starts_with("assets/")).count() >= 4, "{requests:?}");
}

#[tokio::test]
async fn a_missing_program_is_a_message_and_trying_again_helps_once_it_is_back() {
    let site = Site::built().await;
    site.hide("article-explorer_bg.wasm");
    let page = Explorer::open_at(site, "?q=huawei").await;
    let message = page.by_role("alert", any());
    message.by_role("heading", "The articles could not be loaded").until_there().await;
    message.mentions("missing on the server").await;

    page.site().restore("article-explorer_bg.wasm");
    message.by_role("link", "Try again").click().await;
    page.by_role("searchbox", "Search articles").until_there().await;
    assert_eq!(page.address().await, "?q=huawei");
}

#[tokio::test]
async fn the_rest_of_the_program_is_fetched_when_it_is_needed_and_asked_for_again_where_it_did_not_arrive() {
    const REST: &str = "article-explorer_deferred.wasm";
    let site = Site::built().await;
    site.hide(REST);
    // Which asks for it as well, whenever it comes to keep the site.
    site.hide("service-worker.js");
    let page = Explorer::open_at(site, "").await;
    page.by_role("searchbox", any()).type_text("huawei 5g").await;
    let found = page.by_role("list", "Results").by_role("link", NATO);
    found.until_there().await;
    let asked = || page.site().requests().iter().filter(|request| request.path.ends_with(REST)).count();

    found.click().await;
    let message = page.by_role("alert", any());
    message.mentions("has not arrived").await;
    assert_eq!(page.address().await, [NATO_ADDRESS, "?q=huawei+5g"].concat());
    let before = asked();
    page.site().restore(REST);
    message.by_role("button", "Try again").click().await;
    page.by_role("article", NATO).until_there().await;
    page.by_role("heading", NATO).until_focused().await;
    assert_eq!(asked(), before + 1);
}

#[tokio::test]
async fn without_the_rest_of_the_program_nothing_stops() {
    if Edition::asked_for() != Edition::Site {
        return;
    }
    let addresses = ["", "?q=batteries", "?q=zzqq+U.S.A.", "?q=%22of+the%22+-a+title:b", "?kind=brief&year=2018&q=a"];
    for site in [Site::built().await, Site::over_test_articles().await] {
        site.hide("article-explorer_deferred.wasm");
        site.hide("service-worker.js");
        let page = Explorer::open_at(site, "").await;
        for address in addresses.into_iter().chain(["?sort=title", "?article=nowhere"]) {
            page.go(address).await;
            let field = page.by_role("searchbox", any());
            for text in ["batteries and", " ships U.S.", " 台湾 電気", " \"of the", " -cable (a OR b) c*"] {
                field.type_text(text).await;
            }
            page.press("/").await;
            let stopped = "return document.body.textContent.includes('Something went wrong')";
            assert!(!page.run::<bool>(stopped, vec![]).await, "at {address:?}");
        }
    }
}

#[tokio::test]
async fn what_articles_look_like_comes_after_the_list_and_with_what_is_drawn_with_one() {
    let site = Site::built().await;
    let page = Explorer::open_at(site, "").await;
    page.by_role("searchbox", any()).until_there().await;
    let sheets = "return [...document.querySelectorAll('head > link[rel=stylesheet]')].map((link) => link.sheet?.cssRules.length > 9)";
    let is_there = async || page.run::<Vec<bool>>(sheets, vec![]).await == [true; 2];
    if Edition::asked_for() != Edition::SingleFile {
        page.until("a second style sheet", is_there).await;
    }
    page.by_role("list", any()).by_role("link", NATO).click().await;
    page.by_role("article", NATO).until_there().await;
    let flex = "return getComputedStyle(document.querySelector('.actions')).display";
    assert_eq!(page.run::<String>(flex, vec![]).await, "flex");

    // Without a script to bring it, which it has none of.
    needs!(NoScripts);
    for (address, both) in [("", 1), (NATO_ADDRESS, 2)] {
        let page = Explorer::open_without_scripts(Site::built().await, address).await;
        assert_eq!(page.run::<Vec<bool>>(sheets, vec![]).await.len(), both, "at {address:?}");
    }
}

#[tokio::test]
async fn a_missing_script_is_a_message_too() {
    let site = Site::built().await;
    site.hide("article-explorer.js");
    let page = Explorer::open_at(site, "").await;
    page.by_role("alert", any()).by_role("link", "Try again").until_there().await;
}

#[tokio::test]
async fn a_server_that_mislabels_the_program_does_not_stop_it() {
    let site = Site::built().await;
    site.mislabel("article-explorer_bg.wasm");
    let page = Explorer::open_at(site, "").await;
    page.by_role("searchbox", "Search articles").until_there().await;
}

#[tokio::test]
async fn a_policy_that_forbids_the_program_is_named() {
    let policy = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'";
    let site = Site::serve_under(policy, Site::built_folder()).await;
    let page = Explorer::open_at(site, "").await;
    page.by_role("alert", any()).mentions("'wasm-unsafe-eval'").await;
}

#[tokio::test]
async fn the_list_has_every_article_and_every_brief() {
    let page = Explorer::open("").await;
    let (article, briefs) = seed();
    let list = page.by_role("list", "Latest articles");
    let count = 1 + briefs.len();
    list.by_role("link", any()).until_count(count).await;
    for title in article.iter().take(1).chain(&briefs) {
        list.by_role("link", title).until_there().await;
    }
    page.by_role("status", any()).says(&format!("{count} articles")).await;
    assert_eq!(page.by_role("search", any()).by_role("searchbox", "Search articles").count().await, 1);
    page.console_is_clean().await;
}

#[tokio::test]
async fn results_come_while_one_types_with_their_matches_marked() {
    let page = Explorer::open("").await;
    page.by_role("searchbox", "Search articles").type_text("huawei 5g").await;
    let list = page.by_role("list", "Results");
    list.by_role("link", any()).until_names(&[NATO]).await;
    let marked = list.by_role("mark", any()).texts().await;
    assert!(marked.contains(&"Huawei".to_owned()) && marked.contains(&"5G".to_owned()), "{marked:?}");
    page.by_role("status", any()).says("1 article").await;
    page.until_address("?q=huawei+5g").await;
    page.console_is_clean().await;
}

/// The answer comes behind the letter. What else happens before that finds the letter there, and a key finds the answer.
#[tokio::test]
async fn the_first_letter_is_answered_in_a_turn_of_its_own() {
    let typed = async |other: &str| -> ([(bool, String); 2], Explorer) {
        let page = Explorer::open("").await;
        page.by_role("searchbox", any()).click().await;
        let script = format!(
            "const field = document.querySelector('input[type=search]');
            const rows = () => document.querySelectorAll('.row').length;
            const look = async (before) => {{
                // All that is drawn without a turn of its own.
                for (let step = 0; step < 99; step++) await null;
                return [rows() === before, field.value];
            }};
            const type = async () => {{
                const before = rows();
                field.value = 'huawei';
                field.dispatchEvent(new InputEvent('input', {{ bubbles: true }}));
                const behind_it = await look(before);
                {other};
                return [behind_it, await look(before)];
            }};
            // A driver's script is no turn in every browser.
            return new Promise((done) => setTimeout(() => done(type())));"
        );
        (page.run(&script, vec![]).await, page)
    };
    let [all, huawei] = [true, false].map(|all| (all, "huawei".to_owned()));

    // One that does nothing else.
    let key = "field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift', bubbles: true }))";
    assert_eq!(typed(key).await.0, [all.clone(), huawei]);

    let (seen, page) = typed("dispatchEvent(new PopStateEvent('popstate'))").await;
    assert_eq!(seen, [all.clone(), all]);
    page.by_role("list", "Results").by_role("link", NATO).until_there().await;
}

#[tokio::test]
async fn an_answer_comes_with_its_letter_where_answers_take_no_time() {
    let page = Explorer::open("").await;
    let script = "const field = document.querySelector('input[type=search]');
        const list = document.querySelector('.findings');
        // Whether it is answered without a turn of its own.
        const type = async (text) => {
            const before = list.innerHTML;
            field.value = text;
            field.dispatchEvent(new InputEvent('input', { bubbles: true }));
            for (let step = 0; step < 99; step++) await null;
            const answered = list.innerHTML !== before;
            await new Promise((done) => setTimeout(done, 50));
            return answered;
        };
        const last = async (milliseconds) => {
            let time = 0, answered;
            // WebKit forgets what is set on the object itself.
            Performance.prototype.now = () => (time += milliseconds);
            for (const text of ['huawei', '', 'huawei', '', 'huawei', '']) answered = await type(text);
            return answered;
        };
        const both = async () => [await last(0), await last(100)];
        // A driver's script is no turn in every browser.
        return new Promise((done) => setTimeout(() => done(both())));";
    assert_eq!(page.run::<[bool; 2]>(script, vec![]).await, [true, false]);
}

#[tokio::test]
async fn an_article_is_there_word_for_word() {
    let page = Explorer::open("?q=huawei+5g").await;
    page.by_role("link", NATO).click().await;
    let article = page.by_role("article", NATO);
    article.by_role("heading", NATO).until_focused().await;
    article.mentions("14 March 2019").await;
    article.mentions("Defence Notes").await;
    let content = article.content().await;
    let mut rest = &*content;
    for paragraph in &seed().0[1..] {
        let at = rest.find(paragraph.as_str()).unwrap_or_else(|| panic!("{paragraph}\nshould be in\n{rest}"));
        rest = &rest[at + paragraph.len()..];
    }
    assert_eq!(page.title().await, format!("{NATO} · Article explorer"));
    page.console_is_clean().await;
}

#[tokio::test]
async fn back_restores_query_results_and_scroll() {
    for (width, height) in [(1280, 500), (400, 500)] {
        let page = Explorer::open("").await;
        page.set_size(width, height).await;
        page.by_role("searchbox", "Search articles").type_text("defence").await;
        page.until_address("?q=defence").await;
        let links = page.by_role("list", "Results").by_role("link", any());
        let names = links.names().await;
        assert_eq!(scroll_list(&page, Some(137.0)).await, 137.0);
        // Not the driver's click, which may scroll.
        page.run::<()>("document.querySelectorAll('.list a')[2].click()", vec![]).await;
        page.by_role("article", &names[2]).until_there().await;
        page.back().await;
        page.by_role("article", any()).until_gone().await;
        page.until_address("?q=defence").await;
        page.by_role("searchbox", "Search articles").holds("defence").await;
        assert_eq!(links.names().await, names);
        page.by_role("link", &names[2]).until_focused().await;
        assert_eq!(scroll_list(&page, None).await, 137.0);
        page.back().await;
        page.until_address("").await;
        page.by_role("searchbox", "Search articles").holds("").await;
    }
}

#[tokio::test]
async fn a_brief_leads_to_the_article_it_came_with() {
    let page = Explorer::open("").await;
    page.by_role("searchbox", "Search articles").type_text("taiwan").await;
    let list = page.by_role("list", "Results");
    list.by_role("link", any()).until_names(&[TAIWAN]).await;
    list.by_role("listitem", any()).mentions("Brief").await;
    list.by_role("link", TAIWAN).click().await;
    page.by_role("article", TAIWAN).by_role("link", NATO).click().await;
    page.by_role("article", NATO).until_there().await;
    page.back().await;
    page.by_role("article", TAIWAN).until_there().await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn an_unknown_address_is_explained() {
    let page = Explorer::open("?article=never-heard-of-it").await;
    page.by_role("heading", "This article is not here").until_there().await;
    page.by_role("searchbox", "Search articles").until_there().await;
    page.by_role("link", "All articles").click().await;
    page.by_role("heading", "This article is not here").until_gone().await;
    page.by_role("list", "Latest articles").by_role("link", NATO).until_there().await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn a_copied_address_and_a_reload_show_the_same() {
    let page = Explorer::open("?q=5g&article=nato-takes-huawei-security-concerns-seriously-stoltenberg").await;
    for _ in 0..2 {
        page.by_role("article", NATO).by_role("mark", any()).until_there().await;
        page.by_role("searchbox", "Search articles").holds("5g").await;
        page.by_role("list", "Results").by_role("link", any()).until_names(&[NATO]).await;
        page.reload().await;
    }
}

#[tokio::test]
async fn closing_goes_back_where_the_list_was_left() {
    let page = Explorer::open("").await;
    page.by_role("link", NATO).click().await;
    page.until_address(NATO_ADDRESS).await;
    page.by_role("article", NATO).by_role("link", "All articles").click().await;
    page.until_address("").await;
    page.by_role("link", NATO).until_focused().await;
    page.forward().await;
    page.by_role("article", NATO).until_there().await;
    // One who came by a link has no list to go back to, and gets one.
    let page = Explorer::open(NATO_ADDRESS).await;
    page.by_role("article", NATO).by_role("link", "All articles").click().await;
    page.by_role("article", any()).until_gone().await;
    page.back().await;
    page.by_role("article", NATO).until_there().await;
}

#[tokio::test]
async fn everything_is_done_by_keyboard() {
    let page = Explorer::open("").await;
    page.by_role("searchbox", any()).until_there().await;
    page.press("/").await;
    page.by_role("searchbox", any()).until_focused().await;
    page.press("defence").await;
    let links = page.by_role("list", "Results").by_role("link", any());
    links.until_there().await;
    page.until_address("?q=defence").await;
    let names = links.names().await;
    page.press(&Key::Down.to_string()).await;
    page.by_role("link", &names[0]).until_focused().await;
    page.press("j").await;
    page.by_role("link", &names[1]).until_focused().await;
    page.press("k").await;
    page.press(&Key::Enter.to_string()).await;
    page.by_role("article", any()).by_role("heading", &names[0]).until_focused().await;
    page.press("n").await;
    page.until("the first match to be shown", async || {
        page.run("return document.querySelectorAll('.reader mark[aria-current]').length === 1", vec![]).await
    })
    .await;
    page.press(&Key::Escape.to_string()).await;
    page.by_role("article", any()).until_gone().await;
    page.by_role("link", &names[0]).until_focused().await;
    page.press(&Key::Up.to_string()).await;
    page.by_role("searchbox", any()).until_focused().await;
    page.press(&Key::Escape.to_string()).await;
    page.by_role("searchbox", any()).holds("").await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn nothing_is_wider_than_a_narrow_phone() {
    needs!(NarrowPages);
    let page = Explorer::open("").await;
    page.set_size(320, 600).await;
    let addresses =
        ["", "?q=infrastructure", NATO_ADDRESS, "?q=zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "?article=no"];
    for address in addresses {
        page.go(address).await;
        page.by_role("searchbox", any()).until_there().await;
        let width: u32 = page.run("return document.documentElement.scrollWidth", vec![]).await;
        assert!(width <= 320, "{address:?} is {width} pixels wide");
    }
}

#[tokio::test]
async fn a_link_opens_elsewhere_if_the_reader_wants_it_so() {
    let page = Explorer::open("?q=5g").await;
    let link = "return [...document.links].find((link) => link.href.includes('nato-takes')).href";
    let href: String = page.run(link, vec![]).await;
    assert_eq!(page.site().address_of(&href), Some([NATO_ADDRESS, "?q=5g"].concat()));
    let click = "const click = new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: true });
        const link = [...document.links].find((link) => link.href.includes('nato-takes'));
        let kept; addEventListener('click', (event) => { kept = !event.defaultPrevented; event.preventDefault(); });
        link.dispatchEvent(click); return kept";
    assert!(page.run::<bool>(click, vec![]).await, "a click with Ctrl is the browser's");
    page.by_role("article", containing("NATO")).until_gone().await;
}

/// Scrolls what the list scrolls with, if told where to, and tells where it is scrolled to then.
async fn scroll_list(page: &Explorer, to: Option<f64>) -> f64 {
    let script = "const list = document.querySelector('.findings');
        const scroller = list.scrollHeight > list.clientHeight ? list : document.scrollingElement;
        if (arguments[0] !== null) scroller.scrollTop = arguments[0];
        return scroller.scrollTop";
    page.run(script, vec![to.into()]).await
}
