//! Names for addresses.

use std::collections::{HashMap, HashSet};

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};
use xxhash_rust::xxh64::xxh64;

use super::entry::{Entry, Slugged};

/// Longest slug, in characters; cut at a word.
const LONGEST: usize = 60;

/// A readable name for an address: lower-case letters and digits of any script, words joined by hyphens.
pub fn slug(title: &str) -> String {
    let title = &title[..title.floor_char_boundary(LONGEST * 16)];
    let nfkd = DecomposingNormalizerBorrowed::new_nfkd().normalize(title);
    let nfc = ComposingNormalizerBorrowed::new_nfc();
    let mut slug = String::new();
    for word in nfkd.split(|c: char| !c.is_alphanumeric() && !mark(c) && !quote(c)) {
        let word: String = word.chars().filter(|c| !accent(*c) && !quote(*c)).flat_map(char::to_lowercase).collect();
        // What was taken apart and is no accent belongs together again: Hangul, the voicing marks of kana.
        let word = nfc.normalize(&word);
        if word.is_empty() {
            continue;
        }
        if !slug.is_empty() && slug.chars().count() + 1 + word.chars().count() > LONGEST {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.extend(word.chars().take(LONGEST));
    }
    if slug.is_empty() { "article".into() } else { slug }
}

/// A slug that depends on nothing but the article: `base`, then four characters made of what tells it from all others.
///
/// It stays the same when articles of the same title come and go.
pub fn identified(base: &str, identity: &str) -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let hash = xxh64(identity.as_bytes(), 0);
    let digits = (0..4).map(|digit| char::from(DIGITS[(hash >> (5 * digit)) as usize % 32]));
    format!("{base}-{}", digits.collect::<String>())
}

/// A sign on a letter that readers may leave out.
fn accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// Accents, and signs that words of some scripts can't be read without.
fn mark(c: char) -> bool {
    GeneralCategoryGroup::Mark.contains(CodePointMapData::<GeneralCategory>::new().get(c))
}

fn quote(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
}

/// Gives each entry a slug of its own, whatever the order in which they are given.
///
/// Of several that would like to have the same, one keeps it as it is: the one that states it, else the oldest, else the
/// first by identity. The others are told from it by characters that stand for their identity, so that an article keeps
/// its address when newer ones of the same title come and go.
pub fn make_unique(entries: &mut [&mut Entry]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    let rank = |entry: &Entry| {
        let stated = match entry.slugged {
            Slugged::Stated => 0,
            Slugged::Derived => 1,
            Slugged::Identified => 2,
        };
        (stated, entry.article.head.kind, entry.article.head.date.is_none(), entry.article.head.date)
    };
    let depth = |entry: &Entry| entry.identity.matches('/').count();
    order.sort_by(|a, b| {
        let (a, b) = (&entries[*a], &entries[*b]);
        rank(a)
            .cmp(&rank(b))
            .then_with(|| depth(a).cmp(&depth(b)))
            .then_with(|| a.identity.cmp(&b.identity))
            .then_with(|| a.article.head.title.cmp(&b.article.head.title))
    });
    let mut taken: HashSet<String> = HashSet::with_capacity(entries.len());
    let mut tried = HashMap::new();
    let mut clashes = Vec::new();
    for index in order {
        let entry = &mut *entries[index];
        let wanted = entry.article.head.slug.clone();
        let mut slug = match entry.slugged {
            Slugged::Identified => identified(&wanted, &entry.identity),
            _ => wanted.clone(),
        };
        if taken.contains(&slug) && entry.slugged == Slugged::Stated {
            clashes.push(index);
        }
        // Many copies of one article would each try what the ones before it have taken.
        while !taken.insert(slug.clone()) {
            let tries = tried.entry((wanted.clone(), entry.identity.clone())).or_insert(0u32);
            let salt = if *tries == 0 { entry.identity.clone() } else { format!("{}#{tries}", entry.identity) };
            slug = identified(&wanted, &salt);
            *tries += 1;
        }
        entry.article.head.slug = slug;
    }
    clashes
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::article::{Block, Date, Head};
    use crate::ingest::entry::Origin;
    use crate::ingest::facts::Facts;
    use crate::ingest::name::FileName;
    use crate::ingest::problem::Position;

    #[test]
    fn an_article_keeps_its_slug_when_newer_ones_come() {
        let entry = |identity: &str, year: i16| {
            let facts = Facts {
                head: Head { title: "Week".into(), date: Some(Date::year(year)), ..Head::default() },
                ..Facts::default()
            };
            let name = FileName::of(Path::new(identity));
            let origin = Origin { name: &name, at: Position::START, slugged: Slugged::Derived, slug_by_name: false };
            Entry::complete(facts, vec![Block::Paragraph("Text.".to_owned().into())], &origin).unwrap()
        };
        let slugs = |mut entries: Vec<Entry>| {
            make_unique(&mut entries.iter_mut().collect::<Vec<_>>());
            entries.into_iter().map(|entry| (entry.identity, entry.article.head.slug)).collect::<HashMap<_, _>>()
        };
        let (first, second, third) = (entry("z", 2019), entry("b", 2020), entry("a", 2021));
        let two = slugs(vec![first.clone(), second.clone()]);
        let three = slugs(vec![third, second, first]);
        assert_eq!((&*two["z"], &*three["z"]), ("week", "week"));
        assert_eq!(two["b"], three["b"]);
        assert_ne!(three["a"], three["b"]);
    }

    #[test]
    fn slugs_are_readable() {
        let check = |title: &str, expected: &str| assert_eq!(slug(title), expected);
        check("NATO takes Huawei’s concerns: Stoltenberg", "nato-takes-huaweis-concerns-stoltenberg");
        check("Été à Zürich", "ete-a-zurich");
        check("東京 2020", "東京-2020");
        check("ツァボの人食いライオン", "ツァボの人食いライオン");
        check("한국어 제목", "한국어-제목");
        check("हिन्दी में", "हिन्दी-में");
        check("?!", "article");
        let long = slug(&"word ".repeat(50));
        assert!(long.len() <= LONGEST && long.ends_with("word"), "{long}");
    }
}
