//! Values of a cell that met, as a choice between what each would put there.

use yew::prelude::{AttrValue, Callback, Html, Properties, component, html, use_callback};

use super::settle::{Met, Settle};

/// See [`SettleCodes`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct SettleCodesProps {
    /// What they are about.
    pub about: AttrValue,
    /// The values: what each puts into the cell, and how it is shown.
    pub met: Vec<(AttrValue, Met)>,
    /// Puts one into the cell; without it they are only shown.
    #[prop_or_default]
    pub on_choose: Option<Callback<AttrValue>>,
    /// What the card is called in tests.
    pub test: AttrValue,
}

/// Draws the values while there are several, and nothing otherwise.
#[component]
pub fn SettleCodes(props: &SettleCodesProps) -> Html {
    let codes: Vec<AttrValue> = props.met.iter().map(|(code, _)| code.clone()).collect();
    let choose = use_callback((props.on_choose.clone(), codes), |place: usize, (on_choose, codes)| {
        if let (Some(on_choose), Some(code)) = (on_choose, codes.get(place)) {
            on_choose.emit(code.clone());
        }
    });
    if props.met.len() < 2 {
        return Html::default();
    }
    html! {
        <Settle about={props.about.clone()} values={props.met.iter().map(|(_, met)| met.clone()).collect::<Vec<_>>()}
            test={props.test.clone()} on_choose={props.on_choose.is_some().then_some(choose)} />
    }
}
