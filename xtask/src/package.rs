//! The package for npm: the same files as on the site, with those lines changed by which they find each other.

use crate::{
    build,
    finish::{self, FOLDER, GLUE, REST, WASM, assets, script},
    process, project, size,
};
use anyhow::{Result, bail};
use std::{
    fs,
    path::{self, Path},
    process::Command,
};

/// Where the package lies in the site's folder.
const NPM: &str = "npm";

/// Where bundlers look for what a module names, they want it written out.
const OF_SITE: [(&str, &str); 4] = [
    (
        "const glueOf = (home, generation) => import(home + PROGRAM + \"article-explorer.js\" + (generation ? \"?\" + generation : \"\"));",
        "const glueOf = async (_, generation) => {\n\
         if (generation) throw new ArticleExplorerError(\"stopped\", \"The explorer has stopped. Reload the page to start it again.\");\n\
         return import(\"./article-explorer.js\");\n};",
    ),
    (
        "const wasmOf = (home) => home + PROGRAM + \"article-explorer_bg.wasm\";",
        "const wasmOf = () => new URL(\"./article-explorer_bg.wasm\", import.meta.url).href;",
    ),
    (
        "const styleOf = () => new URL(\"article-explorer.css\", import.meta.url).href;",
        "const styleOf = () => new URL(\"./article-explorer.css\", import.meta.url).href;",
    ),
    // The page may have asked the library for it already.
    (
        "get(wasmOf(home), WASM_HASH, signal),",
        "glueOf(home, generation).then(({ hasBegun }) => hasBegun() ? undefined : get(wasmOf(home), WASM_HASH, signal)),",
    ),
];

/// `cargo xtask package`
pub fn run(options: build::Options) -> Result<()> {
    let site = options.out.as_ref().map_or_else(|| Ok(project::dist()), path::absolute)?;
    let address = options.seeds.address.clone().unwrap_or_default();
    build::run(options)?;
    pack(&site, &address)?;
    println!("\n{} holds the package:", site.join(NPM).display());
    process::run(Command::new("npm").args(["pack", "--dry-run", "--loglevel=notice"]).current_dir(site.join(NPM)))
}

/// Makes the package of a finished site. Its element's links lead to `address`, if it has no `home` of its own.
pub fn pack(site: &Path, address: &str) -> Result<()> {
    let package = site.join(NPM);
    let embed = site.join(FOLDER);
    if package.exists() {
        fs::remove_dir_all(&package)?;
    }
    fs::create_dir_all(&package)?;
    let program = site.join(assets::place(site)?);
    for name in [GLUE, WASM, REST] {
        fs::copy(program.join(name), package.join(name))?;
    }
    fs::copy(site.join("article-explorer.d.ts"), package.join("article-explorer.d.ts"))?;
    fs::copy(embed.join("article-explorer.css"), package.join("article-explorer.css"))?;
    // As they were written: who bundles them makes them small.
    let values = finish::values(site)?;
    let script = |name: &str| script::filled(&finish::source(name)?, &values);
    for name in ["outside.js", "trouble.js", "frame-helper.js"] {
        finish::write(&package.join(name), &script(name)?)?;
    }
    finish::write(&package.join("start.js"), &replaced(&script("start.js")?, &OF_SITE)?)?;
    let home = format!("const HOME = {};", serde_json::to_string(address)?);
    let of_entry = [
        ("const HERE = new URL(\".\", import.meta.url).href;\n", ""),
        ("const HOME = new URL(\"../../\", HERE).href;", &*home),
        ("import(\"./start.js\" + (number ? \"?\" + number : \"\"))", "import(\"./start.js\")"),
    ];
    finish::write(&package.join("element.js"), &replaced(&script(GLUE)?, &of_entry)?)?;
    for name in ["README.md", "custom-elements.json", "element.d.ts", "frame-helper.d.ts", "node.js", "package.json"] {
        let text = finish::source(&format!("npm/{name}"))?.replace("{version}", project::version());
        finish::write(&package.join(name), &text)?;
    }
    for name in ["LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(project::root().join(name), package.join(name))?;
    }
    println!("the package weighs {} bytes", size::of(&package)?);
    Ok(())
}

fn replaced(text: &str, lines: &[(&str, &str)]) -> Result<String> {
    let mut text = text.to_owned();
    for (before, after) in lines {
        if text.matches(before).count() != 1 {
            bail!("this should be there once, to be another in the package: {before}");
        }
        text = text.replace(before, after);
    }
    Ok(text)
}
