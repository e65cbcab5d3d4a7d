//! The element on somebody else's page: what each may do to the other. The numbers are those of the checklist in
//! `tests/host/README.md`.

mod support;

use serde_json::{Value, json};
use std::fs;
use support::{Host, HostOptions, Key, Site, any};

const NATO: &str = "NATO takes Huawei security concerns seriously: Stoltenberg";
const TAG: &str = "<article-explorer></article-explorer>";
const TAIWAN: &str = "taiwan-approved-for-11-billion-weapon-purchase-from-us";

/// Lets the page's own `sheet.js` style it, which needs no relaxed policy.
fn styled<'a>(files: &'a [(&'a str, &'a str)]) -> HostOptions<'a> {
    HostOptions { files, head: "<script src=\"sheet.js\"></script>", ..HostOptions::default() }
}

const METRICS: &str = "[...element.shadowRoot.querySelectorAll('input, .count, .row h2, .row a, .passage, .facts, .order')].slice(0, 12).map((node) => {
    const { fontSize, letterSpacing, lineHeight, textTransform, margin, boxSizing, wordSpacing, textAlign, fontWeight } = getComputedStyle(node);
    return [node.localName, fontSize, letterSpacing, lineHeight, textTransform, margin, boxSizing, wordSpacing, textAlign, fontWeight].join(' ');
})";

/// 13: a page with hostile styles does not reach what is inside.
#[tokio::test]
async fn hostile_styles_stay_outside() {
    let kind = Host::open(TAG).await;
    kind.until_ready("article-explorer").await;
    let expected: Vec<String> = kind.value(METRICS).await;
    let hostile = [(
        "sheet.js",
        "const sheet = new CSSStyleSheet(); sheet.replaceSync(`html { font-size: 62.5% } * { letter-spacing: 3px; box-sizing: content-box; word-spacing: 1em }
            body { line-height: 3; text-transform: uppercase; text-align: right; font-weight: 900 } p { margin: 99px } a, input { color: red; font-size: 40px }
            article-explorer { letter-spacing: 9px; color: red }`); document.adoptedStyleSheets = [sheet];",
    )];
    let page = Host::open_with(TAG, styled(&hostile)).await;
    page.until_ready("article-explorer").await;
    assert_eq!(page.value::<Vec<String>>(METRICS).await, expected);
}

/// 16, 17, 18: the page decides where and how large the element is, and what its parts look like, and nothing else.
#[tokio::test]
async fn the_page_decides_place_size_and_parts() {
    let sheet = [(
        "sheet.js",
        "const sheet = new CSSStyleSheet(); sheet.replaceSync(`#a { display: inline-flex; width: 50%; --ax-accent: rgb(1, 2, 3) }
            article-explorer::part(item) { background: rgb(4, 5, 6) } article-explorer .row { color: red }
            .flex { display: flex } .grid { display: grid; grid-template-columns: 1fr 1fr } .later { display: none }`); document.adoptedStyleSheets = [sheet];",
    )];
    let places = "<article-explorer id=\"a\"></article-explorer><div class=\"flex\"><article-explorer></article-explorer></div>
        <div class=\"grid\"><article-explorer></article-explorer></div><table><tr><td><article-explorer></article-explorer></td></tr></table>
        <details><summary>more</summary><article-explorer></article-explorer></details><dialog><article-explorer></article-explorer></dialog>
        <div class=\"later\"><article-explorer></article-explorer></div><article-explorer id=\"h\" hidden></article-explorer>";
    let page = Host::open_with(places, styled(&sheet)).await;
    page.until_ready("#a").await;
    let [display, width, color, background, row]: [Value; 5] = page
        .value("[getComputedStyle(element).display, element.offsetWidth / document.body.clientWidth,
            getComputedStyle(element.shadowRoot.querySelector('.filter')).color, getComputedStyle(element.shadowRoot.querySelector('.row')).backgroundColor,
            getComputedStyle(element.shadowRoot.querySelector('.row')).color]")
        .await;
    assert_eq!(display, "inline-flex");
    assert!((width.as_f64().unwrap() - 0.5).abs() < 0.01);
    assert_eq!((color, background), (json!("rgb(1, 2, 3)"), json!("rgb(4, 5, 6)")));
    assert_ne!(row, "rgb(255, 0, 0)");
    assert_eq!(page.value::<String>("getComputedStyle(document.getElementById('h')).display").await, "none");
    page.run::<()>(
        "document.querySelector('details').open = true; document.querySelector('dialog').show();
        document.querySelector('.later').style.display = 'block'",
        vec![],
    )
    .await;
    let script = "const all = [...document.querySelectorAll('article-explorer:not([hidden])')];
        for (const one of all) { one.loading = 'eager'; await one.ready; }
        return all.map((one) => one.shadowRoot.querySelector('.row').offsetWidth - one.clientWidth)";
    let missing: Vec<f64> = page.run(&format!("return (async () => {{ {script} }})()"), vec![]).await;
    assert_eq!(missing, [0.0; 7], "rows are as wide as their explorers");
    assert!(
        page.value::<bool>(
            "[...document.querySelectorAll('article-explorer:not([hidden])')].every((one) => one.clientWidth > 100)"
        )
        .await
    );
}

/// 19: ids are those of each element's own tree.
#[tokio::test]
async fn no_reference_leads_from_one_element_into_another() {
    let two = format!("<article-explorer article=\"{TAIWAN}\"></article-explorer>").repeat(2);
    let page = Host::open(&two).await;
    page.run::<()>("document.querySelectorAll('article-explorer').forEach((one) => (one.loading = 'eager'))", vec![])
        .await;
    page.by_role("article", any()).until_count(2).await;
    let ids = "[...document.querySelectorAll('article-explorer')].map((one) => [...one.shadowRoot.querySelectorAll('[id]')].map((node) => node.id).join())";
    let ids: Vec<String> = page.value(ids).await;
    assert_eq!(ids[0], ids[1]);
    let lost = "[...document.querySelectorAll('article-explorer')].flatMap((one) => [...one.shadowRoot.querySelectorAll('[aria-labelledby], [aria-controls]')]
        .map((node) => node.getAttribute('aria-labelledby') ?? node.getAttribute('aria-controls')).filter((id) => !one.shadowRoot.getElementById(id)))";
    assert_eq!(page.value::<Vec<String>>(lost).await, [""; 0]);
    assert!(page.value::<bool>("!document.querySelector('[id=explorer-heading]')").await);
}

/// 20: on a page that is a Yew app itself, here our own as Yew names things, a click is taken for one of that app's by
/// nobody. It would be if the explorer named things so too.
#[tokio::test]
async fn another_yew_app_around_it_keeps_to_its_own_clicks() {
    let glue = fs::read_to_string(Site::program_file("article-explorer.js")).unwrap();
    let at = glue.find("__axp").expect("the glue has names of its own");
    let as_yew_does = glue.replace(&glue[at..at + "__axp12345678_".len()], "__yew_");
    for renamed in [true, false] {
        let app = Site::serve_under("", Site::built_folder()).await;
        app.write("article-explorer.js", as_yew_does.clone());
        let others = Site::for_others().await;
        if !renamed {
            others.write("article-explorer.js", as_yew_does.clone());
        }
        let page = support::Explorer::open_at(app, "").await;
        page.by_role("list", "Latest articles").until_there().await;
        let script =
            "const place = document.querySelector('.row'); const element = document.createElement('article-explorer');
            element.setAttribute('loading', 'eager'); place.append(element);
            addEventListener('click', (event) => event.preventDefault());
            // Not imported here, where it would be the driver's own in some browsers.
            document.head.append(Object.assign(document.createElement('script'), { type: 'module', src: arguments[0] }));
            return customElements.whenDefined('article-explorer').then(() => element.ready).then(() => true)";
        page.run::<bool>(script, vec![format!("{}embed/v1/article-explorer.js", others.url()).into()]).await;
        let click = "const element = document.querySelector('article-explorer'); const rows = element.shadowRoot.querySelectorAll('.row h2 a');
            rows[2].click()";
        page.run::<()>(click, vec![]).await;
        let shown = "return document.querySelector('article-explorer')?.article";
        page.until("somebody to take the click", async || {
            page.run::<Option<String>>(shown, vec![]).await.is_some() || !page.address().await.is_empty()
        })
        .await;
        // And nobody else.
        page.run::<()>("return new Promise((done) => setTimeout(done, 300))", vec![]).await;
        let article: Option<String> = page.run(shown, vec![]).await;
        let address = page.address().await;
        let own = article.is_some() && address.is_empty();
        assert_eq!(own, renamed, "the guest shows {article:?}, its host is at {address:?}");
    }
}

/// 21, 49, 50: the page hears of clicks, of Tab and of keys with Ctrl, as of our element; not of letters that are typed.
/// Nothing of ours hears a key that is pressed elsewhere, unless the page says so.
#[tokio::test]
async fn the_page_hears_what_is_its_own() {
    let heard = [(
        "sheet.js",
        "window.heard = []; for (const kind of ['click', 'keydown', 'keypress', 'keyup']) document.addEventListener(kind, (event) =>
            heard.push([event.type, event.key ?? '', event.target.localName].join(' ')));",
    )];
    let page = Host::open_with(&format!("<button>of the page</button>{TAG}"), styled(&heard)).await;
    let field = page.by_role("searchbox", any());
    field.click().await;
    page.press("s/j").await;
    page.press(&Key::Tab.to_string()).await;
    field.click().await;
    page.press(&format!("{}k", char::from(Key::Control))).await;
    let heard: Vec<String> = page.value("heard").await;
    assert!(heard.iter().all(|event| event.ends_with("article-explorer")), "{heard:?}");
    for event in ["click  article-explorer", "keydown Tab article-explorer", "keydown k article-explorer"] {
        assert!(heard.iter().any(|known| known == event), "{event} in {heard:?}");
    }
    for key in ["s", "/", "j"] {
        assert!(!heard.iter().any(|event| event.contains(&format!(" {key} "))), "{key} in {heard:?}");
    }
    page.by_role("button", "of the page").click().await;
    page.press("/").await;
    page.press("j").await;
    assert_eq!(page.focused().await, "button \"of the page\"");
    page.run::<()>("document.querySelector('article-explorer').shortcut = '/'", vec![]).await;
    page.until("the shortcut to work", async || {
        page.press("/").await;
        page.focused().await == "searchbox \"Search articles\""
    })
    .await;
}

/// 23: a policy that lacks something is told what.
#[tokio::test]
async fn what_a_policy_lacks_is_named() {
    let cases = [
        ("default-src 'none'; script-src 'self' {explorer}; connect-src {explorer}", "'wasm-unsafe-eval'"),
        ("default-src 'none'; script-src 'self' {explorer} 'wasm-unsafe-eval'", "connect-src"),
    ];
    for (policy, named) in cases {
        let page = Host::open_with(TAG, HostOptions { policy, ..HostOptions::default() }).await;
        page.by_role("alert", any()).mentions(named).await;
    }
}

/// 24, 25, 26, 30: Trusted Types, nonces, isolation, and a published hash.
#[tokio::test]
async fn stricter_pages_still_have_it() {
    let entry = fs::read(Site::built_folder().join("embed/v1/article-explorer.js")).unwrap();
    let published = fs::read_to_string(Site::built_folder().join("embed/v1/integrity.json")).unwrap();
    let published: Value = serde_json::from_str(&published).unwrap();
    let hash = published["article-explorer.js"].as_str().unwrap();
    assert!(!entry.is_empty() && hash.starts_with("sha384-"));
    let types = format!("{}; require-trusted-types-for 'script'; trusted-types 'none'", support::HOST_POLICY);
    let nonce = "<script nonce=\"abc\" type=\"module\" src=\"{embed}article-explorer.js\"></script>";
    let hashed = format!(
        "<script crossorigin integrity=\"{hash}\" type=\"module\" src=\"{{embed}}article-explorer.js\"></script>"
    );
    let isolated = [("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Embedder-Policy", "require-corp")];
    let cases = [
        HostOptions { policy: &types, ..HostOptions::default() },
        HostOptions {
            policy: "default-src 'none'; script-src 'nonce-abc' 'strict-dynamic' 'wasm-unsafe-eval'; connect-src {explorer}",
            script: false,
            head: nonce,
            ..HostOptions::default()
        },
        HostOptions { headers: &isolated, ..HostOptions::default() },
        HostOptions { script: false, head: &hashed, ..HostOptions::default() },
    ];
    for options in cases {
        let page =
            Host::open_with(&format!("<article-explorer article=\"{TAIWAN}\"></article-explorer>"), options).await;
        page.by_role("article", any()).until_there().await;
        page.by_role("searchbox", any()).type_text("huawei").await;
        page.by_role("list", "Results").by_role("link", NATO).until_there().await;
        page.console_is_clean().await;
    }
}

/// 27, 28, 29: our own page has no script in it; links out of an article keep their hands off this page; what is asked
/// for is text. What is in an article's source is the concern of `tests/inert.rs`.
#[tokio::test]
async fn text_is_text() {
    let page = fs::read_to_string(Site::built_folder().join("index.html")).unwrap();
    for script in page.split("<script").skip(1) {
        let (tag, inside) = script.split_once('>').unwrap();
        let data = tag == " type=\"application/ld+json\"";
        assert!(data || tag.contains("src=") && inside.trim_start().starts_with("</script>"), "{tag}");
    }
    let handler = |rest: &str| rest.trim_start_matches(char::is_alphabetic).starts_with('=');
    assert!(!page.split(" on").skip(1).any(handler), "no handler is written in the page");
    let page = Host::open(TAG).await;
    page.until_ready("article-explorer").await;
    page.value::<()>("element.search('<img src=x onerror=alert(1)> \"><script>')").await;
    page.until_true("element.shadowRoot.querySelector('.nothing')").await;
    page.value::<()>("element.setAttribute('label', '<b>x</b>')").await;
    page.until_true("element.shadowRoot.querySelector('.explorer')?.getAttribute('aria-label') === '<b>x</b>'").await;
    assert!(page.value::<bool>("!element.shadowRoot.querySelector('img, script, b')").await);
    page.value::<()>("element.open('nato-takes-huawei-security-concerns-seriously-stoltenberg')").await;
    page.by_role("article", NATO).until_there().await;
    let open = "[...element.shadowRoot.querySelectorAll('a[href^=http]')].filter((link) => !link.href.startsWith(arguments[0]) && link.rel !== 'noopener').length";
    let whole = format!("const element = document.querySelector('article-explorer'); return {open}");
    assert_eq!(page.run::<u32>(&whole, vec![page.explorer.url().into()]).await, 0);
    page.console_is_clean().await;
}
