//! A folder as a static server offers it: below a path of its own, under a strict policy, to this machine only.

use super::driver::Browser;
use http_body_util::Full;
use hyper::{
    Response, StatusCode,
    body::{Bytes, Incoming},
    header,
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::{net::TcpListener, task::JoinHandle};

/// The strictest policy that the site promises to run under.
pub const STRICT_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    connect-src 'self'; style-src 'self'; img-src 'self' data:; manifest-src 'self'; worker-src 'self'";

/// Not the root of its server: a site that works here works in any folder.
const BASE: &str = "/some/where/";

/// What the server itself adds to its pages.
const BEFORE_LOAD: &str = "before-load.js";

/// A server for one folder. It ends when it is dropped.
pub struct Site {
    address: SocketAddr,
    /// The one-file edition, where that is opened instead of what the server has.
    file: Option<PathBuf>,
    files: Arc<Files>,
    serving: JoinHandle<()>,
}

/// One request that the site was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Below the site's own path, without the query: `""` is the page itself.
    pub path: String,
    /// What it was answered with.
    pub status: u16,
}

impl Site {
    /// The site that `cargo xtask build` left, under [`STRICT_POLICY`].
    pub async fn built() -> Site {
        Site::serve(Site::built_folder()).await
    }

    /// The same in the one-file edition, opened as a file.
    pub async fn in_one_file() -> Site {
        Site::in_the_file_of(Site::built_folder()).await
    }

    async fn in_the_file_of(folder: PathBuf) -> Site {
        let file = folder.join("article-explorer.html");
        assert!(file.exists(), "there is no {}; `cargo xtask test` puts it there", file.display());
        let mut site = Site::serve(folder).await;
        site.file = Some(fs::canonicalize(file).expect("it is there"));
        site
    }

    /// The site in the edition that `ARTICLE_EXPLORER_EDITION` asks for.
    pub async fn in_edition(folder: PathBuf) -> Site {
        match Edition::asked_for() {
            Edition::SingleFile => Site::in_the_file_of(folder).await,
            Edition::Site | Edition::Offline => Site::serve(folder).await,
        }
    }

    /// The same over the articles in `tests/articles`.
    pub async fn over_test_articles() -> Site {
        Site::serve(Site::test_folder()).await
    }

    /// The folder of [`over_test_articles`](Self::over_test_articles).
    pub fn test_folder() -> PathBuf {
        folder("ARTICLE_EXPLORER_TEST_DIST", "target/tests/site")
    }

    /// The folder of the site of [`built`](Self::built) with the articles' texts outside of the program.
    pub fn outside_folder() -> PathBuf {
        folder("ARTICLE_EXPLORER_OUTSIDE_DIST", "target/tests/outside")
    }

    /// The folder of the site over thousands of articles.
    pub fn large_folder() -> PathBuf {
        folder("ARTICLE_EXPLORER_LARGE_DIST", "target/tests/large")
    }

    /// The folder of [`built`](Self::built).
    pub fn built_folder() -> PathBuf {
        folder("ARTICLE_EXPLORER_DIST", "dist")
    }

    /// A file of the program of [`built`](Self::built).
    pub fn program_file(name: &str) -> PathBuf {
        let folder = Site::built_folder();
        folder.join(in_assets(&folder, name).unwrap_or_else(|| panic!("{name} is no file of the program")))
    }

    /// Serves any folder, under [`STRICT_POLICY`].
    pub async fn serve(folder: impl Into<PathBuf>) -> Site {
        Site::serve_under(STRICT_POLICY, folder).await
    }

    /// Serves any folder under a content security policy of the test's own.
    pub async fn serve_under(policy: &str, folder: impl Into<PathBuf>) -> Site {
        Site::start(Files::new(folder, policy, &[])).await
    }

    /// The built site as one that others embed has to be served: everybody may have its files.
    pub async fn for_others() -> Site {
        Site::for_others_over(Site::built_folder()).await
    }

    /// The same for a site in any folder.
    pub async fn for_others_over(folder: impl Into<PathBuf>) -> Site {
        let headers = [
            ("Access-Control-Allow-Origin", "*"),
            ("Cross-Origin-Resource-Policy", "cross-origin"),
            ("Cross-Origin-Embedder-Policy", "require-corp"),
        ];
        Site::start(Files::new(folder, STRICT_POLICY, &headers)).await
    }

    /// A site of the test's own, whose pages are given by [`write`](Self::write), below the project's `tests/host`.
    pub async fn of_another(policy: &str, headers: &[(&str, &str)]) -> Site {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/host");
        Site::start(Files::new(folder, policy, headers)).await
    }

    async fn start(files: Files) -> Site {
        let files = Arc::new(files);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port on this machine");
        let address = listener.local_addr().expect("a bound socket has an address");
        let serving = tokio::spawn(accept(listener, files.clone()));
        Site { address, file: None, files, serving }
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where the page is; it ends in `/`, if it is not one file.
    pub fn url(&self) -> String {
        match &self.file {
            Some(file) => format!("file://{}", file.display()),
            None => format!("http://{}{BASE}", self.address),
        }
    }

    /// The whole of an address below the site's own. In one file, articles have no pages.
    pub fn url_of(&self, address: &str) -> String {
        match (&self.file, address.strip_prefix("articles/").and_then(|rest| rest.split_once('/'))) {
            (Some(_), Some((slug, query))) => {
                format!("{}?article={slug}&{}", self.url(), query.trim_start_matches('?'))
            }
            _ => self.url() + address,
        }
    }

    /// The reverse; none if it is an address of others.
    pub fn address_of(&self, url: &str) -> Option<String> {
        let address = url.strip_prefix(&self.url())?;
        let query = address.strip_prefix('?').filter(|_| self.file.is_some());
        let pairs = || query.into_iter().flat_map(|query| query.split('&'));
        let Some(slug) = pairs().find_map(|pair| pair.strip_prefix("article=")) else {
            return Some(address.to_owned());
        };
        let rest: Vec<_> = pairs().filter(|pair| !pair.starts_with("article=")).collect();
        Some(format!("articles/{slug}/{}{}", if rest.is_empty() { "" } else { "?" }, rest.join("&")))
    }

    /// From now on nobody answers.
    pub fn go_away(&self) {
        self.set_away(true);
    }

    /// From now on nobody answers, or somebody does again.
    pub fn set_away(&self, away: bool) {
        self.files.gone.store(away, Ordering::Relaxed);
    }

    /// From now on every page begins with this script.
    pub fn run_before_load(&self, script: &str) {
        let mut before = lock(&self.files.before_load);
        *before += script;
        before.push(';');
    }

    /// From now on `file` holds this, whatever the folder has under its name. Here and below a file of the program is called
    /// by its name alone.
    pub fn write(&self, file: &str, content: impl Into<Vec<u8>>) {
        lock(&self.files.written).insert(self.files.named(file), content.into());
    }

    /// From now on `file` is missing: 404.
    pub fn hide(&self, file: &str) {
        lock(&self.files.hidden).insert(self.files.named(file));
    }

    /// From now on `file` never arrives.
    pub fn stall(&self, file: &str) {
        lock(&self.files.stalled).insert(self.files.named(file));
    }

    /// From now on `file` is there again.
    pub fn restore(&self, file: &str) {
        let file = &self.files.named(file);
        lock(&self.files.hidden).remove(file);
        lock(&self.files.mislabelled).remove(file);
        lock(&self.files.written).remove(file);
        lock(&self.files.stalled).remove(file);
        lock(&self.files.damaged).remove(file);
    }

    /// From now on `file` is sent as `text/plain`, as servers do that don't know its kind.
    pub fn mislabel(&self, file: &str) {
        lock(&self.files.mislabelled).insert(self.files.named(file));
    }

    /// From now on `file` ends in its middle, though the server says that this is all.
    pub fn cut_short(&self, file: &str) {
        lock(&self.files.damaged).insert(self.files.named(file));
    }

    /// The path at which a file is asked for.
    pub fn named(&self, file: &str) -> String {
        self.files.named(file)
    }

    /// Every request so far, in the order of their answers.
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.files.requests).clone()
    }
}

/// The forms in which the explorer is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    Site,
    /// The site after one visit, with its server gone.
    Offline,
    SingleFile,
}

impl Edition {
    /// The one that `ARTICLE_EXPLORER_EDITION` asks for.
    pub fn asked_for() -> Edition {
        match env::var("ARTICLE_EXPLORER_EDITION").as_deref() {
            Err(_) | Ok("" | "site") => Edition::Site,
            Ok("offline") => Edition::Offline,
            Ok("single-file") => Edition::SingleFile,
            Ok(other) => panic!("ARTICLE_EXPLORER_EDITION is {other}; site, offline and single-file are known"),
        }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Where a built site is: in the folder that this variable names, or else in this one of the project's.
fn folder(variable: &str, usual: &str) -> PathBuf {
    let folder = env::var_os(variable).unwrap_or_else(|| usual.into());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let built = folder.join("index.html").exists();
    assert!(built, "{} holds no site; `cargo xtask test` puts one there", folder.display());
    folder
}

/// The path of a file of the program, which is in a folder that is called by its content.
fn in_assets(site: &Path, name: &str) -> Option<String> {
    let folder = fs::read_dir(site.join("assets")).ok()?.next()?.ok()?;
    let file = folder.path().join(name).is_file();
    file.then(|| format!("assets/{}/{name}", folder.file_name().to_string_lossy()))
}

struct Files {
    folder: PathBuf,
    policy: String,
    /// Runs in every page before all else.
    before_load: Mutex<String>,
    /// Sent with every file.
    headers: Vec<(String, String)>,
    written: Mutex<BTreeMap<String, Vec<u8>>>,
    hidden: Mutex<BTreeSet<String>>,
    stalled: Mutex<BTreeSet<String>>,
    mislabelled: Mutex<BTreeSet<String>>,
    damaged: Mutex<BTreeSet<String>>,
    requests: Mutex<Vec<Request>>,
    /// Whether nobody answers any more.
    gone: AtomicBool,
}

impl Files {
    fn new(folder: impl Into<PathBuf>, policy: &str, headers: &[(&str, &str)]) -> Files {
        Files {
            folder: folder.into(),
            policy: policy.to_owned(),
            headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            before_load: Mutex::default(),
            written: Mutex::default(),
            hidden: Mutex::default(),
            stalled: Mutex::default(),
            mislabelled: Mutex::default(),
            damaged: Mutex::default(),
            requests: Mutex::default(),
            gone: AtomicBool::default(),
        }
    }

    fn answer(&self, asked: &str) -> Response<Full<Bytes>> {
        let file = asked.strip_prefix(BASE).unwrap_or(asked);
        if file == BEFORE_LOAD {
            let script = lock(&self.before_load).clone();
            let answer = Response::builder().header(header::CONTENT_TYPE, "text/javascript");
            return answer.body(Full::new(script.into())).expect("every header above is a valid one");
        }
        let found = asked.starts_with(BASE).then(|| self.read(file)).flatten();
        let (status, kind, body) = match found {
            Some(body) => (StatusCode::OK, self.kind(file), body),
            None => match self.read("404.html") {
                Some(page) => (StatusCode::NOT_FOUND, self.kind("404.html"), page),
                None => (StatusCode::NOT_FOUND, "text/plain", b"not found".to_vec()),
            },
        };
        let body = if kind.starts_with("text/html") { self.with_script(body) } else { body };
        lock(&self.requests).push(Request { path: file.to_owned(), status: status.as_u16() });
        let mut response = Response::builder().status(status);
        for (name, value) in &self.headers {
            response = response.header(name, value);
        }
        // In WebKit 'self' is nobody in a frame without an origin of its own.
        let frame = file.starts_with("embed/") && Browser::asked_for() == Browser::WebKit;
        if !self.policy.is_empty() && !frame {
            response = response.header(header::CONTENT_SECURITY_POLICY, &self.policy);
        }
        response
            .header(header::CONTENT_TYPE, kind)
            .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
            .header(header::CACHE_CONTROL, "no-cache")
            .body(Full::new(body.into()))
            .expect("every header above is a valid one")
    }

    /// A page with the script in it that runs before all else, if there is one.
    fn with_script(&self, page: Vec<u8>) -> Vec<u8> {
        if lock(&self.before_load).is_empty() {
            return page;
        }
        let page = String::from_utf8(page).expect("pages are UTF-8");
        page.replacen("<title>", &format!("<script src=\"{BASE}{BEFORE_LOAD}\"></script><title>"), 1).into_bytes()
    }

    /// The path of a file that tests call by its name alone.
    fn named(&self, file: &str) -> String {
        in_assets(&self.folder, file).unwrap_or_else(|| file.to_owned())
    }

    fn read(&self, file: &str) -> Option<Vec<u8>> {
        let name = if file.is_empty() || file.ends_with('/') { format!("{file}index.html") } else { file.to_owned() };
        if name.contains("..") || lock(&self.hidden).contains(&name) {
            return None;
        }
        let mut content = match lock(&self.written).get(&name) {
            Some(content) => content.clone(),
            None => fs::read(self.folder.join(decoded(&name)?)).ok()?,
        };
        if lock(&self.damaged).contains(&name) {
            content.truncate(content.len() / 2);
        }
        Some(content)
    }

    fn kind(&self, file: &str) -> &'static str {
        if lock(&self.mislabelled).contains(file) {
            return "text/plain";
        }
        match file.rsplit_once('.').map_or("html", |(_, end)| end) {
            "css" => "text/css",
            "html" => "text/html; charset=utf-8",
            "js" => "text/javascript",
            "json" => "application/json",
            "png" => "image/png",
            "svg" => "image/svg+xml",
            "wasm" => "application/wasm",
            "webmanifest" => "application/manifest+json",
            _ => "application/octet-stream",
        }
    }
}

/// The name of a file as addresses say it.
fn decoded(name: &str) -> Option<String> {
    let path = url::Url::parse(&format!("file:///{name}")).ok()?.to_file_path().ok()?;
    Some(path.to_str()?.trim_start_matches('/').to_owned())
}

async fn accept(listener: TcpListener, files: Arc<Files>) {
    while let Ok((stream, _)) = listener.accept().await {
        let files = files.clone();
        let answer = service_fn(move |request: hyper::Request<Incoming>| {
            let path = request.uri().path().to_owned();
            let files = files.clone();
            async move {
                if files.gone.load(Ordering::Relaxed) {
                    return Err(std::io::Error::other("nobody answers"));
                }
                if lock(&files.stalled).contains(path.strip_prefix(BASE).unwrap_or(&path)) {
                    std::future::pending::<()>().await;
                }
                Ok(files.answer(&path))
            }
        });
        // A browser breaks off connections as it likes; that is no failure of the test.
        tokio::spawn(async { _ = http1::Builder::new().serve_connection(TokioIo::new(stream), answer).await });
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().expect("nothing panics while it holds this lock")
}
