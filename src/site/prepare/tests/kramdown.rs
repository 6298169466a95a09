//! kramdown.

use super::*;

#[track_caller]
fn check_sizes(body: &str, want: &str, sizes: &[(&str, Option<u32>, Option<u32>)]) {
    check(body, want, 0);
    let found = prepare(body, &context()).0.sizes;
    let found: Vec<_> =
        found.iter().map(|(to, (width, height))| (&**to, *width, *height)).collect();
    assert_eq!(found, sizes, "of {body}");
}

/// Chirpy: _posts/2019-08-08-text-and-typography.md.
#[test]
fn prompts_become_alerts() {
    check("> a\n{: .prompt-tip }\n", "> [!TIP]\n> a\n", 0);
    check("> a\n>\n> - b\n{: .prompt-info .x}\n\nc", "> [!NOTE]\n> a\n>\n> - b\n\nc", 0);
    check("> a\n{: .prompt-warning }\nb\n", "> [!WARNING]\n> a\n\nb\n", 0);
    check("{: .prompt-danger }\n> 危险\n", "> [!CAUTION]\n> 危险\n", 0);
    check("- a\n\n  > b\n  {: .prompt-tip }\n", "- a\n\n  > [!TIP]\n  > b\n", 0);
    check("- > b\n  {: .prompt-tip }\n", "- > [!TIP]\n  > b\n", 0);
    check("> > a\n> {: .prompt-tip }\n> b\n", "> > [!TIP]\n> > a\n>\n> b\n", 0);
    check("> > a\n{: .prompt-tip }\n", "> [!TIP]\n> > a\n", 0);
    check("> a\n> {: .prompt-tip }\n", "> [!TIP]\n> a\n", 0);
    check("> a\nlazy\n{: .prompt-tip }\n", "> [!TIP]\n> a\nlazy\n", 0);
    check("> a\n{: .x}\n", "> a\n", 0);
    check("> [!TIP]\n> a\n{: .prompt-tip}\n", "> [!TIP]\n> a\n", 0);
    check(
        "> a\n{: .prompt-tip }\n\n> b\n{: .prompt-info }\n<!-- x -->\n",
        "> [!TIP]\n> a\n\n> [!NOTE]\n> b\n\n<!-- x -->\n",
        0,
    );
}

/// kramdown: syntax, Specifying a Header ID and Block IAL.
#[test]
fn headings_keep_their_names() {
    check("# A\n{: #b .c}\n", "# A {#b}\n", 0);
    check("{: #b}\n# A\n", "# A {#b}\n", 0);
    check("A\n===\n{: #b}\nc", "A {#b}\n===\n\nc", 0);
    check("# A\n{:.no_toc}\n\n## B\n{: data-toc-skip='' .mt-4 }\nc\n", "# A\n\n## B\n\nc\n", 0);
    check("# A {#c}\n{: #b}\n", "# A {#c}\n", 0);
    check("## 标题 {: #b}\n", "## 标题 {#b}\n", 0);
    check("## A {:.no_toc}\nb", "## A\nb", 0);
}

/// Chirpy: Specifying the Filename.
#[test]
fn code_keeps_its_file_name() {
    check("```sass\nx\n```\n{: file='a/b.scss'}\n", "```sass title=\"a/b.scss\"\nx\n```\n", 0);
    check("~~~\nx\n~~~\n{: file=\"a\\b\" .nolineno }\n", "~~~text title=\"a\\\\b\"\nx\n~~~\n", 0);
    check("```sh\nx\n```\n{: .nolineno}\ny", "```sh\nx\n```\n\ny", 0);
    check(
        "- a\n\n  ```yaml\n  c: d\n  ```\n  {: file='_config.yml' .nolineno }\n\n- b\n",
        "- a\n\n  ```yaml title=\"_config.yml\"\n  c: d\n  ```\n\n- b\n",
        0,
    );
    check("> ```sh\n> x\n> ```\n> {: file='y'}\n", "> ```sh title=\"y\"\n> x\n> ```\n", 0);
    check("    code\n{:.cls}\n\n    new\n", "    code\n\n    new\n", 0);
}

/// kramdown: test/testcases/block/11_ial.
#[test]
fn lines_of_attributes_go() {
    check("a\n{:.cls}\nb\n", "a\n\nb\n", 0);
    check("{:.a}\n{:.b}\na\n", "a\n", 0);
    check("> q\n{: #id}\n  {: .class}\n\n* l\n{: key=\"val\"}\n", "> q\n\n* l\n", 0);
    check("- a\n{: .x}\n- b\n", "- a\n- b\n", 0);
    check("- a\n  {: .x}\n  b\n", "- a\n\n  b\n", 0);
    check("|a|\n|-|\n|b|\n{: .table}\nc", "|a|\n|-|\n|b|\n\nc", 0);
    check("a\n\n{: .x}\n\nb", "a\n\n\nb", 0);
    check("a\n{: .x}", "a\n", 0);
    check("a\n{: title=\"}\" b='{' }\n", "a\n", 0);
    check("[a]: /x\n{: .y}\n[a]", "[a]: /x\n\n[a]", 0);
}

#[test]
fn what_only_looks_similar_stays() {
    for body in [
        "a {: not closed",
        "{: not closed\n",
        "{:}\n",
        "x {: y} z :{ {'a': 1}",
        "`{: .x}`",
        "```\n{: .x}\n```\n",
        "    {: .x}\n",
        "\\{: .x}\n",
        "a\n\n{: \"hello\" }\n",
        "{: 这是 }\n",
        "```jsx\n<A b={{a: 1}} />\n```\n",
        "a ^ b\n  ^\n",
    ] {
        check_same(body);
    }
}

#[test]
fn attributes_in_plain_text_are_reported() {
    check("a{: .x} b", "a{: .x} b", 1);
    check("{: some lost words }\n", "", 1);
}

/// kramdown: test/testcases/span/ial.
#[test]
fn attributes_within_lines_go() {
    check("`a`{: .filepath} b", "`a` b", 0);
    check("`a`{: .hund #dog}{: .katz key='val'}.", "`a`.", 0);
    check("[a](b){:target=\"_blank\"} [c](d){:target=\"_blank\" rel='x'}", "[a](b) [c](d)", 0);
    check(
        "*a*{:.b} **c**{:.d} <https://e.example>{:.f} ~~g~~{:.h}",
        "*a* **c** <https://e.example> ~~g~~",
        0,
    );
    check("[a][b]{:.c}\n\n[b]: d\n", "[a][b]\n\n[b]: d\n", 0);
    check("中文`代码`{: .x}中文**粗**{: .y}中文", "中文`代码`中文**粗**中文", 0);
    check("| `a`{: .x} | b |\n|-|-|\n", "| `a` | b |\n|-|-|\n", 0);
    check("> [a](b){: title=\"}\"}\n", "> [a](b)\n", 0);
}

/// kramdown: test/testcases/block/08_list/item_ial.
#[test]
fn attributes_of_items_go() {
    check("* {:.cls} a\n* {:.b}c\n1. {: #x} y\n", "* a\n* c\n1. y\n", 0);
}

/// Chirpy: Images.
#[test]
fn images_keep_their_size() {
    check_sizes(
        "![a](/m.png){: width=\"972\" height=\"589\" .w-75 }\n_Caption_\n",
        "![a](/m.png)\n_Caption_\n",
        &[("/m.png", Some(972), Some(589))],
    );
    check_sizes(
        "![a](/l.png){: .light w='12px' h='6' }\n![b](/d.png){: .dark w='1' }\n",
        "![a](/l.png)\n![b](/d.png)\n",
        &[("/d.png", Some(1), None), ("/l.png", Some(12), Some(6))],
    );
    check_sizes("![a](b)\n{: width=\"5\" }\n", "![a](b)\n", &[("b", Some(5), None)]);
    check_sizes("![a](b)\n{: w=\"5\" }\n_c_\n", "![a](b)\n_c_\n", &[("b", Some(5), None)]);
    check_sizes("- ![a](b)\n  {: w=\"5\" }\n", "- ![a](b)\n", &[("b", Some(5), None)]);
    check_sizes("{: h=\"5\" }\n![a](b)\n", "![a](b)\n", &[("b", None, Some(5))]);
    check_sizes("![a](b) {: w=\"5\" } c", "![a](b) c", &[("b", Some(5), None)]);
    check_sizes("![a](b){: .x}{: h='5' }", "![a](b)", &[("b", None, Some(5))]);
    check_sizes("[![a](b){: w=5}](c){: .d}", "[![a](b)](c)", &[("b", Some(5), None)]);
    check_sizes("![a](b){: width=\"50%\" }", "![a](b)", &[]);
    check_sizes(
        "![a][1]{: w='2'}\n\n[1]: /云.png\n",
        "![a][1]\n\n[1]: /云.png\n",
        &[("/云.png", Some(2), None)],
    );
    check_sizes(
        "![a]({{ site.baseurl }}/b.png){: w=\"5\" }",
        "![a](/b.png)",
        &[("/b.png", Some(5), None)],
    );
}

/// kramdown: syntax, Table of contents.
#[test]
fn the_table_of_contents_is_noted() {
    #[track_caller]
    fn check_toc(body: &str, want: &str, at: Option<usize>) {
        check(body, want, 0);
        assert_eq!(prepare(body, &context()).0.toc_at, at, "of {body}");
    }
    check_toc("a\n\n* TOC\n{:toc}\n\n## B\n", "a\n\n\n\n## B\n", Some(3));
    check_toc("- 目录\n{: toc}\n", "\n", Some(0));
    check_toc("# A\n{:.no_toc}\n\n1. x\n{:toc .y}\nb\n", "# A\n\n\n\nb\n", Some(5));
    check_toc("* TOC\n{:toc}\n* b\n", "\n* b\n", Some(0));
    check_toc("a\n{:toc}\n", "a\n", None);
    check_toc("```\n* TOC\n{:toc}\n```\n", "```\n* TOC\n{:toc}\n```\n", None);
}

/// kramdown: syntax, Extensions.
#[test]
fn extensions_go() {
    check("{::options parse_block_html=\"true\" /}\n\na", "\na", 0);
    check("a\n{::nomarkdown}\n<b>\n{:/nomarkdown}\nc", "a\n\n<b>\n\nc", 0);
    check("a {::nomarkdown type=\"html\"}<b>{:/} c", "a <b> c", 0);
    check("a {::comment}simple{:/} b {::comment}x{:/comment}.", "a  b .", 0);
    check("a\n\n{::comment}\nx {:/}y\n```\n{:/comment}\n\nb", "a\n\n\nb", 0);
    check("a {:/comment} b {:/}", "a  b ", 0);
    check("{::comment}\na", "a", 1);
    check("`{::comment}` {::other} b", "`{::comment}` {::other} b", 0);
}

/// kramdown: syntax, Attribute List Definitions.
#[test]
fn definitions_are_used() {
    check("{:tip: .prompt-tip}\n\n> a\n{: tip}\n", "\n> [!TIP]\n> a\n", 0);
    check("![a](b){:big}\n\n{:big: width=\"9\"}\n", "![a](b)\n\n", 0);
    assert_eq!(
        prepare("![a](b){:big}\n\n{:big: width=\"9\"}\n", &context()).0.sizes["b"],
        (Some(9), None)
    );
}

/// kramdown: syntax, EOB marker.
#[test]
fn end_of_block_marks_go() {
    check("a\n^\nb", "a\n\nb", 0);
    check("* a\n\n^\n\n    b", "* a\n\n\n    b", 0);
    check("> a\n> ^\n> b", "> a\n>\n> b", 0);
}
