//! Published payloads of script injection, each in bodies of every kind: whatever they say, a page
//! holds elements, attributes and addresses of the lists here only, and a parser of HTML reads back
//! the tree that was written. The lists are written down here once more, so that a mistake in the
//! allow-list of the product shows.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, QualName, local_name, ns, parse_fragment};
use inkstone::site::prepare::{Context, PageFacts, SiteFacts, prepare};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use rayon::prelude::*;
use serde_json::Value;
use url::Url;

use crate::html;

/// Where a payload stands in a body, in place of `@`.
const PLACES: [&str; 15] = [
    "@",
    "a @ b",
    "- @\n- b\n",
    "| a | b |\n|---|---|\n| @ | c |\n",
    "<div>\n\n@\n\nb",
    "a <b title=\"@",
    "[a](<@>) [b](@)",
    "![@](<@>) [![b](@)](@)",
    "[a](/b \"@\")",
    "## a {#@}\n\n[b](#@)",
    "```@\na\n```\n",
    "[a][b] *[b]: @\n\n[b]: <@> '@'\n\n*[c]: @\n\nc\n\nd\n: @\n",
    "a[^1]\n\n[^1]: @\n",
    "a $@$ b\n\n$$\n@\n$$\n",
    "{% include @ %} {{ @ }}\n\na\n{: @}\n",
];

/// Elements of HTML, with the attributes that each may have besides those of all.
const ELEMENTS: &[(&str, &str)] = &[
    ("p blockquote hr br wbr div section ul thead tbody tfoot tr caption table dl dt dd pre", ""),
    ("em strong b i u s small sub sup code kbd samp var cite dfn q bdi bdo ruby rt rp mark", ""),
    ("h2 h3 h4 h5 h6 figure figcaption summary abbr", ""),
    ("a", "href rel"),
    ("img", "src alt width height loading decoding"),
    ("video", "src poster controls preload loop muted"),
    ("audio", "src controls preload loop muted"),
    ("button", "type popovertarget popovertargetaction autofocus"),
    ("span", "popover"),
    ("del ins time", "datetime"),
    ("details", "open"),
    ("ol", "start reversed type"),
    ("li", "value"),
    ("th", "colspan rowspan scope"),
    ("td", "colspan rowspan"),
];

/// Attributes of all elements of HTML.
const EVERYWHERE: &str = "class id title lang dir role tabindex aria-label data-align";

/// Elements of MathML, none of which runs anything, leads anywhere or holds HTML.
const MATH: &str = "math mrow mi mn mo mtext ms mspace mfrac msqrt mroot msup msub msubsup munder \
    mover munderover mmultiscripts mprescripts mtable mtr mtd mstyle mpadded mphantom";

/// Their attributes.
const MATH_ATTRIBUTES: &str = "display alttext displaystyle scriptlevel mathvariant dir stretchy \
    fence separator form lspace rspace minsize maxsize symmetric largeop movablelimits accent \
    accentunder width height depth linethickness columnalign columnspan rowspan voffset data-math";

/// Classes, which are the page's own.
const CLASSES: &str = "anchor card card-title card-host code code-head copy footnote-back \
    footnote-ref footnotes image lightbox zoom only-light only-dark table task tasks done alert \
    alert-title note tip important warning caution";

/// Ids of the page around the text.
const OWN_IDS: &str = "app main announcer notices contents boot footnote-preview";

#[test]
fn no_payload_reaches_the_page() {
    let payloads = payloads();
    assert!(payloads.len() > 3_800, "lists are missing: {}", payloads.len());
    let failures = payloads.par_iter().flat_map_iter(|(payload, list)| {
        PLACES.iter().filter_map(move |place| {
            let body = place.replace('@', payload);
            let error = catch_unwind(|| judge(&page(&body))).err()?;
            let said = error.downcast_ref::<String>().cloned().unwrap_or_default();
            Some(format!("{list}: {body:?}\n{said}"))
        })
    });
    let failures: Vec<String> = failures.collect();
    assert!(failures.is_empty(), "{} bodies:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn the_lists_would_tell() {
    for html in [
        "<script></script>",
        "<p onclick=\"x\"></p>",
        "<p style=\"x\"></p>",
        "<a href=\"java\nscript:x\"></a>",
        "<img src=\"data:image/svg+xml,x\">",
        "<p id=\"main\"></p>",
        "<p id=\"image-1\"></p>",
        "<p id=\"x\"></p><p id=\"x\"></p>",
        "<p class=\"x\"></p>",
        "<a name=\"x\"></a>",
        "<math><mi href=\"x\"></mi></math>",
        "<svg></svg>",
        "<button popovertarget=\"x\"></button>",
    ] {
        assert!(catch_unwind(|| judge(html)).is_err(), "{html}");
    }
    judge("<p id=\"x\"><a href=\"/x\" title=\"x\">x</a><img src=\"https://a.example/x\"></p>");
}

/// Every payload once, with the list it is of.
fn payloads() -> BTreeMap<String, String> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut payloads = BTreeMap::new();
    let lists = fs::read_dir(data.join("xss")).unwrap().map(|entry| entry.unwrap().path());
    for path in lists.chain([data.join("html5lib-tests/tree-construction.json")]) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        if name.ends_with(".txt") {
            payloads.extend(text.lines().map(|line| (line.to_owned(), name.clone())));
        } else if name.ends_with(".json") {
            let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
            payloads.extend(cases.iter().map(|case| {
                let payload = case["payload"].as_str().or(case["markdown"].as_str()).unwrap();
                (payload.to_owned(), name.clone())
            }));
        }
    }
    payloads
}

/// The HTML of a body as the build makes it.
fn page(body: &str) -> String {
    let site = SiteFacts { url: Some("https://blog.example"), ..SiteFacts::default() };
    let (none, page) = (|_: &str| None, PageFacts::default());
    let context = Context { liquid: true, math: true, site, page, post: &none, file: &none };
    let body = body.replace("\r\n", "\n").replace('\r', "\n");
    html::sound(&prepare(&body, &context).0.markdown)
}

/// Holds a piece of HTML against the lists.
fn judge(html: &str) {
    let name = QualName::new(None, ns!(html), local_name!("div"));
    let dom =
        parse_fragment(RcDom::default(), ParseOpts::default(), name, Vec::new(), false).one(html);
    let root = dom.document.children.borrow()[0].clone();
    let mut ids = HashSet::new();
    root.children.borrow().iter().for_each(|child| node(child, &mut ids));
}

fn node(handle: &Handle, ids: &mut HashSet<String>) {
    if let NodeData::Element { name, attrs, .. } = &handle.data {
        let element = &*name.local;
        let math = name.ns == ns!(mathml);
        let known = if math {
            has(MATH, element).then_some(MATH_ATTRIBUTES)
        } else {
            let row = ELEMENTS.iter().find(|(names, _)| has(names, element));
            row.filter(|_| name.ns == ns!(html)).map(|(_, own)| *own)
        };
        let Some(own) = known else { panic!("<{element}>") };
        for attribute in attrs.borrow().iter() {
            let (name, value) = (&*attribute.name.local, &*attribute.value);
            let known = has(own, name) || (!math && has(EVERYWHERE, name));
            assert!(known && fits(element, name, value), "<{element} {name}={value:?}>");
            if name == "id" {
                assert!(ids.insert(value.to_owned()), "twice {value:?}");
            }
        }
    }
    handle.children.borrow().iter().for_each(|child| node(child, ids));
}

fn has(names: &str, name: &str) -> bool {
    names.split_whitespace().any(|own| own == name)
}

fn fits(element: &str, name: &str, value: &str) -> bool {
    match name {
        "href" | "src" | "poster" => leads_somewhere_safe(value),
        "class" => value.split(' ').all(|class| has(CLASSES, class)),
        "id" => {
            let own = has(OWN_IDS, value)
                || (value.starts_with("image-") && element != "span")
                || (value.starts_with("fn-") && element != "li")
                || (value.starts_with("fnref-") && element != "sup");
            !own && !value.contains(char::is_whitespace)
        }
        "popovertarget" => value.strip_prefix("image-").is_some_and(is_number),
        "tabindex" => value == "0",
        _ => true,
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether an address, read as browsers read it, has a scheme that runs nothing. One that can't be
/// read leads nowhere.
fn leads_somewhere_safe(url: &str) -> bool {
    let page = Url::parse("https://blog.example/posts/a/").unwrap();
    let schemes = ["https", "http", "mailto", "tel", "xmpp"];
    page.join(url).map_or(true, |url| schemes.contains(&url.scheme()))
}
