//! Formulas become MathML, so that the browser needs no TeX. What is no formula after all is shown
//! as it is written, with a warning.

use super::edits::Marks;
use crate::site::math;

/// Marks every formula.
pub(super) fn formulas(text: &str) -> Marks {
    let mut marks = Marks::default();
    for formula in math::formulas(text) {
        let tex = if formula.display { formula.tex.clone() } else { unescaped(&formula.tex) };
        match math::mathml(&tex, formula.display) {
            Ok(mathml) => marks.replace(formula.range, mathml),
            Err(reason) => {
                // To the end of the line it begins on, since a warning shows one.
                let source = &text[formula.range.clone()];
                let end = formula.range.start + source.find('\n').unwrap_or(source.len());
                let message = format!("this formula is shown as its source: {reason}");
                let help = "mend it, or write `\\$` where no formula is meant; `math: false` in \
                            the front matter leaves all dollar signs alone";
                marks.warn(formula.range.start..end, message, help);
                marks.replace(formula.range, code(&formula.tex));
            }
        }
    }
    marks
}

/// A formula in a line as Jekyll's scripts get it: kramdown takes it for text and reads `\*`, `\_{`
/// and `\\{` as escapes, so authors write them. Without rows none of them means anything else.
fn unescaped(tex: &str) -> String {
    if tex.contains("\\begin") {
        return tex.to_owned();
    }
    let pairs = [("\\*", "*"), ("\\_{", "_{"), ("\\\\{", "\\{"), ("\\\\}", "\\}")];
    pairs.iter().fold(tex.to_owned(), |tex, (written, meant)| tex.replace(written, meant))
}

/// A source as inline code.
fn code(tex: &str) -> String {
    let tex = tex.split_whitespace().collect::<Vec<_>>().join(" ");
    let longest = tex.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let signs = "`".repeat(longest + 1);
    format!("{signs} {tex} {signs}")
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn escapes_for_kramdown_are_taken_off() {
        assert_eq!(unescaped(r"\Sigma^{\*} x\_{i} \\{0\\}"), r"\Sigma^{*} x_{i} \{0\}");
        let rows = r"\begin{matrix}a\\{b}\end{matrix}";
        assert_eq!(unescaped(rows), rows);
    }
}
