//! Blocks as authors write them, coloured. The grammars are others'; which colour is ours.

use super::*;
use crate::markdown::code::pieces;

/// The pieces of a block as `letter(text)`, plain ones bare.
fn coloured(language: &str, text: &str, diff: bool) -> String {
    let runs = runs(language, text, diff).unwrap_or_default();
    let show = |(token, text): (Option<Token>, &str)| match token {
        Some(token) => format!("{}({text})", token.class()),
        None => text.to_owned(),
    };
    pieces(text, &runs).into_iter().map(show).collect()
}

fn check(language: &str, text: &str, want: &str) {
    assert_eq!(coloured(language, text, false), want, "{language}");
}

#[test]
fn programs() {
    check(
        "rust",
        r#"fn a(x: u8) -> Self { "{x}" } // b"#,
        r#"k(fn) f(a)(x: k(u8)) -> t(Self) { s("{x}") } c(// b)"#,
    );
    check(
        "Python",
        "@a\ndef f(x): return x and 1",
        "a(@a)\nk(def) f(f)(x): k(return) x k(and) n(1)",
    );
    check("ts", "const a: B = `c ${d}`;", "k(const) a: t(B) = s(`c) ${d}s(`);");
    check("jsx", r#"<div a="b">{x}</div>"#, r#"<g(div) a(a)=s("b")>{x}</g(div)>"#);
    check("golang", "func f() { g(nil) }", "k(func) f(f)() { f(g)(n(nil)) }");
    check("c#", "class A { int x = 1; }", "k(class) t(A) { k(int) x = n(1); }");
    check("sql", "SELECT a FROM b WHERE c = 'd'", "k(SELECT) a k(FROM) b k(WHERE) c = s('d')");
    check("php", "echo 'a'; // b", "f(echo) s('a'); c(// b)");
    check("php", "<p><?php echo 1 ?>", "<g(p)><?php f(echo) n(1) ?>");
}

#[test]
fn data_and_markup() {
    check("json", r#"{"a": ["b", 1, null]}"#, r#"{a("a"): [s("b"), n(1), n(null)]}"#);
    check("yml", "a: b c # d\n- true", "a(a): s(b c) c(# d)\n- n(true)");
    check("toml", "[a]\nb = 1", "[t(a)]\na(b) = n(1)");
    check("html", "<p a=b>c</p>", "<g(p) a(a)=s(b)>c</g(p)>");
    check("css", ".a { b: 1px }", ".a(a) { a(b): n(1px) }");
    check("markdown", "# A\n**b** `c`", "h(# A)\ne(**b**) s(`c`)");
    check("diff", "--- a\n@@ -1 +1 @@\n-x\n+y", "h(--- a)\nc(@@ -1 +1 @@)\n-x\n+y");
}

#[test]
fn sessions() {
    let want = "$ f(a) \\\n  a(-b)\nlet 'x\n$ f(c) c(# d)\n";
    check("console", "$ a \\\n  -b\nlet 'x\n$ c # d\n", want);
    check("pycon", ">>> x = 1\n1\n", ">>> x = n(1)\n1\n");
}

#[test]
fn signs_of_a_patch_are_not_the_languages() {
    let text = " fn a() {\n-    /* x\n+    let y = 1;\n }\n";
    let want = " k(fn) f(a)() {\n-    c(/* x)\n+    k(let) y = n(1);\n }\n";
    assert_eq!(coloured("rust", text, true), want);
}

#[test]
fn what_authors_call_languages() {
    let names = "golang shell console sh-session yml ts tsx jsx vue dockerfile objc c# csharp c++ \
        cxx proto protobuf hcl terraform toml ini conf nginx plist asm tex latex make makefile \
        cmake diff patch http graphql jsonc json5 py rb rs js kt cs hs jl pl ex erl clj lua r \
        swift dart zig nim scala groovy gradle html xml svg css scss sass less md markdown rst \
        sql mysql postgresql bash zsh fish vim bat viml elisp scheme haskell ocaml fsharp php \
        perl java kotlin rust python ruby elixir erlang crystal solidity wgsl glsl typst nix \
        jinja django liquid erb haml twig svelte apache properties dotenv docker verilog vhdl \
        matlab octave fortran pascal delphi ada d awk tcl llvm regex";
    for name in names.split_whitespace() {
        let upper = name.to_ascii_uppercase();
        assert!(alias::grammar(&GRAMMARS, name).is_some(), "{name}");
        assert!(alias::grammar(&GRAMMARS, &upper).is_some(), "{upper}");
    }
    assert!(languages() >= 60, "{}", languages());
}

#[test]
fn every_alias_leads_somewhere() {
    for (name, aliases) in alias::ALIASES {
        assert!(GRAMMARS.find_syntax_by_name(name).is_some(), "{name}");
        for alias in aliases.split(' ') {
            let grammar = alias::grammar(&GRAMMARS, alias).map(|grammar| &*grammar.name);
            assert_eq!(grammar, Some(*name), "{alias}");
        }
    }
}

#[test]
fn some_blocks_stay_plain() {
    for language in ["", "text", "Plain Text", "no-such-language", "云", "../../etc"] {
        assert_eq!(runs(language, "let x = 1;", false), None, "{language}");
    }
    assert_eq!(runs("rust", "", false), None);
    assert_eq!(runs("rust", "x\n", false), None);
    assert_eq!(runs("rust", &"let x = 1;\n".repeat(10_000), false), None);
    let long = "let x=1;".repeat(1_000);
    check(
        "rust",
        &format!("let a = 1;\n{long}\nlet b;"),
        &format!("k(let) a = n(1);\n{long}\nk(let) b;"),
    );
}

/// Every grammar, on a text that begins much and ends nothing.
#[test]
fn no_text_is_lost_and_no_grammar_fails() {
    let text = "\u{feff}<?php /* 云 \"${`\r\n\t'''\\\0 #{ {{ {% <!-- */\n$ a \\\n-- \u{301}🦀\n@@ x: \
        [1, fn def class (((\n   : = > | & ~ %>\n\u{2028}```rust\n---\n<a b='c'>&amp;</A>\n";
    for grammar in GRAMMARS.syntaxes() {
        for diff in [false, true] {
            let runs = runs(&grammar.name, text, diff).unwrap_or_default();
            let all: String = pieces(text, &runs).into_iter().map(|(_, text)| text).collect();
            assert_eq!(all, text, "{}", grammar.name);
        }
    }
}

/// What a grammar found is what a browser reads, but for the signs that `encode` trims.
#[test]
fn runs_say_what_was_found() {
    let text = "fn a(b: &str) -> Vec<u8> { /* x\n y */ let s = r#\"云 \\\" z\"#; s.f(-1.5e3) }\n\
        # a: 'b' \"c\" @d #e{f: 1px} <g h=\"i\"/> !j <!-- k -->\nclass L: M(n, o='p', q)\n`r`\n";
    for grammar in GRAMMARS.syntaxes() {
        let mut reader = Reader::new(grammar);
        let _ = reader.code(text);
        let runs = encode::encode(text, &reader.found);
        let mut at = 0;
        for (token, piece) in pieces(text, &runs) {
            for (byte, c) in piece.char_indices().filter(|(_, c)| !c.is_whitespace()) {
                let found = reader.found.iter().find(|(range, _)| range.contains(&(at + byte)));
                let same = found.map(|(_, token)| *token) == token;
                let trimmed = token.is_none() && matches!(c, '.' | '!');
                assert!(same || trimmed, "{}: {c:?} in {piece:?}, {runs:?}", grammar.name);
            }
            at += piece.len();
        }
    }
}
