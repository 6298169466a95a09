//! What bodies become. `check` compares the debug form of the nodes with what is expected.

use super::*;

fn parse(markdown: &str, title: &str) -> Article {
    super::parse(markdown, title, "zh-CN")
}

fn text(value: &str) -> Node {
    Node::Text(value.to_owned())
}

fn check(markdown: &str, want: Vec<Node>) {
    assert_eq!(parse(markdown, "Title").nodes, want, "{markdown}");
}

#[test]
fn a_leading_heading_equal_to_the_title_is_not_shown_twice() {
    check("# Title\n\nx", vec![Node::Paragraph(vec![text("x")])]);
    check("#   ＴＩＴＬＥ  \n\nx", vec![Node::Paragraph(vec![text("x")])]);
    let article = parse("# Other\n\n## Sub\n", "Title");
    let levels: Vec<(u8, &str)> =
        article.headings.iter().map(|heading| (heading.level, heading.id.as_str())).collect();
    assert_eq!(levels, [(2, "other"), (3, "sub")]);
}

#[test]
fn anchors_are_unique_stable_and_never_the_pages_own() {
    let headings = "## 云 原生\n## 云 原生\n## 😀\n## main\n## fn-1\n## `__proto__`\n## C++ & C#\n";
    let ids: Vec<String> =
        parse(headings, "").headings.into_iter().map(|heading| heading.id).collect();
    let want = ["云-原生", "云-原生-1", "section", "main-1", "note-fn-1-1", "__proto__", "c--c"];
    assert_eq!(ids, want);
}

#[test]
fn a_line_end_between_chinese_characters_is_no_space() {
    check("你好\n世界", vec![Node::Paragraph(vec![text("你好世界")])]);
    check("你好\nworld", vec![Node::Paragraph(vec![text("你好"), Node::SoftBreak, text("world")])]);
}

#[test]
fn unsafe_links_keep_their_text_only() {
    check("[a](javascript:alert(1))", vec![Node::Paragraph(vec![text("a")])]);
    check("![a](data:text/html,x)", vec![Node::Paragraph(vec![text("a")])]);
    check("<javascript:alert(1)>", vec![Node::Paragraph(vec![text("javascript:alert(1)")])]);
    check(
        "<a@b.example>",
        vec![Node::Paragraph(vec![Node::Link {
            href: Href::External("mailto:a@b.example".into()),
            title: String::new(),
            children: vec![text("a@b.example")],
        }])],
    );
}

#[test]
fn footnotes_are_numbered_by_first_reference() {
    let article = parse("a[^x] b[^y] c[^x]\n\n[^y]: two\n\n[^x]: one\n\n[^z]: unused\n", "");
    let notes: Vec<(String, u32)> = article
        .footnotes
        .iter()
        .map(|note| (plain_text(&note.children), note.references))
        .collect();
    assert_eq!(notes, [("one".to_owned(), 2), ("two".to_owned(), 1)]);
    let Some(Node::Paragraph(children)) = article.nodes.first() else { panic!("{article:?}") };
    assert!(children.contains(&Node::FootnoteReference { number: 1, occurrence: 2 }));
}

#[test]
fn tasks_tables_and_definitions() {
    check(
        "- [x] a\n- [ ] b\n",
        vec![Node::List {
            start: None,
            items: vec![
                Item { task: Some(true), children: vec![text("a")] },
                Item { task: Some(false), children: vec![text("b")] },
            ],
        }],
    );
    check(
        "|a|b|\n|:-|-:|\n|1|2|\n",
        vec![Node::Table {
            alignments: vec![node::Align::Left, node::Align::Right],
            head: vec![vec![text("a")], vec![text("b")]],
            rows: vec![vec![vec![text("1")], vec![text("2")]]],
        }],
    );
    let Node::Definitions(list) = &parse("t\n: d\n", "").nodes[0] else { panic!() };
    assert_eq!(list[0], Definition::Term(vec![text("t")]));
}

#[test]
fn excerpts() {
    let excerpt = |markdown: &str, separator: Option<&str>| {
        excerpt(&super::parse(markdown, "T", "zh"), markdown, ("T", "zh"), separator)
    };
    let check = |markdown: &str, want: &str| assert_eq!(excerpt(markdown, None), want);
    check("# T\n\nfirst **bold**\n\nsecond", "first bold");
    check("a\n\nb\n\n<!--more-->\n\nc", "a b");
    check("```\n<!--more-->\n```\n\nafter", "after");
    check("![only](/x.png)\n\ntext", "text");
    check("一。\n\n二 x\n\n<!--more-->", "一。二 x");
    check("", "");
    // Jekyll: lib/jekyll/excerpt.rb adds the link definitions that come after.
    check("see [the docs][d] `x`\n\n<!--more-->\n\n[d]: https://a.example", "see the docs x");
    let own = |markdown: &str| excerpt(markdown, Some("<!-- end -->"));
    assert_eq!(own("a\n\nb <!-- end --> c"), "a b");
    assert_eq!(own("`<!-- end -->` a\n\nb"), "<!-- end --> a");
}

#[test]
fn kramdown_heading_ids_are_taken_and_never_shown() {
    let ids = |markdown: &str| -> Vec<String> {
        parse(markdown, "T").headings.into_iter().map(|heading| heading.id).collect()
    };
    assert_eq!(ids("## 一 二 {#own}\n\n## x {#own}"), ["own", "own-1"]);
    assert_eq!(ids("## x {#constructor onclick=alert(1)}"), ["constructor"]);
    assert_eq!(ids("## x {y}\n\n## {#}"), ["x-y", "section"]);
    assert_eq!(parse("## x {#own}", "T").headings[0].text, "x");
    assert_eq!(parse("# T {#t}\n\nx", "T").nodes.len(), 1);
}

/// kramdown-parser-gfm: `generate_gfm_header_id`.
#[test]
fn heading_ids_are_those_of_github() {
    let check = |heading: &str, want: &str| {
        assert_eq!(parse(&format!("## {heading}"), "").headings[0].id, want, "{heading}");
    };
    check("1. 简介 Intro", "1-简介-intro");
    check("一、背景（上）", "一背景上");
    check("C++ & Go", "c--go");
    check("a_b - c", "a_b---c");
    check("`code` **x**", "code-x");
    check("？", "section");
}

/// kramdown: syntax, abbreviations.
#[test]
fn abbreviations_are_marked_as_whole_words() {
    let node = |text: &str| {
        Node::Element(Element {
            name: "abbr",
            attributes: vec![("title", "超文本".to_owned())],
            children: vec![self::text(text)],
            ..Element::default()
        })
    };
    check(
        "*[HTML]: 超文本\n\n用HTML写 XHTML",
        vec![Node::Paragraph(vec![text("用"), node("HTML"), text("写 XHTML")])],
    );
    check(
        "HTML。\n\n*[HTML]: 超文本\n*[X Y]: z",
        vec![Node::Paragraph(vec![node("HTML"), text("。")])],
    );
    check("`HTML`\n*[HTML]: 超文本", vec![Node::Paragraph(vec![Node::Code("HTML".into())])]);
    check("*[not a meaning] x", vec![Node::Paragraph(vec![text("*[not a meaning] x")])]);
}

#[test]
fn depth_is_capped_and_nothing_is_lost() {
    let article = parse(&format!("{} deep", "> ".repeat(5_000)), "");
    fn depth(nodes: &[Node]) -> usize {
        nodes.iter().map(|node| 1 + depth(node.children())).max().unwrap_or(0)
    }
    assert!(depth(&article.nodes) <= MAX_DEPTH + 1, "{}", depth(&article.nodes));
    assert!(article.text().contains("deep"));
}

#[test]
fn control_characters_and_hostile_fences_are_harmless() {
    check("a\u{0}b", vec![Node::Paragraph(vec![text("a\u{FFFD}b")])]);
    check(
        "```js\" onload=\"x\ny\n```",
        vec![Node::CodeBlock { info: "js\" onload=\"x".into(), text: "y\n".into(), index: 0 }],
    );
}

#[test]
fn signs_that_are_escaped_or_alone_stay() {
    let ranges =
        ["2~3倍，20:00~22:00", "10~20度、5~8度", "周一~周五和周六~周日", "1~2,3~4", "x^2，y^2"];
    let signs = ["2\\^10\\^", "a ^ b ^ c", "~100 to ~200", "x^2 y^", "`x^2^`", "a ~~~b~~~ ~~c~"];
    for signs in signs.into_iter().chain(ranges) {
        let shown = signs.replace(['\\', '`'], "");
        assert_eq!(parse(signs, "").text(), shown, "{signs}");
    }
}

#[test]
fn superscript_and_subscript_work_inside_words() {
    check(
        "x^2^ H~2~O",
        vec![Node::Paragraph(vec![
            text("x"),
            Node::element("sup", vec![text("2")]),
            text(" H"),
            Node::element("sub", vec![text("2")]),
            text("O"),
        ])],
    );
}

/// markdown-cjk-friendly: specification.md, section 6.2.
#[test]
fn emphasis_beside_cjk_punctuation() {
    let strong = |inside: &str| Node::element("strong", vec![text(inside)]);
    let sentence = |markdown: &str, nodes: Vec<Node>| {
        check(markdown, vec![Node::Paragraph(nodes)]);
    };
    sentence("**注意：**后文", vec![strong("注意："), text("后文")]);
    sentence(
        "他说**“好”**的，**一：**二",
        vec![text("他说"), strong("“好”"), text("的，"), strong("一："), text("二")],
    );
    sentence("**甲。**乙**丙**丁", vec![strong("甲。"), text("乙"), strong("丙"), text("丁")]);
    sentence("见**(注)**后", vec![text("见"), strong("(注)"), text("后")]);
    sentence("真**（她**", vec![text("真"), strong("（她")]);
    sentence("*「一」*二", vec![Node::element("em", vec![text("「一」")]), text("二")]);
    sentence("葛\u{E0100}**(葛)**城", vec![text("葛\u{E0100}"), strong("(葛)"), text("城")]);
    sentence("~~旧。~~新", vec![Node::element("del", vec![text("旧。")]), text("新")]);
    sentence("**안녕(hello)**하세요", vec![strong("안녕(hello)"), text("하세요")]);
    sentence(
        "**[云](/x/)**，**`码`**后",
        vec![
            Node::element(
                "strong",
                vec![Node::Link {
                    href: Href::Site("x/".into()),
                    title: String::new(),
                    children: vec![text("云")],
                }],
            ),
            text("，"),
            Node::element("strong", vec![Node::Code("码".into())]),
            text("后"),
        ],
    );
}

#[test]
fn what_commonmark_leaves_alone_in_english_stays() {
    for signs in [
        "\\*\\*注意：\\*\\*后文",
        "a ** b：** c",
        "2 ** 3",
        "`**注：**后`",
        "**Note:**text",
        "a**(b)**c",
        "**注意： **后文",
    ] {
        let shown = signs.replace(['\\', '`'], "");
        assert_eq!(parse(signs, "").text(), shown, "{signs}");
    }
    check(
        "[注](/a**：b \"“**：\")\n\n```\n**：**后\n```",
        vec![
            Node::Paragraph(vec![Node::Link {
                href: Href::Site("a**：b".into()),
                title: "“**：".into(),
                children: vec![text("注")],
            }]),
            Node::CodeBlock { info: String::new(), index: 0, text: "**：**后\n".into() },
        ],
    );
}

/// pandoc: extension `mark`.
#[test]
fn marked_text() {
    let paragraph = |nodes: Vec<Node>| vec![Node::Paragraph(nodes)];
    let mark = |nodes: Vec<Node>| Node::element("mark", nodes);
    check("a==b==c", paragraph(vec![text("a"), mark(vec![text("b")]), text("c")]));
    check(
        "==a **b**==，==c==",
        paragraph(vec![
            mark(vec![text("a "), Node::element("strong", vec![text("b")])]),
            text("，"),
            mark(vec![text("c")]),
        ]),
    );
    for same in ["a == b == c", "a ==b", "a===b===c", "\\==a\\==", "x ==", "==", "`==a==`"] {
        let shown = same.replace(['\\', '`'], "");
        assert_eq!(parse(same, "").text(), shown, "{same}");
        assert!(!format!("{:?}", parse(same, "")).contains("mark\""), "{same}");
    }
}
