use yew::prelude::*;

use super::article::link;
use super::element::{attributed, element, said};
use super::facts::facts;
use super::{Scene, button};
use crate::state::{Action, Shelf};

/// The articles that the reader has saved, and those read last.
pub fn shelf(scene: Scene) -> Html {
    let (words, shelf) = (scene.edition.words(), &scene.state.shelf);
    let saved = Shelf { saved: Vec::new(), ..Shelf::clone(shelf) };
    let read = Shelf { read: Vec::new(), ..Shelf::clone(shelf) };
    let parts = [
        part(scene, words.saved_for_later(), words.nothing_saved(), &shelf.saved, saved),
        part(scene, words.recently_read(), words.nothing_read(), &shelf.read, read),
    ];
    parts.into_iter().collect()
}

fn part(scene: Scene, title: &'static str, empty: &'static str, slugs: &[String], without: Shelf) -> Html {
    let articles = scene.edition.articles;
    // One that has been taken out of the collection may come back.
    let known = slugs.iter().filter_map(|slug| articles.find(slug)).take(SHOWN);
    let row = |id| element("li", "", vec![link(scene, id), facts(scene, id, &articles.head(id))]);
    let mut parts = vec![element("h3", "", vec![said(title)])];
    if slugs.is_empty() {
        parts.push(element("p", "note", vec![said(empty)]));
    } else {
        let rows = known.map(row).collect();
        parts.push(attributed("ul", &["role", "aria-label"], &[Some("list"), Some(title)], rows));
        parts.push(button(scene, scene.edition.words().forget(), Action::Keep(without)));
    }
    element("section", "kept", parts)
}

/// How many articles are listed in each part.
const SHOWN: usize = 20;
