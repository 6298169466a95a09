//! What becomes of formulas: the MathML, and that nothing of it means anything to Markdown.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::FORMULAS;
use crate::site::math::{ELEMENTS, is_allowed, mathml};

/// The elements without the line's start, which has the TeX.
fn check(tex: &str, wanted: &str) {
    let line = mathml(tex, false).unwrap();
    let (_, inside) = line.split_once("\">").unwrap();
    assert_eq!(inside.strip_suffix("</math>"), Some(wanted), "{tex}");
}

fn check_error(tex: &str, wanted: &str) {
    assert_eq!(mathml(tex, true), Err(wanted.to_owned()), "{tex}");
}

/// Only what the lists allow, one line, XML, and plain to Markdown.
pub(super) fn check_properties(line: &str) {
    assert!(line.starts_with("<math") && !line.contains('\n'), "{line}");
    let xml = roxmltree::Document::parse(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    for node in xml.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        assert!(ELEMENTS.contains(&name), "<{name}>: {line}");
        for attribute in node.attributes() {
            let (key, value) = (attribute.name(), attribute.value());
            assert!(is_allowed(name, key, value), "<{name} {key}={value:?}>: {line}");
        }
        assert!(node.ancestors().count() < 60);
    }
    let text: String =
        xml.descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect();
    check_markdown(line, &text);
}

fn check_markdown(line: &str, text: &str) {
    let before = "前 ";
    for markdown in [format!("{before}{line} 后"), format!("{line}\n后"), format!("> {line}\n")] {
        let (mut html, mut seen) = (String::new(), String::new());
        for (event, range) in Parser::new_ext(&markdown, Options::all()).into_offset_iter() {
            match event {
                Event::InlineHtml(tag) => html.push_str(&tag),
                Event::Text(text) => {
                    let source = &markdown[range];
                    let is_reference = source.starts_with("&#") && source.ends_with(';');
                    assert!(
                        is_reference || !source.contains(|c: char| c.is_ascii_punctuation()),
                        "{source}"
                    );
                    html.push_str(source);
                    seen.push_str(&text);
                }
                Event::Start(Tag::Paragraph | Tag::BlockQuote(_)) | Event::SoftBreak => {}
                Event::End(TagEnd::Paragraph | TagEnd::BlockQuote(_)) => {}
                event => panic!("{event:?} in {markdown}"),
            }
        }
        assert!(html.contains(line), "{html}\n{line}");
        let seen = seen.trim_start_matches(before).trim_end_matches('后').trim_end_matches(' ');
        assert_eq!(seen, text.trim_end_matches(' '), "{markdown}");
    }
}

#[test]
fn operators_of_ones_own_have_limits() {
    let line = mathml(r"\mathop{\arg\,\max}\limits_{x} f", true).unwrap();
    assert!(line.contains("<munder>") && line.contains("arg"), "{line}");
}

#[test]
fn formulas_of_bloggers_are_clean_in_both_forms() {
    let mut count = 0;
    for tex in FORMULAS.lines() {
        let display = mathml(tex, true).unwrap_or_else(|error| panic!("{tex}: {error}"));
        assert!(display.starts_with("<math display=\"block\" alttext=\""), "{display}");
        check_properties(&display);
        match mathml(tex, false) {
            Ok(inline) => check_properties(&inline),
            Err(error) => assert!(tex.contains("\\tag"), "{tex}: {error}"),
        }
        count += 1;
    }
    assert!(count >= 60, "{count} formulas");
}

#[test]
fn the_line_has_the_source() {
    assert_eq!(
        mathml("a_1 <\n\"b\"", true).unwrap(),
        "<math display=\"block\" alttext=\"a&#95;1 &#60; &#34;b&#34;\"><msub><mi>a</mi><mn>1</mn></msub>\
         <mo>&#60;</mo><mi>”</mi><mi>b</mi><mi>”</mi></math>"
    );
}

#[test]
fn mathml_of_common_formulas() {
    check("x^2", "<msup><mi>x</mi><mn>2</mn></msup>");
    check(r"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>");
    check(r"\sqrt[3]{x}", "<mroot><mi>x</mi><mn>3</mn></mroot>");
    check(r"a\!b", "<mi>a</mi><mspace data-math=\"back\"></mspace><mi>b</mi>");
    check(r"\bm{x}", "<mi>𝒙</mi>");
    check(r"\mathbb{R}", "<mi>ℝ</mi>");
    check(r"\text{ 如果 }", "<mtext>&#160;如果&#160;</mtext>");
    check(r"\text{若 $a$}", "<mrow><mtext>若&#160;</mtext><mi>a</mi></mrow>");
    check(r"\textbf{粗}", "<mtext data-math=\"bold\">粗</mtext>");
    check(r"\boxed{x}", "<mrow data-math=\"box\"><mi>x</mi></mrow>");
    check(r"\cancel{x}", "<mrow data-math=\"strike-up\"><mi>x</mi></mrow>");
    check(r"\color{red}{x}", "<mi>x</mi>");
    check(r"\kern2em x", "<mspace width=\"2em\"></mspace><mi>x</mi>");
    check(r"\operatorname{a\&b}", "<mo lspace=\"0\" rspace=\"0\">a&#38;b</mo>");
    check(r"\hat{x}", "<mover accent=\"true\"><mi>x</mi><mo stretchy=\"false\">ˆ</mo></mover>");
}

#[test]
fn tables_say_how_they_are_aligned() {
    let cells = |tex: &str| {
        let line = mathml(tex, true).unwrap();
        let words = line.split("<mtd").skip(1).map(|cell| {
            let (tag, _) = cell.split_once('>').unwrap();
            tag.trim().trim_start_matches("data-math=").trim_matches('"').to_owned()
        });
        words.collect::<Vec<_>>().join("|")
    };
    assert_eq!(cells(r"\begin{aligned}a&=b\end{aligned}"), "right tight-right|left tight-left");
    assert_eq!(cells(r"\begin{align}a&=b\end{align}"), "right tight-right|left tight-left");
    assert_eq!(cells(r"a&=b\\c&=d").matches("right tight-right").count(), 2);
    assert_eq!(cells(r"\begin{cases}a&b\end{cases}"), "left tight-right|left tight-right gap");
    assert_eq!(
        cells(r"\begin{array}{l|r}a&b\\\hline\end{array}"),
        "left line-right line-bottom|right line-bottom"
    );
    assert_eq!(cells(r"x\tag{1}"), "margin||margin right");
    assert_eq!(cells(r"\begin{equation}x\end{equation}"), "");
}

#[test]
fn errors_say_what_is_wrong() {
    check_error("", "the formula is empty");
    check_error(r"\foo", "unknown command `\\foo`");
    check_error(r"\ce{H2O}", "`\\ce` is of chemistry, which isn't supported");
    check_error(r"\def\a{\b\b}\a", "`\\def`: a formula can't define commands, write them out");
    check_error(r"\eqref{a}", "`\\eqref` can't lead to another formula: write the number");
    check_error("{x", "expected closing token `}`, but reached end of input");
    check_error("x}", "unmatched closing token: `}`");
    check_error(r"\frac{1}", "expected argument but reached end of input");
    check_error("a & b", "found `&`, which may only appear in a table-like environment");
    check_error(r"\begin{foo}x\end{foo}", "unknown environment `foo`");
    check_error(r"\text{a $x}", "`$` in `\\text` has no second `$`");
    check_error(r"\begin{aligned}a^&b\end{aligned}", "`&` stands where a script is to come");
    check_error(r"\begin{aligned}\frac{1}&b\end{aligned}", "a command lacks its argument");
    check_error(r"\begin{aligned}{a&b}\end{aligned}", "`&` stands within a group");
    assert!(mathml(r"x\tag{1}", false).is_err());
}

#[test]
fn bounds_hold() {
    assert!(mathml(&"x".repeat(20_001), false).unwrap_err().contains("longer"));
    assert!(mathml(&r"\a".repeat(2_001), false).unwrap_err().contains("commands"));
    let deep = |open: &str, close: &str| {
        let tex = format!("{}x{}", open.repeat(480), close.repeat(480));
        match mathml(&tex, true) {
            Ok(line) => check_properties(&line),
            Err(error) => {
                assert!(error.contains("deep") || error.contains("commands"), "{open}: {error}")
            }
        }
    };
    deep("{", "}");
    deep(r"\hat ", "");
    deep(r"\left(", r"\right)");
    deep(r"\displaystyle ", "");
    deep(r"\sqrt[", "]2");
    deep("x^{", "}");
    deep(r"\begin{matrix}", r"\end{matrix}");
    deep(r"{a\over ", "}");
    deep(r"\mathbf ", "");
    deep(r"\boxed{", "}");
    let texts = format!("{}x{}", r"\text{$".repeat(30), "$}".repeat(30));
    assert!(mathml(&texts, true).is_err());
}
