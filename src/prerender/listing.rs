use article_explorer::browser::home;
use article_explorer::components::{Edition, Scene, direction, row};
use article_explorer::state::{Clock, Kept, Program, Route, State};
use engine::query;
use engine::search::{self, Options};
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    pub edition: Edition,
    pub name: AttrValue,
    /// Which page this is, from 1, of how many with how many rows.
    pub number: usize,
    pub of: usize,
    pub rows: usize,
}

/// Some of all articles, newest first, and the way to the others: for those without JavaScript, and for programs that
/// look for pages. It is not taken over by anything.
#[component]
pub fn Listing(props: &Props) -> Html {
    let edition = props.edition;
    let (articles, words) = (edition.articles, edition.words());
    let (tag, _) = edition.language.names();
    let kept = Kept::default();
    let state = State::new(articles, Program::Whole, "".into(), Clock(|| 0.0), (1, 1), Route::default(), kept);
    let first = (props.number - 1) * props.rows;
    // Each in a row of its own: what is folded away is not found.
    let options =
        Options { limit: props.rows as u32, offset: first as u32, passages: 1, fold: false, ..Options::default() };
    let answer = search::search(&articles, &query::parse("", true), &options);
    let scene = Scene { edition, state: &state, act: &Callback::noop(), said: "" };
    let link = |number: usize| {
        let current = (number == props.number).then_some("page");
        html! { <li><a href={[home::home(), "list/", &number.to_string(), "/"].concat()} aria-current={current}>{ number }</a></li> }
    };
    html! {
        <div class="explorer" lang={tag} dir={direction(Some(tag))}>
            <header class="masthead"><h1 class="name"><a href={home::to("?")}>{ &props.name }</a></h1></header>
            <main class="listing">
                <nav aria-label={words.articles()}><ul class="pages" role="list">{ for (1..=props.of).map(link) }</ul></nav>
                <ol class="list" role="list" start={(first + 1).to_string()} aria-label={words.articles()}>
                    { for answer.hits.iter().map(|hit| row(scene, hit)) }
                </ol>
            </main>
        </div>
    }
}
