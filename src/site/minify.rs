//! The worker's script as readers download it: without comments and spaces, and with short names.
//! It knows our own scripts, not all of JavaScript: every statement ends with `;` or `}`, there are
//! no labels, no getters, no classes and no empty statements, functions stand at the top or are
//! arrows, and no brace stands in a string within a template. `tests/worker` runs the result.

mod locals;
mod names;
mod syntax;
mod tokens;

use names::Use;
use tokens::Token::{self, Literal, Name, Sign};

/// The script in a short form. A name in `kept` stays; properties in `inner` are those that neither
/// browsers nor pages nor what is stored know, and are called otherwise.
pub fn minify(script: &str, kept: &[&str], inner: &[&str]) -> String {
    let mut read = Vec::new();
    tokens::read(script, &mut read);
    let short = names::shorten(&read, kept);
    let text = |(token, short): (&Token<'_>, Option<(String, Use)>)| {
        let (Name(text) | Literal(text) | Sign(text)) = *token;
        match short {
            Some((short, Use::Shorthand)) => format!("{}:{short}", property(text, inner)),
            Some((short, _)) => short,
            None => text.to_owned(),
        }
    };
    let mut texts: Vec<String> = read.iter().zip(short).map(text).collect();
    for (text, used) in texts.iter_mut().zip(names::uses(&read)) {
        if used == Use::Property {
            *text = property(text, inner);
        }
    }
    let texts = syntax::shorten(texts);
    let mut out = String::with_capacity(script.len());
    for text in texts {
        add(&mut out, &text);
    }
    out
}

fn property(name: &str, inner: &[&str]) -> String {
    inner.iter().position(|other| *other == name).map_or_else(|| name.to_owned(), names::short_name)
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
        assert_eq!(minify(script, &["BUILD"], &["isInner"]), want);
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
            "let BUILD={};async function ee(e){await e;ee(e,third)}",
        );
        check(
            "function f1(a1, [b1], c1 = new Map()) { let [d1] = a1; return b1.map((e1) => e1 + d1); }",
            "function ee(e,[t],n=new Map()){let[n]=e;return t.map(e=>e+n)}",
        );
        check(
            "function f1() { try { x() } catch (problem) { log(problem); } }\nfunction g1(f1) { f1(); }",
            "function ee(){try{x()}catch(e){log(e)}}function et(ee){ee()}",
        );
        check(
            "function f1(a1) { return `${a1}: ${f1(`<${a1}>`)}`; }",
            "function ee(e){return`${e}: ${ee(`<${e}>`)}`}",
        );
    }

    #[test]
    fn each_scope_takes_the_letters_that_it_does_not_need_from_around_it() {
        check(
            "function f1(a1) { a1.map((b1) => a1 + b1).map((c1) => c1); g((d1, e1) => { a1(); }); }",
            "function ee(e){e.map(t=>e+t).map(e=>e);g((t,n)=>{e()})}",
        );
        check(
            "function f1(a1) { for (const b1 of a1) { const c1 = b1; c1(); } for (const d1 of g()) a1(d1); }",
            "function ee(e){for(let t of e){let e=t;e()}for(let t of g())e(t)}",
        );
        check(
            "function f1() { const a1 = 1; { const a1 = 2; b1(a1); } return () => { const c1 = a1; c1(); }; }",
            "function ee(){let e=1;{let e=2;b1(e)}return()=>{let t=e;t()}}",
        );
        check(
            "function f1(a1) { try { a1(); } catch (b1) { a1(b1); } if (a1) { let c1 = 1; c1(); } else { let d1 = a1; d1(); } }",
            "function ee(e){try{e()}catch(t){e(t)}if(e){let e=1;e()}else{let t=e;t()}}",
        );
        check(
            "function f1() { const a1 = (b1) => (c1) => b1 + c1; return a1; }",
            "function ee(){let e=e=>t=>e+t;return e}",
        );
    }

    #[test]
    fn declarations_that_follow_each_other_become_one() {
        check(
            "function f1() { const a1 = 1; const { b1 } = g; let c1; h(); let d1 = () => { x(); }; const e1 = 2; }",
            "function ee(){let e=1,{b1:t}=g,n;h();let r=()=>{x()},i=2}",
        );
        check(
            "function f1() { for (let a1 = 1; a1; a1 = g()) h(); let b1 = true; let c1 = [1, 2,]; return { b1, c1, }; }",
            "function ee(){for(let e=1;e;e=g())h();let e=!0,t=[1,2,];return{b1:e,c1:t}}",
        );
        check(
            "function f1(a1) { g((async () => 1)(), async (b1) => b1); }",
            "function ee(e){g((async()=>1)(),async e=>e)}",
        );
    }

    #[test]
    fn properties_keep_their_names() {
        check("function f1(size) { x.size = x?.size + size; }", "function ee(e){x.size=x?.size+e}");
        check(
            "function f1(size) { g({ size, b: size, size: 2 }); }",
            "function ee(e){g({size:e,b:e,size:2})}",
        );
        check(
            "function f1({ size, a: type = 3 }) { size = type; }",
            "function ee({size:e,a:t=3}){e=t}",
        );
        check(
            "function f1(size) { { size = 1; } const { a = size } = b; }",
            "function ee(e){{e=1}let{a:t=e}=b}",
        );
        check(
            "function f1(size) { return { ...size, [size]: 1, size() {} }; }",
            "function ee(e){return{...e,[e]:1,size(){}}}",
        );
        check(
            "function f1(size) { return a ? size : { size }; }",
            "function ee(e){return a?e:{size:e}}",
        );
    }

    #[test]
    fn but_those_that_nobody_else_reads_do_not() {
        check(
            "function f1({ isInner, a }) { x.isInner = { isInner, a: \"isInner\" }; f1({ isInner: a }); }",
            "function ee({e:e,a:t}){x.e={e:e,a:\"isInner\"};ee({e:t})}",
        );
    }

    #[test]
    fn the_method_catch_declares_nothing() {
        check(
            "function f1(a1) { a1.catch(() => { throw a1; }); }",
            "function ee(e){e.catch(()=>{throw e})}",
        );
        check("const f1 = 1;\n{ const a1 = f1; g(a1); }", "let ee=1;{let e=ee;g(e)}");
    }

    #[test]
    fn short_names_are_not_those_that_are_there() {
        check("function f1(a1) { return e + a1.t; }", "function ee(n){return e+n.t}");
    }
}
