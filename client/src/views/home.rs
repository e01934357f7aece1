//! The front page: join, make a workshop, open one that lies here, read the tools.

mod join_by_link;
mod known_workshops;

use yew::prelude::{Html, component, html};

use self::join_by_link::JoinByLink;
use self::known_workshops::KnownWorkshops;
use crate::components::brand::Brand;
use crate::components::heading::use_arrival_focus;
use crate::components::language_offer::LanguageOffer;
use crate::components::preference_choices::PreferenceChoices;
use crate::components::privacy_button::PrivacyButton;
use crate::components::storage_notice::StorageNotice;
use crate::hooks::{CreateRule, use_create_rule};
use crate::route::Route;
use crate::texts::{Key, use_texts};

/// Draws the front page.
#[component]
pub fn Home() -> Html {
    let texts = use_texts();
    let title = use_arrival_focus();
    let rule = use_create_rule();
    let is_closed = matches!(rule, CreateRule::Token | CreateRule::None);
    html! {
        <main class="home" id="content" data-test="home">
            <header class="home__head">
                <div class="join__top"><Brand /><LanguageOffer /></div>
                <h1 class="home__title" ref={title} tabindex="-1">{ texts.get(Key::HomeTitle) }</h1>
                <p class="home__lead">{ texts.get(Key::HomeLead) }</p>
            </header>
            <StorageNotice />
            <div class="home__ways">
                <JoinByLink />
                <section class="card">
                    <h2 class="card__title">{ texts.get(Key::HomeNew) }</h2>
                    <p class="card__lead">{ texts.get(Key::HomeNewHint) }</p>
                    if is_closed { <p class="card__lead" data-test="create-rule">{ texts.get(Key::HomeCreateNone) }</p> }
                    <a class="button button--main home__new" href={format!("#{}", Route::New)} data-test="new-workshop">{ texts.get(Key::HomeNew) }</a>
                    <a class="text-button" href={format!("#{}", Route::Tools)} data-test="tools">{ texts.get(Key::HomeLibrary) }</a>
                </section>
            </div>
            <KnownWorkshops />
            <footer class="home__foot">
                <PreferenceChoices />
                <PrivacyButton />
            </footer>
        </main>
    }
}
