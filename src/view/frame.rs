//! What surrounds every page: masthead, navigation, theme switch, footer, live region.

use leptos::prelude::*;

use super::{Scene, icon};
use crate::markdown::Href;
use crate::route::Route;
use crate::words::Words;

/// Which colours the reader wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// Reads what [`Theme::name`] wrote; anything else is the system's.
    pub fn parse(name: &str) -> Self {
        match name {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::System,
        }
    }

    /// The value of `<html data-theme>` and of the stored choice.
    pub fn name(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// What the switch turns to.
    pub fn next(self) -> Self {
        match self {
            Theme::System => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::System,
        }
    }

    fn label(self, words: &Words) -> String {
        let value = match self {
            Theme::System => words.theme_system,
            Theme::Light => words.theme_light,
            Theme::Dark => words.theme_dark,
        };
        format!("{}：{value}", words.theme)
            .replace('：', if words.theme.is_ascii() { ": " } else { "：" })
    }
}

/// The whole `<body>`: `main` is what [`super::page`] made, `notices` what the app has to say.
pub fn frame(
    scene: &Scene,
    route: impl Fn() -> Option<Route> + Clone + Send + Sync + 'static,
    theme: impl Fn() -> Theme + Clone + Send + Sync + 'static,
    switch: impl Fn() + Send + Sync + 'static,
    main: impl IntoView + 'static,
    notices: impl IntoView + 'static,
) -> AnyView {
    let words = scene.words;
    let site = &scene.catalogue.site;
    let home = scene.href(&Route::home());
    let label = move || theme().label(words);
    view! {
        <a class="skip" href="#main">{words.skip}</a>
        <header class="masthead">
            <div class="masthead-inner">
                <a class="brand" href=home>{icon::mark()}<span>{site.title.clone()}</span></a>
                <nav class="navigation" aria-label=words.navigation>
                    <ul>{navigation(scene, route)}</ul>
                </nav>
                <button type="button" class="theme-switch" title=label.clone() aria-label=label
                    on:click=move |_| switch()>{icon::contrast()}</button>
            </div>
        </header>
        <main id="main" tabindex="-1">{main.into_view()}</main>
        <footer class="footer">
            <p>{site.title.clone()}<span class="footer-note">{words.made_with}</span></p>
        </footer>
        <div id="announcer" class="visually-hidden" role="status" aria-live="polite"></div>
        <section id="notices" class="notices" aria-label=words.notices>{notices.into_view()}</section>
    }
    .into_any()
}

fn navigation(
    scene: &Scene,
    route: impl Fn() -> Option<Route> + Clone + Send + Sync + 'static,
) -> Vec<AnyView> {
    let (base, words) = (scene.base.clone(), scene.words);
    let item = |label: String, href: String, route_of: Option<Route>| {
        let route = route.clone();
        let current = move || {
            let here = route_of.as_ref().zip(route());
            here.filter(|(item, here)| is_within(item, here)).map(|_| "page")
        };
        view! { <li><a href=href aria-current=current>{label}</a></li> }.into_any()
    };
    let written = &scene.catalogue.site.navigation;
    if !written.is_empty() {
        let link = |entry: &crate::model::NavigationItem| match Href::new(&entry.target) {
            Some(Href::External(url)) => item(entry.label.clone(), url, None),
            _ => {
                let path = format!("{}{}", base.as_str(), entry.target);
                let route = Route::parse(&base, &path, "");
                let href = route.as_ref().map_or(path, |route| route.href(&base));
                item(entry.label.clone(), href, route)
            }
        };
        return written.iter().map(link).collect();
    }
    let about = scene
        .catalogue
        .page("about/")
        .map(|page| (page.title.clone(), Route::Document { path: page.path.clone() }));
    let own = [
        (words.home.to_owned(), Route::home()),
        (words.archive.to_owned(), Route::Archive),
        (words.tags.to_owned(), Route::Tags),
        (words.categories.to_owned(), Route::Categories),
        (words.saved.to_owned(), Route::Saved),
    ];
    own.into_iter()
        .chain(about)
        .map(|(label, route)| item(label, route.href(&base), Some(route)))
        .collect()
}

/// Whether a page belongs to an item of the navigation: its own, or one of its parts.
fn is_within(item: &Route, here: &Route) -> bool {
    match (item, here) {
        (Route::Home { .. }, Route::Home { .. })
        | (Route::Tags, Route::Tag { .. })
        | (Route::Categories, Route::Category { .. }) => true,
        (item, here) => item == here,
    }
}
