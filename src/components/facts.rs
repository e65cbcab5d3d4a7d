use engine::article::{Head, Kind};
use engine::index::DocumentId;
use yew::prelude::*;

use super::element::{element, said, written};
use super::{Scene, time};

/// One line about an article: source, date, how long it takes to read, whether it is only a brief, and whether the reader
/// has it already.
///
/// What is not known is left out.
pub fn facts(scene: Scene, id: DocumentId, head: &Head<&'static str>) -> Html {
    let (edition, shelf) = (scene.edition, &scene.state.shelf);
    let words = edition.words();
    let span = |content| element("span", "", vec![content]);
    let fact = |known: bool, fact: &'static str| known.then(|| span(said(fact)));
    let minutes = || span(written(&edition.counted(words.minutes(), edition.articles.minutes(id))));
    let facts = [
        (head.kind == Kind::Brief).then(|| element("span", "badge", vec![said(words.brief())])),
        head.source.map(|source| span(element("bdi", "", vec![said(source)]))),
        head.date.map(|date| time(words, date)),
        (head.kind == Kind::Article).then(minutes),
        fact(shelf.is_saved(head.slug), words.saved()),
        fact(shelf.is_read(head.slug) && scene.state.opened() != Some(id), words.read()),
    ];
    // The space is for ears and for copying; for eyes there is more.
    element("p", "facts", facts.into_iter().flatten().flat_map(|fact| [fact, said(" ")]).collect())
}
