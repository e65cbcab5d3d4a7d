//! The page: the state, drawn, and kept in step with the browser around it.

mod address;
mod deeds;
mod deferred;
mod keys;
mod outside;
mod place;

#[cfg(test)]
mod tests;

use std::pin::Pin;

use gloo::timers::callback::Timeout;
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

use crate::browser::history::Memory;
use crate::browser::{self, files, focus, home};
use crate::components::element::{attributed, element};
use crate::components::{self, Edition, Scene, direction, doing, going, list, overview, search_box, toolbar, waiting};
use crate::corpus;
use crate::state::{AT_ONCE, Action, Clock, Kept, Open, Program, Route, Settings, Sheet, State};
use crate::words::Language;

pub use deeds::shelf_name;
pub use outside::{Outside, Shown};

/// The name under which the browser keeps the reader's settings.
pub const SETTINGS: &str = "article-explorer";

#[derive(PartialEq, Properties)]
pub struct Props {
    pub edition: Edition,
    pub kept: Kept,
    /// What the collection is called.
    pub name: AttrValue,
    /// What the address says at the beginning, and what is remembered with it.
    pub route: Route,
    pub memory: Memory,
    /// The address of the page up to the question mark.
    pub place: AttrValue,
    pub clock: Clock,
    /// How much of the program is here at the beginning.
    pub program: Program,
    pub outside: Outside,
}

impl Props {
    /// What it begins with.
    fn state(&self) -> State {
        let rows = self.memory.rows;
        let filled = if self.edition.is_ours() { rows } else { AT_FIRST };
        let (route, kept) = (self.route.clone(), self.kept.clone());
        State::new(self.edition.articles, self.program, self.place.clone(), self.clock, (rows, filled), route, kept)
    }

    /// What is to be over before anything is drawn, if anything is to be seen at once of what the articles have outside of the
    /// program, or of what is made of them. They have one or the other.
    pub fn awaited(&self) -> Option<Coming> {
        if corpus::OUTSIDE {
            let wanted = (self.program == Program::Whole).then(|| self.state().wanted())?;
            let coming = deferred::bring(self.edition.articles, wanted);
            return Some(Box::pin(async move { _ = coming.await }));
        }
        (corpus::DERIVED && !self.route.text.is_empty()).then(corpus::derive)
    }
}

type Coming = Pin<Box<dyn Future<Output = ()>>>;

/// Rows with which it begins on another's page, which is not held up for all of them. A list that has no more does not grow.
const AT_FIRST: u32 = 8;

/// The whole explorer.
#[component]
pub fn App(props: &Props) -> Html {
    let state = use_reducer(|| props.state());
    let (explorer, dialog) = (use_node_ref(), use_node_ref());
    let ours = props.edition.is_ours();
    let (entry, act) = address::use_address(&state, &explorer, props.memory, ours);
    let typed = entry.borrow().typed();
    {
        let (explorer, act, state) = (explorer.clone(), act.clone(), state.dispatcher());
        use_effect_with((), move |()| {
            let ways = address::listeners(&entry, state, explorer.clone(), ours);
            let listeners = (ways, deeds::listeners(explorer, act, ours));
            move || drop(listeners)
        });
    }
    {
        let dialog = dialog.clone();
        use_effect_with(state.sheet.is_some(), move |shown| {
            if let Some(dialog) = dialog.cast() {
                focus::show(&dialog, *shown);
            }
        });
    }
    // After the sheet, which gives the focus back when it goes.
    place::use_place(&state, &explorer, &props.name, ours);
    keys::use_keys(&state, &explorer, &act, ours);
    outside::use_outside(&props.outside, &state, &act);
    {
        let explorer = explorer.clone();
        let changed = (state.settings.clone(), state.shelf.clone(), state.is_whole());
        use_effect_with(changed, move |(settings, shelf, whole)| {
            if ours && *whole {
                deferred::keep(settings, shelf);
            }
            browser::set_property(&explorer, "--share", &[&*settings.width.to_string(), "%"].concat());
        });
    }
    use_rest(&state, &explorer, props.edition);
    use_texts(&state);
    let language = use_language(state.settings.language.as_deref(), props.edition.language);
    let edition = Edition { language, ..props.edition };
    let (tag, _) = language.names();
    let act = deeds::doer(&state, edition.words(), &act, &props.outside);
    let said = use_pauses(&state, components::sentence(edition, &state.answer));
    let scene = Scene { edition, state: &state, act: &act, said: &said };
    let dir = direction(Some(tag));
    html! {
        <div ref={&explorer} class="explorer" role={region(ours)} aria-label={(!ours).then(|| props.name.clone())}
            lang={tag} dir={Some(dir).filter(|dir| ours || *dir == "rtl")}
            data-open={(state.open != Open::Nothing).then_some("")} data-searching={state.is_searching().then_some("")}
            data-theme={state.settings.theme.name()} data-size={state.settings.size.to_string()}>
            { masthead(scene, &explorer, &props.name, typed) }
            { desk(scene) }
            { sheet(scene, &dialog) }
        </div>
    }
}

/// On another's page it is a region of that, and what is in it no banner and no main part.
fn region(ours: bool) -> Option<&'static str> {
    (!ours).then_some("region")
}

fn masthead(scene: Scene, explorer: &NodeRef, name: &AttrValue, typed: Option<AttrValue>) -> Html {
    let words = scene.edition.words();
    if !scene.edition.is_ours() {
        return element("div", "masthead", vec![search_box(scene, explorer, typed)]);
    }
    let go = going(scene.act, Action::Home);
    html! {
        <header class="masthead">
            <h1 class="name"><a href={home::to("?")} onclick={go}>{ name }</a></h1>
            { search_box(scene, explorer, typed) }
            { opener(scene, "ribbon", words.shelf(), Sheet::Shelf) }
            { opener(scene, "letters", words.settings(), Sheet::Settings) }
        </header>
    }
}

fn desk(scene: Scene) -> Html {
    let parts = vec![findings(scene), divider(scene), element("div", "reader", vec![reader(scene)])];
    element(if scene.edition.is_ours() { "main" } else { "div" }, "desk", parts)
}

/// The language that the reader chose, as soon as its texts are there, or else that of the browser.
#[hook]
fn use_language(chosen: Option<&str>, usual: Language) -> Language {
    let arrived = use_force_update();
    let wanted = chosen.map_or(usual, |tag| Language::of([tag]));
    use_effect_with(wanted, move |language| {
        let language = *language;
        if !language.is_known() {
            yew::platform::spawn_local(async move {
                files::learn(language).await;
                arrived.force_update();
            });
        }
    });
    if wanted.is_known() { wanted } else { usual }
}

/// Fetches the rest of the program when something is to be seen that takes it, and has it look whether the articles are
/// as they were written, and after the list.
#[hook]
fn use_rest(state: &UseReducerHandle<State>, explorer: &NodeRef, edition: Edition) {
    let (dispatcher, explorer) = (state.dispatcher(), explorer.clone());
    let wanted = state.program == Program::Beginning && (state.needs_rest() || corpus::OUTSIDE);
    use_effect_with((wanted, state.is_whole()), move |(wanted, whole)| {
        if *wanted {
            yew::platform::spawn_local(async move {
                let whole = browser::deferred::fetch().await;
                dispatcher.dispatch(Action::Fetched(if whole { Program::Whole } else { Program::Interrupted }));
            });
        } else if let Some(explorer) = explorer.cast().filter(|_| *whole) {
            deferred::verify(&explorer, &edition);
            // The explorer of our own page stays as long as that.
            if edition.is_ours() {
                deferred::show_in_time();
            }
        }
    });
}

/// Fetches what the articles have outside of the program, when it is to be seen.
fn use_texts(state: &UseReducerHandle<State>) -> Texts<'_> {
    Texts(state)
}

/// Each hook is half a kilobyte of wasm, which is only for those who need it.
struct Texts<'a>(&'a UseReducerHandle<State>);

impl Hook for Texts<'_> {
    type Output = ();

    fn run(self, context: &mut HookContext) {
        if corpus::OUTSIDE {
            use_chunks(self.0).run(context);
        }
    }
}

#[hook]
fn use_chunks(state: &UseReducerHandle<State>) {
    let (dispatcher, articles) = (state.dispatcher(), state.articles);
    let wanted = if state.is_whole() { state.wanted() } else { Vec::new() };
    use_effect_with(wanted, move |wanted| {
        if !wanted.is_empty() {
            let coming = deferred::bring(articles, wanted.clone());
            yew::platform::spawn_local(async move { dispatcher.dispatch(Action::Brought { lost: !coming.await }) });
        }
    });
}

/// Milliseconds without a letter after which the list is filled a step further: longer than from letter to letter of those
/// who type fast, whose next letter would have to wait for the frame of the step.
const BREATH: u32 = 200;

/// Milliseconds from that step to the next, and so on.
const STRIDE: u32 = 80;

/// Milliseconds without a change after which a screen reader is told of it.
const PAUSE: u32 = 500;

/// Brings the rest of the rows as soon as there is time. Returns what `text` was before it changed, until it has been the
/// same for a while.
#[hook]
fn use_pauses(state: &UseReducerHandle<State>, text: String) -> UseStateHandle<String> {
    let said = use_state_eq(|| text.clone());
    let (setter, dispatcher) = (said.setter(), state.dispatcher());
    let unfilled = state.unfilled();
    use_effect_with((text, unfilled), move |(text, unfilled)| {
        let text = text.clone();
        let pause = |(_, filled): &(AttrValue, u32)| if *filled > AT_ONCE { STRIDE } else { BREATH };
        let fill =
            unfilled.as_ref().map(|unfilled| Timeout::new(pause(unfilled), move || dispatcher.dispatch(Action::Fill)));
        let say = Timeout::new(PAUSE, move || setter.set(text));
        move || drop((fill, say))
    });
    said
}

/// A button that lays a sheet over the page.
fn opener(scene: Scene, look: &'static str, name: &'static str, sheet: Sheet) -> Html {
    let show = doing(scene.act, Action::Show(Some(sheet)));
    html! { <button data-look={look} type="button" aria-haspopup="dialog" aria-label={name} title={name} onclick={show} /> }
}

/// Between list and article, where these stand side by side.
fn divider(scene: Scene) -> Html {
    let (act, now) = (scene.act.clone(), Settings::clone(&scene.state.settings));
    let value = now.width.to_string();
    let change = Callback::from(move |event: InputEvent| {
        let width = browser::value_of(&event).parse().unwrap_or_default();
        act.emit(Action::Set(Settings { width, ..now.clone() }.within_limits()));
    });
    html! {
        <input class="divider" type="range" min="0" max="100" {value} aria-label={scene.edition.words().list_width()} oninput={change} />
    }
}

/// Ways in which the query may go on, and what there is to say about it.
fn ways(scene: Scene) -> Html {
    match scene.state.is_whole() {
        true => components::deferred::ways(scene),
        false if scene.state.needs_help() || scene.state.is_held_up() => waiting(scene),
        false => Html::default(),
    }
}

fn findings(scene: Scene) -> Html {
    let told = element("div", "told", vec![toolbar(scene), ways(scene)]);
    let parts = vec![told, element("div", "", vec![list(scene)])];
    // On another's page the whole explorer is a region already.
    let name = Some(scene.edition.words().articles()).filter(|_| scene.edition.is_ours());
    attributed("section", &["class", "aria-label"], &[Some("findings"), name], parts)
}

fn sheet(scene: Scene, dialog: &NodeRef) -> Html {
    let words = scene.edition.words();
    let (title, content) = match scene.state.sheet {
        None => (None, Html::default()),
        Some(sheet) => {
            let title = match sheet {
                Sheet::Filters => words.filters(),
                Sheet::Shelf => words.shelf(),
                Sheet::Pass(_) => words.cite(),
                Sheet::Settings => words.settings(),
                Sheet::Keys => words.keys_heading(),
            };
            let whole = scene.state.is_whole();
            let content = if whole { components::deferred::sheet(scene, sheet) } else { waiting(scene) };
            (Some(title), content)
        }
    };
    components::sheet(scene, dialog, title, content)
}

fn reader(scene: Scene) -> Html {
    match &scene.state.open {
        // The list is to be seen first.
        Open::Nothing if scene.state.is_beginning() => Html::default(),
        Open::Nothing => overview(scene),
        Open::Unknown(_) if scene.state.is_whole() => components::deferred::unknown(scene),
        Open::Unknown(_) | Open::Waiting(_) => waiting(scene),
        Open::Article(reading) => {
            html! { <div key={reading.id.0}>{ components::deferred::reader(scene, reading) }</div> }
        }
    }
}
