//! Browsers and the drivers that steer them.

use serde_json::{Value, json};
use std::{
    env,
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    os::unix::process::CommandExt,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{Arc, OnceLock},
    thread,
    time::{Duration, Instant},
};

/// The engines that the tests know how to steer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    Chromium,
    Firefox,
    WebKit,
}

/// What not every browser lets tests do. A test that takes one of these says so by [`needs!`](super::needs).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capability {
    /// Media queries answer as they are told.
    Media,
    /// A page as narrow as on a phone.
    NarrowPages,
    /// No script of a page runs.
    NoScripts,
    /// Roles and names are those that the tests compute themselves.
    SameRoles,
    /// What a page says on its console is handed out.
    Console,
    /// A whole network that is gone, not only the server of one page.
    Network,
    /// Gestures and text as from the system's own input; what the browser counts of itself.
    DevTools,
}

/// Runs the driver that it is given until its own standard input closes, which happens however the test program ends:
/// a destructor would not do, since statics have none and a killed program runs none. Then it ends the driver and its
/// browsers, which are all of the shell's own process group, even those that do not listen any more, and removes what they
/// left on the disk.
const GUARD: &str = r#"
    TMPDIR=$(mktemp -d)
    export TMPDIR
    trap '' TERM
    (trap - TERM; exec "$@") &
    read -r _
    kill 0
    tries=0
    while kill -0 $! && [ $((tries += 1)) -lt 200 ]; do sleep 0.05; done
    rm -rf "$TMPDIR" || { sleep 1; rm -rf "$TMPDIR"; }
    kill -KILL 0
"#;

/// Gives what it is given a screen of its own to draw on, for a browser that can't do without one.
const SCREEN: &str = r#"
    Xvfb ":$0" -screen 0 1600x1200x24 &
    until [ -S "/tmp/.X11-unix/X$0" ]; do sleep 0.02; done
    DISPLAY=":$0" exec "$@"
"#;

/// A running driver. It ends with its last user, at the latest with the test program.
pub struct Driver {
    address: SocketAddr,
    guard: Child,
}

impl Browser {
    /// The one that `ARTICLE_EXPLORER_BROWSER` asks for.
    pub fn asked_for() -> Browser {
        match env::var("ARTICLE_EXPLORER_BROWSER").as_deref() {
            Err(_) | Ok("" | "chromium") => Browser::Chromium,
            Ok("firefox") => Browser::Firefox,
            Ok("webkit") => Browser::WebKit,
            Ok(other) => panic!("ARTICLE_EXPLORER_BROWSER is {other}; chromium, firefox and webkit are known"),
        }
    }

    pub fn can(self, what: Capability) -> bool {
        match self {
            Browser::Chromium => true,
            Browser::Firefox => what == Capability::NoScripts,
            Browser::WebKit => false,
        }
    }

    /// A driver for a session of this browser. Chromium's takes many sessions at once, so there is one of it in
    /// each test program; those of the others take one.
    pub fn driver(self) -> Arc<Driver> {
        static CHROMEDRIVER: OnceLock<Arc<Driver>> = OnceLock::new();
        match self {
            Browser::Chromium => CHROMEDRIVER.get_or_init(|| Driver::start(self)).clone(),
            Browser::Firefox | Browser::WebKit => Driver::start(self),
        }
    }

    /// What a new session asks its driver for: a fresh profile, no window, no calls home.
    pub fn capabilities(self) -> serde_json::Map<String, Value> {
        let wanted = match self {
            Browser::Chromium => json!({
                "browserName": "chrome",
                "goog:loggingPrefs": { "browser": "ALL" },
                "goog:chromeOptions": {
                    "binary": find(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]),
                    "args": [
                        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking",
                        "--disable-component-update", "--disable-sync", "--disable-quic", "--no-first-run",
                    ],
                },
            }),
            Browser::Firefox => json!({
                "browserName": "firefox",
                "moz:firefoxOptions": { "binary": find(&["firefox", "firefox-esr"]), "args": ["-headless"] },
            }),
            // The browser comes with WebKitGTK's driver, which finds it by itself.
            Browser::WebKit => json!({ "browserName": "MiniBrowser" }),
        };
        match wanted {
            Value::Object(wanted) => wanted,
            _ => unreachable!("each of them is an object"),
        }
    }

    fn program(self) -> PathBuf {
        find(&[match self {
            Browser::Chromium => "chromedriver",
            Browser::Firefox => "geckodriver",
            Browser::WebKit => "WebKitWebDriver",
        }])
    }
}

impl Driver {
    /// Where it takes commands.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Sends one command and waits for the answer, outside of any async runtime: for the end of a test, when there
    /// may be a panic under way and nobody left to await anything.
    pub fn command(&self, method: &str, path: &str, body: &Value) -> Option<Value> {
        let mut stream = TcpStream::connect(self.address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
        let body = body.to_string();
        let (address, length) = (self.address, body.len());
        let head = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json");
        write!(stream, "{head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}").ok()?;
        // Drivers keep the connection open whatever they are asked, so the answer ends where it says it does.
        let mut answer = BufReader::new(stream);
        let mut length = 0;
        let mut line = String::new();
        while answer.read_line(&mut line).ok()? > 2 {
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().ok()?;
            }
            line.clear();
        }
        let mut body = vec![0; length];
        answer.read_exact(&mut body).ok()?;
        serde_json::from_slice::<Value>(&body).ok()?.get_mut("value").map(Value::take)
    }

    fn start(browser: Browser) -> Arc<Driver> {
        let program = browser.program();
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
        let address = free.expect("a free port on this machine");
        let mut guard = Command::new("sh");
        guard.args(["-c", GUARD, "sh"]);
        if browser == Browser::WebKit {
            guard.args(["sh", "-c", SCREEN, &address.port().to_string()]);
        }
        let guard = guard
            .arg(&program)
            .arg(format!("--port={}", address.port()))
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell");
        let deadline = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect(address).is_err() {
            assert!(Instant::now() < deadline, "{} does not listen on {address}", program.display());
            thread::sleep(Duration::from_millis(5));
        }
        Arc::new(Driver { address, guard })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        _ = self.guard.wait();
    }
}

/// The first of these programs that the search path leads to.
fn find(names: &[&str]) -> PathBuf {
    let folders: Vec<_> = env::var_os("PATH").iter().flat_map(|path| env::split_paths(path)).collect();
    let mut programs = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    programs
        .find(|path| path.is_file())
        .unwrap_or_else(|| panic!("there is no {} on this machine; `cargo xtask test` installs it", names.join(" or ")))
}
