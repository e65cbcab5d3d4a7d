//! A corpus to ask and to damage.

use std::path::Path;
use std::sync::LazyLock;

use engine::ingest;

pub static BYTES: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let files = [
        ("a.md", include_str!("../../engine/tests/fixtures/formats/article.md")),
        ("b.txt", "東京の夏\n今年の夏はとても暑い。\n"),
        ("c.txt", "NATO takes 5G concerns\nSaid on 14 March 2019 in Brussels.\nMore from Here\n-\nZürich\nAm See.\n"),
    ];
    let articles = files.map(|(name, text)| ingest::read_bytes(Path::new(name), text.as_bytes()).articles);
    engine::index::write(articles.into_iter().flatten().collect())
});
