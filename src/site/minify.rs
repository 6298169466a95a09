//! The worker's script as readers download it: without comments and spaces, and with short names.
//! It knows our own scripts, not all of JavaScript: every statement ends with `;` or `}`, there are
//! no labels, no getters and no classes, functions stand at the top or are arrows, and no brace
//! stands in a string within a template. `tests/worker` runs the result.

mod names;
mod tokens;

use names::Use;
use tokens::Token::{Literal, Name, Sign};

/// The script in a short form; a name in `kept` stays.
pub fn minify(script: &str, kept: &[&str]) -> String {
    let mut read = Vec::new();
    tokens::read(script, &mut read);
    let short = names::shorten(&read, kept);
    let mut out = String::with_capacity(script.len());
    for (token, short) in read.iter().zip(short) {
        let (Name(text) | Literal(text) | Sign(text)) = token;
        match short {
            Some((short, Use::Shorthand)) => add(&mut out, &format!("{text}:{short}")),
            Some((short, _)) => add(&mut out, &short),
            None => add(&mut out, text),
        }
    }
    out
}

/// Adds a token, apart from the one before it where they would become one.
fn add(out: &mut String, text: &str) {
    if let (Some(last), Some(next)) = (out.chars().next_back(), text.chars().next())
        && (tokens::is_word(last) && tokens::is_word(next)
            || last == next && matches!(next, '+' | '-'))
    {
        out.push(' ');
    }
    out.push_str(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(script: &str, want: &str) {
        assert_eq!(minify(script, &["BUILD"]), want);
    }

    #[test]
    fn comments_and_spaces_go() {
        check(
            "// a\n/** @type {B} */\nvoid (1 + +c, d - -e, f++); /* g */\n",
            "void(1+ +c,d- -e,f++);",
        );
        check(
            "if (a in b) return /x y[/]\\/ /gi.test(c / d / e);",
            "if(a in b)return/x y[/]\\/ /gi.test(c/d/e);",
        );
        check("a ?? b; a?.b; a ? .5 : \"a // \\\" b\";", "a??b;a?.b;a?.5:\"a // \\\" b\";");
    }

    #[test]
    fn what_stands_at_the_top_gets_two_letters_and_the_rest_one() {
        check(
            "const BUILD = {};\nasync function first(second) { await second; first(second, third); }",
            "const BUILD={};async function ee(e){await e;ee(e,third);}",
        );
        check(
            "function f1(a1, [b1], c1 = new Map()) { let [d1] = a1; return b1.map((e1) => e1 + d1); }",
            "function ee(e,[t],n=new Map()){let[r]=e;return t.map((i)=>i+r);}",
        );
        check(
            "function f1() { try { x() } catch (problem) { log(problem); } }\nfunction g1(f1) { f1(); }",
            "function ee(){try{x()}catch(e){log(e);}}function et(ee){ee();}",
        );
        check(
            "function f1(a1) { return `${a1}: ${f1(`<${a1}>`)}`; }",
            "function ee(e){return`${e}: ${ee(`<${e}>`)}`;}",
        );
    }

    #[test]
    fn properties_keep_their_names() {
        check(
            "function f1(size) { x.size = x?.size + size; }",
            "function ee(e){x.size=x?.size+e;}",
        );
        check(
            "function f1(size) { g({ size, b: size, size: 2 }); }",
            "function ee(e){g({size:e,b:e,size:2});}",
        );
        check(
            "function f1({ size, a: type = 3 }) { size = type; }",
            "function ee({size:e,a:t=3}){e=t;}",
        );
        check(
            "function f1(size) { { size = 1; } const { a = size } = b; }",
            "function ee(e){{e=1;}const{a:t=e}=b;}",
        );
        check(
            "function f1(size) { return { ...size, [size]: 1, size() {} }; }",
            "function ee(e){return{...e,[e]:1,size(){}};}",
        );
        check(
            "function f1(size) { return a ? size : { size }; }",
            "function ee(e){return a?e:{size:e};}",
        );
    }

    #[test]
    fn the_method_catch_declares_nothing() {
        check(
            "function f1(a1) { a1.catch(() => { throw a1; }); }",
            "function ee(e){e.catch(()=>{throw e;});}",
        );
        check("const f1 = 1;\n{ const a1 = f1; g(a1); }", "const ee=1;{const e=ee;g(e);}");
    }

    #[test]
    fn short_names_are_not_those_that_are_there() {
        check("function f1(a1) { return e + a1.t; }", "function ee(n){return e+n.t;}");
    }
}
