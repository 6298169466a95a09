//! A failure of the renderer, as one sentence for the author.

use merman::RenderError;

/// Said of a text in which no kind of diagram is recognised.
pub(super) const NO_DIAGRAM: &str =
    "the first line names no kind of diagram; write `flowchart LR`, `sequenceDiagram` or the like";

/// Lower case, one line, with the line in the fence where the parser knows it.
pub(super) fn sentence(error: &RenderError, source: &str) -> String {
    match error {
        RenderError::Parse(diagnostic) => {
            let details = diagnostic.terminal_diagnostic_details();
            match &*details.code {
                "merman.parse.no_diagram_detected" => return NO_DIAGRAM.to_owned(),
                "merman.parse.unsupported_diagram" => {
                    let kind = details.diagram_type.unwrap_or_default();
                    return format!("diagrams of the kind `{kind}` are not drawn");
                }
                _ => {}
            }
            let message = short(&diagnostic.terminal_safe_message());
            match details.span.and_then(|span| line_of(span.start, source)) {
                Some(line) => format!("line {line}: {message}"),
                None => message,
            }
        }
        RenderError::NoDiagram => NO_DIAGRAM.to_owned(),
        RenderError::Cancelled(_) => "the diagram takes too long to lay out; split it".to_owned(),
        RenderError::ResourceLimitExceeded(_) => "the diagram is too large; split it".to_owned(),
        error => short(&error.to_string()),
    }
}

/// The line of an offset, counted from 1; `None` where the offset is not in the source.
fn line_of(offset: usize, source: &str) -> Option<usize> {
    source.get(..offset).map(|before| before.matches('\n').count() + 1)
}

/// The message's first line in lower case, without the words that every message begins with.
fn short(message: &str) -> String {
    let message = message.trim();
    let message = match message.strip_prefix("Diagram parse error (") {
        Some(rest) => rest.split_once("): ").map_or(rest, |(_, rest)| rest),
        None => message,
    };
    let line = message.lines().next().unwrap_or_default().trim().trim_end_matches('.');
    let mut short: String = line.chars().take(160).collect();
    // `Unexpected end`, but not `EOF`.
    let second = short.chars().nth(1).unwrap_or_default();
    if !second.is_uppercase()
        && let Some(first) = short.get_mut(..1)
    {
        first.make_ascii_lowercase();
    }
    short
}
