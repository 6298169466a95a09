//! Which formulas are found, and where.

use crate::site::math::formulas;

/// Each formula as written, and its TeX; `D` before those with lines of their own.
fn check(markdown: &str, wanted: &[(&str, &str)]) {
    let found = formulas(markdown);
    let found: Vec<(String, String)> = found
        .into_iter()
        .map(|formula| {
            let mark = if formula.display { "D" } else { "" };
            (markdown[formula.range].to_owned(), format!("{mark}{}", formula.tex))
        })
        .collect();
    let wanted: Vec<(String, String)> =
        wanted.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    assert_eq!(found, wanted, "{markdown}");
}

#[test]
fn formulas_in_a_line() {
    check("设 $x^2$，则$y$是", &[("$x^2$", "x^2"), ("$y$", "y")]);
    check("**粗 $a_1$ 与 *$b*c$***", &[("$a_1$", "a_1"), ("$b*c$", "b*c")]);
    check("# 标题 $\\pi$ #", &[("$\\pi$", "\\pi")]);
    check("- $a$\n- [ ] $b$\n\n> 引 $c$", &[("$a$", "a"), ("$b$", "b"), ("$c$", "c")]);
    check("a $_x$ b $_y$", &[("$_x$", "_x"), ("$_y$", "_y")]);
    check(
        "$x_{1}^{*}$ 和 $x_{2}^{*}$",
        &[("$x_{1}^{*}$", "x_{1}^{*}"), ("$x_{2}^{*}$", "x_{2}^{*}")],
    );
    check(r"$\text{如果 $x$}$", &[(r"$\text{如果 $x$}$", r"\text{如果 $x$}")]);
    check(r"$\{a\}$ $a\$b$", &[(r"$\{a\}$", r"\{a\}"), (r"$a\$b$", r"a\$b")]);
    check("行内 $$a+b$$ 文", &[("$$a+b$$", "a+b")]);
    check("行内 $$ 速度 $$ 文", &[("$$ 速度 $$", "速度")]);
    check("$`a_b`$, $c$", &[("$`a_b`$", "a_b"), ("$c$", "c")]);
    check("a $f[x](y)$ b", &[("$f[x](y)$", "f[x](y)")]);
    check("[见 $x^2$](a.md)", &[("$x^2$", "x^2")]);
    check("第 $n$th、$k$s、$x^2$is", &[("$n$", "n"), ("$k$", "k"), ("$x^2$", "x^2")]);
    check("x[^1]\n\n[^1]: $a$", &[("$a$", "a")]);
}

#[test]
fn formulas_over_lines() {
    check("a $x +\ny$ b", &[("$x +\ny$", "x +\ny")]);
    check("> a $x +\n> y$ b", &[("$x +\n> y$", "x +\ny")]);
    check(
        "> - a $x +\n>   y > z$ b",
        &[("$x +\n>   y > z$", "x +\n  y > z".replace("\n  ", "\n").as_str())],
    );
    check("a $x\n\ny$ b", &[]);
}

#[test]
fn formulas_of_tables() {
    check("|a|b|\n|-|-|\n|$x$|$\\|y\\|$|", &[("$x$", "x"), ("$\\|y\\|$", "|y|")]);
    check("|a|b|\n|-|-|\n|$x|y$|", &[]);
    check("|a|\n|-|\n|$$x$$|", &[("$$x$$", "x")]);
}

#[test]
fn formulas_with_lines_of_their_own() {
    check("$$x$$", &[("$$x$$", "Dx")]);
    check("文\n\n$$\nx\n$$\n\n文", &[("$$\nx\n$$", "Dx")]);
    check("文\n$$\nx\n$$\n文", &[("$$\nx\n$$", "Dx")]);
    check("> $$\n> a\n> > b\n> $$", &[("$$\n> a\n> > b\n> $$", "Da\n> b")]);
    check("1. a\n\n   $$x\n   y$$\n", &[("$$x\n   y$$", "Dx\ny")]);
    // What Markdown takes for a list, a heading's rule and a quote.
    check(
        "$$\na\n+ b\n- c\n=\n> d\n$$\n\n$e$",
        &[("$$\na\n+ b\n- c\n=\n> d\n$$", "Da\n+ b\n- c\n=\n> d"), ("$e$", "e")],
    );
    check("$$\na_b*c\n\\\\\nd*\n$$", &[("$$\na_b*c\n\\\\\nd*\n$$", "Da_b*c\n\\\\\nd*")]);
    check("$$\r\nx\r\n$$\r\n", &[("$$\r\nx\r\n$$", "Dx")]);
    check("$$\nx\n\ny\n$$", &[]);
    check("$$x$$ 文", &[("$$x$$", "x")]);
    check("```math\na_b\n```\n", &[("```math\na_b\n```", "Da_b")]);
    check("> ```math\n> a\n> b\n> ```\n", &[("```math\n> a\n> b\n> ```", "Da\nb")]);
}

#[test]
fn brackets_of_mathjax() {
    check(r"a \\(x_1\\) b", &[(r"\\(x_1\\)", "x_1")]);
    check("\\\\[\nx \\\\[2pt]\ny\n\\\\]", &[("\\\\[\nx \\\\[2pt]\ny\n\\\\]", "Dx \\\\[2pt]\ny")]);
    check(r"\(x\) \[y\]", &[]);
    check(r"用 \\( 和 \\)", &[]);
}

#[test]
fn prices_and_shells_stay_text() {
    check("价格$5，公式 $x^2$。", &[("$x^2$", "x^2")]);
    for text in [
        "$5到$10",
        "$HOME/$USER",
        "US$5 and US$6",
        "a $b c",
        "花了 $3 和 $4",
        "\\$x$ and $y\\$",
        "it costs $5 and $6.",
        "${HOME}/${USER}",
        "$PATH:$HOME",
        "$ a$ $b $",
        "$$$x$$$",
        "$$",
        "$5-$10",
        "$a，b$",
        "$“a”$",
        "a$b$",
    ] {
        check(text, &[]);
    }
}

#[test]
fn code_html_and_addresses_are_no_formulas() {
    for text in [
        "`$x$`",
        "`` $a`b$ ``",
        "$a `b$` c",
        "```\n$x$\n```",
        "    $x$",
        "<p>$x$</p>",
        "a <b title=\"$x$\"> c",
        "$a<br>b$",
        "[a](/$x$)",
        "[a](/b \"$x$\")",
        "![a](/$x$)",
        "<https://a.example/$x$>",
        "[a]: /$x$\n",
        "$5 [a$](b)",
        "[a $5](b) c$",
        "---\ntitle: $x$\n---\n",
        "<!-- $x$ -->",
        "a <!-- $x$ --> b",
    ] {
        check(text, &[]);
    }
    check("---\ntitle: $x$\n---\n\n$y$", &[("$y$", "y")]);
    check("---\n\n$y$\n\n---", &[("$y$", "y")]);
}

#[test]
fn any_sign_a_million_times_takes_linear_time() {
    let million = 1 << 20;
    for sign in [
        "$",
        "$ ",
        "$$ ",
        "$a",
        "${",
        "$a$",
        "\\\\(",
        "\\\\[",
        "$$a\n",
        "\\\\[a\n",
        "$`",
        "$a}",
        "{$",
        "a$中\\text{",
        "> $$\n",
        "[$](",
        "$\\text{",
    ] {
        let text = sign.repeat(million / sign.len() / 4);
        let start = std::time::Instant::now();
        let found = formulas(&text);
        assert!(found.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start));
        assert!(start.elapsed().as_secs() < 8, "{sign:?} took {:?}", start.elapsed());
    }
}
