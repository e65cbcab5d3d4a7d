#![no_main]

mod reading;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let line = text.replace(['\n', '\r', '"', '\\'], " ");
    reading::read("a.txt", format!("Title\n{line} 2019 {line}\n").as_bytes());
    reading::read("a.md", format!("---\ntitle: T\ndate: \"{line}\"\n---\nText.\n").as_bytes());
});
