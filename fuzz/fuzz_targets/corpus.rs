#![no_main]

mod small;

use engine::analysis::stem;
use engine::index::{Corpus, Derivation, of_trees};
use engine::query::parse;
use engine::search::{Options, search};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((kind, data)) = data.split_first() else { return };
    let mut bytes = small::BYTES.clone();
    if kind & 1 == 0 {
        // Changes in a real corpus: three bytes of place, one of what stands there then.
        for change in data.chunks_exact(4) {
            let at = u32::from_le_bytes([change[0], change[1], change[2], 0]) as usize % bytes.len();
            bytes[at] = change[3];
        }
        bytes.truncate(bytes.len() - usize::from(kind >> 1).min(bytes.len()));
    } else {
        bytes.truncate(12);
        bytes.extend_from_slice(data);
    }
    // The sum of its table would keep out whatever changes it.
    if let Some(count) = bytes.get(12..16).map(|count| u32::from_le_bytes(count.try_into().unwrap()) as usize)
        && let Some(table) = bytes.get(20..).and_then(|rest| rest.get(..count.saturating_mul(16)))
    {
        let sum = table.iter().fold(0x811C_9DC5u32, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
        bytes[16..20].copy_from_slice(&sum.to_le_bytes());
    }
    let Ok(corpus) = Corpus::open(&bytes, &[stem::ENGLISH, stem::GERMAN]) else { return };
    _ = corpus.verify();
    _ = Derivation::new(corpus, of_trees).finish();
    for id in corpus.ids().take(20) {
        _ = (corpus.document(id), corpus.head(id), corpus.body(id));
        _ = corpus.runs(id).count();
        _ = corpus.related(id).count();
        _ = corpus.briefs_of(id);
        _ = corpus.find(corpus.head(id).slug);
    }
    for query in ["bees", "\"5g concerns\"", "zürch -see", "nat*", "lang:en date:2019", "夏"] {
        _ = search(&corpus, &parse(query, true), &Options::default());
    }
});
