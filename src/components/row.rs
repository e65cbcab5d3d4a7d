use engine::index::DocumentId;
use engine::search::{Hit, Passage};
use yew::prelude::*;

use super::article::link;
use super::facts::facts;
use super::text::marked;
use super::{Scene, direction, doing, going};
use crate::state::Action;

/// An article in the list: its title as a link, the facts about it, and the passages that matched.
pub fn row(scene: Scene, hit: &Hit) -> Html {
    let Scene { edition, state, act } = scene;
    let (head, words) = (edition.articles.head(hit.id), edition.words());
    let is_open = state.opened() == Some(hit.id);
    let dir = direction(head.language);
    let open = going(act, Action::Open(hit.id));
    let passages = hit.passages.iter().map(|text| passage(scene, hit, text, dir));
    html! {
        <li key={hit.id.0} class="row" data-row={hit.id.0.to_string()} lang={head.language}>
            <h2 {dir}>
                <a href={state.route.to(head.slug)} onclick={open} aria-current={is_open.then_some("true")}>
                    { marked(head.title, &hit.title_marks) }
                </a>
            </h2>
            { facts(scene, hit.id, &head) }
            { for passages }
            if !hit.copies.is_empty() {
                <details class="copies">
                    <summary>{ edition.counted(words.similar, hit.copies.len() as u32) }</summary>
                    { for hit.copies.iter().map(|copy| self::copy(scene, *copy)) }
                </details>
            }
        </li>
    }
}

/// Another article with nearly the same text.
fn copy(scene: Scene, id: DocumentId) -> Html {
    html! { <div>{ link(scene, id) }{ facts(scene, id, &scene.edition.articles.head(id)) }</div> }
}

/// Clicking it opens the article at this place; for the keyboard there are the steps from match to match.
fn passage(scene: Scene, hit: &Hit, passage: &Passage, dir: &'static str) -> Html {
    let first = passage.marks.first().map_or(0, |mark| mark.start);
    let open = doing(scene.act, Action::OpenAt(hit.id, passage.run, passage.range.start + first));
    html! { <p class="passage" {dir} onclick={open}>{ marked(&passage.text, &passage.marks) }</p> }
}
