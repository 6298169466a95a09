//! The page of the offline state: what this device keeps, and how to mend it. It is for when
//! something went wrong, so it depends on little: no wasm, a script and a style sheet of its own,
//! all in the core. The app leaves its address to the browser ([`Route::parse`] knows it).

mod words;

use super::document::{Alone, Head, Shared, document};
use super::file::{Files, hashed_name};
use super::headers::without_comments;
use super::style;
use crate::route::{Base, Route, STATE};
use crate::view::markup::{Element, Markup, element, text};
use crate::view::{Scene, Theme, Tree, frame};
use words::Words;

/// The scripts, in the order in which they are joined; the words come before them.
const SCRIPTS: [&str; 4] = [
    include_str!("../boot/state/facts.js"),
    include_str!("../boot/state/show.js"),
    include_str!("../boot/state/acts.js"),
    include_str!("../boot/state/main.js"),
];

const STYLE: &str = include_str!("../style/sw-state.css");

/// The page, its script and its style sheet; all of it belongs to the core.
pub fn files(shared: &Shared<'_>, scene: &Scene) -> Files {
    let words = words::of(&shared.config.site.language);
    let script = script(words).into_bytes();
    let style = style::minify(STYLE).into_bytes();
    let script_path = hashed_name("assets/state", &script, "js");
    let style_path = hashed_name("assets/state", &style, "css");
    let head = Head {
        title: format!("{} · {}", words.title, scene.catalogue.site.title),
        markup: "<meta name=\"robots\" content=\"noindex\">".to_owned(),
        alone: Some(Alone { script: script_path.clone(), style: style_path.clone() }),
        ..Head::default()
    };
    let page = document(shared, &head, &body(scene, words));
    [(page_path(), page.into_bytes()), (script_path, script), (style_path, style)].into()
}

/// The file of the page.
pub fn page_path() -> String {
    crate::route::page_file(STATE)
}

/// In a block, so that nothing in it meets what an element's id names.
fn script(words: &Words) -> String {
    let scripts: Vec<String> = SCRIPTS.iter().map(|script| without_comments(script)).collect();
    let (said, name) = words.of_script;
    let said = without_comments(said);
    format!("\"use strict\";\n{{\n{said}\nconst words = {name};\n{}\n}}\n", scripts.join("\n"))
}

fn body(scene: &Scene, words: &'static Words) -> String {
    let main = Tree::new(main(&scene.base, words));
    leptos::prelude::Owner::new().with(|| {
        use leptos::prelude::RenderHtml;
        frame(scene, || None, || Theme::System, || (), main, ()).to_html()
    })
}

fn main(base: &Base, words: &'static Words) -> Vec<Markup> {
    let head =
        vec![line("h1", words.title).done(), line("p", words.lead).with("class", "lead").done()];
    let script = line("p", words.script).with("class", "empty needs-script").done();
    vec![
        element("header", head).with("class", "page-head").done(),
        script,
        element("div", device(words)).with("class", "state-page needs-app").done(),
        element("section", by_hand(base, words)).with("class", "state-hand").done(),
        confirmation(words),
    ]
}

/// What the script fills and brings to life.
fn device(words: &'static Words) -> Vec<Markup> {
    let buttons = vec![
        button("repair", "button", words.repair),
        button("check", "button quiet", words.check),
        button("copy", "button quiet", words.copy),
        button("reset", "button quiet", words.reset),
    ];
    vec![
        line("p", words.looking).with("id", "verdict").with("class", "state-verdict").done(),
        element("p", buttons).with("class", "state-buttons").done(),
        element("p", Vec::new())
            .with("id", "said")
            .with("class", "state-said")
            .with("role", "status")
            .done(),
        element("div", Vec::new()).with("id", "facts").with("class", "state-facts").done(),
    ]
}

/// What helps where the buttons don't, or there is no script.
fn by_hand(base: &Base, words: &'static Words) -> Vec<Markup> {
    let home = line("a", words.home).with("href", Route::home().href(base)).done();
    vec![
        line("h2", words.by_hand).done(),
        line("p", words.by_hand_text).done(),
        element("p", vec![home]).done(),
    ]
}

fn confirmation(words: &'static Words) -> Markup {
    let buttons = vec![
        button("reset-now", "button", words.reset_now),
        button("reset-not", "button quiet", words.reset_not),
    ];
    let parts = vec![
        line("h2", words.confirm).with("id", "confirm-title").done(),
        line("p", words.confirm_text).with("id", "confirm-text").done(),
        element("p", buttons).with("class", "state-buttons").done(),
    ];
    element("dialog", parts)
        .with("id", "confirm")
        .with("class", "state-confirm")
        .with("aria-labelledby", "confirm-title")
        .with("aria-describedby", "confirm-text")
        .done()
}

fn line(name: &'static str, words: &'static str) -> Element {
    element(name, vec![text(words)])
}

/// Of no use before the script has come.
fn button(id: &'static str, class: &'static str, label: &'static str) -> Markup {
    let button = line("button", label).with("type", "button").with("id", id).with("class", class);
    button.flag("disabled", true).done()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_that_the_script_asks_for_is_on_the_page() {
        for language in ["zh-CN", "en"] {
            let mut html = String::new();
            let parts = main(&Base::new("/"), words::of(language));
            parts.iter().for_each(|part| part.write(&mut html));
            for id in SCRIPTS.concat().split("byId(\"").skip(1) {
                let id = id.split('"').next().unwrap();
                assert_eq!(html.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
            }
        }
    }

    #[test]
    fn the_script_is_one_block_without_comments() {
        let script = script(words::of("en"));
        assert!(script.starts_with("\"use strict\";\n{\nconst EN"), "{script}");
        assert!(script.contains("\nconst words = EN;\n") && !script.contains("const ZH"));
        assert!(!script.contains("@param") && !script.lines().any(|line| line.starts_with("//")));
        // The app takes HTML strings from nobody, and neither does this page.
        assert!(!script.contains("innerHTML") && !script.contains("insertAdjacentHTML"));
    }
}
