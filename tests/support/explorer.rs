//! One page in one browser.

use super::{
    driver::{Browser, Driver},
    part::{Name, Part},
    site::{Edition, Site},
};
use fantoccini::{
    Client, ClientBuilder,
    actions::{InputSource, KeyAction, KeyActions},
    error::CmdError,
    key::Key,
    wd::{WebDriverCompatibleCommand, WindowHandle},
};
use hyper::Method;
use hyper_timeout::TimeoutConnector;
use hyper_util::client::legacy::connect::HttpConnector;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    env,
    fmt::Display,
    fs,
    panic::Location,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};
use tokio::time::{Instant, sleep};

/// How long the page may take to show what a test waits for. Long, since machines that run tests are busy.
pub const PATIENCE: Duration = Duration::from_secs(15);

/// How long a driver may take for a command. Longer than it waits for a script, and for a browser to start on a busy machine;
/// one that has hung would keep the tests for ever.
const LONGEST: Duration = Duration::from_secs(90);

/// How soon a state that was not there yet is looked at again.
const AGAIN: Duration = Duration::from_millis(20);

/// What the page holds by role and name; each script below is run with these functions before it.
const ROLES: &str = include_str!("roles.js");

/// The explorer, open in a browser of its own with a fresh profile.
pub struct Explorer {
    client: Client,
    session: String,
    driver: Arc<Driver>,
    browser: Browser,
    site: Site,
    complaints: Mutex<Vec<String>>,
}

impl Explorer {
    /// Opens the built site at `address`, which is what follows the site's own path: `""`, `"?q=huawei"`.
    pub async fn open(address: &str) -> Explorer {
        Explorer::open_in_edition(Site::built_folder(), address).await
    }

    /// Opens the site over the articles in `tests/articles` at `address`.
    pub async fn open_test_articles(address: &str) -> Explorer {
        Explorer::open_in_edition(Site::test_folder(), address).await
    }

    /// Opens a built site at `address` in the edition that the tests are run in: from its server, kept from an earlier visit
    /// with its server gone, or as one file.
    async fn open_in_edition(folder: PathBuf, address: &str) -> Explorer {
        let site = Site::in_edition(folder).await;
        if Edition::asked_for() != Edition::Offline {
            return Explorer::open_at(site, address).await;
        }
        let page = Explorer::open_at(site, "").await;
        page.until_kept().await;
        page.site().go_away();
        page.go(address).await;
        page
    }

    /// Waits until the page can be read without its server.
    pub async fn until_kept(&self) {
        let script =
            "return navigator.serviceWorker.getRegistration().then((kept) => kept?.active?.state === 'activated')";
        self.until("the service worker", async || self.run(script, vec![]).await).await;
    }

    /// Opens any site at `address`.
    pub async fn open_at(site: Site, address: &str) -> Explorer {
        let page = Explorer::start(site, true).await;
        page.go(address).await;
        page
    }

    /// Opens any site in a browser that runs no scripts of pages. Needs `NoScripts`.
    pub async fn open_without_scripts(site: Site, address: &str) -> Explorer {
        let page = Explorer::start(site, false).await;
        page.go_to_page(address).await;
        page
    }

    async fn start(site: Site, scripts: bool) -> Explorer {
        let browser = Browser::asked_for();
        let driver = browser.driver();
        let mut capabilities = browser.capabilities();
        if !scripts {
            let (options, setting) = match browser {
                Browser::Chromium => {
                    ("goog:chromeOptions", json!({ "profile.managed_default_content_settings.javascript": 2 }))
                }
                _ => ("moz:firefoxOptions", json!({ "javascript.enabled": false })),
            };
            capabilities.get_mut(options).expect("a browser of this kind")["prefs"] = setting;
        }
        if browser != Browser::Chromium {
            // Where one may not look into the clipboard.
            site.run_before_load("navigator.clipboard.writeText = async (text) => { window.clipboard = text }");
        }
        let mut connector = TimeoutConnector::new(HttpConnector::new());
        connector.set_read_timeout(Some(LONGEST));
        let client = ClientBuilder::new(connector)
            .capabilities(capabilities)
            .connect(&driver.url())
            .await
            .unwrap_or_else(|error| panic!("{browser:?} does not start: {error}"));
        let session = client.session_id().await.ok().flatten().expect("a new session has an id");
        let page = Explorer { client, session, driver, browser, site, complaints: Mutex::default() };
        page.set_size(1280, 900).await;
        page
    }

    /// The server behind the page.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The part of the page that is a `role` with this name: see [`Part`].
    #[track_caller]
    pub fn by_role(&self, role: &str, name: impl Into<Name>) -> Part<'_> {
        Part::whole(self).by_role(role, name)
    }

    /// Goes to `address` below the site's path, as one who types it into the address bar.
    pub async fn go(&self, address: &str) {
        self.go_to_page(address).await;
        self.taken_over().await;
    }

    /// The same, without waiting for the program to be there.
    pub async fn go_to_page(&self, address: &str) {
        let url = self.site.url_of(address);
        self.client.goto(&url).await.expect("the browser goes where it is told");
    }

    /// Waits until the program has taken the place of what the page came with, or something else is to be seen there.
    pub async fn taken_over(&self) {
        let script = "return !document.querySelector('#explorer[data-home]:not(:has(.load-failed))')";
        self.until("the program to be there", async || self.run(script, vec![]).await).await;
    }

    /// Opens another tab of the same browser at `address` and goes there. Returns what [`to_tab`](Self::to_tab) takes for the
    /// one that was left.
    pub async fn open_tab(&self, address: &str) -> WindowHandle {
        let left = self.client.window().await.expect("there is a tab");
        let opened = self.client.new_window(true).await.expect("the browser opens a tab");
        self.to_tab(opened.handle).await;
        self.go(address).await;
        left
    }

    /// Goes to a tab that is open. Returns the one that was left.
    pub async fn to_tab(&self, tab: WindowHandle) -> WindowHandle {
        let left = self.client.window().await.expect("there is a tab");
        self.client.switch_to_window(tab).await.expect("the tab is there still");
        left
    }

    /// Waits for what the page does a turn later. After a long task Yew draws in one turn and writes the history in the next:
    /// a driver comes between the two, a reader's hand can't.
    async fn at_rest(&self) {
        let two_turns = "const done = arguments[0]; setTimeout(() => setTimeout(done))";
        self.client.execute_async(two_turns, vec![]).await.expect("turns of the page come one after the other");
    }

    /// The browser's Back.
    pub async fn back(&self) {
        self.at_rest().await;
        self.client.back().await.expect("the browser goes back");
        self.taken_over().await;
    }

    /// The browser's Forward.
    pub async fn forward(&self) {
        self.at_rest().await;
        self.client.forward().await.expect("the browser goes forward");
        self.taken_over().await;
    }

    /// The browser's Reload.
    pub async fn reload(&self) {
        self.at_rest().await;
        self.client.refresh().await.expect("the browser reloads");
        self.taken_over().await;
    }

    /// The address that the browser shows.
    pub async fn url(&self) -> String {
        // The driver would normalise it.
        self.run("return location.href", vec![]).await
    }

    /// What follows the site's own path in the address: `""`, `"?q=huawei"`.
    pub async fn address(&self) -> String {
        let url = self.url().await;
        self.site.address_of(&url).unwrap_or_else(|| panic!("the page went off to {url}"))
    }

    /// Waits until [`address`](Self::address) is `expected`.
    #[track_caller]
    pub fn until_address(&self, expected: &str) -> impl Future<Output = ()> {
        self.until(format!("the address to be {expected:?}"), async move || self.address().await == expected)
    }

    /// The title of the page.
    pub async fn title(&self) -> String {
        self.run("return document.title", vec![]).await
    }

    /// Presses `keys` wherever the focus is. A [`Key`] turns into a text with `to_string()`.
    pub async fn press(&self, keys: &str) {
        // Other drivers would give a key to an element, which is not all that a key does.
        if self.browser != Browser::Chromium {
            return self.strike(keys).await;
        }
        let focused = self.client.active_element().await.expect("something always has the focus, if only the body");
        focused.send_keys(keys).await.expect("what has the focus takes keys");
    }

    /// Strikes the keys of a keyboard; those that are held are let go at the end.
    async fn strike(&self, keys: &str) {
        let held = |key: &char| [Key::Shift, Key::Control, Key::Alt, Key::Meta].map(char::from).contains(key);
        let mut actions = KeyActions::new("keyboard".to_owned());
        for key in keys.chars() {
            actions = actions.then(KeyAction::Down { value: key });
            if !held(&key) {
                actions = actions.then(KeyAction::Up { value: key });
            }
        }
        for key in keys.chars().filter(held) {
            actions = actions.then(KeyAction::Up { value: key });
        }
        self.client.perform_actions(actions).await.expect("what has the focus takes keys");
    }

    /// Role and name of what has the focus, as in `searchbox "Search articles"`.
    pub async fn focused(&self) -> String {
        self.ask("return describe(focused())", vec![]).await
    }

    /// How far down the page is scrolled, in CSS pixels.
    pub async fn scroll_y(&self) -> f64 {
        self.run("return scrollY", vec![]).await
    }

    /// Scrolls to `y` at once.
    pub async fn scroll_to(&self, y: f64) {
        self.run("scrollTo({ top: arguments[0], behavior: 'instant' })", vec![json!(y)]).await
    }

    /// Gives the page this many CSS pixels. No window can be as narrow as a phone, but Chromium's page can.
    pub async fn set_size(&self, width: u32, height: u32) {
        if self.browser == Browser::Chromium {
            let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
            self.chromium("Emulation.setDeviceMetricsOverride", size).await;
        } else {
            let [more, taller]: [u32; 2] =
                self.run("return [outerWidth - innerWidth, outerHeight - innerHeight]", vec![]).await;
            self.client.set_window_size(width + more, height + taller).await.expect("the window takes any size");
        }
    }

    /// Shows the page as it would be printed. Needs `Media`.
    pub async fn set_print(&self) {
        self.chromium("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
    }

    /// What the clipboard holds.
    pub async fn clipboard(&self) -> String {
        if self.browser != Browser::Chromium {
            return self.run("return window.clipboard ?? ''", vec![]).await;
        }
        let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
        self.chromium("Browser.grantPermissions", permissions).await;
        self.run("return navigator.clipboard.readText()", vec![]).await
    }

    /// What keeps people out of the page as it is now, a line each; none should. By axe, best practices included.
    pub async fn barriers(&self) -> Vec<String> {
        self.barriers_in("html").await
    }

    /// The same for a part of the page, with what is in its shadow trees.
    pub async fn barriers_in(&self, selector: &str) -> Vec<String> {
        let usual = concat!(env!("CARGO_MANIFEST_DIR"), "/target/tools/axe/node_modules/axe-core/axe.min.js");
        let file = env::var_os("ARTICLE_EXPLORER_AXE").unwrap_or_else(|| usual.into());
        let axe = fs::read_to_string(&file).expect("`cargo xtask test` fetches axe");
        let script =
            "const { violations } = await axe.run(document.querySelector(place), { resultTypes: ['violations'] });
            return violations.flatMap(({ id, help, nodes }) =>
                nodes.map(({ target }) => `${id}: ${help}: ${target.join(' ')}`))";
        let whole = format!("const place = arguments[0];\n{axe}\nreturn (async () => {{ {script} }})()");
        self.run(&whole, vec![selector.into()]).await
    }

    /// Selects what stands in the text of the open article, as one does by dragging over it.
    pub async fn select_text(&self, text: &str) {
        let script = "const range = document.createRange();
            const walker = document.createTreeWalker(document.querySelector('.text'), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(arguments[0]);
                if (at < 0) continue;
                range.setStart(walker.currentNode, at);
                range.setEnd(walker.currentNode, at + arguments[0].length);
                getSelection().removeAllRanges();
                getSelection().addRange(range);
                return true;
            }
            return false";
        self.until(format!("{text:?} in the article"), async || self.run(script, vec![json!(text)]).await).await;
    }

    /// Makes media queries answer so: `("prefers-color-scheme", "dark")`, `("prefers-reduced-motion", "reduce")`,
    /// `("forced-colors", "active")`. Needs `Media`.
    pub async fn set_preference(&self, feature: &str, value: &str) {
        let features = json!({ "features": [{ "name": feature, "value": value }] });
        self.chromium("Emulation.setEmulatedMedia", features).await;
    }

    /// Runs this in every page from the next one on, before the page's own script.
    pub async fn run_before_load(&self, script: &str) {
        if self.browser != Browser::Chromium {
            return self.site.run_before_load(script);
        }
        self.chromium("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
    }

    /// Opens the settings, which are English still, and lets the page speak another language.
    pub async fn choose_language(&self, tag: &str) {
        self.by_role("button", "Settings").click().await;
        self.by_role("dialog", "Settings").until_there().await;
        let script = "const select = document.querySelector('dialog select');
            select.value = arguments[0];
            select.dispatchEvent(new Event('change', { bubbles: true }))";
        self.until("the languages", async || {
            self.run("return !!document.querySelector('dialog select')", vec![]).await
        })
        .await;
        self.run::<()>(script, vec![json!(tag)]).await;
    }

    /// Cuts the browser off from every server, or lets it back; where it lacks `Network`, from that of the page.
    pub async fn set_offline(&self, offline: bool) {
        if self.browser != Browser::Chromium {
            return self.site.set_away(offline);
        }
        let network = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.chromium("Network.enable", json!({})).await;
        self.chromium("Network.emulateNetworkConditions", network).await;
    }

    /// Writes what is to be seen now to a PNG file.
    pub async fn screenshot(&self, file: impl AsRef<Path>) {
        let picture = self.client.screenshot().await.expect("a picture of the page");
        fs::write(file, picture).expect("the picture's folder can be written to");
    }

    /// Warnings and errors on the console since the page was opened: exceptions, failed requests, blocked content.
    /// Only Chromium hands them out; the list of any other browser is empty.
    pub async fn console_errors(&self) -> Vec<String> {
        if self.browser == Browser::Chromium {
            let log =
                self.command(Method::POST, "se/log", json!({ "type": "browser" })).await.expect("Chromium keeps a log");
            self.keep_complaints(&log);
        }
        self.complaints.lock().expect("nothing panics while it holds this lock").clone()
    }

    /// Fails if the console holds a warning or an error.
    pub async fn console_is_clean(&self) {
        let errors = self.console_errors().await;
        assert!(errors.is_empty(), "the console should be clean, and holds:\n{}", errors.join("\n"));
    }

    /// Where the roles and names that these tests go by are not those that the browser computes, element by element.
    pub async fn disagreements(&self) -> Vec<String> {
        let seen: Vec<(Reference, String, String)> = self.ask("return everything()", vec![]).await;
        let mut disagreements = Vec::new();
        for (element, role, name) in seen {
            let ask = async |what: &str| {
                let path = format!("element/{}/computed{what}", element.id());
                let answer = self.command(Method::GET, path, Value::Null).await;
                answer.expect("the browser knows its own mind").as_str().unwrap_or_default().to_owned()
            };
            let [own_role, own_name] = [ask("role").await, ask("label").await];
            // The newer name of the same role.
            let own_role = if own_role == "image" { "img" } else { &own_role };
            if (own_role, own_name.as_str()) != (&role, &name) {
                disagreements.push(format!("{role} {name:?} is {own_role} {own_name:?} to the browser"));
            }
        }
        disagreements
    }

    /// Runs the body of a JavaScript function in the page and returns what it returns.
    pub async fn run<T: DeserializeOwned>(&self, script: &str, arguments: Vec<Value>) -> T {
        self.answered(script, async || self.client.execute(script, arguments.clone()).await).await
    }

    /// What a script returns. Of a page, or of one with a frame, that is just giving way to another, Firefox says nothing, and
    /// WebKit that the script came too late.
    async fn answered<T: DeserializeOwned>(&self, script: &str, run: impl AsyncFn() -> Result<Value, CmdError>) -> T {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let answer = run().await;
            let gives_way = match &answer {
                Ok(answer) => answer.is_null() && self.browser == Browser::Firefox,
                Err(error) => error.to_string().contains("before the unload event"),
            };
            let answer = match answer.map(serde_json::from_value) {
                Ok(Ok(value)) => return value,
                Ok(Err(error)) => format!("returned something else: {error}"),
                Err(error) => format!("failed: {error}"),
            };
            assert!(gives_way && Instant::now() < deadline, "the script {answer}\n{script}");
            sleep(AGAIN).await;
        }
    }

    /// As [`run`](Self::run), in a frame of the page by its number, whatever its origin.
    pub async fn in_frame<T: DeserializeOwned>(&self, number: u16, script: &str) -> T {
        self.answered(script, async || {
            self.client.enter_frame(number).await.expect("there is such a frame");
            let answer = self.client.execute(script, vec![]).await;
            self.client.enter_parent_frame().await.expect("the frame is in a page");
            answer
        })
        .await
    }

    /// Waits until `holds` does. `what` completes the sentence "waited in vain for …".
    #[track_caller]
    pub fn until(&self, what: impl Display, holds: impl AsyncFnMut() -> bool) -> impl Future<Output = ()> {
        let place = Location::caller();
        async move {
            assert!(self.wait(holds).await, "{place}: waited in vain for {what}");
        }
    }

    /// Whether `holds` did, before patience ran out.
    pub(super) async fn wait(&self, mut holds: impl AsyncFnMut() -> bool) -> bool {
        let deadline = Instant::now() + PATIENCE;
        while !holds().await {
            if Instant::now() > deadline {
                return false;
            }
            sleep(AGAIN).await;
        }
        true
    }

    /// As [`run`](Self::run), with the functions of `roles.js` at hand.
    pub(super) async fn ask<T: DeserializeOwned>(&self, script: &str, arguments: Vec<Value>) -> T {
        self.run(&format!("{ROLES}\n{script}"), arguments).await
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// A command of the DevTools protocol, for what WebDriver has none for.
    pub async fn chromium(&self, command: &str, parameters: Value) -> Value {
        assert_eq!(self.browser, Browser::Chromium, "{command} is Chromium's own");
        let body = json!({ "cmd": command, "params": parameters });
        self.command(Method::POST, "goog/cdp/execute", body).await.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Any command of the session, for those that fantoccini has no method for.
    async fn command(&self, method: Method, path: impl Into<String>, body: Value) -> Result<Value, CmdError> {
        let path = path.into();
        self.client.issue_cmd(Command { method, path, body }).await
    }

    fn keep_complaints(&self, log: &Value) {
        let mut complaints = self.complaints.lock().expect("nothing panics while it holds this lock");
        for entry in log.as_array().into_iter().flatten() {
            if matches!(entry["level"].as_str(), Some("WARNING" | "SEVERE")) {
                complaints.push(entry["message"].as_str().unwrap_or_default().to_owned());
            }
        }
    }

    /// What a failed test leaves behind for whoever reads its output.
    fn print_what_it_showed(&self) {
        let session = format!("/session/{}", self.session);
        let ask = |script: &str| {
            let body = json!({ "script": format!("{ROLES}\nreturn {script}"), "args": [] });
            self.driver.command("POST", &format!("{session}/execute/sync"), &body)
        };
        let log = self.driver.command("POST", &format!("{session}/se/log"), &json!({ "type": "browser" }));
        self.keep_complaints(&log.unwrap_or_default());

        let text = |answer: Option<Value>| answer.and_then(|text| Some(text.as_str()?.to_owned())).unwrap_or_default();
        eprintln!("\nThe page was {} and showed:\n{}", text(ask("location.href")), text(ask("outline()")));
        for complaint in self.complaints.lock().iter().flat_map(|complaints| complaints.iter()) {
            eprintln!("console: {complaint}");
        }
    }
}

impl Drop for Explorer {
    fn drop(&mut self) {
        if thread::panicking() {
            self.print_what_it_showed();
        }
        self.driver.command("DELETE", &format!("/session/{}", self.session), &json!({}));
    }
}

/// An element, as scripts and the driver pass it to each other.
#[derive(Debug, Deserialize)]
pub(super) struct Reference(HashMap<String, String>);

impl Reference {
    pub(super) fn id(&self) -> &str {
        self.0.values().next().expect("a reference to an element has one entry, its id")
    }
}

#[derive(Debug)]
struct Command {
    method: Method,
    path: String,
    body: Value,
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, driver: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        let session = session.expect("commands are sent within a session");
        driver.join(&format!("session/{session}/{}", self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (Method, Option<String>) {
        (self.method.clone(), (!self.body.is_null()).then(|| self.body.to_string()))
    }
}
