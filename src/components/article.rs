use std::cell::Cell;

use engine::article::{Head, Kind};
use engine::index::DocumentId;
use yew::prelude::*;

use super::actions::{actions, copied, selection};
use super::blocks::Pen;
use super::contents::contents;
use super::element::{attributed, element, link_to, said, written};
use super::facts::facts;
use super::matches::matches;
use super::related::related;
use super::{Scene, direction, filled, going, time};
use crate::state::{Action, Cited, Reading};
use crate::words::Words;

/// The open article: what is known about it, its text, and where to go from it.
pub fn article(scene: Scene, reading: &Reading) -> Html {
    let (words, head) = (scene.edition.words(), &reading.head);
    let pen = Pen { scene, run: Cell::new(0), at: Cell::new(0) };
    let (language, direction) = (head.language, direction(head.language));
    let of_article = |name, class, children| {
        let values = [class, language, Some(direction)];
        attributed(name, &["class", "lang", "dir"], &values, children)
    };
    let title = attributed(
        "h2",
        &["class", "id", "tabindex", "aria-level", "part"],
        &[
            Some("heading"),
            Some("explorer-heading"),
            Some("-1"),
            scene.edition.level(2),
            scene.edition.part("article-title"),
        ],
        vec![said(head.title)],
    );
    let subtitle = head.subtitle.map(|subtitle| element("p", "subtitle", vec![said(subtitle)]));
    let mut parts = vec![
        element("p", "way", vec![back(scene, Some("back"))]),
        of_article("header", None, [title].into_iter().chain(subtitle).collect()),
    ];
    byline(words, head, &mut parts);
    parts.push(facts(scene, reading.id, head));
    parts.push(actions(scene, reading));
    parts.push(match scene.state.cited {
        Cited::Changed => {
            let changed = vec![said(words.passage_changed())];
            attributed("p", &["class", "role"], &[Some("note"), Some("note")], changed)
        }
        Cited::Nothing | Cited::Here(_) => Html::default(),
    });
    parts.push(contents(scene, reading));
    parts.push(of_article("div", Some("text"), pen.blocks(reading.body())));
    if let Some(url) = head.url {
        let link = attributed("a", &["href", "rel"], &[Some(url), Some("noopener")], vec![said(words.original())]);
        parts.push(element("p", "original", vec![link]));
    }
    parts.push(companions(scene, reading));
    parts.push(related(scene, reading));
    parts.push(neighbours(scene));
    parts.push(element("div", "dock", vec![copied(scene), selection(scene), matches(scene)]));
    let values = [Some("page"), Some("explorer-heading"), scene.edition.part("article")];
    attributed("article", &["class", "aria-labelledby", "part"], &values, parts)
}

/// A link from the article to the list.
pub fn back(scene: Scene, class: Option<&'static str>) -> Html {
    let route = &scene.state.route;
    let says = said(scene.edition.words().back(&route.text));
    link_to(
        route.to_list(),
        &["href", "class", "part"],
        &[class, scene.edition.part("back")],
        going(scene.act, Action::Close),
        says,
    )
}

fn byline(words: &'static Words, head: &Head<&'static str>, parts: &mut Vec<Html>) {
    if !head.authors.is_empty() {
        let authors = written(&head.authors.join(", "));
        parts.push(element("p", "byline", filled(words.by(), &[("authors", authors)])));
    }
    if let Some(date) = head.updated {
        parts.push(element("p", "facts", filled(words.updated(), &[("date", time(words, date))])));
    }
}

/// For a brief the article it came with, for an article its briefs.
fn companions(scene: Scene, reading: &Reading) -> Html {
    let words = scene.edition.words();
    let links = reading.companions.iter().map(|id| link(scene, *id));
    match reading.head.kind {
        Kind::Brief => {
            let mut parts = vec![element("p", "", vec![said(words.brief_explained())])];
            if !reading.companions.is_empty() {
                let came_with = [said(words.came_with()), said(" ")];
                parts.push(element("p", "", came_with.into_iter().chain(links).collect()));
            }
            element("aside", "companions", parts)
        }
        Kind::Article => aside(scene, "explorer-companions", words.briefs(), links.map(|link| vec![link]).collect()),
    }
}

/// A list beside the article, if there is anything in it.
pub fn aside(scene: Scene, id: &'static str, title: &'static str, items: Vec<Vec<Html>>) -> Html {
    if items.is_empty() {
        return Html::default();
    }
    let items = items.into_iter().map(|item| element("li", "", item)).collect();
    let title = attributed("h3", &["id", "aria-level"], &[Some(id), scene.edition.level(3)], vec![said(title)]);
    let list = attributed("ul", &["role"], &[Some("list")], items);
    attributed("aside", &["class", "aria-labelledby"], &[Some("companions"), Some(id)], vec![title, list])
}

/// The articles before and after this one in the list.
fn neighbours(scene: Scene) -> Html {
    let words = scene.edition.words();
    let [before, after] = scene.state.neighbours();
    let side = |id: Option<DocumentId>, class, name| {
        id.map(|id| element("div", class, vec![element("span", "", vec![said(name)]), link(scene, id)]))
    };
    let sides = [side(before, "previous", words.previous()), side(after, "next", words.next())];
    if before.or(after).is_none() {
        return Html::default();
    }
    let values = [Some("neighbours"), Some(words.articles())];
    attributed("nav", &["class", "aria-label"], &values, sides.into_iter().flatten().collect())
}

/// A link to an article by its title.
pub fn link(scene: Scene, id: DocumentId) -> Html {
    let head = scene.edition.articles.head(id);
    let values = [head.language, Some(direction(head.language))];
    let open = going(scene.act, Action::Open(id));
    link_to(scene.state.route.to(head.slug), &["href", "lang", "dir"], &values, open, said(head.title))
}
