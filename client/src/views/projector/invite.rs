//! The way in, while a facilitator shows it.

use yew::prelude::{AttrValue, Html, Properties, classes, component, html};

use crate::components::qr_code::QrCode;
use crate::texts::{Key, use_texts};

/// See [`Invite`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct InviteProps {
    /// The participants' link. It is in the picture alone, never in the page as text.
    pub(super) link: AttrValue,
    /// Whether nothing else needs the room.
    pub(super) is_large: bool,
}

/// Draws the code with the address it leads to.
#[component]
pub(super) fn Invite(props: &InviteProps) -> Html {
    let texts = use_texts();
    html! {
        <section class={classes!("invite", props.is_large.then_some("invite--large"))}>
            <div class="invite__code"><QrCode text={props.link.clone()} label={texts.get(Key::ScreenScan)} test="invite-qr" /></div>
            <div class="invite__words">
                <p class="invite__join">{ texts.get(Key::ScreenJoin) }</p>
                <p class="invite__scan">{ texts.get(Key::ScreenScan) }</p>
                <p class="invite__host">{ host(&props.link).to_owned() }</p>
            </div>
        </section>
    }
}

/// The part of a link that people can read: where it leads, without the secret.
fn host(link: &str) -> &str {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    rest.split(['/', '#', '?']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_address_is_read_out_of_a_link() {
        assert_eq!(host("https://tavle.example/#/w/abc/psecret"), "tavle.example");
        assert_eq!(host("http://192.168.1.20:8080/#/w/abc/psecret"), "192.168.1.20:8080");
        assert_eq!(host("tavle.example#/w/x"), "tavle.example");
    }
}
