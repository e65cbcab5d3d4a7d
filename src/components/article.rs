use std::cell::Cell;

use engine::article::{Head, Kind};
use engine::index::DocumentId;
use yew::prelude::*;

use super::actions::{actions, copied, selection};
use super::blocks::Pen;
use super::contents::contents;
use super::facts::facts;
use super::matches::matches;
use super::related::related;
use super::{Scene, direction, filled, going};
use crate::browser::intl;
use crate::state::{Action, Cited, Reading};
use crate::words::Words;

/// The open article: what is known about it, its text, and where to go from it.
pub fn article(scene: Scene, reading: &Reading) -> Html {
    let (route, words, head) = (&scene.state.route, scene.edition.words(), &reading.head);
    let pen = Pen { scene, run: Cell::new(0), at: Cell::new(0) };
    let close = going(scene.act, Action::Close);
    let back = words.back(&route.text);
    let (language, direction) = (head.language, direction(head.language));
    html! {
        <article class="page" aria-labelledby="explorer-heading">
            <p class="way"><a class="back" href={route.to_list()} onclick={close}>{ back }</a></p>
            <header lang={language} dir={direction}>
                <h2 class="heading" id="explorer-heading" tabindex="-1">{ head.title }</h2>
                if let Some(subtitle) = head.subtitle {
                    <p class="subtitle">{ subtitle }</p>
                }
            </header>
            { byline(words, head) }
            { facts(scene, reading.id, head) }
            { actions(scene, reading) }
            if scene.state.cited == Cited::Changed {
                <p class="note" role="note">{ words.passage_changed }</p>
            }
            { contents(scene, reading) }
            <div class="text" lang={language} dir={direction}>{ pen.blocks(&reading.body) }</div>
            { source(words, head) }
            { companions(scene, reading) }
            { related(scene, reading) }
            { neighbours(scene) }
            <div class="dock">
                { copied(scene) }
                { selection(scene) }
                { matches(scene) }
            </div>
        </article>
    }
}

fn byline(words: &'static Words, head: &Head<&'static str>) -> Html {
    let updated = head.updated.map(|date| {
        let shown = intl::date(date, words.locale());
        let time = html! { <time datetime={intl::machine_date(date)}>{ shown }</time> };
        html! { <p class="facts">{ filled(words.updated, &[("date", time)]) }</p> }
    });
    html! {
        <>
            if !head.authors.is_empty() {
                <p class="byline">{ filled(words.by, &[("authors", head.authors.join(", ").into())]) }</p>
            }
            { updated }
        </>
    }
}

fn source(words: &'static Words, head: &Head<&'static str>) -> Html {
    html! {
        if let Some(url) = head.url {
            <p class="original"><a href={url} rel="noopener">{ words.original }</a></p>
        }
    }
}

/// For a brief the article it came with, for an article its briefs.
fn companions(scene: Scene, reading: &Reading) -> Html {
    let words = scene.edition.words();
    let links = || reading.companions.iter().map(|id| link(scene, *id));
    match reading.head.kind {
        Kind::Brief => html! {
            <aside class="companions">
                <p>{ words.brief_explained }</p>
                if !reading.companions.is_empty() {
                    <p>{ words.came_with }{ " " }{ for links() }</p>
                }
            </aside>
        },
        Kind::Article if reading.companions.is_empty() => Html::default(),
        Kind::Article => html! {
            <aside class="companions" aria-labelledby="explorer-companions">
                <h3 id="explorer-companions">{ words.briefs }</h3>
                <ul>{ for links().map(|link| html! { <li>{ link }</li> }) }</ul>
            </aside>
        },
    }
}

/// The articles before and after this one in the list.
fn neighbours(scene: Scene) -> Html {
    let words = scene.edition.words();
    let [before, after] = scene.state.neighbours();
    html! {
        if before.or(after).is_some() {
            <nav class="neighbours" aria-label={words.articles}>
                if let Some(id) = before {
                    <div class="previous"><span>{ words.previous }</span>{ link(scene, id) }</div>
                }
                if let Some(id) = after {
                    <div class="next"><span>{ words.next }</span>{ link(scene, id) }</div>
                }
            </nav>
        }
    }
}

/// A link to an article by its title.
pub fn link(scene: Scene, id: DocumentId) -> Html {
    let head = scene.edition.articles.head(id);
    let open = going(scene.act, Action::Open(id));
    html! {
        <a href={scene.state.route.to(head.slug)} onclick={open} lang={head.language} dir={direction(head.language)}>
            { head.title }
        </a>
    }
}
