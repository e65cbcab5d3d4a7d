use std::cell::RefCell;
use std::rc::Rc;
use std::sync::LazyLock;

use engine::article::{Article, Block, Date, Head, Kind, Rich};
use engine::index::{self, Corpus};
use engine::search::Sort;
use yew::Reducible;

use super::*;

/// Three articles: "Iron and rust" of 14 March 2019, the brief "Copper" that came with it, and "Bees" without a date.
fn articles() -> Articles {
    static BYTES: LazyLock<Vec<u8>> = LazyLock::new(write);
    Articles::new(Corpus::open(&BYTES, &[]).unwrap())
}

fn write() -> Vec<u8> {
    let article = |slug: &str, title: &str, text: &str| Article {
        head: Head { slug: slug.to_owned(), id: slug.to_owned(), title: title.to_owned(), ..Head::default() },
        body: text.lines().map(|line| Block::Paragraph(Rich::from(line.to_owned()))).collect(),
    };
    let mut iron = article("iron", "Iron and rust", "Rust is red.\nAll rust, and rust again.");
    iron.head.date = Date::day(2019, 3, 14);
    let mut copper = article("copper", "Copper", "Green with age.");
    copper.head.kind = Kind::Brief;
    copper.head.came_with = Some("iron".into());
    let bees = article("bees", "Bees", "They do not rust.");
    index::write(vec![iron, copper, bees])
}

fn start(address: &str) -> Rc<State> {
    start_with(Program::Whole, address)
}

fn start_with(program: Program, address: &str) -> Rc<State> {
    start_over(articles(), program, address, ROWS)
}

fn start_over(articles: Articles, program: Program, address: &str, rows: u32) -> Rc<State> {
    let (place, route) = ("https://here.example/news/".into(), Route::parse(address));
    Rc::new(State::new(articles, program, place, Clock(|| 0.0), (rows, rows), route, Kept::default()))
}

fn id(state: &State, slug: &str) -> DocumentId {
    state.articles.find(slug).unwrap()
}

fn after(state: &Rc<State>, actions: impl IntoIterator<Item = Action>) -> Rc<State> {
    actions.into_iter().fold(state.clone(), |state, action| state.reduce(action))
}

fn typing(text: &str) -> impl Iterator<Item = Action> {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.map(|end| Action::Type(text[..end].to_owned().into()))
}

#[test]
fn without_a_query_everything_is_listed() {
    let state = start("");
    assert_eq!((state.answer.total, state.answer.hits.len()), (3, 3));
    assert_eq!(state.open, Open::Nothing);
}

#[test]
fn the_same_text_changes_nothing() {
    let state = start("?q=rust");
    assert!(Rc::ptr_eq(&state, &after(&state, [Action::Type("rust".into())])));
}

#[test]
fn a_reader_who_is_about_to_type_changes_nothing_but_what_is_fetched() {
    let before = start_with(Program::Beginning, "");
    let state = after(&before, [Action::Prepare]);
    assert!(!before.needs_rest() && state.needs_rest());
    assert_eq!((&state.answer, &*state.route, state.step.count), (&before.answer, &*before.route, 0));
    assert!(Rc::ptr_eq(&state, &after(&state, [Action::Prepare])));
}

#[test]
fn typing_is_one_step_until_the_search_settles() {
    let state = after(&start(""), typing("rust"));
    assert_eq!((state.step.count, &*state.route.address()), (1, "?q=rust"));
    let state = after(&state, [Action::Settle, Action::Type("rusty".into())]);
    assert_eq!(state.step.count, 2);
}

#[test]
fn opening_and_closing_are_steps_and_keep_the_search() {
    let state = start("?q=rust&page_id=7");
    let iron = id(&state, "iron");
    let state = after(&state, [Action::Open(iron)]);
    assert_eq!(state.opened(), Some(iron));
    assert_eq!(state.route.address(), "?page_id=7&q=rust&article=iron");
    assert_eq!(state.step.count, 1);
    assert!(Rc::ptr_eq(&state, &after(&state, [Action::Open(iron)])));
    let state = after(&state, [Action::Close]);
    assert_eq!((state.opened(), state.step.count), (None, 2));
    assert_eq!(state.route.address(), "?page_id=7&q=rust");
    assert!(Rc::ptr_eq(&state, &after(&state, [Action::Close])));
}

#[test]
fn an_open_article_stays_open_while_another_search_is_typed() {
    let state = after(&start("?article=iron"), typing("green"));
    assert_eq!(state.opened(), Some(id(&state, "iron")));
    assert_eq!(state.route.address(), "?q=green&article=iron");
}

#[test]
fn an_article_waits_for_the_rest_of_the_program() {
    let state = start_with(Program::Beginning, "");
    assert!(!state.needs_rest(), "the list does without");
    let state = start_with(Program::Beginning, "?q=rust");
    let iron = id(&state, "iron");
    let waiting = after(&state, [Action::OpenAt(iron, 1, 5)]);
    assert_eq!((&waiting.open, waiting.at, waiting.needs_rest()), (&Open::Waiting(iron), None, true));
    let failed = after(&waiting, [Action::Fetched(Program::Interrupted)]);
    assert_eq!(failed.open, Open::Waiting(iron));
    let whole = after(&failed, [Action::Fetched(Program::Beginning), Action::Fetched(Program::Whole)]);
    let at_once = after(&start("?q=rust"), [Action::OpenAt(iron, 1, 5)]);
    assert!(at_once.at.is_some());
    // Two collections are never equal.
    assert_eq!(format!("{whole:?}"), format!("{at_once:?}"));
}

#[test]
fn a_choice_waits_for_the_rest_of_the_program() {
    let choose = || Action::Choose(Facet::Kind, vec!["brief".to_owned()], true);
    let state = start_with(Program::Beginning, "");
    let waiting = after(&state, [choose()]);
    assert_eq!((waiting.needs_rest(), waiting.is_held_up(), &waiting.route), (true, false, &state.route));
    let failed = after(&waiting, [Action::Fetched(Program::Interrupted)]);
    assert!(failed.is_held_up());
    let whole = after(&failed, [Action::Fetched(Program::Beginning), Action::Fetched(Program::Whole)]);
    assert_eq!((whole.route.address().as_str(), whole.answer.total), ("?kind=brief", 1));
    assert_eq!(format!("{whole:?}"), format!("{:?}", after(&start(""), [choose()])));
    // Whoever chooses something else means to have that, and who has gone elsewhere nothing of it.
    assert!(Rc::ptr_eq(&failed, &after(&failed, [Action::Select(None), Action::Match(1)])));
    let again = after(&failed, [Action::Sort(Sort::Title)]);
    assert_eq!((again.needs_rest(), again.program), (true, Program::Beginning));
    let wide = Settings { width: 50, ..Settings::default() };
    let waiting = after(&waiting, [Action::Set(Settings::default()), Action::Set(wide.clone())]);
    assert_eq!(waiting.postponed.len(), 2);
    for (gone, address) in [(Action::Arrive(Route::parse("?q=rust"), ROWS), "?q=rust"), (Action::Home, "")] {
        let elsewhere = after(&waiting, [gone, Action::Fetched(Program::Whole)]);
        assert_eq!((elsewhere.route.address().as_str(), &*elsewhere.settings), (address, &wide));
    }
}

#[test]
fn an_order_that_takes_the_rest_of_the_program_comes_with_it() {
    let waiting = start_with(Program::Beginning, "?sort=title");
    assert!(waiting.needs_rest());
    let whole = after(&waiting, [Action::Fetched(Program::Whole)]);
    assert_eq!(whole.answer.hits, start("?sort=title").answer.hits);
    assert_ne!(whole.answer.hits, waiting.answer.hits);
    let failed = |address| after(&start_with(Program::Beginning, address), [Action::Fetched(Program::Interrupted)]);
    for (address, held_up) in
        [("?sort=title", true), ("?sort=newest", false), ("?q=rust+-red", true), ("?q=rust+red", false)]
    {
        assert_eq!(failed(address).is_held_up(), held_up, "{address}");
    }
}

#[test]
fn where_there_is_room_for_one_thing_the_results_replace_the_article() {
    let state = start("?article=iron");
    let state = after(&state, ["r", "ru"].map(|text| Action::TypeInstead(text.into())));
    assert_eq!((state.opened(), state.step.count), (None, 1));
    assert_eq!(state.route.address(), "?q=ru");
}

#[test]
fn home_is_without_a_query_and_with_nothing_open() {
    let state = after(&start("?q=rust&article=iron&page_id=7"), [Action::Home]);
    assert_eq!((state.opened(), state.step.count), (None, 1));
    assert_eq!(state.route.address(), "?page_id=7");
    assert_eq!(state.answer.total, 3);
}

#[test]
fn the_address_bar_is_followed_and_not_told_what_it_said() {
    let state = after(&start("?q=rust&article=iron"), [Action::Arrive(Route::parse("?q=rust"), 60)]);
    assert_eq!((state.opened(), state.rows), (None, 60));
    assert!(state.step.arrived);
    let state = after(&state, [Action::Open(id(&state, "bees"))]);
    assert!(!state.step.arrived);
}

#[test]
fn filters_and_order_are_steps_and_change_the_list() {
    let rows =
        |state: &State| -> Vec<_> { state.answer.hits.iter().map(|hit| state.articles.head(hit.id).slug).collect() };
    let state = start("");
    assert_eq!(rows(&state), ["iron", "bees", "copper"]);
    let state = after(&state, [Action::Choose(Facet::Kind, vec!["article".into()], true)]);
    assert_eq!((rows(&state), state.step.count), (vec!["iron", "bees"], 1));
    let state = after(&state, [Action::Sort(Sort::Title)]);
    assert_eq!((rows(&state), state.step.count), (vec!["bees", "iron"], 2));
    assert_eq!(state.route.address(), "?kind=article&sort=title");
    assert!(Rc::ptr_eq(&state, &after(&state, [Action::Sort(Sort::Title)])));
    let state = after(&state, [Action::ChooseAll]);
    assert_eq!(rows(&state), ["bees", "copper", "iron"]);
    assert_eq!(rows(&start("?kind=brief")), ["copper"]);
}

#[test]
fn an_unknown_article_is_said_to_be_unknown() {
    let state = start("?article=nothing-like-it");
    assert_eq!(state.open, Open::Unknown("nothing-like-it".into()));
    assert_eq!(state.answer.hits.len(), 3);
    assert_eq!(state.route.address(), "?article=nothing-like-it");
    assert_eq!(after(&state, [Action::Close]).open, Open::Nothing);
}

#[test]
fn a_brief_knows_the_article_it_came_with_and_the_other_way_round() {
    let companions = |address: &str| match &start(address).open {
        Open::Article(reading) => reading.companions.clone(),
        other => panic!("{other:?}"),
    };
    let state = start("");
    assert_eq!(companions("?article=copper"), [id(&state, "iron")]);
    assert_eq!(companions("?article=iron"), [id(&state, "copper")]);
    assert_eq!(companions("?article=bees"), []);
}

#[test]
fn neighbours_are_the_rows_around_the_open_article() {
    let state = start("");
    let rows: Vec<_> = state.answer.hits.iter().map(|hit| hit.id).collect();
    let open = |id| after(&state, [Action::Open(id)]).neighbours();
    assert_eq!(open(rows[0]), [None, Some(rows[1])]);
    assert_eq!(open(rows[1]), [Some(rows[0]), Some(rows[2])]);
    assert_eq!(open(rows[2]), [Some(rows[1]), None]);
    assert_eq!(state.neighbours(), [None, None]);
}

#[test]
fn matches_are_stepped_through_round_and_round() {
    let mut state = State::clone(&start("?article=iron"));
    state.marks = Rc::new(Marks::new(vec![(0, std::iter::once(0..4).collect()), (3, vec![4..8, 20..24])]));
    let state = Rc::new(state);
    let at = |steps: &[i32]| after(&state, steps.iter().map(|by| Action::Match(*by))).at;
    assert_eq!(at(&[1]), Some(0));
    assert_eq!(at(&[1, 1, 1]), Some(2));
    assert_eq!(at(&[1, 1, 1, 1]), Some(0));
    assert_eq!(at(&[-1]), Some(2));
    assert_eq!(at(&[-1, -1]), Some(1));
    let open = id(&state, "iron");
    let from = |run, byte| after(&state, [Action::OpenAt(open, run, byte)]).at;
    assert_eq!([from(0, 0), from(1, 0), from(3, 5), from(3, 8)], [Some(0), Some(1), Some(1), Some(2)]);
    assert_eq!(from(3, 24), None);
    assert_eq!(state.marks.of(3), (1, &[4..8, 20..24][..]));
    assert_eq!(after(&start("?article=bees"), [Action::Match(1)]).at, None);
}

#[test]
fn a_link_to_a_passage_leads_to_it() {
    let state = start("?q=red&article=iron");
    let text = state.articles.whole(id(&state, "iron"));
    assert_eq!(text, "Rust is red.All rust, and rust again.");
    let state = after(&state, [Action::Select(Some(8..20))]);
    assert_eq!(state.quoted(), "red.\nAll rust");
    let link = state.link(Form::PassageLink);
    let address = link.strip_prefix("https://here.example/news/").unwrap();
    assert!(address.starts_with("?article=iron&passage="), "{address}");
    assert_eq!(start(address).cited, Cited::Here(8..20));
    assert_eq!(state.link(Form::Plain), "https://here.example/news/?article=iron");
    // The same passage of another text, and what is no name at all.
    assert_eq!(start(&address.replace("iron", "bees")).cited, Cited::Changed);
    assert_eq!(start("?article=iron&passage=nonsense").cited, Cited::Changed);
    assert_eq!(start("?passage=nonsense").cited, Cited::Nothing);
}

#[test]
fn a_passage_is_left_with_its_article() {
    let state = after(&start("?article=iron&passage=1-2-1"), [Action::Open(id(&start(""), "bees"))]);
    assert_eq!((state.route.address(), &state.cited), ("?article=bees".into(), &Cited::Nothing));
    let state = after(&start("?article=iron&passage=1-2-1"), [Action::TypeInstead("rust".into())]);
    assert_eq!(state.route.address(), "?q=rust");
    let state = after(&start("?article=iron"), [Action::Select(Some(0..4)), Action::Close]);
    assert_eq!(state.selected, None);
}

#[test]
fn opened_articles_are_remembered_as_read() {
    let state = after(&start("?article=iron"), [Action::Open(id(&start(""), "bees"))]);
    assert_eq!(state.shelf.read, ["bees", "iron"]);
    let mut shelf = Shelf::clone(&state.shelf);
    shelf.save("copper", true);
    let state = after(&state, [Action::Keep(shelf.clone())]);
    assert!(state.shelf.is_saved("copper"));
    assert!(Rc::ptr_eq(&state, &after(&state, [Action::Keep(shelf)])));
}

thread_local! {
    /// Chunks of the articles, and how many of them are here.
    static CHUNKS: RefCell<(Vec<&'static [u8]>, usize)> = const { RefCell::new((Vec::new(), 0)) };
}

/// The three articles with their texts outside, a chunk for each, which is not here.
fn start_outside(address: &str) -> Rc<State> {
    let split = index::split(&write(), 1).unwrap();
    CHUNKS.set((split.chunks.into_iter().map(|chunk| &*chunk.leak()).collect(), 0));
    let chunk = |number: u32| CHUNKS.with_borrow(|(chunks, here)| chunks[..*here].get(number as usize).copied());
    let articles = Articles::new(Corpus::open(split.corpus.leak(), &[]).unwrap().with_chunks(chunk));
    start_over(articles, Program::Whole, address, ROWS)
}

fn bring_all() {
    CHUNKS.with_borrow_mut(|(chunks, here)| *here = chunks.len());
}

#[test]
fn an_article_waits_for_its_text() {
    let mut state = start_outside("?q=rust&article=iron&sort=title");
    let iron = id(&state, "iron");
    let chunk = state.articles.missing_text(iron).unwrap();
    assert_eq!(
        (&state.open, state.wanted().first(), state.is_interrupted()),
        (&Open::Waiting(iron), Some(&chunk), false)
    );
    state = state.reduce(Action::Brought { lost: true });
    assert_eq!((&state.open, state.wanted(), state.is_interrupted()), (&Open::Waiting(iron), vec![], true));
    state = state.reduce(Action::Brought { lost: false });
    assert!(state.wanted().contains(&chunk) && !state.is_interrupted());
    bring_all();
    state = state.reduce(Action::Brought { lost: false });
    let Open::Article(reading) = &state.open else { panic!("{:?}", state.open) };
    assert_eq!((reading.body().len(), state.marks.count(), state.wanted()), (2, 3, vec![]));
}

#[test]
fn an_answer_gets_its_passages_when_the_reader_pauses() {
    let state = after(&start_outside(""), typing("rust"));
    let passages = |state: &State| state.answer.hits.iter().map(|hit| hit.passages.len()).collect::<Vec<_>>();
    assert_eq!((passages(&state), state.wanted()), (vec![0, 0], vec![]), "there are rows to come, or other letters");
    let state = state.reduce(Action::Fill);
    assert_eq!((passages(&state), state.wanted().len()), (vec![0, 0], 2));
    bring_all();
    let state = state.reduce(Action::Brought { lost: false });
    assert_eq!((passages(&state), state.wanted()), (vec![2, 1], vec![]));
}

#[test]
fn a_phrase_is_its_words_until_it_can_be_compared() {
    let state = start_outside("?q=%22rust+is%22");
    assert_eq!((state.answer.total, state.wanted().is_empty()), (1, false));
    let state = start_outside("?q=%22rust+red%22");
    assert_eq!(state.answer.total, 1);
    bring_all();
    let state = state.reduce(Action::Brought { lost: false });
    assert_eq!((state.answer.total, state.answer.complete), (0, 0));
}

/// So many articles that say the same.
fn start_with_many(address: &str, rows: u32) -> Rc<State> {
    let article = |number: usize| Article {
        head: Head { slug: format!("{number:03}"), title: format!("Day {number:03}"), ..Head::default() },
        body: vec![Block::Paragraph(Rich::from("Quiet.".to_owned()))],
    };
    let bytes = index::write((1..=130).map(article).collect()).leak();
    start_over(Articles::new(Corpus::open(bytes, &[]).unwrap()), Program::Whole, address, rows)
}

/// The first and the last row that are drawn, and how many there are before and after them.
fn window(state: &State) -> (&str, &str, u32, u32) {
    let slug = |row: usize| state.articles.head(state.answer.hits[row].id).slug;
    (slug(0), slug(state.answer.hits.len() - 1), state.before(), state.after())
}

#[test]
fn what_is_typed_brings_the_rows_in_steps() {
    let mut state = after(&start_with_many("", ROWS), typing("quiet"));
    let mut found = vec![];
    for _ in 0..4 {
        found.push((state.answer.hits.len(), state.suggestions.is_empty(), state.unfilled().is_some()));
        state = state.reduce(Action::Fill);
    }
    assert_eq!(found, [(6, true, true), (11, true, true), (16, true, true), (20, false, false)]);
    // Where no more would come, one step is enough.
    let state = after(&state, typing("007"));
    assert_eq!((state.answer.hits.len(), state.unfilled().is_some(), state.counted.total), (1, true, 130));
    let state = state.reduce(Action::Fill);
    assert_eq!((state.unfilled(), state.counted.total), (None, 1), "the facets are counted with the last rows");
}

#[test]
fn of_many_rows_a_hundred_are_drawn() {
    for address in ["", "?q=quiet"] {
        let start = start_with_many(address, ROWS);
        assert_eq!(window(&start), ("001", "020", 0, 110));
        assert_eq!(
            window(&after(&start, [Action::More, Action::More, Action::More, Action::More])),
            ("001", "100", 0, 30)
        );
        let last = after(&start, [const { Action::More }; 6]);
        assert_eq!(window(&last), ("041", "130", 40, 0));
        let earlier = after(&last, [Action::Earlier]);
        assert_eq!(window(&earlier), ("021", "120", 20, 10));
        assert_eq!(window(&after(&earlier, [Action::Earlier, Action::Earlier])), ("001", "100", 0, 30));
        // What is opened has its neighbours, and the list stays where it is.
        let opened = after(&earlier, [Action::Open(id(&earlier, "070"))]);
        assert_eq!(window(&opened), ("021", "120", 20, 10));
        assert_eq!(opened.neighbours(), [Some(id(&earlier, "069")), Some(id(&earlier, "071"))]);
    }
}

#[test]
fn more_rows_than_there_are_is_the_first_of_them() {
    assert_eq!(window(&start_with_many("", 140)), ("041", "130", 40, 0));
    assert_eq!(window(&start_with_many("", 900)), ("001", "020", 0, 110));
    let many = start_with_many("", 120);
    assert_eq!(window(&after(&many, typing("quiet"))).0, "001");
}
