//! A document's nodes as elements: one node, one element, text only ever as text.

use leptos::prelude::*;

use super::Scene;
use crate::markdown::{Alert, Article, Definition, Footnote, Href, Item, Node};
use crate::model::{Document, Target};
use crate::text;
use crate::words;

/// What the elements of one document share.
struct Prose<'a> {
    scene: &'a Scene,
    document: &'a Document,
}

/// The whole text with its footnotes.
pub fn prose(scene: &Scene, article: Article, document: &Document) -> impl IntoView + use<> {
    let prose = Prose { scene, document };
    let body = prose.nodes(article.nodes);
    let notes = article.footnotes;
    let notes = (!notes.is_empty()).then(|| prose.footnotes(notes));
    view! { {body}{notes} }
}

impl Prose<'_> {
    fn nodes(&self, nodes: Vec<Node>) -> Vec<AnyView> {
        nodes.into_iter().map(|node| self.node(node)).collect()
    }

    fn node(&self, node: Node) -> AnyView {
        match node {
            Node::Text(text) => text.into_any(),
            Node::Abbreviation { text, title } => {
                view! { <abbr title=title>{text}</abbr> }.into_any()
            }
            Node::SoftBreak => "\n".into_any(),
            Node::Code(code) => view! { <code>{code}</code> }.into_any(),
            Node::HardBreak => view! { <br /> }.into_any(),
            Node::Emphasis(children) => view! { <em>{self.nodes(children)}</em> }.into_any(),
            Node::Strong(children) => view! { <strong>{self.nodes(children)}</strong> }.into_any(),
            Node::Strikethrough(children) => view! { <del>{self.nodes(children)}</del> }.into_any(),
            Node::Superscript(children) => view! { <sup>{self.nodes(children)}</sup> }.into_any(),
            Node::Subscript(children) => view! { <sub>{self.nodes(children)}</sub> }.into_any(),
            Node::Paragraph(children) => self.paragraph(children),
            Node::Link { href, title, children } => self.link(href, title, children),
            Node::Image { src, alt, title } => self.image(src, alt, title),
            Node::Rule => view! { <hr /> }.into_any(),
            Node::RawBlock(html) => view! { <p class="raw">{html}</p> }.into_any(),
            Node::FootnoteReference { number, occurrence } => reference(number, occurrence),
            block => self.block(block),
        }
    }

    fn block(&self, node: Node) -> AnyView {
        match node {
            Node::Heading { level, id, children } => self.heading(level, id, children),
            Node::List { start, items } => self.list(start, items),
            Node::Quote { alert, children } => self.quote(alert, children),
            Node::CodeBlock { language, text } => self.code(language, text),
            Node::Table { alignments, head, rows } => self.table(&alignments, head, rows),
            Node::Definitions(list) => self.definitions(list),
            _ => ().into_any(),
        }
    }

    /// A paragraph of nothing but a titled image is a figure with its caption.
    fn paragraph(&self, mut children: Vec<Node>) -> AnyView {
        if let [Node::Image { title, .. }] = &mut children[..]
            && !title.is_empty()
        {
            let caption = std::mem::take(title);
            let image = self.nodes(children);
            return view! { <figure>{image}<figcaption>{caption}</figcaption></figure> }.into_any();
        }
        view! { <p>{self.nodes(children)}</p> }.into_any()
    }

    fn url(&self, href: &Href) -> String {
        match href {
            Href::External(url) => url.clone(),
            Href::Relative(url) => {
                let path = target(self.document, "", url).and_then(|target| target.path.as_ref());
                path.map_or_else(
                    || url.clone(),
                    |path| format!("{}{path}", self.scene.base.as_str()),
                )
            }
            Href::Site(path) => format!("{}{path}", self.scene.base.as_str()),
            Href::Fragment(id) => format!("#{}", encode_fragment(id)),
        }
    }

    fn link(&self, href: Href, title: String, children: Vec<Node>) -> AnyView {
        let rel = matches!(href, Href::External(_)).then_some("noopener external");
        let title = (!title.is_empty()).then_some(title);
        view! { <a href=self.url(&href) rel=rel title=title>{self.nodes(children)}</a> }.into_any()
    }

    /// An image of the site; one from elsewhere is a link to it, so that reading a post asks no
    /// third party.
    fn image(&self, src: Href, alt: String, title: String) -> AnyView {
        let url = self.url(&src);
        if matches!(src, Href::External(_)) {
            let text = if alt.is_empty() { url.clone() } else { alt };
            return view! { <a class="remote-image" href=url rel="noopener external">{text}</a> }
                .into_any();
        }
        let size = match &src {
            Href::Site(path) => size(self.document, "/", path),
            Href::Relative(url) => size(self.document, "", url),
            _ => None,
        };
        let (width, height) = size.unzip();
        let title = (!title.is_empty()).then_some(title);
        view! {
            <img src=url alt=alt title=title width=width height=height loading="lazy" decoding="async" />
        }
        .into_any()
    }

    fn heading(&self, level: u8, id: String, children: Vec<Node>) -> AnyView {
        let label =
            words::with(self.scene.words.heading_link, crate::markdown::plain_text(&children));
        let href = format!("#{}", encode_fragment(&id));
        let inner = view! {
            {self.nodes(children)}<a class="anchor" href=href aria-label=label></a>
        };
        match level {
            2 => view! { <h2 id=id>{inner}</h2> }.into_any(),
            3 => view! { <h3 id=id>{inner}</h3> }.into_any(),
            4 => view! { <h4 id=id>{inner}</h4> }.into_any(),
            5 => view! { <h5 id=id>{inner}</h5> }.into_any(),
            _ => view! { <h6 id=id>{inner}</h6> }.into_any(),
        }
    }

    fn list(&self, start: Option<u64>, items: Vec<Item>) -> AnyView {
        let tasks = items.iter().any(|item| item.task.is_some());
        let items: Vec<_> = items.into_iter().map(|item| self.item(item)).collect();
        match start {
            None if tasks => view! { <ul class="tasks">{items}</ul> }.into_any(),
            None => view! { <ul>{items}</ul> }.into_any(),
            Some(1) => view! { <ol>{items}</ol> }.into_any(),
            Some(start) => view! { <ol start=start.to_string()>{items}</ol> }.into_any(),
        }
    }

    fn item(&self, item: Item) -> AnyView {
        let words = self.scene.words;
        let mark = item.task.map(|done| {
            let (class, label) =
                if done { ("task done", words.task_done) } else { ("task", words.task_open) };
            view! { <span class=class role="img" aria-label=label></span> }
        });
        view! { <li>{mark}{self.nodes(item.children)}</li> }.into_any()
    }

    fn quote(&self, alert: Option<Alert>, children: Vec<Node>) -> AnyView {
        let Some(alert) = alert else {
            return view! { <blockquote>{self.nodes(children)}</blockquote> }.into_any();
        };
        let words = self.scene.words;
        let (class, label) = match alert {
            Alert::Note => ("alert note", words.alert_note),
            Alert::Tip => ("alert tip", words.alert_tip),
            Alert::Important => ("alert important", words.alert_important),
            Alert::Warning => ("alert warning", words.alert_warning),
            Alert::Caution => ("alert caution", words.alert_caution),
        };
        view! {
            <div class=class role="note"><p class="alert-title">{label}</p>{self.nodes(children)}</div>
        }
        .into_any()
    }

    fn code(&self, language: String, text: String) -> AnyView {
        let label = (!language.is_empty()).then(|| language.clone());
        view! {
            <div class="code">
                {label.map(|label| view! { <span class="code-language">{label}</span> })}
                <pre tabindex="0" role="group" aria-label=self.scene.words.code><code>{text}</code></pre>
            </div>
        }
        .into_any()
    }

    fn table(
        &self,
        aligns: &[crate::markdown::Align],
        head: Vec<Vec<Node>>,
        rows: Vec<Vec<Vec<Node>>>,
    ) -> AnyView {
        let align = |column: usize| aligns.get(column).and_then(|align| align.class());
        let head: Vec<_> = head
            .into_iter()
            .enumerate()
            .map(
                |(at, cell)| view! { <th scope="col" data-align=align(at)>{self.nodes(cell)}</th> },
            )
            .collect();
        let row = |cells: Vec<Vec<Node>>| {
            let cells: Vec<_> = cells
                .into_iter()
                .enumerate()
                .map(|(at, cell)| view! { <td data-align=align(at)>{self.nodes(cell)}</td> })
                .collect();
            view! { <tr>{cells}</tr> }
        };
        let rows: Vec<_> = rows.into_iter().map(row).collect();
        view! {
            <div class="table" tabindex="0" role="group" aria-label=self.scene.words.table>
                <table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
            </div>
        }
        .into_any()
    }

    fn definitions(&self, list: Vec<Definition>) -> AnyView {
        let item = |definition| match definition {
            Definition::Term(nodes) => view! { <dt>{self.nodes(nodes)}</dt> }.into_any(),
            Definition::Detail(nodes) => view! { <dd>{self.nodes(nodes)}</dd> }.into_any(),
        };
        let items: Vec<AnyView> = list.into_iter().map(item).collect();
        view! { <dl>{items}</dl> }.into_any()
    }

    fn footnotes(&self, notes: Vec<Footnote>) -> AnyView {
        let words = self.scene.words;
        let note = |(index, note): (usize, Footnote)| {
            let number = index as u32 + 1;
            let back = (1..=note.references).map(|occurrence| {
                let label = words::with(words.footnote_back, occurrence);
                let href = format!("#fnref-{number}-{occurrence}");
                view! { <a class="footnote-back" href=href aria-label=label>"↩"</a> }
            });
            let back: Vec<_> = back.collect();
            view! { <li id=format!("fn-{number}")>{self.nodes(note.children)}{back}</li> }
        };
        let items: Vec<_> = notes.into_iter().enumerate().map(note).collect();
        view! {
            <section class="footnotes" aria-label=words.footnotes><ol>{items}</ol></section>
        }
        .into_any()
    }
}

/// What the document knows of a URL, which begins with `root` where it is one from the site's root.
fn target<'a>(document: &'a Document, root: &str, url: &str) -> Option<&'a Target> {
    document.targets.iter().find(|target| target.url.strip_prefix(root) == Some(url))
}

/// The size of an image, where it is known.
pub fn size(document: &Document, root: &str, url: &str) -> Option<(u32, u32)> {
    target(document, root, url)?.size
}

fn reference(number: u32, occurrence: u32) -> AnyView {
    let id = format!("fnref-{number}-{occurrence}");
    view! {
        <sup class="footnote-ref" id=id><a href=format!("#fn-{number}")>{number}</a></sup>
    }
    .into_any()
}

/// A fragment that every browser finds: percent-encoded once.
fn encode_fragment(id: &str) -> String {
    let decoded = text::decode(id).unwrap_or_else(|| id.to_owned());
    text::encode_query(&decoded)
}
