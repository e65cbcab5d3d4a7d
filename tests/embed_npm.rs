//! The package for npm, used as people do: from a plain page, from React and from Vue, each bundled with Vite.

mod support;

use std::{
    env, fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
};
use support::{Explorer, Site, any};

const NATO: &str = "NATO takes Huawei security concerns seriously: Stoltenberg";
const SLUG: &str = "nato-takes-huawei-security-concerns-seriously-stoltenberg";

/// The policy of a page whose own server has everything.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src data:";

/// A project that depends on the package.
fn project(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("target/tests/npm").join(name);
    _ = fs::remove_dir_all(&folder);
    let modules = folder.join("node_modules");
    fs::create_dir_all(&modules).unwrap();
    let usual = root.join("target/tools/vite/node_modules");
    let installed = env::var_os("ARTICLE_EXPLORER_MODULES").map_or(usual, PathBuf::from);
    for entry in fs::read_dir(installed).expect("`cargo xtask test` fetches Vite") {
        let entry = entry.unwrap();
        symlink(entry.path(), modules.join(entry.file_name())).unwrap();
    }
    copy(&Site::built_folder().join("npm"), &modules.join("article-explorer"));
    copy(&root.join("tests/host/npm"), &folder);
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in
        fs::read_dir(from).unwrap_or_else(|_| panic!("there is no {}; `cargo xtask package` makes it", from.display()))
    {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

fn node(folder: &Path, arguments: &[&str]) {
    let output = Command::new("node").args(arguments).current_dir(folder).output().expect("Node is on this machine");
    let said = [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat();
    assert!(output.status.success(), "{said}");
}

#[tokio::test]
async fn pages_are_bundled_with_it() {
    let folder = project("pages");
    node(&folder, &["node_modules/vite/bin/vite.js", "build", "--logLevel", "error"]);
    let open = async |page: &str| Explorer::open_at(Site::serve_under(POLICY, folder.join("dist")).await, page).await;

    let page = open("index.html").await;
    page.by_role("list", "Results").by_role("link", NATO).click().await;
    page.by_role("article", NATO).until_there().await;
    page.until("the library to have counted", async || {
        page.run::<String>("return document.getElementById('count').textContent", vec![]).await
            == "1 found by the library"
    })
    .await;
    assert_eq!(page.title().await, SLUG);
    let programs =
        page.site().requests().into_iter().map(|request| request.path).filter(|path| path.ends_with(".wasm"));
    let (rest, beginning): (Vec<_>, Vec<_>) = programs.partition(|path| path.contains("_deferred"));
    assert_eq!((beginning.len(), rest.len()), (1, 1), "library and element share one program");
    page.console_is_clean().await;

    for name in ["react.html", "vue.html"] {
        let page = open(name).await;
        page.by_role("list", "Results").by_role("link", NATO).until_there().await;
        page.by_role("button", "Taiwan").click().await;
        page.by_role("searchbox", any()).holds("taiwan").await;
        page.by_role("button", "Show or hide").click().await;
        page.by_role("searchbox", any()).until_gone().await;
        page.by_role("button", "Show or hide").click().await;
        page.by_role("list", "Results").by_role("link", any()).until_count(1).await;
        page.by_role("list", "Results").by_role("link", any()).click().await;
        page.by_role("article", any()).until_there().await;
        page.until("React or Vue to be told", async || page.title().await.starts_with("taiwan")).await;
        page.console_is_clean().await;
    }
}

#[test]
fn its_types_are_right_and_nothing_runs_at_installation() {
    let folder = project("types");
    let compiler =
        ["node_modules/typescript/bin/tsc", "--noEmit", "--strict", "--target", "esnext", "--module", "esnext"];
    node(&folder, &[&compiler[..], &["--moduleResolution", "bundler", "types.ts"]].concat());
    let package: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join("node_modules/article-explorer/package.json")).unwrap()).unwrap();
    assert!(package.get("scripts").is_none() && package.get("dependencies").is_none(), "{package}");
    let mut named =
        vec![package["customElements"].as_str().unwrap().to_owned(), package["types"].as_str().unwrap().to_owned()];
    for export in package["exports"].as_object().unwrap().values() {
        match export {
            serde_json::Value::String(file) => named.push(file.clone()),
            conditions => {
                named.extend(conditions.as_object().unwrap().values().map(|file| file.as_str().unwrap().to_owned()))
            }
        }
    }
    for file in named {
        assert!(folder.join("node_modules/article-explorer").join(&file).is_file(), "{file} is missing");
    }
    // In Node by its name, without being told where the program is.
    node(
        &folder,
        &[
            "--input-type=module",
            "-e",
            "import init, { search } from 'article-explorer'; import 'article-explorer/element'; await init(); if (search('huawei').total !== 1) throw 1",
        ],
    );
}
