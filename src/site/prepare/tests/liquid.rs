//! Liquid.

use super::*;

#[test]
fn code_is_left_alone() {
    check_same("a `{{ x }}` and `{% if %}` b");
    check_same("```\n{{ x }}\n{% if %}\n```\n");
    check_same("- a\n\n  ~~~ liquid\n  {% post_url x %}\n  ~~~\n\n> ```\n> {{ x }}\n> ```\n");
    check_same("a\n\n    {% include x.html %}\n    ${{ secrets.X }}\n");
    check_same("<!-- {{ x }} {% if %} -->\n\na <!-- {{ x }} --> b");
}

#[test]
fn without_braces_nothing_happens() {
    check_same("# a\n\n{'a': 1} :{ {b} 100% a^2 [^1]\n\n[^1]: x\n\n*[HTML]: y\n");
    assert!(prepare("plain", &context()).0.origins == Origins::default());
}

/// Liquid: lib/liquid/tags/raw.rb.
#[test]
fn raw_goes_wherever_it_stands() {
    check("{% raw %}{{ x }}{% endraw %}", "{{ x }}", 0);
    check("`{% raw %}{{ x }}{% endraw %}`", "`{{ x }}`", 0);
    check("{%- raw -%} `{% x %}` {%- endraw -%}", " `{% x %}` ", 0);
    check("{% raw %}\n```\n{{ x }}\n```\n{% endraw %}", "\n```\n{{ x }}\n```\n", 0);
    check("```\n{% raw %}\n{{ x }}\n{% endraw %}\n```\n", "```\n{{ x }}\n```\n", 0);
    check("> ```\n> {% raw %}\n> {{ x }}\n> {% endraw %}\n> ```\n", "> ```\n> {{ x }}\n> ```\n", 0);
    check("```\n{% raw %}{{ x }}{% endraw %}\n```\n", "```\n{{ x }}\n```\n", 0);
    check("{% raw %}{% if %}{% endraw %}{{ y }}", "{% if %}", 1);
    check("{% raw %} {% raw %} {% endraw %}", " {% raw %} ", 0);
}

#[test]
fn raw_alone_in_inline_code_is_shown() {
    check_same("between `{% raw %}` and `{% endraw %}`.");
    check_same("`{% raw %}`");
}

#[test]
fn raw_without_end_goes_with_a_warning() {
    check("{% raw %} a", " a", 1);
    check("a {% endraw %}", "a ", 1);
    check_same("```\n{% raw %}\n```\n");
}

/// Jekyll: lib/jekyll/tags/highlight.rb.
#[test]
fn highlighted_code_becomes_fenced() {
    check("{% highlight ruby %}\nputs 1\n{% endhighlight %}\n", "```ruby\nputs 1\n```\n", 0);
    check(
        "{%- highlight C++ linenos hl_lines=\"1 2\" -%}\n\n  a\n\n b\n\n{%- endhighlight -%}\n",
        "```c++\n  a\n\n b\n```\n",
        0,
    );
    check("{% highlight js %}x{% endhighlight %}", "```js\nx\n```", 0);
    check("{% highlight js %}\n{% endhighlight %}", "```js\n```", 0);
    check("a {% highlight js %}x{% endhighlight %} b", "a \n```js\nx\n```\n b", 0);
    check(
        "{% highlight md %}\n```\n{{ x }}\n````\n{% endhighlight %}",
        "`````md\n```\n{{ x }}\n````\n`````",
        0,
    );
    check("{% highlight html %}\n{: .x}\n{% endhighlight %}", "```html\n{: .x}\n```", 0);
}

#[test]
fn highlighted_code_keeps_its_place_in_lists_and_quotes() {
    check(
        "1. a\n\n   {% highlight sh %}\n   ls\n     -l\n\n   {% endhighlight %}\n2. b\n",
        "1. a\n\n   ```sh\n   ls\n     -l\n   ```\n2. b\n",
        0,
    );
    check(
        "- a\n  {% highlight sh %}\nls\n  -l\n\nx\n{% endhighlight %}\n- b\n",
        "- a\n  ```sh\n  ls\n    -l\n\n  x\n  ```\n- b\n",
        0,
    );
    check("- {% highlight sh %}ls{% endhighlight %}\n", "- ```sh\n  ls\n  ```\n", 0);
    check(
        "> {% highlight sh %}\n> ls\n>\n> x\n> {% endhighlight %}\n",
        "> ```sh\n> ls\n>\n> x\n> ```\n",
        0,
    );
}

#[test]
fn highlighted_code_may_hold_anything() {
    check(
        "{% highlight liquid %}{% raw %}{{ x }}{% endraw %}{% endhighlight %}",
        "```liquid\n{{ x }}\n```",
        0,
    );
    check(
        "{% highlight lisp %}\n`(a ,b)\n{% endhighlight %}\n{{ x }} `y`\n",
        "```lisp\n`(a ,b)\n```\n `y`\n",
        1,
    );
    check(
        "{% highlight a %}\n~~~\n{% endhighlight %}\n\n{% highlight b %}\nx\n{% endhighlight %}\n",
        "```a\n~~~\n```\n\n```b\nx\n```\n",
        0,
    );
    check_same("the tag `{% highlight %}` is\n\n```\n{% highlight x %}\n{% endhighlight %}\n```\n");
    check("{% highlight c %}\nx", "\nx", 1);
    check(
        "<div>\n{% highlight c %}\n{{ x }}\n{% endhighlight %}\n</div>\n",
        "<div>\n\n```c\n{{ x }}\n```\n</div>\n",
        0,
    );
}

/// Jekyll: lib/jekyll/tags/post_url.rb, lib/jekyll/tags/link.rb.
#[test]
fn references_become_paths() {
    check("[a]({% post_url 2026-01-14-name %})", "[a](/posts/name/)", 0);
    check("[a]({%post_url /2026-01-14-name%}#b)", "[a](/posts/name/#b)", 0);
    check("[a]({% post_url dir/2026-01-14-name %})", "[a](/posts/dir%20name/)", 0);
    check(
        "[a][1]\n\n[1]: {{ site.baseurl }}{% post_url 2026-01-14-云 %}",
        "[a][1]\n\n[1]: /posts/云/",
        0,
    );
    check("[a]({{ site.url }}{% post_url 2026-01-14-name %})", "[a](/posts/name/)", 0);
    check("[a]({{site.url}}{{site.baseurl}}{%- link assets/a.pdf -%})", "[a](/assets/a.pdf)", 0);
    check("{% link /about.md %} {% link _posts/2026-01-14-name.md %}", "/about/ /posts/name/", 0);
}

#[test]
fn unknown_references_are_named() {
    check("[a]({% post_url nope %})", "[a](unknown:nope)", 1);
    check("[a]({{ site.baseurl }}{% link a b.md %})", "[a](unknown:a%20b.md)", 1);
    let (_, found) = prepare("云 [a]({% post_url nope %})", &context());
    assert_eq!(found[0].range, 8..27);
    assert_eq!(found[0].message, "there is no post `nope` for `{% post_url nope %}`");
}

/// Jekyll: lib/jekyll/filters/url_filters.rb.
#[test]
fn addresses_are_from_the_root() {
    for written in [
        "{{ site.baseurl }}/a.png",
        "{{site.url}}/a.png",
        "{{ site.url }}{{ site.baseurl }}/a.png",
        "{{ \"/a.png\" | relative_url }}",
        "{{'a.png'|absolute_url}}",
        "{{- '/a.png' | prepend: site.baseurl | prepend: site.url -}}",
        "{{ site.baseurl | append: \"/a.png\" }}",
        "{{ site.url | append: site.baseurl | append: '/a.png' }}",
        "{{ site.url }}{{ '/a.png' | relative_url }}",
        "{{ site.baseurl }}{{ '/a.png' }}",
    ] {
        check(&format!("![a]({written})"), "![a](/a.png)", 0);
    }
    check("{{ '/a b' | relative_url }}", "/a%20b", 0);
    check("{{ 'https://x.example/a' | relative_url }}", "<https://x.example/a>", 0);
    check("[a]({{ site.url }}{{ page.url }})", "[a](/posts/x/)", 0);
    check("[home]({{ site.baseurl }})", "[home](/)", 0);
    check("[home]({{ site.url }}{{ site.baseurl }})", "[home](/)", 0);
}

#[test]
fn the_sites_address_alone_is_written() {
    check("at {{ site.url }}.", "at <https://blog.example>.", 0);
    let base = context();
    let context = Context { site: SiteFacts { url: None, ..base.site }, ..base };
    let (prepared, found) = prepare("{{ site.url }}/a {{ site.url }}", &context);
    assert_eq!((prepared.markdown.as_str(), found.len()), ("/a ", 1));
}

#[test]
fn known_values_are_written() {
    check("{{ page.title }}, {{page.url}}", "Title, /posts/x/", 0);
    check("{{ page.date | date: \"%-d.%-m.%Y | x\" }}", "14.1.2026 | x", 0);
    check("{{ page.date | date_to_string }}", "2026-01-14", 0);
    check("{{ site.title }} {{ site.description }} {{ site.author }}", "Site About it Ann", 0);
    check("{{ \"text\" }} {{ 'a' | upcase }}", "text A", 0);
    check("x {{- 'a' -}} y {{- 'b' -}} z", "xaybz", 0);
    check("| {{ page.title }} | {{ 'a' | append: 'b' }} |\n|-|-|\n", "| Title | ab |\n|-|-|\n", 0);
}

/// Chirpy: _includes/embed; jekyll-gist: lib/jekyll-gist/gist_tag.rb.
#[test]
fn embedded_things_become_links() {
    let youtube =
        "<embed src=\"https://www.youtube.com/watch?v=a-B_1\" title=\"Video on YouTube\"></embed>";
    for written in [
        "{% include embed/youtube.html id='a-B_1' %}",
        "{%include embed/youtube.html id=\"a-B_1\"%}",
        "{% youtube a-B_1 %}",
        "{% youtube \"https://www.youtube.com/watch?v=a-B_1\" %}",
        "{% include video id=\"a-B_1\" provider=\"youtube\" %}",
        "{% include youtube.html id=\"a-B_1\" %}",
    ] {
        check(written, youtube, 0);
    }
    check(
        "{% include embed/bilibili.html id='BV1' %}",
        "<embed src=\"https://www.bilibili.com/video/BV1\" title=\"Video on Bilibili\"></embed>",
        0,
    );
    check(
        "{% include embed/twitch.html id='1' title='A [b]' %}",
        "<embed src=\"https://www.twitch.tv/videos/1\" title=\"A [b]\"></embed>",
        0,
    );
    check(
        "{% include embed/spotify.html id='x' compact=1 dark=1 %}",
        "<embed src=\"https://open.spotify.com/track/x\" title=\"Music on Spotify\"></embed>",
        0,
    );
    check(
        "{% gist ann/5 %}",
        "<embed src=\"https://gist.github.com/ann/5\" title=\"Gist ann/5\"></embed>",
        0,
    );
    check(
        "{% gist 5 a.rb %}",
        "<embed src=\"https://gist.github.com/5#file-a-rb\" title=\"Gist a.rb\"></embed>",
        0,
    );
    check("{% include embed/youtube.html id=page.video %}", "", 1);
}

/// Chirpy: _posts/2019-08-08-write-a-new-post.md.
#[test]
fn media_files_are_played() {
    check(
        "{%\n  include embed/video.html\n  src='/a b.mp4'\n  types='ogg|mov'\n  title='Demo video'\n  loop=true\n%}\n",
        "<video src=\"/a b.mp4\" title=\"Demo video\"></video>\n",
        0,
    );
    check(
        "{% include embed/audio.html src='{{ site.baseurl }}/a.mp3' %}",
        "<audio src=\"/a.mp3\"></audio>",
        0,
    );
}

#[test]
fn embedded_things_are_paragraphs_of_their_own() {
    let link = "<embed src=\"https://vimeo.com/1\" title=\"Video on Vimeo\"></embed>";
    check("a\n{% vimeo 1 %}\nb\n", &format!("a\n\n{link}\n\nb\n"), 0);
    check("a {% vimeo 1 %} b", &format!("a {link} b"), 0);
    check("> a\n> {% vimeo 1 %}\n> b\n", &format!("> a\n> \n> {link}\n>\n> b\n"), 0);
    check("- a\n  {% vimeo 1 %}\n- b\n", &format!("- a\n  \n  {link}\n- b\n"), 0);
    check("- {% vimeo 1 %}\n  b\n", &format!("- {link}\n\n  b\n"), 0);
    check("{% vimeo 1 %}\n{: .center}\nb\n", &format!("{link}\n\nb\n"), 0);
}

#[test]
fn comments_go() {
    check("a {% comment %} `x {{ y }} {% endcomment %}b", "a b", 0);
    check("{%- comment -%}\n\n```\n\n{%- endcomment -%}\n\n{{ 'a' }}", "\n\na", 0);
    check("a{% # note %}b", "ab", 0);
}

#[test]
fn tags_that_cant_be_run_go_and_leave_what_is_between() {
    check("{% if a %}\nb\n{% else %}\nc\n{% endif %}\n", "\nb\n\nc\n\n", 1);
    check("{% for a in b %}x{% if c %}y{% endif %}{% endfor %}", "xy", 2);
    check("{% assign a = 'b' %}{{ a }}", "", 2);
    check("a{% endif %}b{% else %}", "ab", 2);
    check("{% include toc.html %}", "", 1);
    check("{% include_relative a.md %}", "", 1);
    check("x {%- mystery a=\"b\" -%} y", "xy", 1);
    let (_, found) = prepare("{% if\n a %}x", &context());
    assert_eq!(found[0].message, "Liquid `{% if a %}` can't be run here, it is left out");
    assert_eq!(found[0].help, "write the text that is to be shown, without the tags");
}

#[test]
fn outputs_that_arent_known_go() {
    check("a {{ x }} b", "a  b", 1);
    check("${{ matrix.os }}", "$", 1);
    check("{{{ x }}} {{{{ y }}}}", " ", 2);
    check("| {{ x }} | b |\n|-|-|\n| {{a|b}} | c |\n", "|  | b |\n|-|-|\n|  | c |\n", 2);
    check("{{ 'a' | unknown }} {{ site.time | date: '%Y' }} {{ page.tags[0] }}", "  ", 3);
    let (_, found) = prepare("a {{ x }}", &context());
    assert_eq!(found[0].message, "Liquid `{{ x }}` can't be run here, it is left out");
    assert_eq!(found[0].range, 2..9);
}

/// Hugo: content-management/shortcodes.
#[test]
fn shortcodes_of_hugo_go() {
    check("{{< youtube x >}}", "", 1);
    check("{{% raw %}}a{{% /raw %}}", "a", 2);
    let (_, found) = prepare("{{< x \"y\" >}}", &context());
    assert_eq!(found[0].message, "`{{< x \"y\" >}}` is a Hugo shortcode, it is left out");
}

#[test]
fn what_is_never_closed_stays() {
    check("a {{ b", "a {{ b", 0);
    check("a {{ b\n\nc }} d", "a {{ b\n\nc }} d", 0);
    check("a {% b", "a {% b", 1);
    check("{% b `%}`", "{% b `%}`", 1);
    check("{{ a {{ 'b' }}", "{{ a b", 0);
    check("{{ a\n```\n}}\n```\n", "{{ a\n```\n}}\n```\n", 0);
}

#[test]
fn liquid_stays_where_the_post_says_so() {
    let context = Context { liquid: false, ..context() };
    let body = "{% raw %}{{ x }}{% endraw %} {% y %}\n";
    let (prepared, found) = prepare(&format!("{body}{{: .x}}\n"), &context);
    assert_eq!((prepared.markdown.as_str(), found.len()), (body, 0));
}
