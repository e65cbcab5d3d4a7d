use engine::article::{Head, Kind};
use engine::index::DocumentId;
use yew::prelude::*;

use super::Edition;
use crate::browser::intl;

/// One line about an article: source, date, how long it takes to read, and whether it is only a brief.
///
/// What is not known is left out.
pub fn facts(edition: Edition, id: DocumentId, head: &Head<&'static str>) -> Html {
    let words = edition.words();
    let date = head.date.map(|date| {
        let shown = intl::date(date, words.locale());
        html! { <time datetime={intl::machine_date(date)}>{ shown }</time> }
    });
    let minutes = edition.counted(words.minutes, edition.articles.minutes(id));
    html! {
        <p class="facts">
            if head.kind == Kind::Brief {
                <span class="badge">{ words.brief }</span>
                { " " }
            }
            if let Some(source) = head.source {
                <span class="source" dir="auto">{ source }</span>
                { " " }
            }
            { date }
            if head.kind == Kind::Article {
                { " " }
                <span>{ minutes }</span>
            }
        </p>
    }
}
