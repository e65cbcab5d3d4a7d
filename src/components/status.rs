use std::rc::Rc;

use engine::search::Answer;
use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::Edition;
use crate::browser::intl;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub edition: Edition,
    pub answer: Rc<Answer>,
    /// Milliseconds, if anything was searched for.
    pub took: Option<u32>,
}

/// Milliseconds without a change after which a screen reader is told of it.
const PAUSE: u32 = 500;

/// How many articles there are: at once for the eye, once per pause for the ear.
#[component]
pub fn Status(props: &Props) -> Html {
    let text = AttrValue::from(sentence(props.edition, &props.answer));
    let said = use_state_eq(|| text.clone());
    {
        let said = said.clone();
        use_effect_with(text.clone(), move |text| {
            let text = text.clone();
            let timeout = Timeout::new(PAUSE, move || said.set(text));
            move || drop(timeout)
        });
    }
    let words = props.edition.words();
    let took = props.took.map(|time| words.took.replacen("{time}", &intl::number(time, words.locale()), 1));
    html! {
        <>
            <p class="count" aria-hidden="true">
                { text }
                if let Some(took) = took {
                    <span>{ took }</span>
                }
            </p>
            <p class="unseen" role="status" aria-atomic="true">{ &*said }</p>
        </>
    }
}

/// "3 articles, 12 more with some of the words".
fn sentence(edition: Edition, answer: &Answer) -> String {
    let words = edition.words();
    let partly = answer.total - answer.complete.min(answer.total);
    if answer.complete == 0 && partly > 0 {
        return edition.counted(words.none_with_all, partly);
    }
    let mut sentence = edition.counted(words.count, answer.complete);
    if partly > 0 {
        sentence += words.comma;
        sentence += " ";
        sentence += &edition.counted(words.more_with_some, partly);
    }
    sentence
}
