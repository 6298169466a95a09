//! Formulas become MathML, so that the browser needs no TeX. What is no formula after all is shown
//! as it is written, with a warning.

use super::edits::Marks;
use crate::site::math;

/// Marks every formula.
pub(super) fn formulas(text: &str) -> Marks {
    let mut marks = Marks::default();
    for formula in math::formulas(text) {
        match math::mathml(&formula.tex, formula.display) {
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

/// A source as inline code.
fn code(tex: &str) -> String {
    let tex = tex.split_whitespace().collect::<Vec<_>>().join(" ");
    let longest = tex.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let signs = "`".repeat(longest + 1);
    format!("{signs} {tex} {signs}")
}
