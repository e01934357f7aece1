//! The barometer on a phone and on the desk: a number, a few words, and where the group stands.

use shared::documents::AnswerKey;
use shared::documents::scale::ScaleAnswers;
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Callback, Html, Properties, component, html, use_callback, use_state_eq};

use super::barometer::Barometer;
use super::rounds::BeginRound;
use super::{scale, spread_words};
use crate::components::heading::Heading;
use crate::components::notice::{Notice, Weight};
use crate::hooks::use_snapshot;
use crate::kinds::alone::{seen_board, use_answer_sheet};
use crate::kinds::own_words::OwnWords;
use crate::kinds::{StepProps, Surface, words};
use crate::session::AnswerSheet;
use crate::texts::{Key, use_texts};
use crate::views::fault;

/// Draws the step. Where others stand is shown once one has chosen, so that nobody just follows.
#[component]
pub(super) fn ScaleStep(props: &StepProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let sheet = use_answer_sheet(&props.at);
    let refused = use_state_eq(|| None::<String>);
    let at = &props.at;
    let is_desk = props.surface == Surface::Desk;
    let board = seen_board(&sheet, at);
    let answers = scale(at).map(|scale| ScaleAnswers::gather(&snapshot.control, &board, at.instance, at.id(), scale));
    let person = snapshot.me.filter(|_| snapshot.can_write());
    let round = answers.as_ref().map(ScaleAnswers::current);
    let own = person.and_then(|me| round?.marks.of(me));
    let key = person.and_then(|me| Some(round?.mark_of(me)));
    let used = (sheet.clone(), key, own, refused.clone(), texts);
    let on_mark = use_callback(used, |mark: u8, (sheet, key, own, refused, texts)| {
        let Some(key) = key else { return };
        // The number that one stands on is tapped again to withdraw.
        let wanted = (*own != Some(mark)).then_some(mark);
        refused.set(sheet.place(key, wanted).err().map(|error| fault::words(&error, *texts)));
    });
    let (Some(scale), Some(answers), Some(round)) = (scale(at), answers.as_ref(), round) else {
        return Html::default();
    };
    let is_undecided = person.is_some_and(|me| round.marks.undecided.contains(&me));
    let earlier = answers.earlier().next();
    let before = person.and_then(|me| earlier?.marks.of(me));
    let leads = (is_desk && snapshot.is_facilitator()) || snapshot.is_local_only;
    let shows_group = is_desk || person.is_none() || own.is_some();
    html! {
        <>
            <Heading text={words(&scale.question, texts)} hint={words(&scale.hint, texts)} is_section={is_desk} />
            if let Some(refused) = &*refused { <Notice weight={Weight::Refused}><p>{ refused }</p></Notice> }
            if is_undecided { <Notice weight={Weight::Attention}><p>{ texts.get(Key::ScaleUndecided) }</p></Notice> }
            if person.is_some() {
                <Numbers min={scale.min} max={scale.max} {own} label={words(&scale.question, texts)} low={words(&scale.low, texts)}
                    high={words(&scale.high, texts)} {on_mark} />
                if let Some(band) = own.and_then(|own| scale.bands.iter().find(|band| (band.from..=band.to).contains(&own))) {
                    <p class="scale__band">{ words(&band.title, texts) }</p>
                }
                if let Some(before) = before { <p class="scale__before">{ texts.scale_you_before(usize::from(before)) }</p> }
                if let (Some(me), true) = (person, own.is_some()) {
                    { words_field(&sheet, &round.words_of(at.id(), me), words(&scale.word_prompt, texts)) }
                }
            }
            if shows_group {
                <section class="phone__section">
                    if !sheet.is_alone() { <h2 class="phone__section-title">{ texts.get(Key::ScaleGroup) }</h2> }
                    <Barometer scale={scale.clone()} round={round.clone()} earlier={answers.earlier().cloned().collect::<Vec<_>>()} {own} />
                    if !sheet.is_alone() { <p class="scale__spread" data-test="scale-spread">{ spread_words(round, earlier, texts) }</p> }
                    <ul class="scale__words">
                        { for round.words.iter().filter(|(writer, _)| Some(**writer) != person).map(|(writer, words)| html! {
                            <li key={writer.to_string()} dir="auto">{ words }</li>
                        }) }
                    </ul>
                </section>
            }
            if let (true, Some(times)) = (is_desk, scale.times.map(usize::from)) {
                <p class="scale__before" data-test="planned-rounds">{ texts.scale_round_of(times.max(answers.rounds.len()), answers.rounds.len()) }</p>
            }
            if leads && scale.rounds && round.marks.answered() > 0 { <BeginRound tool={at.instance} /> }
        </>
    }
}

fn words_field(sheet: &AnswerSheet, place: &AnswerKey, label: AttrValue) -> Html {
    html! { <OwnWords key={place.to_string()} sheet={sheet.clone()} place={place.clone()} {label} /> }
}

/// See [`Numbers`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct NumbersProps {
    min: u8,
    max: u8,
    own: Option<u8>,
    label: AttrValue,
    low: AttrValue,
    high: AttrValue,
    on_mark: Callback<u8>,
}

/// The numbers to choose among, with what the ends mean.
#[component]
fn Numbers(props: &NumbersProps) -> Html {
    html! {
        <div class="scale" role="group" aria-label={props.label.clone()}>
            <div class="scale__numbers">
                { for (props.min..=props.max).map(|mark| html! {
                    <Number key={mark} {mark} is_own={props.own == Some(mark)} on_mark={props.on_mark.clone()} />
                }) }
            </div>
            <p class="scale__end"><strong>{ props.min }</strong>{ &props.low }</p>
            <p class="scale__end"><strong>{ props.max }</strong>{ &props.high }</p>
        </div>
    }
}

/// See [`Number`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct NumberProps {
    mark: u8,
    is_own: bool,
    on_mark: Callback<u8>,
}

#[component]
fn Number(props: &NumberProps) -> Html {
    let onclick =
        use_callback((props.on_mark.clone(), props.mark), |_: MouseEvent, (on_mark, mark)| on_mark.emit(*mark));
    html! {
        <button class="scale__number" type="button" aria-pressed={props.is_own.to_string()} {onclick} data-test={format!("mark-{}", props.mark)}>
            { props.mark }
        </button>
    }
}
