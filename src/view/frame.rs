//! What surrounds every page: masthead, navigation, theme switch, footer, live region.

use std::sync::Arc;

use leptos::prelude::*;

use super::markup::{Markup, Tree, element, text};
use super::{Ask, Scene, icon};
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
    route: impl Fn() -> Option<Route> + Send + Sync + 'static,
    theme: impl Fn() -> Theme + Send + Sync + 'static,
    switch: impl Fn() + Clone + Send + Sync + 'static,
    main: impl RenderHtml + 'static,
    notices: impl RenderHtml + 'static,
) -> AnyView {
    let words = scene.words;
    let foot = footer(scene);
    let scene = scene.clone();
    let top = move || Tree::new(top(&scene, route().as_ref(), theme(), switch.clone()));
    let main = element("main", Vec::new()).with("id", "main").with("tabindex", "-1").around(main);
    let notices = element("section", Vec::new())
        .with("id", "notices")
        .with("class", "notices")
        .with("aria-label", words.notices)
        .around(notices);
    (top, main, foot, notices).into_any()
}

/// Everything above the page.
fn top(
    scene: &Scene,
    here: Option<&Route>,
    theme: Theme,
    switch: impl Fn() + Send + Sync + 'static,
) -> Vec<Markup> {
    let words = scene.words;
    let skip = element("a", vec![text(words.skip)]).with("class", "skip").with("href", "#main");
    let name = element("span", vec![text(&scene.catalogue.site.title)]).done();
    let brand = element("a", vec![icon::mark(), name]).with("class", "brand");
    let items = element("ul", navigation(scene, here)).done();
    let navigation = element("nav", vec![items]).with("class", "navigation");
    let label = theme.label(words);
    let switch = element("button", vec![icon::contrast()])
        .with("type", "button")
        .with("class", "icon-button theme-switch")
        .with("title", label.clone())
        .with("aria-label", label)
        .on("click", switch);
    let search = element("a", vec![icon::lens()])
        .with("class", "icon-button search-open")
        .with("href", scene.href(&Route::search()))
        .with("title", words.search_hint)
        .with("aria-label", words.search)
        .with("aria-keyshortcuts", "/ Control+K")
        .maybe("aria-current", matches!(here, Some(Route::Search { .. })).then_some("page"));
    // An app of the device has no button of the browser's.
    let back = (scene.standalone && here != Some(&Route::home())).then(|| {
        let ask = Arc::clone(&scene.actions.ask);
        element("button", vec![icon::back()])
            .with("type", "button")
            .with("class", "icon-button back")
            .with("title", words.back)
            .with("aria-label", words.back)
            .on("click", move || ask(Ask::Back))
            .done()
    });
    let mut parts: Vec<Markup> = back.into_iter().collect();
    parts.extend([
        brand.with("href", scene.href(&Route::home())).done(),
        navigation.with("aria-label", words.navigation).done(),
        search.done(),
        switch.done(),
    ]);
    let inner = element("div", parts).with("class", "masthead-inner").done();
    vec![skip.done(), element("header", vec![inner]).with("class", "masthead").done()]
}

/// The foot of every page, and the element by which the app speaks to screen readers.
fn footer(scene: &Scene) -> Tree {
    let words = scene.words;
    let note = element("span", vec![text(words.made_with)]).with("class", "footer-note").done();
    let line = element("p", vec![text(&scene.catalogue.site.title), note]).done();
    let announcer = element("div", Vec::new())
        .with("id", "announcer")
        .with("class", "visually-hidden")
        .with("role", "status")
        .with("aria-live", "polite");
    let footer = element("footer", vec![line]).with("class", "footer");
    Tree::new(vec![footer.done(), announcer.done()])
}

fn navigation(scene: &Scene, here: Option<&Route>) -> Vec<Markup> {
    let (base, words) = (&scene.base, scene.words);
    let item = |label: &str, href: String, route: Option<&Route>| {
        let current = route.zip(here).filter(|(item, here)| is_within(item, here));
        let link = element("a", vec![text(label)]).with("href", href);
        element("li", vec![link.maybe("aria-current", current.map(|_| "page")).done()]).done()
    };
    let written = &scene.catalogue.site.navigation;
    if !written.is_empty() {
        let link = |entry: &crate::model::NavigationItem| match Href::new(&entry.target) {
            Some(Href::External(url)) => item(&entry.label, url, None),
            _ => {
                let path = format!("{}{}", base.as_str(), entry.target);
                let route = Route::parse(base, &path, "");
                let href = route.as_ref().map_or(path, |route| route.href(base));
                item(&entry.label, href, route.as_ref())
            }
        };
        return written.iter().map(link).collect();
    }
    let about = scene
        .catalogue
        .page("about/")
        .map(|page| (&*page.title, Route::Document { path: page.path.clone() }));
    let own = [
        (words.home, Route::home()),
        (words.archive, Route::Archive { page: 1 }),
        (words.tags, Route::Tags),
        (words.categories, Route::Categories),
        (words.saved, Route::Saved),
    ];
    own.into_iter()
        .chain(about)
        .map(|(label, route)| item(label, route.href(base), Some(&route)))
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
