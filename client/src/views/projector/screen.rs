//! The large screen out of plain values.

use std::rc::Rc;

use shared::documents::Activity;
use shared::documents::board::BoardView;
use shared::documents::control::ControlView;
use yew::prelude::{AttrValue, Html, Properties, component, html};

use super::actions_scene::ActionsScene;
use super::beside::Beside;
use super::foot::Foot;
use super::head::Head;
use super::scene::Scene;
use super::side::Side;
use super::waiting::Waiting;
use crate::groups::title;
use crate::kinds::{GroupScene, Scene as DrawnScene, SceneProps, SceneViews, every, words};
use crate::part::PartAt;
use crate::people::present;
use crate::session::{Arrival, Line};
use crate::texts::{Key, Texts, use_texts};

/// See [`Screen`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct ScreenProps {
    /// What facilitators decided.
    pub(super) control: Rc<ControlView>,
    /// What everyone wrote.
    pub(super) board: Rc<BoardView>,
    /// Whether the workshop is here.
    pub(super) arrival: Arrival,
    /// How the line stands.
    pub(super) line: Line,
    /// The participants' link, while a facilitator shows the way in.
    pub(super) invitation: Option<AttrValue>,
    /// The year that dates are said without.
    pub(super) this_year: u32,
}

/// Draws the screen in all its states: not here yet, nothing chosen, a scene, closed.
#[component]
pub(super) fn Screen(props: &ScreenProps) -> Html {
    let texts = use_texts();
    let workshop = AttrValue::from(props.control.title_text());
    let scene = Scene::of(&props.control);
    let mut has_legend = false;
    let mut field = None;
    let (title, above, body) = match &scene {
        _ if matches!(props.line, Line::Closed(_)) => (texts.get(Key::ScreenGone).into(), workshop, Html::default()),
        _ if props.arrival == Arrival::Awaited => {
            let key =
                if matches!(props.line, Line::Refused(_)) { Key::SyncTitleRefused } else { Key::ScreenConnecting };
            (texts.get(key).into(), texts.get(Key::AppName).into(), Html::default())
        }
        Scene::Preparing => {
            (workshop, AttrValue::Static(""), waiting(props, texts.get(preparing(&props.control)).into()))
        }
        Scene::Actions => {
            let body = html! {
                <ActionsScene control={Rc::clone(&props.control)} board={Rc::clone(&props.board)} names={names_shown(&props.control)}
                    invitation={props.invitation.clone()} this_year={props.this_year} />
            };
            (texts.get(Key::ActionsTitle).into(), workshop, body)
        }
        Scene::Title(tool) => (words(&tool.title, texts), workshop, waiting(props, words(&tool.summary, texts))),
        Scene::Beside(groups, step) => {
            let groups: Vec<GroupScene> =
                groups.iter().map(|(name, at)| group(props, name, at, step.as_ref())).collect();
            let Some(first) = groups.first() else { return Html::default() };
            let at = &first.scene.at;
            field = at.focus_beside(0, step.as_deref()).field;
            let views = every::scenes(at.part().kind());
            let drawn = views.beside(&groups, texts).unwrap_or_else(|| beside(views, &groups, texts));
            has_legend = drawn.has_legend;
            let tool = words(&at.tool.title, texts);
            let body = with_invitation(props, drawn.body);
            match drawn.title {
                None => (tool, workshop, body),
                Some(title) => (title, AttrValue::from(format!("{workshop} · {tool}")), body),
            }
        }
        Scene::Part(at, step) => {
            field = at.focus(step.as_deref()).field;
            let instance = props.control.tool(at.instance);
            let tool = instance.map(|instance| title(&props.control, instance, texts)).unwrap_or_default();
            let tool = AttrValue::from(tool);
            let drawn = every::scenes(at.part().kind()).scene(scene_props(props, at, step.as_ref()), texts);
            has_legend = drawn.has_legend;
            match drawn.title {
                None => (tool, workshop, drawn.body),
                Some(title) => (title, AttrValue::from(format!("{workshop} · {tool}")), drawn.body),
            }
        }
    };
    html! {
        <main class="screen" id="content" lang={texts.language.code()} data-test="projector"
            data-step={field.map(|field| field.as_str().to_owned())}>
            <Head {title} {above} />
            { body }
            <Foot people={present(&props.board).into_iter().cloned().collect::<Vec<_>>()} line={props.line.clone()}
                {has_legend} />
        </main>
    }
}

fn group(props: &ScreenProps, name: &str, at: &PartAt, step: Option<&AttrValue>) -> GroupScene {
    GroupScene {
        name: name.to_owned().into(),
        answered: Activity::of(&props.control, &props.board, at.instance).people,
        // The way in stands beside all of them.
        scene: SceneProps { invitation: None, ..scene_props(props, at, step) },
    }
}

/// Groups side by side, and beside them the way in while it is shown.
fn with_invitation(props: &ScreenProps, body: Html) -> Html {
    match props.invitation.clone() {
        None => body,
        invitation => html! {
            <div class="screen__body screen__body--with-side beside-invites">{ body }<Side {invitation} is_invite_large=true /></div>
        },
    }
}

/// The groups' scenes as each stands alone.
fn beside(views: &dyn SceneViews, groups: &[GroupScene], texts: Texts) -> DrawnScene {
    let mut about = None;
    let mut has_legend = false;
    let mut draw = |group: &GroupScene| {
        let drawn = views.scene(group.scene.clone(), texts);
        about = drawn.title;
        has_legend |= drawn.has_legend;
        (group.name.clone(), group.answered, drawn.body)
    };
    let groups: Vec<_> = groups.iter().map(&mut draw).collect();
    DrawnScene { title: about, body: html! { <Beside {groups} /> }, has_legend }
}

fn scene_props(props: &ScreenProps, at: &PartAt, step: Option<&AttrValue>) -> SceneProps {
    SceneProps {
        at: at.clone(),
        step: step.cloned(),
        control: Rc::clone(&props.control),
        board: Rc::clone(&props.board),
        names: names_shown(&props.control),
        invitation: props.invitation.clone(),
        this_year: props.this_year,
    }
}

/// Whether names are shown; hidden while two who chose apart have not settled it.
fn names_shown(control: &ControlView) -> bool {
    let names = &control.names_shown;
    names.values().iter().all(|shown| *shown) && !names.is_empty()
}

/// Why there is no tool to show.
fn preparing(control: &ControlView) -> Key {
    if control.unread_tools == 0 { Key::ScreenNoTools } else { Key::ScreenUnread }
}

fn waiting(props: &ScreenProps, words: AttrValue) -> Html {
    html! { <Waiting {words} invitation={props.invitation.clone()} /> }
}
