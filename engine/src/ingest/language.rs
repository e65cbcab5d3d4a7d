//! The language of a text, where its file does not state it.

use whatlang::{Detector, Lang};

/// Characters of the text that are looked at.
const SAMPLE: usize = 4000;

/// The BCP 47 tag of the language that `text` is most likely written in; `None` where that is not sure.
pub fn detect(text: &str) -> Option<&'static str> {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let found = Detector::new().detect(sample)?;
    found.is_reliable().then(|| tag(found.lang())).flatten()
}

fn tag(language: Lang) -> Option<&'static str> {
    use Lang::*;
    // whatlang names languages by ISO 639-3, BCP 47 wants the two-letter code where there is one.
    const TAGS: &[(Lang, &str)] = &[
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
    ];
    TAGS.iter().find(|(lang, _)| *lang == language).map(|(_, tag)| *tag)
}

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
