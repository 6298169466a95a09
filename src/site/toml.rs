//! The configuration's TOML to a [`Node`]; every syntax error of the file at once.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::diagnostic::{Diagnostic, Source};
use super::tree::{Entry, Node, Value};

/// Parses a whole file.
pub fn parse(source: &Source) -> Result<Node, Vec<Diagnostic>> {
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    if errors.is_empty() {
        return Ok(Node { span: table.span(), value: map(table.get_ref()) });
    }
    let problem = |error: &toml::de::Error| {
        let offset = error.span().map_or(0, |span| span.start);
        let message = error.message().replace('\n', ", ");
        let help = match message.contains("duplicate key") {
            true => "keep one of them",
            false => "texts stand in quotes, lists in brackets, and each key on a line of its own",
        };
        source.error(offset, format!("bad TOML: {message}")).help(help)
    };
    Err(errors.iter().map(problem).collect())
}

fn map(table: &DeTable<'_>) -> Value {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().clone().into_owned(),
            at: key.span().start,
            node: node(value),
        })
        .collect();
    entries.sort_by_key(|entry| entry.at);
    Value::Map(entries)
}

fn node(value: &Spanned<DeValue<'_>>) -> Node {
    let plain = |text: String| Value::Scalar { text, quoted: false };
    let inner = match value.get_ref() {
        DeValue::String(text) => Value::Scalar { text: text.clone().into_owned(), quoted: true },
        DeValue::Integer(number) => plain(number.to_string()),
        DeValue::Float(number) => plain(number.to_string()),
        DeValue::Boolean(flag) => plain(flag.to_string()),
        DeValue::Datetime(date) => plain(date.to_string()),
        DeValue::Array(items) => Value::List(items.iter().map(node).collect()),
        DeValue::Table(table) => map(table),
    };
    Node { span: value.span(), value: inner }
}
