//! A sheet over the page: from below on a phone, in the middle on a wide screen.

use web_sys::{Event, HtmlDialogElement, MouseEvent, PointerEvent};
use yew::prelude::{
    AttrValue, Callback, Children, Html, NodeRef, Properties, component, html, use_callback, use_effect_with,
    use_mut_ref, use_node_ref,
};

use super::icon::Icon;
use crate::texts::{Key, use_texts};

/// See [`Sheet`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct SheetProps {
    /// Its heading, which also names it for a screen reader.
    pub title: AttrValue,
    /// Called when the person closes it: by its button, with Escape, or by a tap beside it.
    pub on_close: Callback<()>,
    /// What it is called in tests.
    #[prop_or_default]
    pub test: Option<AttrValue>,
    /// What is in it.
    pub children: Children,
}

/// A modal sheet. The browser's own dialog keeps the focus in it and gives it back.
#[component]
pub fn Sheet(props: &SheetProps) -> Html {
    let texts = use_texts();
    let dialog = use_node_ref();
    use_effect_with(dialog.clone(), |dialog| {
        let opened = dialog.cast::<HtmlDialogElement>();
        if let Some(dialog) = &opened
            && !dialog.open()
        {
            // Only refused when it is open or not in the page, and it is neither.
            let _ = dialog.show_modal();
        }
        move || {
            if let Some(dialog) = opened {
                dialog.close();
            }
        }
    });
    let oncancel = use_callback(props.on_close.clone(), |event: Event, on_close| {
        event.prevent_default();
        on_close.emit(());
    });
    let is_pressed = use_mut_ref(|| false);
    let onpointerdown =
        use_callback((dialog.clone(), is_pressed.clone()), |event: PointerEvent, (dialog, is_pressed)| {
            is_pressed.replace(is_on_veil(dialog, &event));
        });
    let onclick = use_callback(
        (props.on_close.clone(), dialog.clone(), is_pressed),
        |event: MouseEvent, (on_close, dialog, is_pressed)| {
            // A selection that is drawn out of a field is let go over the veil, but did not begin there.
            if is_pressed.replace(false) && is_on_veil(dialog, &event) {
                on_close.emit(());
            }
        },
    );
    let on_button = use_callback(props.on_close.clone(), |_: MouseEvent, on_close| on_close.emit(()));
    html! {
        <dialog ref={dialog} class="sheet" aria-label={props.title.clone()} data-test={props.test.clone()}
            {oncancel} {onpointerdown} {onclick}>
            <div class="sheet__panel">
                <div class="sheet__header">
                    <h2 class="sheet__title">{ &props.title }</h2>
                    <button class="icon-button" type="button" aria-label={texts.get(Key::AppClose)} onclick={on_button}
                        data-test="sheet-close">
                        { Icon::Close.image() }
                    </button>
                </div>
                { props.children.clone() }
            </div>
        </dialog>
    }
}

/// Whether `event` hit the veil of this sheet: it is the dialog itself, and everything else lies in the panel. The veil
/// of a sheet that lies in this one is another dialog.
fn is_on_veil(dialog: &NodeRef, event: &Event) -> bool {
    dialog.get().is_some_and(|dialog| event.target().is_some_and(|target| *dialog == target))
}
