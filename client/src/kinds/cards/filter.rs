//! Which cards of a deck one looks at, such as those of one's own layer. It is kept on this device and is nobody else's.

use shared::content::{Axis, Card, Cards};
use yew::prelude::{AttrValue, Callback, Html, Properties, component, hook, html, use_callback, use_state_eq};

use crate::components::choice_group::ChoiceGroup;
use crate::hooks::use_session;
use crate::kinds::words;
use crate::part::PartAt;
use crate::texts::{Key, use_texts};

/// For each axis that one has narrowed, its id and the id of the value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Filter(Vec<(String, String)>);

impl Filter {
    /// Reads what [`Filter::code`] wrote; what no longer fits the deck is left out.
    pub(super) fn read(code: &str, content: &Cards) -> Self {
        let pairs = code.split_whitespace().filter_map(|pair| pair.split_once('='));
        let known = pairs.filter(|(axis, value)| {
            let axis = content.axes.iter().find(|found| found.id.as_str() == *axis);
            axis.is_some_and(|axis| axis.values.iter().any(|found| found.id.as_str() == *value))
        });
        Self(known.map(|(axis, value)| (axis.to_owned(), value.to_owned())).collect())
    }

    fn code(&self) -> String {
        self.0.iter().map(|(axis, value)| format!("{axis}={value}")).collect::<Vec<_>>().join(" ")
    }

    fn value(&self, axis: &Axis) -> Option<&str> {
        self.0.iter().find(|(id, _)| id == axis.id.as_str()).map(|(_, value)| value.as_str())
    }

    fn with(&self, axis: &Axis, value: Option<&str>) -> Self {
        let others = self.0.iter().filter(|(id, _)| id != axis.id.as_str()).cloned();
        let chosen = value.map(|value| (axis.id.to_string(), value.to_owned()));
        Self(others.chain(chosen).collect())
    }

    /// Whether all cards are looked at.
    pub(super) fn is_all(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a card is looked at.
    pub(super) fn lets(&self, card: &Card) -> bool {
        self.0.iter().all(|(axis, value)| card.place.get(axis).is_some_and(|place| place.as_str() == value))
    }
}

/// The filter of a deck on this device, and how to change it.
#[hook]
pub(super) fn use_filter(at: &PartAt, content: Option<&Cards>) -> (Filter, Callback<Filter>) {
    let session = use_session();
    let place = format!("deck/{}/{}", at.instance, at.id());
    let code = use_state_eq(|| session.draft(&place));
    let set = use_callback((session, place, code.clone()), |filter: Filter, (session, place, code)| {
        session.set_draft(place, &filter.code());
        code.set(filter.code());
    });
    (content.map(|content| Filter::read(&code, content)).unwrap_or_default(), set)
}

/// See [`FilterChoices`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct FilterChoicesProps {
    /// What cards are ordered by.
    pub(super) axes: Vec<Axis>,
    /// What holds.
    pub(super) filter: Filter,
    /// Called with what is to hold.
    pub(super) on_filter: Callback<Filter>,
}

/// Draws the choices folded away, under what holds.
#[component]
pub(super) fn FilterChoices(props: &FilterChoicesProps) -> Html {
    let texts = use_texts();
    let FilterChoicesProps { axes, filter, on_filter } = props;
    let chosen = axes.iter().filter_map(|axis| {
        let value = filter.value(axis)?;
        axis.values.iter().find(|found| found.id.as_str() == value).map(|found| words(&found.text, texts).to_string())
    });
    let chosen = chosen.collect::<Vec<_>>().join(" · ");
    html! {
        <details class="disclosure deck-filter" data-test="deck-filter">
            <summary class="disclosure__summary">
                { if chosen.is_empty() { texts.get(Key::CardsNarrow).to_owned() } else { texts.cards_narrowed(&chosen) } }
            </summary>
            <div class="disclosure__words">
                // One's own layer is most often the last of the axes.
                { for axes.iter().rev().map(|axis| html! {
                    <AxisChoice key={axis.id.to_string()} axis={axis.clone()} filter={filter.clone()} on_filter={on_filter.clone()} />
                }) }
                <p class="sheet__small">{ texts.get(Key::CardsKept) }</p>
            </div>
        </details>
    }
}

/// See [`AxisChoice`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct AxisChoiceProps {
    axis: Axis,
    filter: Filter,
    on_filter: Callback<Filter>,
}

#[component]
fn AxisChoice(props: &AxisChoiceProps) -> Html {
    let texts = use_texts();
    let AxisChoiceProps { axis, filter, .. } = props;
    let used = (props.on_filter.clone(), axis.clone(), filter.clone());
    let on_choose = use_callback(used, |place: usize, (on_filter, axis, filter)| {
        let value = place.checked_sub(1).and_then(|place| axis.values.get(place));
        on_filter.emit(filter.with(axis, value.map(|value| value.id.as_str())));
    });
    let all = AttrValue::Static(texts.get(Key::CardsAll));
    let choices: Vec<AttrValue> =
        [all].into_iter().chain(axis.values.iter().map(|value| words(&value.text, texts))).collect();
    let chosen = filter.value(axis).and_then(|id| axis.values.iter().position(|value| value.id.as_str() == id));
    let title = words(&axis.title, texts);
    html! {
        <div class="deck-filter__axis">
            <p class="field__label" aria-hidden="true">{ &title }</p>
            <ChoiceGroup label={title} {choices} chosen={chosen.map_or(0, |place| place + 1)} {on_choose} test={format!("filter-{}", axis.id)} />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deck() -> Cards {
        let deck = r#"{"axes":[
            {"id":"stage","values":[{"id":"before"},{"id":"after"}]},
            {"id":"layer","values":[{"id":"top"},{"id":"floor"}]}],
          "cards":[
            {"id":"one","place":{"stage":"before","layer":"top"}},
            {"id":"two","place":{"stage":"after","layer":"floor"}}]}"#;
        serde_json::from_str(deck).unwrap()
    }

    #[test]
    fn a_filter_lets_the_cards_of_its_values_through_and_is_read_as_it_was_written() {
        let deck = deck();
        let all = Filter::default();
        let top = all.with(&deck.axes[1], Some("top"));
        let shown = |filter: &Filter| deck.cards.iter().map(|card| filter.lets(card)).collect::<Vec<_>>();
        assert_eq!(shown(&all), [true, true]);
        assert_eq!(shown(&top), [true, false]);
        assert_eq!(shown(&top.with(&deck.axes[0], Some("after"))), [false, false]);
        assert_eq!(shown(&top.with(&deck.axes[1], Some("floor"))), [false, true]);
        assert_eq!(Filter::read(&top.code(), &deck), top);
        assert!(top.with(&deck.axes[1], None).is_all());
    }

    #[test]
    fn what_another_deck_was_narrowed_to_narrows_nothing() {
        assert!(Filter::read("layer=cellar place=top nonsense", &deck()).is_all());
    }
}
