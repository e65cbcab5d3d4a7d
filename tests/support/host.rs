//! Somebody else's page with the explorer in it: the page on one server, the explorer on another.

use super::{explorer::Explorer, site::Site};
use serde::de::DeserializeOwned;
use std::{
    fs,
    ops::Deref,
    path::{Path, PathBuf},
};

/// The strictest policy of a page that the explorer promises to work under; `{explorer}` is the explorer's origin.
pub const HOST_POLICY: &str =
    "default-src 'none'; script-src 'self' {explorer} 'wasm-unsafe-eval'; connect-src {explorer}";

/// A page that embeds, in a browser. It is used like any [`Explorer`], whose site is that of the page.
pub struct Host {
    page: Explorer,
    /// The server of the explorer.
    pub explorer: Site,
}

/// What a test wants otherwise than usual.
pub struct HostOptions<'a> {
    pub policy: &'a str,
    pub headers: &'a [(&'a str, &'a str)],
    /// What the head holds after the script of the explorer, or in its place.
    pub head: &'a str,
    /// Whether the page loads the explorer's script.
    pub script: bool,
    /// The folder of the explorer's site.
    pub folder: fn() -> PathBuf,
    /// Files of the page's own.
    pub files: &'a [(&'a str, &'a str)],
    /// Done to the explorer's server before the page is opened.
    pub before: fn(&Site),
    /// What follows the page's address.
    pub address: &'a str,
}

impl Default for HostOptions<'_> {
    fn default() -> Self {
        HostOptions {
            policy: HOST_POLICY,
            headers: &[],
            head: "",
            script: true,
            folder: Site::built_folder,
            files: &[],
            before: |_| {},
            address: "",
        }
    }
}

impl Host {
    /// Opens a page whose body is `body`.
    pub async fn open(body: &str) -> Host {
        Host::open_with(body, HostOptions::default()).await
    }

    /// `{embed}` in the page or its policy is the address of the explorer's folder for others.
    pub async fn open_with(body: &str, options: HostOptions<'_>) -> Host {
        let explorer = Site::for_others_over((options.folder)()).await;
        (options.before)(&explorer);
        let embed = format!("{}embed/v1/", explorer.url());
        let origin = explorer.origin();
        let filled = |text: &str| text.replace("{embed}", &embed).replace("{explorer}", &origin);
        let site = Site::of_another(&filled(options.policy), options.headers).await;
        let script =
            if options.script { "<script type=\"module\" src=\"{embed}article-explorer.js\"></script>" } else { "" };
        let page = format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A page</title>\
             {script}{}</head><body>{body}</body></html>",
            options.head
        );
        site.write("index.html", filled(&page));
        for (name, content) in options.files {
            site.write(name, filled(content));
        }
        let page = Explorer::open_at(site, options.address).await;
        Host { page, explorer }
    }

    /// Opens a page of `tests/host`.
    pub async fn open_page(file: &str, policy: &str, headers: &[(&str, &str)]) -> Host {
        let explorer = Site::for_others().await;
        let filled = |text: &str| {
            let text = text.replace("{embed}", &format!("{}embed/v1/", explorer.url()));
            text.replace("{explorer-page}", &explorer.url()).replace("{explorer}", &explorer.origin())
        };
        let site = Site::of_another(&filled(policy), headers).await;
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/host").join(file));
        site.write(file, filled(&text.expect("the page is in tests/host")));
        let page = Explorer::open_at(site, file).await;
        Host { page, explorer }
    }

    /// How often this file of the explorer's was asked for.
    pub fn requests(&self, file: &str) -> usize {
        let path = self.explorer.named(file);
        self.explorer.requests().iter().filter(|request| request.path == path).count()
    }

    /// Waits until a script in the page returns true. `element` is the first explorer on the page.
    pub async fn until_true(&self, script: &str) {
        let whole = format!("const element = document.querySelector('article-explorer'); return !!({script})");
        self.until(script, async || self.run(&whole, vec![]).await).await;
    }

    /// The value of an expression in the page, in which `element` is the first explorer.
    pub async fn value<T: DeserializeOwned>(&self, script: &str) -> T {
        let whole = format!("const element = document.querySelector('article-explorer'); return ({script})");
        self.run(&whole, vec![]).await
    }

    /// Waits until the first element on the page, or that which fits, is ready.
    pub async fn until_ready(&self, selector: &str) {
        let script = "return document.querySelector(arguments[0])?.state?.status === 'ready'";
        self.until(format!("{selector} to be ready"), async || self.run(script, vec![selector.into()]).await).await;
    }
}

impl Deref for Host {
    type Target = Explorer;

    fn deref(&self) -> &Explorer {
        &self.page
    }
}
