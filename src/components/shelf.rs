use yew::prelude::*;

use super::article::link;
use super::facts::facts;
use super::{Scene, button};
use crate::state::{Action, Shelf};

/// The articles that the reader has saved, and those read last.
pub fn shelf(scene: Scene) -> Html {
    let (words, shelf) = (scene.edition.words(), &scene.state.shelf);
    let saved = Shelf { saved: Vec::new(), ..Shelf::clone(shelf) };
    let read = Shelf { read: Vec::new(), ..Shelf::clone(shelf) };
    html! {
        <>
            { part(scene, words.saved_for_later, words.nothing_saved, &shelf.saved, saved) }
            { part(scene, words.recently_read, words.nothing_read, &shelf.read, read) }
        </>
    }
}

fn part(scene: Scene, title: &'static str, empty: &'static str, slugs: &[String], without: Shelf) -> Html {
    let articles = scene.edition.articles;
    // One that has been taken out of the collection may come back.
    let known = slugs.iter().filter_map(|slug| articles.find(slug)).take(SHOWN);
    let row = |id| html! { <li>{ link(scene, id) }{ facts(scene, id, &articles.head(id)) }</li> };
    html! {
        <section class="kept">
            <h3>{ title }</h3>
            if slugs.is_empty() {
                <p class="note">{ empty }</p>
            } else {
                <ul role="list" aria-label={title}>{ for known.map(row) }</ul>
                { button(scene, scene.edition.words().forget, Action::Keep(without)) }
            }
        </section>
    }
}

/// How many articles are listed in each part.
const SHOWN: usize = 20;
