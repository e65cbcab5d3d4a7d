//! The explorer on this machine, rebuilt at every change of its sources.

use crate::{
    articles,
    build::{self, Seeds},
    process, project, setup,
};
use anyhow::{Result, bail};
use clap::Args;
use std::net::{Ipv4Addr, TcpListener};

#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    seeds: Seeds,
    /// The port to listen on; nobody but this machine is heard
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

/// What the site is made of, beside the articles. Not the whole folder: builds write into it.
const SOURCES: [&str; 10] = [
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "build.rs",
    "engine/Cargo.toml",
    "engine/src",
    "index.html",
    "src",
    "static",
    "style.css",
];

/// `cargo xtask serve`
pub fn run(options: Options) -> Result<()> {
    let port = options.port;
    if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_err() {
        bail!("port {port} is in use; choose another with `cargo xtask serve --port {}`", port.saturating_add(1));
    }
    let toolbox = setup::for_building()?;
    let mut trunk = build::trunk(&toolbox, "serve", &options.seeds)?;
    // Its own folder, so that `dist/` is only ever what `cargo xtask build` left there.
    let site = project::target().join("serve");
    trunk.arg("--dist").arg(&site);
    trunk.args(["--address", "127.0.0.1", "--port", &port.to_string()]);
    // The files as they will be published: no script of Trunk's in them, and 404 for what does not exist.
    trunk.args(["--no-autoreload", "--no-spa", "--disable-address-lookup"]);
    let sources = SOURCES.iter().map(|source| project::root().join(source)).filter(|source| source.exists());
    for source in sources.chain([options.seeds.folder()?]) {
        trunk.arg("--watch").arg(source);
    }
    articles::keep_placing(&site)?;
    println!("Building the explorer. Then it is at http://127.0.0.1:{port}/ until you press Ctrl-C.");
    process::become_program(&mut trunk)
}
