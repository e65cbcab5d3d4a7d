use engine::index::DocumentId;
use engine::search::{Hit, Passage};
use yew::prelude::*;

use super::article::link;
use super::element::{attributed, element, link_to, written};
use super::facts::facts;
use super::text::marked;
use super::{Scene, deferred, direction, doing, going};
use crate::state::Action;

/// An article in the list: its title as a link, the facts about it, and the passages that matched.
pub fn row(scene: Scene, hit: &Hit) -> Html {
    let Scene { edition, state, act, .. } = scene;
    let head = edition.articles.head(hit.id);
    let is_open = (state.opened() == Some(hit.id)).then_some("true");
    let dir = direction(head.language);
    let open = going(act, Action::Open(hit.id));
    let title = marked(head.title, &hit.title_marks);
    let title = link_to(
        state.route.to(head.slug),
        &["href", "aria-current", "part"],
        &[is_open, edition.part("item-link")],
        open,
        title,
    );
    let mut parts = vec![
        attributed("h2", &["dir", "aria-level"], &[Some(dir), edition.level(2)], vec![title]),
        facts(scene, hit.id, &head),
    ];
    parts.push(hit.passages.iter().map(|text| passage(scene, hit, text, dir)).collect());
    if !hit.copies.is_empty() {
        parts.push(deferred::copies(scene, &hit.copies));
    }
    html! {
        <li key={hit.id.0} class="row" data-row={hit.id.0.to_string()} data-current={is_open} lang={head.language} part={edition.part("item")}>{ for parts }</li>
    }
}

/// Other articles with nearly the same text as one in the list.
pub fn copies(scene: Scene, ids: &[DocumentId]) -> Html {
    let similar = written(&scene.edition.counted(scene.edition.words().similar(), ids.len() as u32));
    let mut parts = vec![element("summary", "", vec![similar])];
    parts.extend(ids.iter().map(|id| copy(scene, *id)));
    element("details", "copies", parts)
}

/// One of them.
fn copy(scene: Scene, id: DocumentId) -> Html {
    element("div", "", vec![link(scene, id), facts(scene, id, &scene.edition.articles.head(id))])
}

/// Clicking it opens the article at this place; for the keyboard there are the steps from match to match.
fn passage(scene: Scene, hit: &Hit, passage: &Passage, dir: &'static str) -> Html {
    let first = passage.marks.first().map_or(0, |mark| mark.start);
    let open = doing(scene.act, Action::OpenAt(hit.id, passage.run, passage.range.start + first));
    html! { <p class="passage" {dir} onclick={open}>{ marked(&passage.text, &passage.marks) }</p> }
}
