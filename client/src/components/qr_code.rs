//! A QR code, drawn as one path.

use std::fmt::Write as _;

use qrcodegen::{QrCode as Code, QrCodeEcc};
use yew::prelude::{AttrValue, Html, Properties, component, html};

/// Light modules round the code, as the standard asks.
const QUIET: i32 = 4;

/// See [`QrCode`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct QrCodeProps {
    /// What it says to a camera.
    pub text: AttrValue,
    /// What it is for a screen reader.
    pub label: AttrValue,
    /// What it is called in tests.
    #[prop_or_default]
    pub test: Option<AttrValue>,
}

/// Draws the code as large as its place. A text too long for any code draws nothing; links are far shorter.
#[component]
pub fn QrCode(props: &QrCodeProps) -> Html {
    let Ok(code) = Code::encode_text(&props.text, QrCodeEcc::Medium) else { return Html::default() };
    let side = code.size() + 2 * QUIET;
    html! {
        <svg class="qr-code" viewBox={format!("0 0 {side} {side}")} role="img" aria-label={props.label.clone()}
            data-test={props.test.clone()} shape-rendering="crispEdges">
            <rect class="qr-code__light" width="100%" height="100%" />
            <path class="qr-code__dark" d={path(&code)} />
        </svg>
    }
}

/// Runs of dark modules, row by row.
fn path(code: &Code) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while x < code.size() && code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                let run = x - start;
                // Writing to a string does not fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", start + QUIET, y + QUIET);
            }
            x += 1;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_module_is_in_the_path_once() {
        let code = Code::encode_text("https://tavle.example/#/w/a/b", QrCodeEcc::Medium).unwrap();
        let dark = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        let dark = dark.filter(|(x, y)| code.get_module(*x, *y)).count();
        let runs: usize = path(&code)
            .split('h')
            .skip(1)
            .step_by(2)
            .map(|run| run.split('v').next().unwrap().parse::<usize>().unwrap())
            .sum();
        assert_eq!(runs, dark);
    }
}
