//! Where a site has its program. As Trunk leaves it, beside the page; in a finished site in a folder that is called by what
//! is in it. So a page and its program are always of one build, however long anybody keeps the files, and nobody has to
//! ask whether they are still the newest.

use super::{BOOT, GLUE, REST, WASM, change, read, write};
use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};
use std::{fs, path::Path};

/// The page's style sheet, and what it is followed by once the list is there.
pub const STYLES: [&str; 2] = ["style.css", "reading.css"];

/// The folder of the folders.
pub const FOLDER: &str = "assets";

/// What the page is shown with.
pub const PROGRAM: [&str; 6] = [BOOT, GLUE, WASM, REST, STYLES[0], STYLES[1]];

/// What stands before the names of the program's files in `site`: nothing, or `assets/0123abcd/`.
pub fn place(site: &Path) -> Result<String> {
    let Ok(mut folders) = fs::read_dir(site.join(FOLDER)) else { return Ok(String::new()) };
    let folder = folders.next().context("there is no program in assets/")??.file_name();
    ensure!(folders.next().is_none(), "there is more than one program in assets/");
    Ok(format!("{FOLDER}/{}/", folder.to_string_lossy()))
}

/// The whole style sheet of the site.
pub fn style(site: &Path) -> Result<String> {
    let folder = site.join(place(site)?);
    Ok(STYLES.map(|name| read(&folder.join(name))).into_iter().collect::<Result<Vec<_>>>()?.concat())
}

/// Moves the program of the site there, and tells the start page. Whoever imports the interface still finds it at the
/// name that stays.
pub fn set_apart(site: &Path) -> Result<()> {
    let mut hash = Sha256::new();
    for name in PROGRAM {
        hash.update(fs::read(site.join(name)).with_context(|| format!("there is no {name}"))?);
    }
    let hash: String = hash.finalize().iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let place = format!("{FOLDER}/{hash}/");
    fs::create_dir_all(site.join(&place))?;
    for name in PROGRAM {
        fs::rename(site.join(name), site.join(&place).join(name))?;
    }
    change(&site.join("index.html"), |page| {
        let mut page = page.to_owned();
        for name in PROGRAM {
            page = page.replace(&format!("./{name}"), &format!("./{place}{name}"));
        }
        ensure!(page.contains(&format!("./{place}{BOOT}")), "it does not name ./{BOOT}");
        Ok(page)
    })?;
    write(
        &site.join(GLUE),
        &format!("export * from \"./{place}{GLUE}\";\nexport {{ default }} from \"./{place}{GLUE}\";\n"),
    )
}
