//! What hosts want to know, each in its own words: kinds of files, how long they may be kept, what the page may do. Files
//! that pay are there compressed as well.

use super::Site;
use crate::{
    build::TEXTS,
    finish::{FOLDER, GLUE, assets},
    size,
};
use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};
use std::{fs, io::Write, path::Path};

/// The strictest policy that the site runs under. A host's own scripts would need more.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; \
    style-src 'self'; img-src 'self' data:; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'";

/// Names stay, contents change: browsers ask each time whether theirs is the newest, which costs no bytes if it is.
const ASK: &str = "no-cache";

/// The program and pictures are named by their content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

const NAMED_BY_CONTENT: [&str; 3] = [assets::FOLDER, "images", TEXTS];

/// Kinds of files that servers may not know.
const KINDS: [(&str, &str); 3] =
    [("wasm", "application/wasm"), ("webmanifest", "application/manifest+json"), ("js", "text/javascript")];

/// The most that one file may weigh, by the strictest of the usual hosts (Cloudflare Pages).
const HEAVIEST: u64 = 25 << 20;

/// Bytes that take about ten seconds to compress.
const SLOW: usize = 3 << 20;

/// Files below this many bytes fit into the first packets anyway.
const LIGHT: usize = 1024;

/// Writes `_headers`, `.htaccess` and `nginx.conf`, and compresses what pays.
pub fn write(folder: &Path, site: &Site, left_out: &mut Vec<String>) -> Result<()> {
    let put = |name: &str, text: &str| crate::finish::write(&folder.join(name), text);
    put("_headers", &headers())?;
    put(".htaccess", &htaccess(site.facts.path()))?;
    put("nginx.conf", &nginx())?;
    compress(folder)?;
    let files = size::files(folder)?;
    if files.len() > super::MOST_FILES {
        left_out.push(format!(
            "nothing, but {} files are more than hosts take: at most {}",
            files.len(),
            super::MOST_FILES
        ));
    }
    for file in files {
        let weight = fs::metadata(&file)?.len();
        if weight > HEAVIEST {
            let name = file.strip_prefix(folder)?.display();
            left_out.push(format!(
                "nothing, but {name} weighs {} MB and some hosts take no file above 25 MB: build with a lower `--max-embedded`, or split the articles over several sites",
                weight >> 20
            ));
        }
    }
    Ok(())
}

/// For Netlify and Cloudflare Pages. Later rules add to earlier ones; a name said twice would be sent twice.
fn headers() -> String {
    let mut text = format!(
        "/*\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n  Access-Control-Allow-Origin: *\n\
         \n/\n  Content-Security-Policy: {POLICY}\n\n/index.html\n  Content-Security-Policy: {POLICY}\n\
         \n/articles/*\n  Content-Security-Policy: {POLICY}\n\n/list/*\n  Content-Security-Policy: {POLICY}\n\n/404.html\n  Content-Security-Policy: {POLICY}\n"
    );
    for folder in NAMED_BY_CONTENT {
        text += &format!("\n/{folder}/*\n  Cache-Control: {FOR_EVER}\n");
    }
    for pattern in ["/", "/*.html", "/*.xml", "/*.json", "/*.webmanifest", "/words/*"] {
        text += &format!("\n{pattern}\n  Cache-Control: {ASK}\n");
    }
    // Not `/*.js`: both rules would go for what is in assets/.
    for name in [GLUE, "offline.js", "service-worker.js"] {
        text += &format!("\n/{name}\n  Cache-Control: {ASK}\n");
    }
    for end in ["js", "css"] {
        text += &format!("\n/{FOLDER}/*.{end}\n  Cache-Control: {ASK}\n");
    }
    for (end, kind) in KINDS {
        text += &format!("\n/*.{end}\n  Content-Type: {kind}\n");
    }
    text
}

/// For Apache, which most hosts of WordPress run. `path` is that of the site's address.
fn htaccess(path: Option<&str>) -> String {
    let kinds: String = KINDS.iter().map(|(end, kind)| format!("AddType {kind} .{end}\n")).collect();
    let by_content = NAMED_BY_CONTENT.join("|");
    let not_found = path.map(|path| format!("ErrorDocument 404 {path}404.html\n")).unwrap_or_default();
    format!(
        "{kinds}{not_found}\
         # Another program's rules for this server stay out of this folder.\n\
         <IfModule mod_rewrite.c>\n  RewriteEngine On\n\
         \x20 # What is there compressed is sent compressed.\n\
         \x20 RewriteCond %{{HTTP:Accept-Encoding}} \\bbr\\b\n  RewriteCond %{{REQUEST_FILENAME}}.br -f\n\
         \x20 RewriteRule \\.(css|html|js|wasm|svg|txt|xml|json)$ %{{REQUEST_URI}}.br [L]\n\
         \x20 RewriteCond %{{HTTP:Accept-Encoding}} \\bgzip\\b\n  RewriteCond %{{REQUEST_FILENAME}}.gz -f\n\
         \x20 RewriteRule \\.(css|html|js|wasm|svg|txt|xml|json)$ %{{REQUEST_URI}}.gz [L]\n</IfModule>\n\
         <IfModule mod_mime.c>\n  AddEncoding br .br\n  AddEncoding gzip .gz\n\
         \x20 # Not kinds of their own, nor languages: .br is Breton to Apache.\n  RemoveLanguage .br\n  RemoveType .gz\n</IfModule>\n\
         <IfModule mod_headers.c>\n\
         \x20 Header set X-Content-Type-Options \"nosniff\"\n\
         \x20 Header set Access-Control-Allow-Origin \"*\"\n\
         \x20 Header set Cache-Control \"{ASK}\"\n\
         \x20 Header append Vary Accept-Encoding\n\
         \x20 <If \"%{{REQUEST_URI}} =~ m#/({by_content})/#\">\n    Header set Cache-Control \"{FOR_EVER}\"\n  </If>\n\
         \x20 # The frame for other pages has a policy of its own.\n\
         \x20 <If \"%{{REQUEST_URI}} =~ m#/(index\\.html(\\.br|\\.gz)?)?$# && %{{REQUEST_URI}} !~ m#/{FOLDER}/#\">\n    Header set Content-Security-Policy \"{POLICY}\"\n  </If>\n\
         </IfModule>\n"
    )
}

/// For nginx: to be included into a `server`, with its `root` at the site or above it.
fn nginx() -> String {
    let kinds: String = KINDS.iter().map(|(end, kind)| format!("  {kind} {end};\n")).collect();
    let by_content = NAMED_BY_CONTENT.join("|");
    format!(
        "# In a server: `include …/nginx.conf;`. Needs ngx_http_gzip_static_module, and for .br ngx_brotli.\n\
         types {{\n  text/html html;\n  text/css css;\n  text/plain txt;\n  text/xml xml;\n  application/json json;\n\
         \x20 image/svg+xml svg;\n  image/png png;\n  image/jpeg jpg jpeg;\n  image/gif gif;\n  image/webp webp;\n  image/avif avif;\n{kinds}}}\n\
         charset utf-8;\ngzip_static on;\ngzip_vary on;\n# brotli_static on;\n\
         add_header X-Content-Type-Options nosniff always;\n\
         add_header Access-Control-Allow-Origin * always;\n\
         add_header Cache-Control \"{ASK}\";\n\
         location ~ /({by_content})/ {{\n  add_header X-Content-Type-Options nosniff always;\n  add_header Access-Control-Allow-Origin * always;\n\
         \x20 add_header Cache-Control \"{FOR_EVER}\";\n}}\n\
         location ~ (/|/index\\.html)$ {{\n  add_header X-Content-Type-Options nosniff always;\n  add_header Cache-Control \"{ASK}\";\n\
         \x20 add_header Content-Security-Policy \"{POLICY}\" always;\n}}\n"
    )
}

/// `.br` and `.gz` beside every file that all readers share and that gets a tenth lighter. Not beside articles' pages and
/// their descriptions: there may be thousands, and hosts compress those themselves.
fn compress(folder: &Path) -> Result<()> {
    for file in size::files(folder)? {
        let name = size::below(folder, &file)?;
        if name.ends_with(".br") || name.ends_with(".gz") {
            fs::remove_file(&file)?;
            continue;
        }
        let pays = [".css", ".html", ".js", ".json", ".svg", ".txt", ".wasm", ".webmanifest", ".xml"];
        if size::of_one_article(&name) || !pays.iter().any(|end| name.ends_with(end)) || name == super::single::NAME {
            continue;
        }
        let bytes = fs::read(&file).with_context(|| format!("{} can't be read", file.display()))?;
        if bytes.len() < LIGHT {
            continue;
        }
        if bytes.len() > SLOW {
            eprintln!("compressing {name}, {} MB: about {} s", bytes.len() >> 20, bytes.len() / SLOW * 10);
        }
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&bytes)?;
        for (end, packed) in [("br", size::brotli(&bytes)), ("gz", gzip.finish()?)] {
            if packed.len() < bytes.len() / 10 * 9 {
                let to = folder.join(format!("{name}.{end}"));
                fs::write(&to, packed).with_context(|| format!("{} can't be written", to.display()))?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_host_is_told_kinds_policy_and_how_long_files_are_kept() {
        for text in [headers(), htaccess(None), nginx()] {
            for said in ["application/wasm", POLICY, ASK, FOR_EVER] {
                assert!(text.contains(said), "{said} in\n{text}");
            }
        }
    }

    /// The headers that `_headers` gives a file, by name.
    fn given<'a>(rules: &'a str, path: &str) -> Vec<&'a str> {
        let mut given = Vec::new();
        let mut fits = false;
        for line in rules.lines().filter(|line| !line.is_empty()) {
            match line.strip_prefix("  ") {
                Some(header) if fits => given.push(header.split(':').next().unwrap_or_default()),
                Some(_) => {}
                None => {
                    fits = match line.split_once('*') {
                        Some((before, after)) => {
                            let room = path.len() >= before.len() + after.len();
                            room && path.starts_with(before) && path.ends_with(after)
                        }
                        None => line == path,
                    }
                }
            }
        }
        given
    }

    #[test]
    fn what_is_not_there_is_told_where_the_site_is_known() {
        assert!(htaccess(Some("/letters/")).contains("\nErrorDocument 404 /letters/404.html\n"));
        assert!(!htaccess(None).contains("ErrorDocument"));
    }

    #[test]
    fn no_file_is_given_a_header_twice() {
        let rules = headers();
        let files = [
            "/",
            "/index.html",
            "/404.html",
            "/articles/a/",
            "/articles/a/index.html",
            "/list/1/",
            "/assets/0123abcd/boot.js",
            "/assets/0123abcd/style.css",
            "/assets/0123abcd/article-explorer_bg.wasm",
            "/images/a.png",
            "/article-explorer.js",
            "/offline.js",
            "/service-worker.js",
            "/words/de.txt",
            "/embed/v1/article-explorer.js",
            "/embed/v1/frame.html",
            "/embed/v1/article-explorer.css",
            "/embed/v1/integrity.json",
            "/oembed/a.json",
            "/feed.xml",
            "/manifest.webmanifest",
        ];
        for file in files {
            let mut names = given(&rules, file);
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count, "{file} in\n{rules}");
            assert!(names.contains(&"X-Content-Type-Options"), "{file}");
            let page = [".html", "/"].iter().any(|end| file.ends_with(end)) && !file.starts_with("/embed/");
            assert_eq!(names.contains(&"Content-Security-Policy"), page, "{file}");
        }
        assert_eq!(given("/*\n  A: 1\n/a\n  A: 2\n", "/a"), ["A", "A"]);
    }
}
