//! The text of a post as HTML: a parser of HTML reads back the very tree that was written, so the
//! prerendered page and the app's elements are the same, whatever raw HTML a post brings.

use std::fmt::Write;
use std::sync::Arc;

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, QualName, local_name, ns, parse_fragment};
use inkstone::model::{Catalogue, Document, SCHEMA, Site};
use inkstone::route::Base;
use inkstone::view::{Actions, Scene, text_html};
use inkstone::words;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// A document with nothing but a text.
pub fn document(markdown: &str) -> Document {
    Document {
        schema: SCHEMA,
        path: "posts/a/".to_owned(),
        markdown: markdown.to_owned(),
        ..Document::default()
    }
}

/// The HTML of a body.
pub fn html(markdown: &str) -> String {
    let catalogue = Catalogue { schema: SCHEMA, site: Site::default(), ..Catalogue::default() };
    let scene = Scene {
        catalogue: Arc::new(catalogue),
        base: Base::new("/"),
        words: words::of("zh"),
        actions: Actions::none(),
        save: Default::default(),
        searching: false,
        standalone: false,
    };
    text_html(&scene, "", "zh", &document(markdown))
}

/// What a parser of HTML makes of a piece, written by the rules by which it was written.
pub fn reread(html: &str) -> String {
    let name = QualName::new(None, ns!(html), local_name!("div"));
    let dom =
        parse_fragment(RcDom::default(), ParseOpts::default(), name, Vec::new(), false).one(html);
    let mut out = String::new();
    let root = dom.document.children.borrow()[0].clone();
    root.children.borrow().iter().for_each(|child| write_node(child, &mut out));
    out
}

fn write_node(node: &Handle, out: &mut String) {
    match &node.data {
        NodeData::Text { contents } => escape(&contents.borrow(), false, out),
        NodeData::Element { name, attrs, .. } => {
            write!(out, "<{}", name.local).unwrap();
            for attribute in attrs.borrow().iter() {
                write!(out, " {}=\"", attribute.name.local).unwrap();
                escape(&attribute.value, true, out);
                out.push('"');
            }
            out.push('>');
            if name.ns == ns!(html) && matches!(&*name.local, "br" | "hr" | "img" | "wbr") {
                return;
            }
            let mut inside = String::new();
            node.children.borrow().iter().for_each(|child| write_node(child, &mut inside));
            if &*name.local == "pre" && inside.starts_with('\n') {
                out.push('\n');
            }
            out.push_str(&inside);
            write!(out, "</{}>", name.local).unwrap();
        }
        other => panic!("there is no such node in a text: {other:?}"),
    }
}

fn escape(text: &str, quoted: bool, out: &mut String) {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    out.push_str(&text.replace('\r', "&#13;").replace('"', if quoted { "&quot;" } else { "\"" }));
}

/// The HTML of a body, once it is known that a parser reads the same tree.
pub fn sound(markdown: &str) -> String {
    let html = html(markdown);
    let again = reread(&html);
    assert_eq!(again, html, "a parser reads another tree of\n{markdown}");
    html
}

fn check(markdown: &str, want: &str) {
    assert_eq!(sound(markdown), want, "{markdown}");
}

#[test]
fn elements_of_the_allow_list_stand() {
    check("a <kbd>Ctrl</kbd>+<KBD>C</kbd>", "<p>a <kbd>Ctrl</kbd>+<kbd>C</kbd></p>");
    check("H<sub>2</sub>O<br>x<br/>y", "<p>H<sub>2</sub>O<br>x<br>y</p>");
    check(
        "<details open>\n<summary>一 <b>二</b></summary>\n\n**三**\n\n</details>\n",
        "<details open=\"\"><summary>一 <b>二</b></summary><p><strong>三</strong></p></details>",
    );
    check(
        "<figure>\n<figcaption title=\"t\">c</figcaption>\n</figure>",
        "<figure><figcaption title=\"t\">c</figcaption></figure>",
    );
    check("<ruby>漢<rt>hàn</rt></ruby>", "<p><ruby>漢<rt>hàn</rt></ruby></p>");
    check("<center>x</center>", "<div data-align=\"center\">x</div>");
    check("<a id=x href=/y>z</a>", "<p><span id=\"x\"></span><a href=\"/y\">z</a></p>");
    check("<p align=\"center\">x</p>", "<p data-align=\"center\">x</p>");
    check("<font color=red>x</font>", "<p><span>x</span></p>");
    check(
        "<video src=\"/v.mp4\" poster=\"/p.jpg\" controls></video>",
        "<p><video src=\"/v.mp4\" controls=\"\" preload=\"metadata\"></video></p>",
    );
    check(
        "<h3 id=\"own\">x</h3>",
        "<h3 id=\"own\">x<a class=\"anchor\" href=\"#own\" aria-label=\"链接到“x”\"></a></h3>",
    );
}

#[test]
fn media_of_the_site_play_and_of_others_are_cards() {
    check(
        "a <video src=\"/a.mp4\" controls poster=x></video>",
        "<p>a <video src=\"/a.mp4\" controls=\"\" preload=\"metadata\"></video></p>",
    );
    check(
        "<iframe src=\"//player.example/1\" title=\"一\"></iframe>",
        "<a class=\"card\" href=\"https://player.example/1\" rel=\"noopener external\">\
         <span class=\"card-title\">一</span> <span class=\"card-host\">player.example</span></a>",
    );
    check(
        "<video controls><source src=/a.webm><source src=/a.mp4>old</video>",
        "<p><video src=\"/a.webm\" controls=\"\" preload=\"metadata\">old</video></p>",
    );
    check("<iframe srcdoc=x></iframe><object data=x>y</object>", "y");
}

#[test]
fn what_is_not_on_the_list_goes_and_its_text_stays() {
    check("<script>alert(1)</script>\n\nx", "<p>x</p>");
    check("a <script>b</script>", "<p>a &lt;script&gt;b&lt;/script&gt;</p>");
    check("M-x <RET> y", "<p>M-x &lt;RET&gt; y</p>");
    check("<b onclick=\"alert(1)\" style=\"x\">y</b>", "<p><b>y</b></p>");
    check("<form action=x><input name=y>z</form>", "z");
    check("<base href=//x><meta http-equiv=refresh><link rel=x>", "");
    check("<style>*{}</style>", "");
    check("<svg onload=alert(1)>\n<text>x</text></svg>", "x");
    check("<a href=\"java&#115;cript:alert(1)\">x</a>", "<p><span>x</span></p>");
    check(
        "<img src=x onerror=alert(1) name=y>",
        "<span class=\"image\"><button class=\"zoom\" type=\"button\" popovertarget=\"image-1\" aria-label=\"放大：图片\"><img src=\"x\" alt=\"\" loading=\"lazy\" decoding=\"async\"></button><span class=\"lightbox\" id=\"image-1\" popover=\"\"><button type=\"button\" popovertarget=\"image-1\" popovertargetaction=\"hide\" autofocus=\"\" aria-label=\"关闭大图：图片\"><img src=\"x\" alt=\"\" loading=\"lazy\" decoding=\"async\"></button></span></span>",
    );
    check("<!-- a --><!DOCTYPE x><?php y ?>z", "z");
    check("<div>caf&eacute; &raquo;</div>", "<div>café »</div>");
    check(
        "<a href=\"#甲：**b**\">c</a>",
        "<p><a href=\"#%E7%94%B2%EF%BC%9A%2A%2Ab%2A%2A\">c</a></p>",
    );
}

#[test]
fn what_is_open_is_closed_and_what_is_not_open_is_ignored() {
    check("<b>a", "<p><b>a</b></p>");
    check("a</b></div>", "<p>a</p>");
    check("**<kbd>x** y</kbd>", "<p><strong><kbd>x</kbd></strong> y</p>");
    check("<b><i>x</b>y</i>", "<p><b><i>x</i></b>y</p>");
    check("> <div>\n> a\n\nb", "<blockquote><div>\na\n</div></blockquote><p>b</p>");
    check(
        "- <details>\n\n  a\n- b\n",
        "<ul><li><details><p>a</p></details></li><li><p>b</p></li></ul>",
    );
}

#[test]
fn a_parser_of_html_would_not_move_anything() {
    check("x <div>y</div>", "<p>x y</p>");
    check("<p>a\n\nb</p>", "<p>a\n</p><p>b</p>");
    check("<p>a<div>b</div>", "<p>a</p><div>b</div>");
    check("<div><a href=/x>a<a href=/y>b</a></a></div>", "<div><a href=\"/x\">ab</a></div>");
    check("[a <a href=/y>b</a>](/x)", "<p><a href=\"/x\">a b</a></p>");
    check("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>");
    check("<li>a</li>", "a");
    check(
        "<table><tr><td>a<td colspan=2>b<tr>x<td>c</table>",
        "x<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"表格，可横向滚动\"><table><tbody><tr><td>a</td><td colspan=\"2\">b</td></tr><tr><td>c</td></tr></tbody></table></div>",
    );
    check(
        "<table>\n\n# a\n\n<tr>\n\nb\n\n</table>",
        "<h2 id=\"a\">a<a class=\"anchor\" href=\"#a\" aria-label=\"链接到“a”\"></a></h2><p>b</p><div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"表格，可横向滚动\"><table><tbody><tr></tr></tbody></table></div>",
    );
    check("<pre>\n\na</pre>", "<pre>\n\na</pre>");
    check("<div><ruby><p>a<rt>b</rt></p></ruby></div>", "<div><ruby><p>ab</p></ruby></div>");
    check("a <math><mi>b<mn>c</mn></mi></math>", "<p>a <math><mi>bc</mi></math></p>");
}

#[test]
fn ids_are_unique_and_names_are_nothing_but_places() {
    check("<a name=\"x\" id=\"y\">z</a>", "<p><span id=\"y\">z</span></p>");
    check(
        "## x\n\n<span id=x></span><a name=\"y\"></a><b id=main>z</b>",
        "<h2 id=\"x\">x<a class=\"anchor\" href=\"#x\" aria-label=\"链接到“x”\"></a></h2><p><span id=\"x-1\"></span><span id=\"y\"></span><b id=\"main-1\">z</b></p>",
    );
}
