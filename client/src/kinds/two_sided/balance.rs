//! The balance as a drawing: a beam on a post, tipped by what the pans weigh, with the entries as weights in them.
//!
//! The beam turns about its middle, and each pan turns back about its end of the beam by the same angle, so that both move
//! as one smooth thing and the pans hang upright all the way. How far is an attribute that the style sheet reads: smooth in
//! every browser, and still where a person wants less motion.

use shared::content::SideRole;
use yew::prelude::{AttrValue, Html, Properties, classes, component, html};

use super::pans::{Pan, Weight};
use crate::components::marker::number;
use crate::texts::{Texts, use_texts};

/// Steps that the beam can tip to either side; the style sheet says how far each is.
const STEPS: f64 = 9.0;
/// Lines of a weight's words.
const LINES: usize = 2;

/// A size of the drawing. All lengths are its own units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Form {
    class: &'static str,
    width: f64,
    height: f64,
    /// From the middle of the beam to its end.
    arm: f64,
    /// From the middle of a pan to its edge.
    half: f64,
    /// From the end of the beam down to the pan.
    drop: f64,
    /// The height of the middle of the beam.
    pivot: f64,
    /// How high weights may lie.
    stack: f64,
    /// The size of their words; `None` where they are too small for any.
    letters: Option<f64>,
}

/// All of a large screen.
pub(super) const WIDE: Form = Form {
    class: "balance--screen",
    width: 1800.0,
    height: 800.0,
    arm: 520.0,
    half: 330.0,
    drop: 440.0,
    pivot: 84.0,
    stack: 420.0,
    letters: Some(32.0),
};
/// A large screen with something beside it.
pub(super) const BESIDE: Form = Form { width: 1180.0, arm: 330.0, half: 236.0, letters: Some(28.0), ..WIDE };
/// A phone, the desk and paper: the words stand under it.
pub(super) const SMALL: Form = Form {
    class: "balance--small",
    width: 360.0,
    height: 230.0,
    arm: 108.0,
    half: 62.0,
    drop: 122.0,
    pivot: 26.0,
    stack: 92.0,
    letters: None,
};

impl Form {
    fn line(self) -> f64 {
        self.letters.map_or(0.0, |letters| letters * 1.18)
    }

    /// A weight's height.
    fn height_of(self, lines: usize) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "at most two lines")]
        let lines = lines as f64;
        self.letters.map_or(13.0, |letters| lines * self.line() + letters * 0.62)
    }

    fn gap(self) -> f64 {
        if self.letters.is_some() { 7.0 } else { 3.0 }
    }

    /// The width of a letter of medium width.
    fn letter(self) -> f64 {
        self.letters.unwrap_or_default() * 0.53
    }

    /// What lies beside a weight's words: its edges and its sum.
    fn beside(self) -> f64 {
        self.letters.unwrap_or_default() * 3.0
    }

    fn letters_in_line(self) -> usize {
        if self.letters.is_none() {
            return usize::MAX;
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some tens of letters")]
        let letters = ((2.0 * self.half - self.beside()) / self.letter()) as usize;
        letters
    }
}

/// See [`Balance`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct BalanceProps {
    /// What weighs, and what lifts.
    pub(super) pans: Vec<Pan>,
    /// How far it tips, from −1 (all lifts) to 1 (all weighs).
    pub(super) tilt: f64,
    /// How large it is.
    pub(super) form: Form,
    /// What it shows, in words.
    pub(super) label: AttrValue,
}

/// Draws it. Words that are not to be read in it stand beside it.
#[component]
pub(super) fn Balance(props: &BalanceProps) -> Html {
    let texts = use_texts();
    let form = props.form;
    let middle = form.width / 2.0;
    let foot = form.height - 14.0;
    let base = form.half * 0.42;
    let post = format!(
        "M{0} {1}V{2}M{3} {2}H{4}",
        number(middle),
        number(form.pivot),
        number(foot),
        number(middle - base),
        number(middle + base)
    );
    let hang = |(pan, arm): (&Pan, f64)| {
        html! {
            <g key={pan.side.clone()} transform={format!("translate({} 0)", number(arm))}>
                <g class="balance__hang">{ hung(pan, form, texts) }</g>
            </g>
        }
    };
    html! {
        <svg class={classes!("balance", form.class)} viewBox={format!("0 0 {} {}", number(form.width), number(form.height))}
            role="img" aria-label={props.label.clone()} data-tilt={step(props.tilt).to_string()} data-test="balance">
            <path class="balance__post" d={post} />
            <g transform={format!("translate({} {})", number(middle), number(form.pivot))}>
                <g class="balance__turn">
                    <path class="balance__beam" d={format!("M{} 0H{}", number(-form.arm), number(form.arm))} />
                    { for props.pans.iter().zip([-form.arm, form.arm]).map(hang) }
                </g>
                <circle class="balance__hub" r={number(form.half * 0.07)} />
            </g>
        </svg>
    }
}

/// Which step stands for a tilt: level is only what is level.
fn step(tilt: f64) -> i8 {
    if tilt == 0.0 {
        return 0;
    }
    let size = (tilt.abs() * STEPS).round().clamp(1.0, STEPS);
    #[allow(clippy::cast_possible_truncation, reason = "at most nine")]
    let step = size as i8;
    if tilt < 0.0 { -step } else { step }
}

/// A pan with its weights, hung up in 0 0.
fn hung(pan: &Pan, form: Form, texts: Texts) -> Html {
    let (half, drop, line) = (form.half, form.drop, form.line());
    let most = pan.weights.iter().map(|weight| weight.sum).max().unwrap_or(0);
    let mut blocks = Vec::new();
    let mut above = drop;
    for weight in &pan.weights {
        let lines =
            if form.letters.is_some() { wrap(&weight.words, form.letters_in_line(), LINES) } else { Vec::new() };
        let height = form.height_of(lines.len());
        if above - height < drop - form.stack {
            break;
        }
        above -= height + form.gap();
        blocks.push(block(weight, &lines, (above + form.gap(), height), most, form));
    }
    let more = pan.weights.len() - blocks.len();
    let under = drop + half * 0.2;
    html! {
        <g class={pan_class(pan.role)}>
            <path class="balance__strings" d={format!("M{0} {1}L0 0L{2} {1}", number(-half), number(drop), number(half))} />
            { blocks }
            <path class="balance__pan" d={format!("M{0} {1}Q0 {2} {3} {1}Z", number(-half), number(drop), number(drop + half * 0.3), number(half))} />
            if let Some(letters) = form.letters {
                <text class="balance__title" font-size={number(letters * 1.15)} y={number(under + line)}>
                    { format!("{} {}", pan.title, pan.sum) }
                    if more > 0 { <tspan class="balance__more" font-size={number(letters)} dx={number(letters * 0.6)}>{ texts.app_and_more(more) }</tspan> }
                </text>
                { for pan.bands.iter().enumerate().map(|(place, band)| legend(place, band, under + line, form)) }
            }
        </g>
    }
}

/// A weight: the entry's words with their sum, or only its size.
fn block(weight: &Weight, lines: &[String], (top, height): (f64, f64), most: u32, form: Form) -> Html {
    let class = classes!("balance__weight", band_class(weight.band));
    let rect = |width: f64| {
        html! { <rect x={number(-width / 2.0)} y={number(top)} width={number(width)} height={number(height)} rx={number(height.min(40.0) * 0.28)} /> }
    };
    let Some(letters) = form.letters else {
        let share = f64::from(weight.sum) / f64::from(most.max(1));
        return html! { <g key={weight.key.clone()} {class}>{ rect(form.half * (0.5 + 1.3 * share)) }</g> };
    };
    let longest = lines.iter().map(|line| length(line)).fold(0.0, f64::max);
    // What weighs more is broader, as far as its words let it.
    let share = 2.0 * form.half * (0.45 + 0.5 * f64::from(weight.sum) / f64::from(most.max(1)));
    let width = (longest * form.letter() + form.beside()).max(share).min(2.0 * form.half);
    let left = -width / 2.0;
    let first = top + letters * 0.31 + form.line() * 0.8;
    html! {
        <g key={weight.key.clone()} {class}>
            { rect(width) }
            <text font-size={number(letters)}>
                { for lines.iter().scan(first, |y, line| {
                    let here = *y;
                    *y += form.line();
                    Some(html! { <tspan x={number(left + letters * 0.7)} y={number(here)}>{ line }</tspan> })
                }) }
            </text>
            if weight.sum > 0 {
                <text class="balance__sum" font-size={number(letters)} x={number(width / 2.0 - letters * 0.7)} y={number(top + height / 2.0 + letters * 0.35)}>{ weight.sum }</text>
            }
        </g>
    }
}

/// What a band of weights is called, under the pan.
fn legend(place: usize, band: &str, under: f64, form: Form) -> Html {
    let letters = form.letters.unwrap_or_default() * 0.86;
    #[allow(clippy::cast_precision_loss, reason = "few bands")]
    let y = under + form.line() * (place as f64 + 1.15);
    // Under a pan there is room as wide as it; these letters are smaller than those of weights.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some tens of letters")]
    let width = (2.0 * form.half / (letters * 0.5)) as usize;
    let words = wrap(band, width, 1).concat();
    let left = -(length(&words) * letters * 0.5 + letters * 1.3) / 2.0;
    html! {
        <g class={classes!("balance__weight", band_class(place))}>
            <rect x={number(left)} y={number(y - letters * 0.82)} width={number(letters)} height={number(letters)} rx={number(letters * 0.28)} />
            <text class="balance__band" font-size={number(letters)} x={number(left + letters * 1.4)} y={number(y)}>{ words }</text>
        </g>
    }
}

/// The class that sets the colours of a pan.
pub(super) fn pan_class(role: SideRole) -> &'static str {
    match role {
        SideRole::Weighs => "pan-weighs",
        SideRole::Lifts => "pan-lifts",
    }
}

/// The class that tells a band of weights from the others of its pan: full, open, or dashed.
pub(super) fn band_class(band: usize) -> Option<&'static str> {
    match band {
        0 => None,
        1 => Some("band-open"),
        _ => Some("band-dashed"),
    }
}

fn length(text: &str) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "a line of a weight")]
    let length = text.chars().count() as f64;
    length
}

/// Text in lines of at most `width` letters, and at most `most` lines; what is left out ends in an ellipsis.
fn wrap(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let mut rest: Vec<char> = word.chars().collect();
        let line = lines.last().map_or(0, |line| line.chars().count());
        if line > 0 && line + 1 + rest.len() > width {
            lines.push(String::new());
        } else if line > 0 {
            lines.last_mut().expect("there is always a line").push(' ');
        }
        while !rest.is_empty() {
            let line = lines.last_mut().expect("there is always a line");
            let room = width.saturating_sub(line.chars().count()).max(1);
            line.extend(rest.drain(..rest.len().min(room)));
            if !rest.is_empty() {
                lines.push(String::new());
            }
        }
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while last.chars().count() >= width {
                last.pop();
            }
            *last = format!("{}…", last.trim_end());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_level_only_when_both_sides_weigh_the_same() {
        assert_eq!([-1.0, -0.5, -0.001, 0.0, 0.001, 0.5, 1.0].map(step), [-9, -5, -1, 0, 1, 5, 9]);
    }

    #[test]
    fn words_wrap_within_their_weight_and_end_in_an_ellipsis_where_they_are_cut() {
        assert_eq!(wrap("Krydspres", 24, 2), ["Krydspres"]);
        assert_eq!(wrap("Krydspres: udvikling mod drift", 24, 2), ["Krydspres: udvikling mod", "drift"]);
        assert_eq!(wrap("Krydspres: udvikling mod drift og det hele", 12, 2), ["Krydspres:", "udvikling…"]);
        assert_eq!(wrap(&"a".repeat(30), 12, 2), ["a".repeat(12), format!("{}…", "a".repeat(11))]);
        for width in 1..40 {
            for line in wrap("Store eller gentagne forandringer i tide og utide", width, 3) {
                assert!(line.chars().count() <= width.max(1) + usize::from(width == 1), "{width}: {line}");
            }
        }
    }

    #[test]
    fn no_weight_is_wider_than_its_pan_and_no_pan_leaves_the_drawing() {
        for form in [WIDE, BESIDE, SMALL] {
            // Where it tips most, the pan's edge still lies beside the post and inside the drawing.
            assert!(form.arm - form.half > 0.0 && form.width / 2.0 - form.arm - form.half > 0.0, "{form:?}");
            let sunk = form.arm * (STEPS.to_radians()).sin();
            let words = form.letters.map_or(0.0, |_| form.line() * 3.2);
            assert!(form.pivot + sunk + form.drop + form.half * 0.2 + words < form.height, "{form:?}");
            assert!(form.pivot - sunk > 0.0 && form.stack < form.drop, "{form:?}");
        }
    }
}
