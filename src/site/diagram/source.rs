//! What of a source may reach the renderer.

/// Mermaid's own limit (`maxTextSize`), in bytes instead of characters.
const LONGEST: usize = 50_000;
/// No diagram that a reader can follow has as many.
const MOST_LINES: usize = 1_000;
/// Mermaid's own limit on the edges of a flowchart (`maxEdges`), here for every kind.
const MOST_LINKS: usize = 500;
/// Subgraphs in subgraphs, and branches of a mindmap; also brackets within one another.
const DEEPEST: usize = 32;

/// The source with line ends of one kind and without its configuration, each line at its number;
/// an error where the renderer could take too long over it.
pub(super) fn admit(source: &str) -> Result<String, String> {
    if source.len() > LONGEST {
        let length = source.len();
        return Err(format!("the diagram has {length} bytes, the most are {LONGEST}; split it"));
    }
    let source = source.replace("\r\n", "\n");
    let lines = source.lines().count();
    if lines > MOST_LINES {
        return Err(format!("the diagram has {lines} lines, the most are {MOST_LINES}; split it"));
    }
    let source = without_configuration(&source);
    let links: usize = source.lines().map(links).sum();
    if links > MOST_LINKS {
        return Err(format!("the diagram has {links} links, the most are {MOST_LINKS}; split it"));
    }
    match first_too_deep(&source) {
        Some(line) => Err(format!("line {line}: the diagram nests deeper than {DEEPEST} levels")),
        None => Ok(source),
    }
}

/// Blanks the front matter but its title, and all `%%{ … }%%`: they set colours, fonts and
/// engines, which would break the palette in one of the two pictures.
fn without_configuration(source: &str) -> String {
    let mut kept = String::with_capacity(source.len());
    let mut rest = source;
    if let Some((head, body)) = front_matter(source) {
        let title = head.lines().find(|line| line.starts_with("title:"));
        kept.push_str("---\n");
        kept.push_str(title.unwrap_or_default());
        kept.push_str(&"\n".repeat(head.lines().count().max(1)));
        kept.push_str("---\n");
        rest = body;
    }
    while let Some((before, directive)) = rest.split_once("%%{") {
        let (directive, after) = directive.split_once("}%%").unwrap_or((directive, ""));
        kept.push_str(before);
        kept.push_str(&"\n".repeat(directive.matches('\n').count()));
        rest = after;
    }
    kept + rest
}

/// The lines between the two `---` at the start of the source, and all after them.
fn front_matter(source: &str) -> Option<(&str, &str)> {
    let rest = source.strip_prefix("---\n")?;
    let (head, body) = rest.split_once("\n---\n")?;
    Some((head, body))
}

/// About how many links a line draws: one for each `-->`, `==>` or `..`, and as many as pairs in
/// `A & B --> C & D`.
fn links(line: &str) -> usize {
    let is_sign = |c: char| matches!(c, '-' | '=' | '.' | '~');
    let signs = line.split(|c: char| !is_sign(c)).filter(|signs| signs.len() > 1).count();
    let side = line.matches('&').count().div_ceil(2) + 1;
    signs * side * side
}

/// The first line that is nested too deep, counted from 1.
fn first_too_deep(source: &str) -> Option<usize> {
    let mut blocks = 0_usize;
    let mut indents: Vec<usize> = Vec::new();
    for (number, line) in (1..).zip(source.lines()) {
        let words = line.trim_start();
        if words.is_empty() {
            continue;
        }
        let indent = line.len() - words.len();
        while indents.last().is_some_and(|last| *last >= indent) {
            indents.pop();
        }
        indents.push(indent);
        // `end` closes most blocks; where it doesn't, `}` does.
        let word = words.split([' ', ';']).next().unwrap_or(words);
        match word {
            "state" | "namespace" if !words.trim_end().ends_with('{') => {}
            "subgraph" | "state" | "namespace" | "loop" | "alt" | "opt" | "par" | "critical"
            | "break" | "rect" | "box" => blocks += 1,
            "end" | "}" => blocks = blocks.saturating_sub(1),
            _ => {}
        }
        if blocks.max(indents.len()).max(deepest_bracket(line)) > DEEPEST {
            return Some(number);
        }
    }
    None
}

fn deepest_bracket(line: &str) -> usize {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for c in line.chars() {
        match c {
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' | '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}
