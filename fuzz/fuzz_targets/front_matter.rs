#![no_main]

mod reading;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    // Both kinds, so that the fuzzer need not find their marks.
    for mark in ["---", "+++"] {
        let file = [mark.as_bytes(), b"\n", bytes, b"\n", mark.as_bytes(), b"\nText.\n"].concat();
        reading::read("a.md", &file);
    }
});
