use engine::article::{Head, Kind};
use engine::index::DocumentId;
use yew::prelude::*;

use super::Scene;
use crate::browser::intl;

/// One line about an article: source, date, how long it takes to read, whether it is only a brief, and whether the reader
/// has it already.
///
/// What is not known is left out.
pub fn facts(scene: Scene, id: DocumentId, head: &Head<&'static str>) -> Html {
    let (edition, shelf) = (scene.edition, &scene.state.shelf);
    let words = edition.words();
    let date = head.date.map(|date| {
        let shown = intl::date(date, words.locale());
        html! { <time datetime={intl::machine_date(date)}>{ shown }</time> }
    });
    let minutes = edition.counted(words.minutes, edition.articles.minutes(id));
    let fact = |known: bool, fact: &str| known.then(|| html! { <>{ " " }<span>{ fact.to_owned() }</span></> });
    html! {
        <p class="facts">
            if head.kind == Kind::Brief {
                <span class="badge">{ words.brief }</span>
            }
            if let Some(source) = head.source {
                { " " }
                <span><bdi>{ source }</bdi></span>
            }
            { " " }
            { date }
            { fact(head.kind == Kind::Article, &minutes) }
            { fact(shelf.is_saved(head.slug), words.saved) }
            { fact(shelf.is_read(head.slug) && scene.state.opened() != Some(id), words.read) }
        </p>
    }
}
