//! Reads folders or files of articles and prints the report of each, or with `--json` all of it:
//! `cargo run --release -p engine --features ingest --example report -- [--json] PATH…`

use std::path::Path;
use std::time::Instant;

use engine::ingest::{self, Options};

fn main() {
    let (options, paths): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument == "--json");
    for path in paths {
        let start = Instant::now();
        let path = Path::new(&path);
        let read = if path.is_dir() { ingest::read_folder(path, Options::default()) } else { ingest::read_file(path) };
        match read {
            Ok(ingested) if !options.is_empty() => println!("{}", ingested.report.to_json()),
            Ok(ingested) => println!("{}\n{}took        {:.2?}\n", path.display(), ingested.report, start.elapsed()),
            Err(error) => println!("{}: {error}", path.display()),
        }
    }
}
