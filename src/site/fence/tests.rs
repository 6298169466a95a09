use super::*;

/// The fence as `language|title|numbers|marks|diff`, with what is absent left empty.
fn check(info: &str, want: &str) {
    let fence = Fence::parse(info);
    let marks: Vec<_> = fence.marked.iter().map(|(a, b)| format!("{a}-{b}")).collect();
    let shown = format!(
        "{}|{}|{}|{}|{}",
        fence.language,
        fence.title.clone().unwrap_or_default(),
        fence.numbers.map(|number| number.to_string()).unwrap_or_default(),
        marks.join(","),
        if fence.diff { "diff" } else { "" },
    );
    assert_eq!(shown, want, "{info:?}");
}

#[test]
fn languages() {
    check("", "||||");
    check("  rust  ", "rust||||");
    check("rust,ignore,should_panic", "rust||||");
    check("C++", "C++||||");
    check("c#", "c#||||");
    check("{.python}", "python||||");
    check("{r, echo=FALSE}", "r||||");
    check("{: .language-rust}", "rust||||");
    check("title=a", "|a|||");
}

#[test]
fn titles() {
    check("rust:src/main.rs", "rust|src/main.rs|||");
    check("rust:src/main.rs {2}", "rust|src/main.rs||2-2|");
    check(r#"js title="a b" x"#, "js|a b|||");
    check("js title=a.js", "js|a.js|||");
    check("js file='云.js'", "js|云.js|||");
    check("js {filename=\"x.js\"}", "js|x.js|||");
    check("js [x.js]", "js|x.js|||");
    check("js title=\"open", "js|open|||");
    check("js title=\"\" file=b", "js|b|||");
}

#[test]
fn line_numbers() {
    check("rust linenos", "rust||1||");
    check("rust lineNumbers", "rust||1||");
    check("rust showLineNumbers", "rust||1||");
    check("rust showLineNumbers=5", "rust||5||");
    check("rust showLineNumbers{7}", "rust||7||");
    check("rust:line-numbers", "rust||1||");
    check("rust:line-numbers=5 {1}", "rust||5|1-1|");
    check("rust:no-line-numbers", "rust||||");
    check("rust {linenos=table,linenostart=199}", "rust||199||");
    check("rust linenos=false", "rust||||");
    check("rust linenostart=5 linenos", "rust||5||");
    check("rust startline=5", "rust||5||");
    check("rust nolineno linenos", "rust||||");
    check("{.rust .numberLines startFrom=\"5\"}", "rust||5||");
    check("rust {:.numberLines}", "rust||1||");
    check("py linenums=\"10\"", "py||10||");
}

#[test]
fn marks() {
    check("ts{1,3-5}", "ts|||1-1,3-5|");
    check("ts {1, 3-5} x", "ts|||1-1,3-5|");
    check("ts hl_lines=\"1 3-5\"", "ts|||1-1,3-5|");
    check("go {hl_lines=[8,\"15-17\"],linenos=inline}", "go||1|8-8,15-17|");
    check("ts {5-3,0,-1,99999999999,2-}", "ts||||");
    let many: String = (1..999).map(|line| format!("{line},")).collect();
    assert_eq!(Fence::parse(&format!("ts {{{many}}}")).marked.len(), MAX_MARKS);
    let fence = Fence::parse("ts {2-3}");
    assert_eq!(
        (1..5)
            .map(|line| fence.marked.iter().any(|(a, b)| (*a..=*b).contains(&line)))
            .collect::<Vec<_>>(),
        [false, true, true, false]
    );
}

#[test]
fn patches() {
    check("diff", "diff||||diff");
    check("rust diff", "rust||||diff");
    check("diff-js", "js||||diff");
}

#[test]
fn hostile_text_ends() {
    let parts = ["{", "}", "[", "]", "=", "\"", "'", ":", ",", " ", "云", "-", "9", "title", "\t"];
    for a in parts {
        for b in parts {
            for c in parts {
                let info = format!("{a}{b}{c}{a}{b}x{c}{b}");
                let fence = Fence::parse(&info);
                assert!(fence.language.len() <= info.len());
            }
        }
    }
    for part in parts {
        Fence::parse(&part.repeat(100_000));
    }
}
