//! Reads folders or files of articles and prints the report of each: `cargo run --release -p engine --features ingest
//! --example report -- PATH…`

use std::path::Path;
use std::time::Instant;

use engine::ingest::{self, Options};

fn main() {
    for path in std::env::args().skip(1) {
        let start = Instant::now();
        let path = Path::new(&path);
        let read = if path.is_dir() { ingest::read_folder(path, Options::default()) } else { ingest::read_file(path) };
        match read {
            Ok(ingested) => println!("{}\n{}took        {:.2?}\n", path.display(), ingested.report, start.elapsed()),
            Err(error) => println!("{}: {error}", path.display()),
        }
    }
}
