//! The nodes of a body as the HTML of CommonMark's reference implementation, and of pulldown-cmark
//! for what CommonMark does not have.

use std::fmt::Write;

use inkstone::markdown::{Alert, Align, Article, Definition, Element, Href, Item, Node};

/// The whole body; footnotes come behind it.
pub fn html(article: &Article) -> String {
    let mut out = nodes(&article.nodes);
    for (number, footnote) in (1..).zip(&article.footnotes) {
        let inside = nodes(&footnote.children);
        let tag = format!("<div class=\"footnote-definition\" data-number=\"{number}\">");
        write!(out, "{tag}{inside}</div>").unwrap();
    }
    out
}

fn nodes(nodes: &[Node]) -> String {
    nodes.iter().map(node).collect()
}

fn node(node: &Node) -> String {
    match node {
        Node::Text(text) => escaped(text),
        Node::Code(text) => format!("<code>{}</code>", escaped(text)),
        Node::SoftBreak => "\n".to_owned(),
        Node::Element(own) => element(own),
        Node::Link { href, title, children } => {
            let title = attribute("title", title);
            format!("<a href=\"{}\"{title}>{}</a>", url(href), nodes(children))
        }
        Node::Image { src, alt, title } => {
            let title = attribute("title", title);
            format!("<img src=\"{}\" alt=\"{}\"{title}>", url(src), escaped(alt))
        }
        Node::Embed { href, title } => {
            format!("<iframe src=\"{}\"{}></iframe>", url(href), attribute("title", title))
        }
        Node::Paragraph(children) => format!("<p>{}</p>", nodes(children)),
        Node::Heading { level, children, .. } => {
            format!("<h{level}>{}</h{level}>", nodes(children))
        }
        Node::List { start, items } => list(*start, items),
        Node::Quote { alert, children } => {
            let class = alert.map_or("", kind);
            format!("<blockquote{}>{}</blockquote>", attribute("class", class), nodes(children))
        }
        Node::CodeBlock { info, text, .. } => {
            let language = info.split_whitespace().next().map(|name| format!("language-{name}"));
            let class = attribute("class", &language.unwrap_or_default());
            format!("<pre><code{class}>{}</code></pre>", escaped(text))
        }
        Node::Table { alignments, head, rows } => table(alignments, head, rows),
        Node::Definitions(list) => {
            format!("<dl>{}</dl>", list.iter().map(definition).collect::<String>())
        }
        Node::FootnoteReference { number, .. } => {
            format!("<sup class=\"footnote-reference\" data-number=\"{number}\"></sup>")
        }
    }
}

fn element(element: &Element) -> String {
    let mut out = format!("<{}", element.name);
    let src = element.src.as_ref().map(|src| ("src", url(src)));
    for (name, value) in src.iter().chain(&element.attributes) {
        write!(out, " {name}=\"{}\"", escaped(value)).unwrap();
    }
    out.push('>');
    if !matches!(element.name, "br" | "hr" | "wbr") {
        write!(out, "{}</{}>", nodes(&element.children), element.name).unwrap();
    }
    out
}

/// An attribute that is not there when it is empty.
fn attribute(name: &str, value: &str) -> String {
    if value.is_empty() { String::new() } else { format!(" {name}=\"{}\"", escaped(value)) }
}

fn url(href: &Href) -> String {
    escaped(&match href {
        Href::External(url) | Href::Relative(url) => url.clone(),
        Href::Site(path) => format!("/{path}"),
        Href::Fragment(id) => format!("#{id}"),
    })
}

fn list(start: Option<u64>, items: &[Item]) -> String {
    let items: String = items.iter().map(item).collect();
    match start {
        None => format!("<ul>{items}</ul>"),
        Some(1) => format!("<ol>{items}</ol>"),
        Some(start) => format!("<ol start=\"{start}\">{items}</ol>"),
    }
}

fn item(item: &Item) -> String {
    let task = match item.task {
        None => "",
        Some(false) => "<input type=\"checkbox\" disabled> ",
        Some(true) => "<input type=\"checkbox\" disabled checked> ",
    };
    match &item.children[..] {
        [Node::Paragraph(first), rest @ ..] => {
            format!("<li><p>{task}{}</p>{}</li>", nodes(first), nodes(rest))
        }
        children => format!("<li>{task}{}</li>", nodes(children)),
    }
}

fn kind(alert: Alert) -> &'static str {
    match alert {
        Alert::Note => "markdown-alert-note",
        Alert::Tip => "markdown-alert-tip",
        Alert::Important => "markdown-alert-important",
        Alert::Warning => "markdown-alert-warning",
        Alert::Caution => "markdown-alert-caution",
    }
}

fn table(alignments: &[Align], head: &[Vec<Node>], rows: &[Vec<Vec<Node>>]) -> String {
    let row = |name: &str, cells: &[Vec<Node>]| {
        let cells = cells.iter().enumerate().map(|(at, cell)| {
            let align = alignments.get(at).and_then(|align| align.class()).unwrap_or_default();
            format!("<{name}{}>{}</{name}>", attribute("align", align), nodes(cell))
        });
        format!("<tr>{}</tr>", cells.collect::<String>())
    };
    let body: String = rows.iter().map(|cells| row("td", cells)).collect();
    format!("<table><thead>{}</thead><tbody>{body}</tbody></table>", row("th", head))
}

fn definition(definition: &Definition) -> String {
    match definition {
        Definition::Term(children) => format!("<dt>{}</dt>", nodes(children)),
        Definition::Detail(children) => format!("<dd>{}</dd>", nodes(children)),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
