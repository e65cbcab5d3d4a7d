use engine::search::{Choice, Facet, Sort};
use yew::AttrValue;

use super::Articles;

/// What an address says, as the part of it from the question mark on:
/// `?q=huawei+5g&source=Defence+Notes&sort=newest&article=some-slug`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// What is searched for.
    pub text: AttrValue,
    /// What the articles must have besides.
    pub choices: Vec<Choice>,
    pub sort: Sort,
    /// The slug of the open article.
    pub article: Option<AttrValue>,
    /// The name of the passage of it that is meant.
    pub passage: Option<AttrValue>,
    /// Parameters that mean nothing to us but perhaps to the server, as they were: `page_id=12`.
    pub others: AttrValue,
}

const FACETS: [(&str, Facet); 7] = [
    ("source", Facet::Source),
    ("author", Facet::Author),
    ("tag", Facet::Tag),
    ("lang", Facet::Language),
    ("kind", Facet::Kind),
    ("year", Facet::Year),
    ("month", Facet::Month),
];

const SORTS: [(&str, Sort); 3] = [("newest", Sort::Newest), ("oldest", Sort::Oldest), ("title", Sort::Title)];

impl Route {
    /// Any text is a route; what is not understood in it is kept in `others`.
    pub fn parse(address: &str) -> Route {
        let mut route = Route::default();
        let mut others = String::new();
        for pair in address.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty()) {
            if !pair.split_once('=').is_some_and(|(name, value)| route.take(name, &decoded(value))) {
                push(&mut others, "", pair);
            }
        }
        route.others = others.into();
        route
    }

    /// Whether it is one of ours.
    fn take(&mut self, name: &str, value: &str) -> bool {
        match name {
            "q" => self.text = value.to_owned().into(),
            "article" => self.article = given(value),
            "passage" => self.passage = given(value),
            "sort" => {
                let sort = SORTS.iter().find(|(name, _)| *name == value);
                self.sort = sort.map_or(Sort::Relevance, |(_, sort)| *sort);
            }
            _ => match FACETS.iter().find(|(facet, _)| *facet == name) {
                Some((_, facet)) => self.add_choice(*facet, value.to_owned()),
                None => return false,
            },
        }
        true
    }

    /// Whether the list is in an order that takes the rest of the program.
    pub fn is_sorted(&self) -> bool {
        matches!(self.sort, Sort::Oldest | Sort::Title)
    }

    /// Whether the list itself takes the rest of the program: its order, or to fold copies.
    pub fn list_needs_rest(&self, articles: Articles) -> bool {
        self.is_sorted() || articles.copies() > 0
    }

    /// Makes a value of a facet one of those that are chosen, or not.
    pub fn choose(&mut self, facet: Facet, value: String, chosen: bool) {
        let known = self.choices.iter_mut().filter(|choice| choice.facet == facet);
        known.for_each(|choice| choice.values.retain(|known| *known != value));
        if chosen {
            self.add_choice(facet, value);
        }
        self.choices.retain(|choice| !choice.values.is_empty());
    }

    fn add_choice(&mut self, facet: Facet, value: String) {
        match self.choices.iter_mut().find(|choice| choice.facet == facet) {
            Some(choice) if choice.values.contains(&value) => {}
            Some(choice) => choice.values.push(value),
            None => self.choices.push(Choice { facet, values: vec![value] }),
        }
    }

    /// As it stands in the address bar; empty where nothing is to be said.
    pub fn address(&self) -> String {
        let mut address = String::new();
        if !self.others.is_empty() {
            push(&mut address, "", &self.others);
        }
        if !self.text.is_empty() {
            push(&mut address, "q=", &encoded(&self.text));
        }
        for (name, facet) in FACETS {
            for choice in self.choices.iter().filter(|choice| choice.facet == facet) {
                choice.values.iter().for_each(|value| push(&mut address, name, &("=".to_owned() + &encoded(value))));
            }
        }
        if let Some((name, _)) = SORTS.iter().find(|(_, sort)| *sort == self.sort) {
            push(&mut address, "sort=", name);
        }
        for (name, value) in [("article=", &self.article), ("passage=", &self.passage)] {
            value.iter().for_each(|value| push(&mut address, name, &encoded(value)));
        }
        if !address.is_empty() {
            address.insert(0, '?');
        }
        address
    }

    /// The address of an article of this search, for a link.
    pub fn to(&self, slug: &str) -> String {
        Route { article: given(slug), passage: None, ..self.clone() }.address()
    }

    /// The address of an article, or of a passage of it, for others: without the search.
    pub fn for_others(&self, slug: &str, passage: Option<String>) -> String {
        let passage = passage.map(AttrValue::from);
        Route { article: given(slug), passage, others: self.others.clone(), ..Route::default() }.address()
    }

    /// The address of the list of this search, for a link. A link to nothing would lead to where one is already.
    pub fn to_list(&self) -> String {
        let list = Route { article: None, passage: None, ..self.clone() };
        Some(list.address()).filter(|address| !address.is_empty()).unwrap_or_else(|| "?".into())
    }
}

fn given(value: &str) -> Option<AttrValue> {
    (!value.is_empty()).then(|| value.to_owned().into())
}

fn push(address: &mut String, name: &str, value: &str) {
    if !address.is_empty() {
        address.push('&');
    }
    address.push_str(name);
    address.push_str(value);
}

/// Percent-encoding as forms do it: a space is a plus.
fn encoded(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b' ' => encoded.push('+'),
            b'-' | b'_' | b'.' | b'*' => encoded.push(byte.into()),
            _ if byte.is_ascii_alphanumeric() => encoded.push(byte.into()),
            _ => {
                encoded.push('%');
                encoded.push(HEX[usize::from(byte >> 4)].into());
                encoded.push(HEX[usize::from(byte & 15)].into());
            }
        }
    }
    encoded
}

/// The reverse of [`encoded`]. A percent sign that encodes nothing stands for itself, and so does a text whose bytes are none.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        let hex = |at: usize| tail.get(at).and_then(|&byte| (byte as char).to_digit(16));
        bytes.push(match (first, hex(0), hex(1)) {
            (b'+', ..) => b' ',
            (b'%', Some(high), Some(low)) => {
                rest = &tail[2..];
                (high << 4 | low) as u8
            }
            _ => first,
        });
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, text: &str, article: Option<&str>, others: &str, back: &str) {
        let route = Route::parse(address);
        let found = (&*route.text, route.article.as_deref(), &*route.others);
        assert_eq!(found, (text, article, others), "route of {address:?}");
        assert_eq!(route.address(), back, "address of {address:?}");
    }

    #[test]
    fn an_address_is_read_and_written() {
        check("", "", None, "", "");
        check("?", "", None, "", "");
        check("?q=huawei+5g&article=nato", "huawei 5g", Some("nato"), "", "?q=huawei+5g&article=nato");
        check("?article=nato&q=a%20b", "a b", Some("nato"), "", "?q=a+b&article=nato");
        check("?q=%22%C3%89t%C3%A9%22", "\"Été\"", None, "", "?q=%22%C3%89t%C3%A9%22");
        check("?q=100%", "100%", None, "", "?q=100%25");
        check("?q=%F", "%F", None, "", "?q=%25F");
        check("?q=%FF", "%FF", None, "", "?q=%25FF");
        check("?article=", "", None, "", "");
    }

    #[test]
    fn parameters_of_others_are_kept() {
        check("?page_id=12&q=a&utm=%20b&flag", "a", None, "page_id=12&utm=%20b&flag", "?page_id=12&utm=%20b&flag&q=a");
    }

    #[test]
    fn filters_and_order_are_part_of_it() {
        let address = "?q=a&source=Defence+Notes&source=B%26C&year=2019&sort=oldest&article=b";
        let mut route = Route::parse(address);
        assert_eq!(route.address(), address);
        assert_eq!(route.sort, Sort::Oldest);
        assert_eq!(route.choices.len(), 2);
        route.choose(Facet::Source, "Defence Notes".into(), false);
        route.choose(Facet::Year, "2019".into(), false);
        assert_eq!(route.address(), "?q=a&source=B%26C&sort=oldest&article=b");
        assert_eq!(Route::parse("?sort=upside-down").address(), "");
    }

    #[test]
    fn every_text_comes_back_from_its_address() {
        let text: String = ('\0'..='\u{2FF}').chain("日本語 🦀".chars()).collect();
        let article = Some("a&b=c".into());
        let passage = Some("1-x-1".into());
        let route = Route { text: text.into(), article, passage, others: "x=1".into(), ..Route::default() };
        assert_eq!(Route::parse(&route.address()), route);
    }

    #[test]
    fn links_keep_the_search() {
        let route = Route::parse("?q=a&article=b");
        assert_eq!(route.to("c"), "?q=a&article=c");
        assert_eq!(route.to_list(), "?q=a");
        assert_eq!(Route::parse("?article=b").to_list(), "?");
        let route = Route::parse("?p=7&q=a&article=b&passage=1-x-1");
        assert_eq!((&*route.to("c"), &*route.to_list()), ("?p=7&q=a&article=c", "?p=7&q=a"));
        assert_eq!(route.for_others("b", None), "?p=7&article=b");
        assert_eq!(route.for_others("b", Some("2-y-1".into())), "?p=7&article=b&passage=2-y-1");
    }
}
