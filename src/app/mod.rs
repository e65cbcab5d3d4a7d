//! The page: the state, drawn, and kept in step with the browser around it.

mod address;
mod keys;
mod place;

#[cfg(test)]
mod tests;

use yew::prelude::*;

use crate::browser;
use crate::browser::history::Memory;
use crate::components::{Edition, Scene, SearchBox, Status, article, going, list, notes, overview, unknown};
use crate::state::{Action, Open, Route, State};

#[derive(PartialEq, Properties)]
pub struct Props {
    pub edition: Edition,
    /// What the collection is called.
    pub name: AttrValue,
    /// What the address says at the beginning, and what is remembered with it.
    pub route: Route,
    pub memory: Memory,
}

/// The whole explorer.
#[component]
pub fn App(props: &Props) -> Html {
    let edition = props.edition;
    let state = use_reducer(|| State::new(edition.articles, props.route.clone(), props.memory.rows));
    let explorer = use_node_ref();
    let act = address::use_address(&state, &explorer, props.memory);
    place::use_place(&state, &explorer, &props.name);
    keys::use_keys(&state, &explorer, &act);
    let scene = Scene { edition, state: &state, act: &act };
    let home = going(&act, Action::Home);
    html! {
        <div ref={explorer} class="explorer" data-open={(state.open != Open::Nothing).then_some("")}
            data-searching={(!state.route.text.is_empty()).then_some("")}>
            <header class="masthead">
                <h1 class="name"><a href="?" onclick={home}>{ &props.name }</a></h1>
                { search_box(scene) }
            </header>
            <main class="desk">
                { findings(scene) }
                <div class="reader">{ reader(scene) }</div>
            </main>
        </div>
    }
}

fn search_box(scene: Scene) -> Html {
    let on_type = scene.act.reform(|text| match browser::is_narrow() {
        true => Action::TypeInstead(text),
        false => Action::Type(text),
    });
    let on_settle = scene.act.reform(|()| Action::Settle);
    html! { <SearchBox edition={scene.edition} text={scene.state.route.text.clone()} {on_type} {on_settle} /> }
}

fn findings(scene: Scene) -> Html {
    html! {
        <section class="findings" aria-label={scene.edition.words().articles}>
            <div class="told">
                <Status edition={scene.edition} answer={&scene.state.answer} />
                { notes(scene) }
            </div>
            <div>{ list(scene) }</div>
        </section>
    }
}

fn reader(scene: Scene) -> Html {
    match &scene.state.open {
        Open::Nothing => overview(scene),
        Open::Unknown(_) => unknown(scene),
        Open::Article(reading) => html! { <div key={reading.id.0}>{ article(scene, reading) }</div> },
    }
}
