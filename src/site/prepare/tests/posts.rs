//! Passages as real posts have them: nothing of either syntax is left outside code, and the
//! browser's parser finds what was meant.

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::*;

/// Passages of many kinds; the hostile tests mix them, too.
pub(super) const PASSAGES: &[&str] = &[
    "1. 安装\n\n   {% highlight bash linenos %}\n   echo \"{{ x }}\"\n   {% endhighlight %}\n\n2. 运行\n   {% highlight text %}\nok\n{% endhighlight %}\n",
    "> 第一段，`代码`{: .filepath}。\n>\n> 第二段 [链接]({% post_url 2026-01-14-name %})。\n{: .prompt-warning }\n",
    "![图]({{ site.url }}{{ site.baseurl }}/assets/a.png){: width=\"700\" height='400' .shadow }\n_图一_\n",
    "```yaml\n---\nmedia_subpath: {{ x }}\n---\n```\n{: file=\"_posts/a.md\" }\n\n",
    "- a\n{: .x}\n- `{{ b }}`{:.y}\n  - c\n    {: .z}\n",
    "| a | b |\n|:-|-:|\n| {{ page.title }} | `{% raw %}{{ x }}{% endraw %}` |\n| {{ nope }} | {{ 'a' | upcase }} |\n{: .table .wide}\n",
    "> a\n>\n> > b **c**{: .d}\n> {: .prompt-tip }\n>\n> e\n{: .prompt-info }\n",
    "* 目录\n{:toc}\n\n## 一 {#one}\n{:.no_toc}\n\n二\n---\n{: #two}\n\n",
    "{% raw %}\n```liquid\n{% if x %}{{ y }}{% endif %}\n```\n{% endraw %}\n\n",
    "{::options parse_block_html=\"true\" /}\n\n<div>\n{::nomarkdown}<b>{:/nomarkdown}\n</div>\n\n{::comment}\n```\n{:/comment}\n",
    "{% include embed/youtube.html id='Balreaj8Yqs' %}\n{:.center}\n\n{% gist ann/5 %}\n文字\n",
    "{% if site.x %}\n{{ site.title }} 与 {{ site.time | date: '%Y' }}\n{% endif %}\n{%- assign a = \"b\" -%}\n",
    "步骤：\n\n    {{ indented }}\n    {: .code}\n\n{:tip: .prompt-tip}\n\n> 引用 {{ page.url }}\n{: tip}\n^\n\n",
    "{% comment %}\n`{{ x }}\n{% endcomment %}\n[a][b]{:target=\"_blank\"}\n\n[b]: {% link /about.md %}\n{: .c}\n",
    "{{< figure src=\"a.png\" >}} ${{ secrets.A }} <!-- {{ x }} -->\n",
];

/// The text a reader sees outside code.
fn prose(markdown: &str) -> String {
    let (mut text, mut in_code) = (String::new(), false);
    for event in Parser::new_ext(markdown, crate::markdown::options()) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(part) if !in_code => text.push_str(&part),
            Event::Html(part) | Event::InlineHtml(part) if !part.starts_with("<!--") => {
                text.push_str(&part);
            }
            Event::SoftBreak | Event::HardBreak | Event::End(_) => text.push('\n'),
            _ => {}
        }
    }
    text
}

#[test]
fn nothing_is_left_outside_code() {
    let all = PASSAGES.concat();
    for body in PASSAGES.iter().copied().chain([all.as_str()]) {
        let (prepared, _) = prepare(body, &context());
        let prose = prose(&prepared.markdown);
        for sign in ["{%", "{{", "{:", "%}", "}}"] {
            assert!(!prose.contains(sign), "{sign} of\n{body}\nin\n{}", prepared.markdown);
        }
    }
}

#[test]
fn code_reaches_the_reader_as_written() {
    let code_of = |body: &str| {
        let (prepared, _) = prepare(body, &context());
        let (mut text, mut in_code) = (String::new(), false);
        for event in Parser::new_ext(&prepared.markdown, crate::markdown::options()) {
            match event {
                Event::Start(Tag::CodeBlock(_)) => in_code = true,
                Event::End(TagEnd::CodeBlock) => in_code = false,
                Event::Text(part) if in_code => text.push_str(&part),
                Event::Code(part) => text.push_str(&part),
                _ => {}
            }
        }
        text
    };
    assert_eq!(code_of(PASSAGES[0]), "echo \"{{ x }}\"\nok\n");
    assert_eq!(code_of(PASSAGES[3]), "---\nmedia_subpath: {{ x }}\n---\n");
    assert_eq!(code_of(PASSAGES[5]), "{{ x }}");
    assert_eq!(code_of(PASSAGES[8]), "{% if x %}{{ y }}{% endif %}\n");
    assert_eq!(code_of(PASSAGES[12]), "{{ indented }}\n{: .code}\n");
}

#[test]
fn the_browser_finds_alerts_lists_and_titles() {
    let found = |body: &str| {
        let (prepared, _) = prepare(body, &context());
        let (mut alerts, mut lists, mut infos) = (Vec::new(), 0, Vec::new());
        for event in Parser::new_ext(&prepared.markdown, crate::markdown::options()) {
            match event {
                Event::Start(Tag::BlockQuote(Some(kind))) => alerts.push(kind),
                Event::Start(Tag::List(_)) => lists += 1,
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    infos.push(info.to_string());
                }
                _ => {}
            }
        }
        (alerts, lists, infos)
    };
    assert_eq!(found(PASSAGES[0]), (vec![], 1, vec!["bash".to_owned(), "text".to_owned()]));
    assert_eq!(found(PASSAGES[1]).0, [BlockQuoteKind::Warning]);
    assert_eq!(found(PASSAGES[6]).0, [BlockQuoteKind::Note, BlockQuoteKind::Tip]);
    assert_eq!(found(PASSAGES[3]).2, ["yaml title=\"_posts/a.md\""]);
    assert_eq!(found(PASSAGES[4]).1, 2);
    assert_eq!(found("- > b\n  {: .prompt-tip }\n- c\n").0, [BlockQuoteKind::Tip]);
    assert_eq!(found("1. > > b\n   > {: .prompt-tip }\n").0, [BlockQuoteKind::Tip]);
}

#[test]
fn offsets_lead_back_to_what_was_written() {
    let body = "{% if x %}云{% endif %}\n\n> q `a`{: .b}\n{: .prompt-tip }\n\n{% highlight c %}x{% endhighlight %}\n\n![图]({{ site.baseurl }}/a.png){: w=\"1\" } and ![b](b.png)\n";
    let (prepared, _) = prepare(body, &context());
    let places = |text: &str| text.match_indices("![").map(|(at, _)| at).collect::<Vec<_>>();
    let images = places(&prepared.markdown).into_iter().filter(|at| {
        !prepared.markdown[*at..].starts_with("[!") && !prepared.markdown[..*at].ends_with('[')
    });
    assert_eq!(images.map(|at| prepared.origin(at)).collect::<Vec<_>>(), places(body));
    let quote = prepared.markdown.find("q `a`").unwrap();
    assert_eq!(prepared.origin(quote), body.find("q `a`").unwrap());
    assert_eq!(prepared.origin(prepared.markdown.len()), body.len());
}

#[test]
fn findings_lie_on_what_they_are_about() {
    let body = "云 `a`{:.b}\n\n{% raw %}{{ r }}{% endraw %} {{ x }} c{: .d}\n\n{::comment}\n";
    let (_, found) = prepare(body, &context());
    let about: Vec<&str> = found.iter().map(|finding| &body[finding.range.clone()]).collect();
    assert_eq!(about, ["{{ x }}", "{: .d}", "{::comment}"]);
}
