//! Front matter's YAML to a [`Node`], by events, so that scalars stay as written.

use granit_parser::{Event, Parser, ScalarStyle, Span};

use super::diagnostic::{Diagnostic, Source};
use super::tree::{Entry, Node, Value};

/// Collections nest at most this deep in front matter.
const MAX_DEPTH: usize = 32;

/// Front matter holds at most so many keys and values, so that it is read at once.
const MAX_VALUES: usize = 10_000;

/// A collection that is still open.
enum Open {
    List(Vec<Node>),
    Map(Vec<Entry>, Option<(String, usize)>),
}

struct Builder<'a> {
    source: &'a Source,
    base: usize,
    stack: Vec<(Open, usize)>,
    root: Option<Node>,
    /// Keys and values so far.
    count: usize,
    problems: Vec<Diagnostic>,
}

/// Parses `source.text[range]`. A syntax error ends the parse; duplicate keys are all reported.
pub fn parse(source: &Source, range: std::ops::Range<usize>) -> Result<Node, Vec<Diagnostic>> {
    let yaml = &source.text[range.clone()];
    let mut builder = Builder {
        source,
        base: range.start,
        stack: Vec::new(),
        root: None,
        count: 0,
        problems: Vec::new(),
    };
    for event in Parser::new_from_str(yaml) {
        let outcome = match event {
            Ok((event, span)) => builder.event(event, span),
            Err(error) => {
                let offset = error.marker().byte_offset().unwrap_or(0).min(yaml.len());
                let message = format!("bad YAML: {}", error.info());
                Err(source.error(range.start + offset, message).help(syntax_help(yaml, offset)))
            }
        };
        if let Err(problem) = outcome {
            builder.problems.push(problem);
            return Err(builder.problems);
        }
    }
    if !builder.problems.is_empty() {
        return Err(builder.problems);
    }
    Ok(builder.root.unwrap_or(Node { span: range.start..range.start, value: Value::Null }))
}

/// The slips that explain most YAML errors of front matter.
fn syntax_help(yaml: &str, offset: usize) -> &'static str {
    let line = yaml[..offset].rsplit('\n').next().unwrap_or_default().len();
    let start = offset - line;
    let line = yaml[start..].lines().next().unwrap_or_default();
    if line.matches(": ").count() > 1 {
        "put a value that holds `: ` into quotes"
    } else if value_begins_with_a_sign(line) {
        "put a value that begins with a sign into quotes"
    } else if line.contains('\t') {
        "indent with spaces, YAML allows no tabs"
    } else {
        "check the quotes, brackets and indentation here and on the line before"
    }
}

/// Signs that mean something to YAML at the beginning of a value.
fn value_begins_with_a_sign(line: &str) -> bool {
    let value =
        line.split_once(": ").map_or(line.trim_start_matches(['-', ' ']), |(_, value)| value);
    value.trim_start().starts_with(['@', '`', '*', '&', '!', '%', '|', '>'])
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Diagnostic> {
        let range = span.byte_range().unwrap_or(0..0);
        let (start, end) = (self.base + range.start, self.base + range.end);
        match event {
            Event::Scalar(text, style, _, _) => {
                let quoted = style != ScalarStyle::Plain;
                self.value(start, end, scalar(text.into_owned(), quoted))
            }
            Event::SequenceStart(..) => self.open(Open::List(Vec::new()), start),
            Event::MappingStart(..) => self.open(Open::Map(Vec::new(), None), start),
            Event::SequenceEnd | Event::MappingEnd => self.close(end),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                Err(self.source.error(start, "aliases are not allowed").help("write the value out"))
            }
            _ => Ok(()),
        }
    }

    fn open(&mut self, open: Open, start: usize) -> Result<(), Diagnostic> {
        if self.stack.len() >= MAX_DEPTH {
            let message = format!("nested deeper than {MAX_DEPTH} levels");
            let help = "take some of the brackets or of the indentation away";
            return Err(self.source.error(start, message).help(help));
        }
        self.stack.push((open, start));
        Ok(())
    }

    fn close(&mut self, end: usize) -> Result<(), Diagnostic> {
        let Some((open, start)) = self.stack.pop() else { return Ok(()) };
        let value = match open {
            Open::List(items) => Value::List(items),
            Open::Map(entries, _) => Value::Map(entries),
        };
        self.value(start, end, value)
    }

    fn value(&mut self, start: usize, end: usize, value: Value) -> Result<(), Diagnostic> {
        self.count += 1;
        if self.count > MAX_VALUES {
            let message = format!("front matter has more than {MAX_VALUES} keys and values");
            return Err(self.source.error(start, message).help("move them to the text"));
        }
        let node = Node { span: start..end, value };
        match self.stack.last_mut() {
            None => self.root = Some(node),
            Some((Open::List(items), _)) => items.push(node),
            Some((Open::Map(_, key @ None), _)) => match node.value {
                Value::Scalar { text, .. } => *key = Some((text, start)),
                value => {
                    let message = format!("a key must be a text, found {}", value.kind());
                    let error = self.source.error_in(start..end, message);
                    return Err(error.help("put it into quotes, or write `key: value`"));
                }
            },
            Some((Open::Map(entries, pending), _)) => {
                let (key, at) = pending.take().unwrap_or_default();
                if let Some(first) = entries.iter().find(|entry| entry.key == key) {
                    let line = self.source.position(first.at).line;
                    let message = format!("duplicate key `{key}`, first on line {line}");
                    self.problems.push(self.source.error(at, message).help("keep one of them"));
                } else {
                    entries.push(Entry { key, at, node });
                }
            }
        }
        Ok(())
    }
}

fn scalar(text: String, quoted: bool) -> Value {
    let null = !quoted && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
    if null { Value::Null } else { Value::Scalar { text, quoted } }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn parse_text(yaml: &str) -> Result<Node, Vec<String>> {
        let source = Source::new(Path::new("a"), yaml.into()).unwrap();
        parse(&source, 0..source.text.len())
            .map_err(|problems| problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn scalars_stay_as_written() {
        let node = parse_text("a: 1.10\nb: \"~\"\nc: ~\nd: 2026\n").unwrap();
        let Value::Map(entries) = node.value else { panic!() };
        let scalar = |text: &str, quoted| Value::Scalar { text: text.to_owned(), quoted };
        let values: Vec<Value> = entries.into_iter().map(|entry| entry.node.value).collect();
        let want = [scalar("1.10", false), scalar("~", true), Value::Null, scalar("2026", false)];
        assert_eq!(values, want);
    }

    #[test]
    fn bombs_and_duplicates_are_errors_at_once() {
        let check = |yaml: &str, want: &str| {
            let problems = parse_text(yaml).unwrap_err();
            assert!(problems[0].contains(want), "{problems:?}");
        };
        check("a: 1\nb: 2\na: 3\n", "a:3:1: error: duplicate key `a`, first on line 1");
        check("a: &x [1]\nb: [*x, *x]\n", "aliases are not allowed");
        check(&"[".repeat(100_000), "a:1:");
        check(&"- ".repeat(100_000), "a:1:");
        check("title: a: b\n", "help: put a value that holds `: ` into quotes");
        assert!(!parse_text("title: a: b\n").unwrap_err()[0].contains("YAML: \n"));
        check("title: \"open\nx: 1\n", "bad YAML");
    }
}
