//! What makes of Trunk's output the site: the program is cut in two and made small, its glue is told of that and keeps to
//! itself on a page of others; and there are the element, the frame and the types, for other pages to use.

pub mod assets;
mod behind;
mod cut;
mod glue;
mod links;
mod oembed;
mod order;
pub mod script;
mod style;
mod types;

use crate::{build, process, project, setup::Toolbox, size};
use anyhow::{Context, Result, bail};
use base64::{Engine, prelude::BASE64_STANDARD};
use clap::Args;
use sha2::{Digest, Sha384};
use std::{
    fs,
    path::{Path, PathBuf},
};

use cut::Doors;
use links::Links;

pub use behind::plain;
pub use engine::snippet::FOLDER;
pub use oembed::describe;

/// The page's own script, which Trunk only copies.
pub const BOOT: &str = "boot.js";
pub const GLUE: &str = "article-explorer.js";
pub const WASM: &str = "article-explorer_bg.wasm";
/// The rest of the program, which is fetched when it is first needed.
pub const REST: &str = "article-explorer_deferred.wasm";

/// The functions behind which the rest of the program begins, by what their names begin with.
const DOORS: Doors = Doors {
    always: &ALWAYS,
    sometimes: &["tantivy_stemmers::algorithms::"],
    // They would be empty.
    inner: &["<article_explorer::words::Words>::with_more"],
    never: &NEVER,
};

const ALWAYS: [&str; 27] = [
    "article_explorer::app::deferred::",
    "article_explorer::components::deferred::",
    "article_explorer::state::deferred::",
    // A plan says whether they may be called.
    "engine::query::parse",
    "engine::search::copies",
    "engine::search::evaluate::words::points",
    "<engine::search::evaluate::Evaluation>::is_unanswered",
    "<engine::search::evaluate::Evaluation>::places_of_rows",
    "<engine::search::evaluate::Evaluator>::add_split",
    "<engine::search::evaluate::Evaluator>::compound_parts",
    "<engine::search::evaluate::Evaluator>::corrected",
    "<engine::search::evaluate::Evaluator>::other_parts",
    "<engine::search::evaluate::Evaluator>::row_word",
    "<engine::search::evaluate::Evaluator>::split",
    "<engine::search::evaluate::Evaluator>::stems",
    "<engine::search::evaluate::Evaluator>::verified",
    "<engine::search::rank::Matches>::sorted",
    "<engine::search::evaluate::Evaluator>::filter",
    "<engine::search::evaluate::Evaluator>::quoted_words",
    "<article_explorer::state::reading::Marks>::first_from",
    // Integers are written without these, where no width is asked for.
    "<alloc::string::String as core::fmt::Write>::write_char",
    "<alloc::string::String as core::fmt::Write>::write_fmt",
    "<core::fmt::Formatter>::padding",
    "<core::fmt::PostPadding>::write",
    // Only explorers that were taken out are dropped, which is behind a door as well.
    "<alloc::rc::Rc<yew::dom_bundle::subtree_root::SubtreeData>>::drop_slow",
    "<alloc::rc::Rc<core::cell::RefCell<yew::dom_bundle::subtree_root::AppData>>>::drop_slow",
    "<alloc::rc::Rc<core::cell::RefCell<core::option::Option<yew::html::component::lifecycle::ComponentState>>>>::drop_slow",
];

/// What is never called, since of what Yew can draw we never make some: our tree has elements, texts and lists, one component
/// at its root that never gets other properties, nothing that is waited for, and attributes that are written in the source.
const NEVER: [&str; 16] = [
    "<yew::virtual_dom::vraw::VRaw as yew::dom_bundle::traits::Reconcilable>::",
    "<yew::virtual_dom::vportal::VPortal as yew::dom_bundle::traits::Reconcilable>::",
    "<yew::virtual_dom::vsuspense::VSuspense as yew::dom_bundle::traits::Reconcilable>::",
    "<yew::virtual_dom::vcomp::VComp as yew::dom_bundle::traits::Reconcilable>::",
    "<yew::dom_bundle::braw::BRaw>::",
    "<alloc::rc::Rc<yew::virtual_dom::vcomp::VComp>",
    "<alloc::rc::Rc<yew::virtual_dom::vportal::VPortal>",
    "<alloc::rc::Rc<yew::virtual_dom::vsuspense::VSuspense>",
    "<yew::html::component::lifecycle::CompStateInner<article_explorer::app::App> as yew::html::component::lifecycle::Stateful>::props_changed",
    "<yew::html::component::scope::AnyScope>::find_parent_scope::<yew::suspense::",
    "<yew::html::component::scope::Scope<yew::suspense::component::feat_csr_ssr::BaseSuspense>>::send_message",
    "<yew::suspense::component::feat_csr_ssr::BaseSuspense>::resume",
    "<yew::suspense::suspension::Suspension as core::clone::Clone>::clone",
    "core::ptr::drop_in_place::<yew::suspense::suspension::Suspension>",
    "<indexmap::map::IndexMap<implicit_clone::unsync::string::IString, yew::virtual_dom::AttributeOrProperty>>::",
    "<alloc::rc::Rc<indexmap::map::IndexMap<implicit_clone::unsync::string::IString, yew::virtual_dom::AttributeOrProperty>>",
];

#[derive(Args)]
pub struct Options {
    site: PathBuf,
    #[command(flatten)]
    seeds: build::Seeds,
}

/// `cargo xtask finish-site`: once more for a site whose program and style sheet are as they were.
pub fn run(options: Options) -> Result<()> {
    finish(&options.site, None)?;
    build::surround(&options.seeds, &options.site)?;
    build::single_file(&options.seeds, &options.site)
}

/// The most that the script of the element may weigh, which every page with an explorer fetches at once.
const ENTRY: u64 = 4096;

/// Bytes of program from which on the page goes first.
const LARGE: u64 = 1 << 20;

/// Finishes the site that Trunk left in `site`; without a toolbox the program stays large and where it is. What is finished already stays
/// as it is.
pub fn finish(site: &Path, toolbox: Option<&Toolbox>) -> Result<()> {
    let folder = site.join(FOLDER);
    fs::create_dir_all(&folder)?;
    let finished = |place: &str| site.join(place).join(REST).exists();
    if !finished(&assets::place(site)?) {
        program(site, toolbox, Keep::Nothing)?;
        // While one works on it, the page is reloaded all the time, and older programs would pile up.
        if toolbox.is_some() {
            if fs::metadata(site.join(WASM))?.len() > LARGE {
                change(&site.join("index.html"), page_first)?;
            }
            assets::set_apart(site)?;
        }
    }
    let style = style::of_embed(&assets::style(site)?, &source("embed.css")?)?;
    write(&folder.join("article-explorer.css"), &style)?;
    let values = values(site)?;
    let entry = small(GLUE, &values)?;
    let weight = size::compressed(entry.as_bytes());
    if weight > ENTRY {
        bail!("the embed's entry weighs {weight} bytes (brotli), of at most {ENTRY}");
    }
    write(&folder.join(GLUE), &entry)?;
    for name in ["start.js", "outside.js", "trouble.js", "frame.js", "frame-helper.js"] {
        write(&folder.join(name), &small(name, &values)?)?;
    }
    write(&folder.join("frame.html"), &source("frame.html")?)?;
    let published = serde_json::json!({ GLUE: integrity(entry.as_bytes()), "frame-helper.js": integrity(&fs::read(folder.join("frame-helper.js"))?) });
    write(&folder.join("integrity.json"), &format!("{published:#}\n"))?;
    write(&site.join("article-explorer.d.ts"), &types::declarations()?)
}

/// What a reader's browser has no use for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    Nothing,
    /// The functions' names, by which one sees what they weigh.
    Names,
}

/// Cuts the program in two, makes both parts small, and tells the glue.
pub fn program(site: &Path, toolbox: Option<&Toolbox>, keep: Keep) -> Result<()> {
    let whole = fs::read(site.join(WASM)).with_context(|| format!("there is no {WASM} to finish"))?;
    change(&site.join(BOOT), script::small)?;
    let links = Links::of(&fs::read(build::linked())?)?;
    // Nobody needs the interface for reading, and an element that is taken out lets go of its explorer later.
    let interface = [types::functions()?, vec!["destroy".to_owned()]].concat();
    let cut = cut::in_two(&whole, &links, &DOORS, &interface)?;
    for (name, wasm) in [(WASM, cut.beginning), (REST, cut.rest)] {
        let file = site.join(name);
        fs::write(&file, wasm)?;
        if let Some(toolbox) = toolbox {
            let names = (keep == Keep::Names).then_some("--debuginfo");
            process::run(toolbox.command("wasm-opt").arg(&file).args(OPTIMISE).args(names).arg("-o").arg(&file))?;
            fs::write(&file, order::arranged(&fs::read(&file)?)?)?;
        }
    }
    let (wasm, rest) = (fs::read(site.join(WASM))?, fs::read(site.join(REST))?);
    change(&site.join(GLUE), |text| glue::finished(text, &wasm, &cut.names, &integrity(&rest)))
}

/// Measured one by one: the order of the passes is worth more than one per cent, doing it all again half a one.
const OPTIMISE: [&str; 8] = [
    "--low-memory-unused",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--converge",
    "--strip-producers",
    "--strip-target-features",
];

/// What the scripts of the embed are told, by its name there.
pub fn values(site: &Path) -> Result<[(&'static str, String); 5]> {
    let place = assets::place(site)?;
    let hash = |file: String| Ok::<_, anyhow::Error>(integrity(&fs::read(site.join(file))?));
    Ok([
        ("wasm-hash", hash([&place, WASM].concat())?),
        ("style-hash", hash([FOLDER, "/article-explorer.css"].concat())?),
        ("program", place),
        ("languages", languages(site)?),
        ("version", project::version().to_owned()),
    ])
}

/// A script of the embed as it is sent.
fn small(name: &str, values: &[(&str, String)]) -> Result<String> {
    script::small(&script::filled(&source(name)?, values)?).with_context(|| format!("{name} is not as expected"))
}

/// The tags of those that the page speaks, parted by spaces.
fn languages(site: &Path) -> Result<String> {
    let mut tags = Vec::new();
    for file in size::files(&site.join("words"))? {
        tags.extend(file.file_name().and_then(|name| name.to_str()?.strip_suffix(".txt")).map(str::to_owned));
    }
    Ok(tags.join(" "))
}

/// What a browser compares a file with before it uses it.
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
}

/// A file of the project's that becomes part of the embed.
pub fn source(name: &str) -> Result<String> {
    read(&project::root().join("static/embed").join(name))
}

pub fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()))
}

pub fn write(file: &Path, text: &str) -> Result<()> {
    fs::write(file, text).with_context(|| format!("{} can't be written", file.display()))
}

/// A page that does not tell the browser of the program at once, which would share the reader's connection between it and
/// what there is to be seen.
fn page_first(page: &str) -> Result<String> {
    let name = page.find(WASM).context("it does not name the program")?;
    let start = page[..name].rfind('<').context("the program's name is in no tag")?;
    let end = name + page[name..].find('>').context("the program's tag has no end")? + 1;
    Ok([&page[..start], &page[end..]].concat())
}

fn change(file: &Path, how: impl Fn(&str) -> Result<String>) -> Result<()> {
    let text = read(file)?;
    write(file, &how(&text).with_context(|| format!("{} is not as expected", file.display()))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_goes_first_names_no_program() {
        let page = "<link href=./style.css><link as=fetch href=./article-explorer_bg.wasm rel=preload></head>";
        assert_eq!(page_first(page).unwrap(), "<link href=./style.css></head>");
        assert!(page_first("<link href=./style.css>").is_err());
    }
}
