#![no_main]

mod small;

use engine::analysis::stem;
use engine::index::Corpus;
use engine::query::parse;
use engine::search::{Options, search};

libfuzzer_sys::fuzz_target!(|query: &str| {
    let corpus = Corpus::open(&small::BYTES, &[stem::ENGLISH, stem::GERMAN]).expect("just written");
    for finished in [false, true] {
        _ = search(&corpus, &parse(query, finished), &Options::default());
    }
});
