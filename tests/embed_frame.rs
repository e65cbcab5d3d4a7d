//! The explorer in a frame of somebody else's page. The numbers are those of the checklist in `tests/host/README.md`.

mod support;

use std::time::Duration;

use serde_json::{Value, json};
use support::{Host, HostOptions};

const SANDBOX: &str = "allow-scripts allow-popups allow-popups-to-escape-sandbox";
const SLUG: &str = "nato-takes-huawei-security-concerns-seriously-stoltenberg";
const HELPER: &str = "<script type=\"module\" src=\"{embed}frame-helper.js\"></script>";
/// What a page with a frame needs; the helper is a script of the explorer's.
const POLICY: &str = "default-src 'none'; script-src 'self' {explorer}; frame-src {explorer}";

fn frame(query: &str) -> String {
    format!(
        "<iframe data-article-explorer title=\"Articles\" sandbox=\"{SANDBOX}\" height=\"600\" src=\"{{embed}}frame.html{query}\"></iframe>"
    )
}

async fn open(body: &str, files: &[(&str, &str)]) -> Host {
    let head = format!("{HELPER}<script src=\"watch.js\"></script>");
    let files: Vec<_> = [("watch.js", "")].iter().chain(files).copied().collect();
    Host::open_with(
        body,
        HostOptions { policy: POLICY, script: false, head: &head, files: &files, ..HostOptions::default() },
    )
    .await
}

/// Runs a script in the first frame of the page, whatever its origin.
async fn inside<T: serde::de::DeserializeOwned>(page: &Host, number: u16, script: &str) -> T {
    page.in_frame(number, &format!("const element = document.querySelector('article-explorer'); return ({script})"))
        .await
}

async fn until_inside(page: &Host, number: u16, script: &str) {
    page.until(format!("{script} in frame {number}"), async || {
        inside::<bool>(page, number, &format!("!!({script})")).await
    })
    .await;
}

async fn until_fitting(page: &Host, number: u16) {
    page.until(format!("frame {number} to be as high as its content"), async || {
        let content: f64 = inside(page, number, "element?.getBoundingClientRect().height ?? 0").await;
        content > 100.0 && (height(page, number.into()).await - content.ceil()).abs() < 1.0
    })
    .await;
}

async fn height(page: &Host, number: u32) -> f64 {
    page.value(&format!("document.querySelectorAll('iframe')[{number}].clientHeight")).await
}

/// 66, 67, 69, 70, 71: sandboxed, without an origin of its own, it works, and it is as high as what is in it, both ways;
/// each of two frames by itself. The page around goes nowhere and its history has no more entries.
#[tokio::test]
async fn a_frame_is_as_high_as_its_content() {
    let watch = [(
        "watch.js",
        "window.errors = []; addEventListener('error', (event) => errors.push(event.message));
        window.told = []; addEventListener('article-explorer-navigated', (event) => told.push(event.detail.article))",
    )];
    let page =
        open(&format!("<h1>A page</h1>{}{}", frame(""), frame(&format!("?article={SLUG}&view=article"))), &watch).await;
    let entries: u32 = page.value("history.length").await;
    until_inside(&page, 0, "element?.state?.status === 'ready'").await;
    assert_eq!(inside::<String>(&page, 0, "self.origin").await, "null");
    // Side by side, since a frame that nobody can see is not drawn.
    page.run::<()>("document.body.style.display = 'flex'; document.body.style.alignItems = 'start'", vec![]).await;
    until_inside(&page, 1, "element?.state?.status === 'ready'").await;
    let heights = async || {
        for number in 0..2 {
            until_fitting(&page, number).await;
        }
        (height(&page, 0).await, height(&page, 1).await)
    };
    // What is shown at first is not all that an article has, and each part of it fits for a moment.
    page.until("the frames to stay as they are", async || {
        let before = heights().await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        heights().await == before
    })
    .await;
    let (tall, other) = heights().await;
    inside::<()>(&page, 0, "(element.search('taiwan'), undefined)").await;
    page.until("the frame to shrink", async || height(&page, 0).await < tall - 200.0).await;
    assert_eq!(height(&page, 1).await, other, "the other frame is as it was");
    inside::<()>(&page, 0, "(element.search(''), undefined)").await;
    page.until("the frame to grow", async || (height(&page, 0).await - tall).abs() < 2.0).await;

    inside::<()>(&page, 0, "(element.shadowRoot.querySelector('.row a').click(), undefined)").await;
    page.until_true(&format!("told[0] === '{SLUG}'")).await;
    assert_eq!(
        page.value::<Value>("[history.length, errors, location.pathname, scrollY]").await,
        json!([entries, [], "/some/where/", 0])
    );
    assert!(inside::<bool>(&page, 1, "element.article !== null").await);
    let targets: Vec<String> = inside(&page, 0, "[...element.shadowRoot.querySelectorAll('a[href^=http]')].map((link) => document.baseURI && document.querySelector('base').target)").await;
    assert!(targets.iter().all(|target| target == "_blank"), "{targets:?}");
    assert!(
        inside::<bool>(&page, 0, "(() => { try { return !localStorage } catch { return true } })()").await,
        "there is no storage to use"
    );
    page.console_is_clean().await;
}

/// 67: it takes few messages to get there.
#[tokio::test]
async fn a_change_of_height_is_told_in_a_few_messages() {
    let watch = [("watch.js", "window.heights = []; const Channel = MessageChannel; window.MessageChannel = function () {
        const channel = new Channel(); channel.port1.addEventListener('message', ({ data }) => { if (data.type === 'height') heights.push(data.payload) }); return channel; }")];
    let page = open(&frame(""), &watch).await;
    until_inside(&page, 0, "element?.state?.status === 'ready'").await;
    page.run::<()>("return new Promise((done) => setTimeout(done, 800))", vec![]).await;
    page.run::<()>("heights.length = 0", vec![]).await;
    inside::<()>(&page, 0, "(element.search('taiwan'), undefined)").await;
    page.until_true("heights.length > 0").await;
    page.run::<()>("return new Promise((done) => setTimeout(done, 800))", vec![]).await;
    let heights: Vec<u32> = page.value("heights").await;
    assert!(heights.len() <= 3, "{heights:?}");
}

/// 68: messages of others, and heights that make no sense, change nothing.
#[tokio::test]
async fn other_messages_change_nothing() {
    let watch = [(
        "watch.js",
        "const Channel = MessageChannel; window.MessageChannel = function () { const channel = new Channel(); window.port = channel.port1; return channel; }",
    )];
    let body = format!("{}<iframe src=\"about:blank\"></iframe>", frame(""));
    let page = open(&body, &watch).await;
    until_inside(&page, 0, "element?.state?.status === 'ready'").await;
    until_fitting(&page, 0).await;
    let before = height(&page, 0).await;
    let script = "const hear = window.port.onmessage; for (const data of [null, 7, 'x', { ax: 2, type: 'height', payload: 99 }, { ax: 1, type: 'size', payload: 99 },
            { ax: 1, type: 'height', payload: 1e9 }, { ax: 1, type: 'height', payload: -5 }, { ax: 1, type: 'height', payload: '99' }, { ax: 1, type: 'height', payload: NaN }]) hear({ data });
        postMessage({ ax: 1, type: 'hello' }, '*'); postMessage({ ax: 1, type: 'height', payload: 99 }, '*');
        return new Promise((done) => setTimeout(done, 300))";
    page.run::<()>(script, vec![]).await;
    assert_eq!(height(&page, 0).await, before);
    page.console_is_clean().await;
}

/// 67: the helper may come when the frame has long been there; and it may be connected once more.
#[tokio::test]
async fn a_helper_that_comes_late_is_heard() {
    let options = HostOptions { policy: POLICY, script: false, ..HostOptions::default() };
    let page = Host::open_with(&frame(""), options).await;
    until_inside(&page, 0, "element?.state?.status === 'ready'").await;
    let connect = "const helper = document.createElement('script'); helper.type = 'module';
        helper.src = new URL('frame-helper.js', document.querySelector('iframe').src); document.head.append(helper);
        return new Promise((done, fail) => Object.assign(helper, { onload: done, onerror: fail }))";
    page.run::<Value>(connect, vec![]).await;
    until_fitting(&page, 0).await;
    let again = "const frame = document.querySelector('iframe'); frame.style.height = '';
        return import(new URL('frame-helper.js', frame.src)).then(({ connect }) => { connect(frame); })";
    page.run::<Value>(again, vec![]).await;
    until_fitting(&page, 0).await;
    page.console_is_clean().await;
}

/// 72: without the helper it has the height that the page gives it, and scrolls.
#[tokio::test]
async fn without_the_helper_it_scrolls() {
    let page =
        Host::open_with(&frame(""), HostOptions { policy: POLICY, script: false, ..HostOptions::default() }).await;
    until_inside(&page, 0, "element?.state?.status === 'ready'").await;
    assert_eq!(height(&page, 0).await, 600.0);
    assert!(inside::<bool>(&page, 0, "document.scrollingElement.scrollHeight > 600").await);
    page.console_is_clean().await;
}

/// 73: what describes the frame for those who embed by address.
#[tokio::test]
async fn oembed_is_one_frame() {
    let folder = support::Site::built_folder();
    let read = |file: &str| -> Value {
        serde_json::from_slice(&std::fs::read(folder.join(file)).unwrap_or_else(|_| panic!("there is no {file}")))
            .unwrap()
    };
    let list: Value = read("oembed/index.json");
    for file in ["oembed/index.json".to_owned(), format!("oembed/{SLUG}.json")] {
        let about = read(&file);
        assert_eq!((&about["version"], &about["type"]), (&json!("1.0"), &json!("rich")), "{file}");
        assert!(about["height"].is_u64() && about["width"].is_u64());
        let html = about["html"].as_str().unwrap();
        assert!(html.starts_with("<iframe ") && html.ends_with("></iframe>") && !html.contains('\n'), "{html}");
        assert_eq!(html.matches('<').count(), 2, "{html}");
        assert!(html.contains(" title=\"") && html.contains("/embed/v1/frame.html"), "{html}");
    }
    assert!(list["title"].is_string());
    let page = Host::open_with(
        "<div id=\"place\"></div>",
        HostOptions { policy: POLICY, script: false, ..HostOptions::default() },
    )
    .await;
    // The address that the site was built for is another than that of the test's server.
    let html = read(&format!("oembed/{SLUG}.json"))["html"].as_str().unwrap().to_owned();
    let start = html.find("src=\"").unwrap() + 5;
    let end = start + html[start..].find("embed/v1/").unwrap();
    let html = format!("{}{}{}", &html[..start], page.explorer.url(), &html[end..]);
    page.run::<()>("document.getElementById('place').innerHTML = arguments[0]", vec![html.into()]).await;
    until_inside(&page, 0, "element?.shadowRoot?.querySelector('article')").await;
}
