//! What our views write, as readers get it.

use proptest::prelude::*;

use super::content;

const ORIGIN: &str = "https://blog.example";
const PAGE: &str = "https://blog.example/sub/posts/a/";

fn check(html: &str, want: &str) {
    assert_eq!(content(html, ORIGIN, PAGE), want, "{html}");
}

#[test]
fn text_stays_as_it_is() {
    let text = "<p>a &amp; b &lt;c&gt; <em>云</em><br>\n<code>&lt;i&gt;</code></p>";
    check(text, text);
    let list = r#"<ol start="3" reversed=""><li value="2">x</li></ol><hr>"#;
    check(list, list);
    let words = r#"<p lang="ar" dir="rtl"><span lang="en">x</span> <bdi>y</bdi></p>"#;
    check(words, words);
}

#[test]
fn addresses_are_absolute() {
    check(
        r##"<a href="/sub/b/?x=1&amp;y=2" rel="x">b</a><a href="#c">c</a><a href="../d">d</a>"##,
        r#"<a href="https://blog.example/sub/b/?x=1&amp;y=2">b</a><a href="https://blog.example/sub/posts/a/#c">c</a><a href="https://blog.example/sub/posts/d">d</a>"#,
    );
    check(
        r#"<video src="/v.mp4" poster="/p.png" controls="" preload="metadata"></video>"#,
        r#"<video src="https://blog.example/v.mp4" poster="https://blog.example/p.png" controls=""></video>"#,
    );
    check(
        r#"<img srcset="/a.png 1x, /b.png 2x" src="/a.png" alt="">"#,
        r#"<img srcset="https://blog.example/a.png 1x, https://blog.example/b.png 2x" src="https://blog.example/a.png" alt="">"#,
    );
    check("<a href=\"java\nscript:x\">x</a>", "<a>x</a>");
}

#[test]
fn a_large_image_is_an_image() {
    check(
        r#"<p><span class="image"><button class="zoom" type="button" popovertarget="image-1" aria-label="Enlarge: x"><img src="/a.png" alt="x" width="640" height="480" loading="lazy" decoding="async"></button><span class="lightbox" id="image-1" popover=""><button type="button" popovertarget="image-1" popovertargetaction="hide" autofocus="" aria-label="Close: x"><img src="/a.png" alt=""></button></span></span></p>"#,
        r#"<p><img src="https://blog.example/a.png" alt="x" width="640" height="480"></p>"#,
    );
}

#[test]
fn of_two_images_the_one_for_light_colours_stays() {
    check(
        r#"<img class="only-light" src="/l.png" alt="x"><img src="/d.png" alt="x" class="only-dark"><span class="image only-dark"><button class="zoom"><img src="/e.png" alt=""></button></span>"#,
        r#"<img src="https://blog.example/l.png" alt="x">"#,
    );
    check(
        r#"<figure class="drawing"><div class="drawing-picture" tabindex="0" role="group" aria-label="D"><img class="only-light" src="/l.svg" alt="D"><img class="only-dark" src="/d.svg" alt="D"></div><details><summary>Source</summary><pre tabindex="0"><code>a --&gt; b</code></pre></details></figure>"#,
        r#"<figure><img src="https://blog.example/l.svg" alt="D"><details><summary>Source</summary><pre><code>a --&gt; b</code></pre></details></figure>"#,
    );
}

#[test]
fn a_heading_has_no_link_to_itself() {
    check(
        r##"<h2 id="x">X <em>y</em><a class="anchor" href="#x" aria-label="Link to X"></a></h2>"##,
        "<h2>X <em>y</em></h2>",
    );
}

#[test]
fn code_is_code() {
    check(
        r#"<div class="code"><div class="code-head"><span class="code-title">main.rs</span><span class="code-language">rust</span><button class="copy" type="button">Copy</button></div><pre tabindex="0" role="group" aria-label="Code"><code><i class="k">fn</i> main() <i class="p">{}</i>
</code></pre></div>"#,
        "<p><strong>main.rs</strong></p><pre><code>fn main() {}\n</code></pre>",
    );
    check(
        r#"<pre><code><span class="line" data-line="1">a
</span><span class="line marked add" data-line="2"><i class="k">b</i>
</span></code></pre>"#,
        "<pre><code>a\n<mark>b\n</mark></code></pre>",
    );
    check("<p><i>own</i> <i lang=\"fr\">mot</i></p>", "<p><i>own</i> <i lang=\"fr\">mot</i></p>");
}

#[test]
fn blocks_keep_their_meaning() {
    check(
        r#"<div class="alert note" role="note"><p class="alert-title">Note</p><p>x</p></div>"#,
        "<blockquote><p><strong>Note</strong></p><p>x</p></blockquote>",
    );
    check(
        r#"<div class="table" tabindex="0" role="group" aria-label="Table"><table><thead><tr><th scope="col" data-align="right">x</th></tr></thead></table></div>"#,
        r#"<table><thead><tr><th scope="col" align="right">x</th></tr></thead></table>"#,
    );
    check(
        r#"<ul class="tasks"><li><span class="task done" role="img" aria-label="Done"></span>a</li><li><span class="task" role="img" aria-label="Open"></span>b</li></ul>"#,
        "<ul><li>☑ a</li><li>☐ b</li></ul>",
    );
    check(
        r#"<a class="card" href="https://v.example/1" rel="noopener external"><span class="card-title">Film</span> <span class="card-host">v.example</span></a>"#,
        r#"<a href="https://v.example/1">Film (v.example)</a>"#,
    );
}

#[test]
fn footnotes_lead_to_the_page() {
    check(
        r##"<p>x<sup class="footnote-ref" id="fnref-1-1"><a href="#fn-1">1</a></sup></p><section class="footnotes" aria-label="Footnotes"><ol><li id="fn-1"><p>y</p><a class="footnote-back" href="#fnref-1-1" aria-label="Back">↩</a></li></ol></section>"##,
        r#"<p>x<sup id="fnref-1-1"><a href="https://blog.example/sub/posts/a/#fn-1">1</a></sup></p><hr><section><ol><li id="fn-1"><p>y</p><a href="https://blog.example/sub/posts/a/#fnref-1-1">↩</a></li></ol></section>"#,
    );
}

#[test]
fn formulas_stay() {
    check(
        r#"<math display="block" alttext="x^{2}"><msup><mi mathvariant="normal" data-math="big">x</mi><mn>2</mn></msup><mspace width="1em"></mspace></math>"#,
        r#"<math display="block" alttext="x^{2}"><msup><mi mathvariant="normal">x</mi><mn>2</mn></msup><mspace width="1em"></mspace></math>"#,
    );
}

#[test]
fn the_contents_and_programs_are_left_out() {
    check(
        r##"<button class="contents-open" type="button" popovertarget="contents">Contents</button><nav id="contents" class="contents" popover="" aria-label="Contents"><ol><li><a href="#x">X</a></li></ol></nav><p>x</p>"##,
        "<p>x</p>",
    );
    check("a<script>\"<p>\"</scripty></SCRIPT >b<style>c</style>d<svg><svg></svg>e</svg>f", "abdf");
    check("<script>a<b \"</script>c", "c");
    check(r#"<p onclick="x" style="y" id="z" class="w">a</p>"#, "<p>a</p>");
    check("<form><blink>a</blink><input value=x></form>", "a");
}

#[test]
fn a_broken_fragment_is_mended() {
    check("<p><em>a</p>b", "<p><em>ab</em></p>");
    check("a</p>b<", "ab&lt;");
    check("<P>a</p><BR>", "<p>a</p><br>");
    check("1 < 2", "1 &lt; 2");
}

/// What means something in a fragment, or nearly so.
const PIECES: [&str; 40] = [
    "<p>",
    "</p>",
    "<div class=\"code\">",
    "</div>",
    "<span class='image only-dark'>",
    "</span>",
    "<button class=zoom>",
    "<button>",
    "</button>",
    "<i class=k>",
    "<i>",
    "</i>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<a href=\"",
    "/x",
    "#y",
    "\"",
    "'",
    ">",
    "<",
    "=",
    "/",
    " ",
    "<img src=javascript:x srcset=\"a 1x,,b\">",
    "&amp;",
    "&#106;",
    "popover",
    "云",
    "\0",
    "🦀",
    "<math><mi>",
    "<br/>",
    "<section class=footnotes>",
    "<textarea>",
    "</",
    "onload=x",
    "../",
];

/// Fragments of pieces that mean something, so that most of them are nearly right.
fn fragments() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(&PIECES[..]);
    let known = prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat());
    prop_oneof![known, "\\PC*", "[<>/='\"a-c &#!-]*"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn whatever_comes_in_what_goes_out_is_whole(html in fragments()) {
        let once = content(&html, ORIGIN, PAGE);
        // What is written is read back as it was meant: nothing new comes out of it.
        prop_assert_eq!(&content(&once, ORIGIN, PAGE), &once);
        let mut tokens = super::Tokens::new(&once);
        let mut depth = 0;
        while let Some(token) = tokens.next() {
            match token {
                super::Token::Start(tag) => {
                    let name = tag.name;
                    prop_assert!(!["script", "button", "textarea"].contains(&name), "{}", once);
                    for (name, value) in &tag.attributes {
                        prop_assert!(!name.starts_with("on") && *name != "class", "{}", once);
                        if ["href", "src"].contains(name) {
                            prop_assert!(value.starts_with("http"), "{}", once);
                        }
                    }
                    depth += i32::from(!super::token::is_void(name));
                }
                super::Token::End(_) => depth -= 1,
                super::Token::Text(_) => {}
            }
            prop_assert!(depth >= 0, "{}", once);
        }
        prop_assert_eq!(depth, 0);
    }
}

#[test]
fn time_grows_with_the_length_alone() {
    let hostile = [
        "<",
        "<a ",
        "<!--",
        "</a",
        "<p>",
        "</p>",
        "<a b=\"",
        "<script>",
        "</script",
        "<i class=k>",
        "<button>",
        "&",
        "<a href=\"../",
        "=",
        "<img srcset=\",",
        "<b a",
        "../",
    ];
    let took = |piece: &str, times: usize| {
        let html = piece.repeat(times);
        let start = std::time::Instant::now();
        content(&html, ORIGIN, PAGE);
        start.elapsed()
    };
    for piece in hostile {
        // What grows with the square takes minutes for this.
        let time = took(piece, 300_000);
        assert!(time.as_secs() < 5, "{piece}: {time:?}");
    }
    let one =
        format!("<img srcset=\"{}\"><a href=\"{}\">", ",a ".repeat(300_000), "../".repeat(300_000));
    assert!(took(&one, 1).as_secs() < 5);
}
