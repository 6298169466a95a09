//! TeX to MathML by math-core, within bounds: whatever a formula says, the build neither hangs nor
//! crashes, and what is wrong with it is told in one sentence.

use std::sync::LazyLock;

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

use super::{clean, tex, tree, write};

/// A formula's TeX is at most this long, in bytes.
pub const MAX_LENGTH: usize = 20_000;

/// Signs that open something: commands, groups, scripts. The converter nests at most as deep.
pub const MAX_COMMANDS: usize = 2_000;

/// Elements nest at most this deep.
pub const MAX_DEPTH: usize = 56;

/// Stack that the converter takes for one level, in bytes; it took 40,000 without optimisation.
const STACK: usize = 64 * 1024;

/// The line of inline HTML that stands for the formula in Markdown, or what is wrong with it.
pub fn mathml(tex: &str, display: bool) -> Result<String, String> {
    let tex = tex.trim();
    if tex.is_empty() {
        return Err("the formula is empty".to_owned());
    }
    if tex.len() > MAX_LENGTH {
        return Err(format!("the formula is longer than {MAX_LENGTH} bytes"));
    }
    let known = tex::rewrite(tex, display)?;
    let commands = known.matches(['\\', '{', '[', '^', '_', '\'', '(']).count();
    if commands > MAX_COMMANDS {
        return Err(format!("the formula has more than {MAX_COMMANDS} commands: split it"));
    }
    let converted = with_stack((commands + 32) * STACK, || convert(&known, display))?;
    let root = clean::root(tree::read(&converted)?);
    if tree::depth(&root) > MAX_DEPTH {
        return Err(tree::TOO_DEEP.to_owned());
    }
    if !tree::is_whole(&root) {
        return Err("a command lacks its argument".to_owned());
    }
    Ok(write::line(&root, tex, display))
}

/// Runs on a stack that bears the deepest formula; the converter calls itself for each level.
fn with_stack(
    size: usize,
    work: impl FnOnce() -> Result<String, String> + Send,
) -> Result<String, String> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(size).spawn_scoped(scope, work);
        let thread = thread.map_err(|error| format!("the formula can't be converted: {error}"))?;
        thread.join().unwrap_or_else(|_| Err("the converter failed".to_owned()))
    })
}

fn convert(tex: &str, display: bool) -> Result<String, String> {
    /// Commands that the converter lacks, in terms of those it has.
    const MACROS: [(&str, &str); 8] = [
        ("boxed", r"{\color[HTML]{B0BED1}#1}"),
        ("fbox", r"{\color[HTML]{B0BED1}\text{#1}}"),
        ("substack", r"\begin{subarray}{c}#1\end{subarray}"),
        ("smash", r"{#1}"),
        ("abs", r"\left|#1\right|"),
        ("norm", r"\left\|#1\right\|"),
        ("bold", r"\mathbf{#1}"),
        ("dd", r"\mathrm{d}"),
    ];
    static CONVERTER: LazyLock<Result<LatexToMathML, String>> = LazyLock::new(|| {
        let macros = MACROS.map(|(name, tex)| (name.to_owned(), tex.to_owned())).to_vec();
        let config =
            MathCoreConfig { macros, allow_unreliable_rendering: true, ..Default::default() };
        LatexToMathML::new(config)
            .map_err(|(error, _, tex)| format!("`{tex}`: {}", error.error_message()))
    });
    let converter = CONVERTER.as_ref().map_err(Clone::clone)?;
    let display = if display { MathDisplay::Block } else { MathDisplay::Inline };
    let result = converter.convert_with_local_state(tex, display);
    let result = result.map_err(|error| reworded(&error.error_message()))?;
    if result.warnings.has_undefined_references() {
        return Err("`\\eqref` can't lead to another formula: write the number".to_owned());
    }
    Ok(result.mathml)
}

/// An error of the converter as the build says it: lower case, no full stop, and the fix.
fn reworded(message: &str) -> String {
    let message = message.lines().next().unwrap_or_default().trim_end_matches('.');
    if let Some(name) =
        message.strip_prefix("Unknown command \"\\").map(|name| name.trim_end_matches('"'))
    {
        return match name {
            "ce" | "pu" => format!("`\\{name}` is of chemistry, which isn't supported"),
            "def" | "newcommand" | "renewcommand" | "let" | "DeclareMathOperator" => {
                format!("`\\{name}`: a formula can't define commands, write them out")
            }
            "ref" => "`\\ref` can't lead to another formula: write the number".to_owned(),
            _ => format!("unknown command `\\{name}`"),
        };
    }
    if message.starts_with("Internal") {
        return "the formula can't be converted".to_owned();
    }
    let mut chars = message.chars();
    let first = chars.next().map(|c| c.to_ascii_lowercase());
    first.into_iter().chain(chars).map(|c| if c == '"' { '`' } else { c }).collect()
}
