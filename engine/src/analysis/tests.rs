use std::sync::LazyLock;

use super::*;
use proptest::prelude::*;

/// The alphabet of a corpus in many scripts, made once.
fn alphabet() -> Alphabet<'static> {
    static BYTES: LazyLock<Vec<u8>> =
        LazyLock::new(|| write_alphabet(&"aé\u{301}ßŁｱЖйΩ東京ひカ서ไทยक्षড়ொעא\u{5B0}أ\u{64B}".chars().collect()));
    Alphabet::open(&BYTES).unwrap()
}

fn check(text: &str, expected: &[&str]) {
    let terms: Vec<String> = token_list(&alphabet(), text).into_iter().map(|t| t.0).collect();
    assert_eq!(terms, expected, "terms of {text:?}");
}

#[test]
fn words() {
    check("The quick (brown) fox!", &["the", "quick", "brown", "fox"]);
    check("Été à Zürich, straße", &["ete", "a", "zurich", "strasse"]);
    check("cafe\u{301} ﬁne Ｗｉｄｅ", &["cafe", "fine", "wide"]);
    check("3.5 1,000 5G 300m 2029–2030", &["3.5", "1000", "5g", "300m", "2029", "2030"]);
    check("00;0 a;b", &["00;0", "a", "b"]);
    check("don't Kennedy's Kennedy’s", &["don't", "kennedy", "kennedy"]);
    check("Жёлтый йод", &["желтый", "йод"]);
    check("soft\u{AD}ware", &["software"]);
}

#[test]
fn compounds() {
    check("Viet-Nam", &["viet", "nam", "vietnam"]);
    check("F-35 COVID-19", &["f", "35", "f35", "covid", "19", "covid19"]);
    check("snake_case", &["snake", "case", "snakecase"]);
    check("camelCase McDonald iPhone", &["camel", "case", "camelcase", "mcdonald", "iphone"]);
    check("l’Europe O'Brien’s", &["l", "europe", "leurope", "o", "brien", "obrien"]);
    check("rock'n'roll don't s's", &["rock'n'roll", "don't", "s"]);
    check("R&D salt&pepper", &["r", "d", "rd", "salt", "pepper"]);
    check("see example.com now", &["see", "example", "com", "now"]);
}

#[test]
fn acronyms_and_signs() {
    check("the U.S. army", &["the", "u.s", "army"]);
    check("for the U.S . army", &["for", "the", "u.s", "army"]);
    check("the US army", &["the", "us", "u.s", "army"]);
    check("GIVE US FREEDOM", &["give", "us", "freedom"]);
    check("in C++ and C#, .NET too", &["in", "c", "c++", "and", "c", "c#", "net", "n.e.t", ".net", "too"]);
}

#[test]
fn scripts_without_spaces() {
    check("東京都", &["東京", "京都", "都"]);
    check("ไทย", &["ไท", "ทย", "ย"]);
    check("서울에서 만나", &["서울", "울에", "에서", "서", "만나", "나"]);
}

/// Letters that Unicode encodes in more than one way, and what stands between words.
fn letter() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "a",
        "é",
        "Ü",
        "й",
        "Ў",
        "ё",
        "ї",
        "が",
        "パ",
        "한",
        "국",
        "ộ",
        "ñ",
        "ç",
        "क\u{93C}",
        "ড\u{9BC}",
        "ொ",
        "א\u{5B8}",
        "أ",
        "ΐ",
        " ",
        ".",
        "'",
        "-",
        "É",
    ])
}

/// Characters that the rules treat differently.
fn texts() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[a-cA-C0-2 .,'’_+#&:é\u{301}ß東京ไทยЖя\\-–\n]{0,40}").unwrap()
}

proptest! {
    #[test]
    fn every_token_points_at_its_own_bytes(text in prop_oneof![texts(), any::<String>()]) {
        let mut last = 0;
        for (term, range, position, words, _) in token_list(&alphabet(), &text) {
            prop_assert!(!term.is_empty() && words >= 1);
            prop_assert!(text.get(range.clone()).is_some_and(|bytes| !bytes.is_empty()));
            prop_assert!(position + words >= last, "positions go back at {range:?}");
            last = position;
        }
    }

    /// However a text is encoded, it has the same terms.
    #[test]
    fn nfc_and_nfd_have_the_same_terms(letters in prop::collection::vec(letter(), 0..24)) {
        let text = letters.concat();
        let decomposed = icu_normalizer::DecomposingNormalizerBorrowed::new_nfd().normalize(&text).into_owned();
        let terms = |text: &str| token_list(&alphabet(), text).into_iter().map(|t| t.0).collect::<Vec<_>>();
        prop_assert_eq!(terms(&composed(&text)), terms(&decomposed));
    }

    /// No term is left out that is wanted or begins as wanted.
    #[test]
    fn wanted_terms_are_never_left_out(text in prop_oneof![texts(), any::<String>()], letters in 0usize..4) {
        let alphabet = &alphabet();
        let all = token_list(alphabet, &text);
        for token in &all {
            let [mut term, mut start] = [Sieve::default(); 2];
            term.add(&token.0);
            start.add_start(&token.0.chars().take(letters).collect::<String>());
            for wanted in [term, start] {
                let mut found = false;
                let words = tokens_wanted(alphabet, &text, &wanted, &mut |t| {
                    found |= (t.term, &t.range, t.position, t.form) == (&*token.0, &token.1, token.2, token.4);
                });
                prop_assert!(found, "{token:?}");
                prop_assert!(words > token.2);
            }
        }
    }

    /// What is quick about plain words changes nothing.
    #[test]
    fn plain_words_are_what_they_would_be_without_haste(text in "([a-cA-C0-2]{0,7}(['’]?[sS]|[.,;:!?')\"\n_+#&-]{0,2}| )){0,9}") {
        let mut slowly = Vec::new();
        let mut emit = |t: Token| slowly.push((t.term.to_owned(), t.range, t.position, t.words, t.form));
        let (alphabet, wanted) = (&alphabet(), &Sieve::ALL);
        let mut scanner = Scanner::new(alphabet, &text, wanted, &mut emit);
        let mut at = 0;
        while at < text.len() {
            at = scanner.any(at);
        }
        prop_assert_eq!(token_list(alphabet, &text), slowly);
    }

    /// Plain words, without the characters that are tailored, are those of the reference implementation.
    #[test]
    fn plain_words_follow_uax_29(text in "[a-cé0-2 ,·;!\n\u{301}жяא]{0,40}") {
        use unicode_segmentation::UnicodeSegmentation;
        let ours: Vec<String> =
            token_list(&alphabet(), &text).into_iter().map(|(_, range, ..)| text[range].to_owned()).collect();
        let reference: Vec<&str> = text.unicode_words().collect();
        prop_assert_eq!(ours, reference);
    }
}
