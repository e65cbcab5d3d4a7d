//! The names of months in the languages of the world, from the locales of the C library.

use std::collections::HashMap;
use std::sync::LazyLock;

use pure_rust_locales::{Locale, locale_match};

use super::language::primary;

/// The number, from 1, of the month that is so called in a language, or in any if it is not known.
pub fn number(name: &str, language: Option<&str>) -> Option<u8> {
    static NAMES: LazyLock<HashMap<String, Vec<(&'static str, u8)>>> = LazyLock::new(names);
    let known = NAMES.get(&folded(name))?;
    let language = language.and_then(primary);
    known.iter().find(|(tag, _)| language.is_none_or(|language| *tag == language)).map(|(_, month)| *month)
}

/// What differs between writers: case, and the dot after an abbreviation.
fn folded(name: &str) -> String {
    name.trim().trim_end_matches('.').to_lowercase()
}

fn names() -> HashMap<String, Vec<(&'static str, u8)>> {
    use Locale::*;
    const LOCALES: &[(&str, Locale)] = &[
        ("en", en_GB),
        ("af", af_ZA),
        ("am", am_ET),
        ("ar", ar_EG),
        ("ar", ar_SY),
        ("az", az_AZ),
        ("be", be_BY),
        ("bg", bg_BG),
        ("bn", bn_BD),
        ("bn", bn_IN),
        ("ca", ca_ES),
        ("cs", cs_CZ),
        ("cy", cy_GB),
        ("da", da_DK),
        ("de", de_DE),
        ("de", de_AT),
        ("el", el_GR),
        ("eo", eo),
        ("es", es_ES),
        ("et", et_EE),
        ("eu", eu_ES),
        ("fa", fa_IR),
        ("fi", fi_FI),
        ("fr", fr_FR),
        ("ga", ga_IE),
        ("gl", gl_ES),
        ("gu", gu_IN),
        ("he", he_IL),
        ("hi", hi_IN),
        ("hr", hr_HR),
        ("hu", hu_HU),
        ("hy", hy_AM),
        ("id", id_ID),
        ("is", is_IS),
        ("it", it_IT),
        ("ka", ka_GE),
        ("kk", kk_KZ),
        ("kn", kn_IN),
        ("lt", lt_LT),
        ("lv", lv_LV),
        ("mk", mk_MK),
        ("ml", ml_IN),
        ("mr", mr_IN),
        ("ms", ms_MY),
        ("nb", nb_NO),
        ("ne", ne_NP),
        ("nl", nl_NL),
        ("nn", nn_NO),
        ("pa", pa_IN),
        ("pl", pl_PL),
        ("pt", pt_PT),
        ("pt", pt_BR),
        ("ro", ro_RO),
        ("ru", ru_RU),
        ("sk", sk_SK),
        ("sl", sl_SI),
        ("sq", sq_AL),
        ("sr", sr_RS),
        ("sv", sv_SE),
        ("sw", sw_KE),
        ("ta", ta_IN),
        ("te", te_IN),
        ("th", th_TH),
        ("tr", tr_TR),
        ("uk", uk_UA),
        ("ur", ur_PK),
        ("uz", uz_UZ),
    ];
    let mut names: HashMap<String, Vec<(&'static str, u8)>> = HashMap::new();
    let mut add = |tag: &'static str, list: &[&str]| {
        for (index, name) in list.iter().enumerate().take(12) {
            let known = names.entry(folded(name)).or_default();
            let month = index as u8 + 1;
            // The same name for two months would be a mistake of the locale.
            if known.iter().all(|(other, _)| *other != tag) {
                known.push((tag, month));
            }
        }
    };
    for (tag, locale) in LOCALES.iter().copied() {
        add(tag, locale_match!(locale => LC_TIME::MON));
        add(tag, locale_match!(locale => LC_TIME::ABMON));
        if let Some(list) = locale_match!(locale => LC_TIME::ALT_MON) {
            add(tag, list);
        }
    }
    names.remove("");
    names
}
