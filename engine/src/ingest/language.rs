//! The language of a text, where its file does not state it.

use whatlang::{Detector, Lang, Script};

use super::html::each_run;
use crate::article::{Block, Span, Style};

/// Bytes of the text that are looked at.
pub const SAMPLE: usize = 4000;

/// Bytes that a paragraph must have for its own language to be told.
const PARAGRAPH: usize = 80;

/// The BCP 47 tag of the language that `text` is most likely written in; `None` where that is not sure.
pub fn detect(text: &str) -> Option<&'static str> {
    // Most texts can be told by their beginning, in a third of the time.
    let found = [SAMPLE / 4, SAMPLE].iter().find_map(|length| {
        let sample = &text[..text.floor_char_boundary(*length)];
        Detector::new().detect(sample).filter(|found| found.is_reliable())
    })?;
    tag(found.lang())
}

/// Marks the paragraphs that are written in another script than the article's `own` language.
///
/// Among languages of one script a paragraph is too short to be sure, so there only what the file states counts.
pub fn mark_others(body: &mut [Block<String>], own: Option<&str>) {
    let Some(own) = own.and_then(primary) else { return };
    let latin = LATIN.contains(&own);
    each_run(body, &mut |rich| {
        let text = &*rich.text;
        let stated = rich.spans.iter().any(|span| matches!(span.style, Style::Language(_)));
        // The usual case first, since this looks at every paragraph.
        if text.len() < PARAGRAPH || stated || latin && text.bytes().filter(u8::is_ascii).count() * 2 > text.len() {
            return;
        }
        let sample = &text[..text.floor_char_boundary(600)];
        let Some(found) = Detector::new().detect(sample).filter(|found| found.is_reliable()) else { return };
        let scripts = scripts(own);
        // Where nothing is known of the own script, nothing counts as foreign.
        let same_script = scripts.is_empty() || scripts.contains(&found.script());
        if let Some(other) = tag(found.lang()).filter(|other| !same_script && *other != own) {
            rich.spans.insert(0, Span { range: 0..text.len() as u32, style: Style::Language(other.to_owned()) });
        }
    });
}

/// Whether this is the tag of a language that is known here.
pub fn is_known(tag: &str) -> bool {
    let Some(own) = primary(tag) else { return false };
    TAGS.iter().any(|(_, known)| *known == own) || LATIN.contains(&own)
}

/// The part of a tag that names the language itself: `pt` of `pt-BR`; none if that is no tag.
pub fn primary(tag: &str) -> Option<&str> {
    let primary = tag.split(['-', '_']).next()?;
    (matches!(primary.len(), 2 | 3) && primary.bytes().all(|b| b.is_ascii_alphabetic())).then_some(primary)
}

fn tag(language: Lang) -> Option<&'static str> {
    TAGS.iter().find(|(lang, _)| *lang == language).map(|(_, tag)| *tag)
}

/// The scripts that a language is written in.
fn scripts(tag: &str) -> &'static [Script] {
    use Script::*;
    match tag {
        "ja" => &[Hiragana, Katakana, Mandarin],
        "zh" => &[Mandarin],
        "ko" => &[Hangul, Mandarin],
        "ru" | "uk" | "bg" | "be" | "mk" | "kk" => &[Cyrillic],
        "sr" | "uz" | "az" => &[Cyrillic, Latin],
        "el" => &[Greek],
        "ar" | "fa" | "ur" => &[Arabic],
        "he" | "yi" => &[Hebrew],
        "hi" | "mr" | "ne" => &[Devanagari],
        "bn" => &[Bengali],
        "ta" => &[Tamil],
        "te" => &[Telugu],
        "th" => &[Thai],
        "ka" => &[Georgian],
        "hy" => &[Armenian],
        "am" => &[Ethiopic],
        _ if LATIN.contains(&tag) => &[Latin],
        _ => &[],
    }
}

/// Languages that are written in Latin letters.
const LATIN: &[&str] = &[
    "af", "ca", "cs", "cy", "da", "de", "en", "eo", "es", "et", "eu", "fi", "fr", "ga", "gl", "hr", "hu", "id", "is",
    "it", "jv", "la", "lt", "lv", "ms", "nb", "nl", "nn", "no", "pl", "pt", "ro", "sk", "sl", "sn", "so", "sq", "sv",
    "sw", "tk", "tl", "tr", "vi", "zu",
];

// whatlang names languages by ISO 639-3, BCP 47 wants the two-letter code where there is one.
const TAGS: &[(Lang, &str)] = {
    use Lang::*;
    &[
        (Eng, "en"),
        (Rus, "ru"),
        (Cmn, "zh"),
        (Spa, "es"),
        (Por, "pt"),
        (Ita, "it"),
        (Fra, "fr"),
        (Deu, "de"),
        (Ukr, "uk"),
        (Kat, "ka"),
        (Ara, "ar"),
        (Hin, "hi"),
        (Jpn, "ja"),
        (Heb, "he"),
        (Yid, "yi"),
        (Pol, "pl"),
        (Amh, "am"),
        (Jav, "jv"),
        (Kor, "ko"),
        (Nob, "nb"),
        (Dan, "da"),
        (Swe, "sv"),
        (Fin, "fi"),
        (Tur, "tr"),
        (Nld, "nl"),
        (Hun, "hu"),
        (Ces, "cs"),
        (Ell, "el"),
        (Bul, "bg"),
        (Bel, "be"),
        (Mar, "mr"),
        (Kan, "kn"),
        (Ron, "ro"),
        (Slv, "sl"),
        (Hrv, "hr"),
        (Srp, "sr"),
        (Mkd, "mk"),
        (Lit, "lt"),
        (Lav, "lv"),
        (Est, "et"),
        (Tam, "ta"),
        (Vie, "vi"),
        (Urd, "ur"),
        (Tha, "th"),
        (Guj, "gu"),
        (Uzb, "uz"),
        (Pan, "pa"),
        (Aze, "az"),
        (Ind, "id"),
        (Tel, "te"),
        (Pes, "fa"),
        (Mal, "ml"),
        (Ori, "or"),
        (Mya, "my"),
        (Nep, "ne"),
        (Sin, "si"),
        (Khm, "km"),
        (Tuk, "tk"),
        (Aka, "ak"),
        (Zul, "zu"),
        (Sna, "sn"),
        (Afr, "af"),
        (Lat, "la"),
        (Slk, "sk"),
        (Cat, "ca"),
        (Tgl, "tl"),
        (Hye, "hy"),
        (Epo, "eo"),
        (Ben, "bn"),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_of_sentences() {
        let check = |text: &str, expected| assert_eq!(detect(text), expected, "{text}");
        check("Security concerns about the role of this company are to be taken seriously, he said.", Some("en"));
        check("Der Kanzler sagte am Dienstag, dass man die Sicherheit des Netzes prüfen werde.", Some("de"));
        check("東京は日本の首都であり、世界最大の都市のひとつです。", Some("ja"));
        check("5G", None);
    }
}
