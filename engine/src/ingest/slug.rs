//! Names for addresses.

use std::collections::HashSet;

use icu_normalizer::DecomposingNormalizerBorrowed;
use xxhash_rust::xxh64::xxh64;

use crate::article::Article;

/// Longest slug, in characters; cut at a word.
const LONGEST: usize = 60;

/// A readable name for an address: lower-case letters and digits of any script, words joined by hyphens.
pub fn slug(title: &str) -> String {
    let nfkd = DecomposingNormalizerBorrowed::new_nfkd().normalize(title);
    let mut slug = String::new();
    for word in nfkd.split(|c: char| !c.is_alphanumeric() && !mark(c) && !quote(c)) {
        let word: String = word.chars().filter(|c| !mark(*c) && !quote(*c)).flat_map(char::to_lowercase).collect();
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

fn mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

fn quote(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
}

/// Gives each article a slug of its own. Of several with the same one, the first keeps it and the others get a number,
/// in the order of their files; briefs keep pointing at the article they came with.
pub fn make_unique(articles: &mut [Article]) {
    let mut taken: HashSet<String> = HashSet::new();
    let mut renamed: Option<(String, String)> = None;
    for article in articles {
        let head = &mut article.head;
        match (&head.came_with, &renamed) {
            (Some(parent), Some((old, new))) if parent == old => head.came_with = Some(new.clone()),
            _ => {}
        }
        let wanted = head.slug.clone();
        let mut number = 1;
        while !taken.insert(head.slug.clone()) {
            number += 1;
            head.slug = format!("{wanted}-{number}");
        }
        if head.came_with.is_none() {
            renamed = Some((wanted, head.slug.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_readable() {
        let check = |title: &str, expected: &str| assert_eq!(slug(title), expected);
        check("NATO takes Huawei’s concerns: Stoltenberg", "nato-takes-huaweis-concerns-stoltenberg");
        check("Été à Zürich", "ete-a-zurich");
        check("東京 2020", "東京-2020");
        check("?!", "article");
        let long = slug(&"word ".repeat(50));
        assert!(long.len() <= LONGEST && long.ends_with("word"), "{long}");
    }
}
