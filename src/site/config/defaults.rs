//! `[[defaults]]`: front matter for the files of a folder.

use crate::site::diagnostic::{Diagnostic, Source};
use crate::site::fields::{self, ELSEWHERE, Fields};
use crate::site::post::{KEYS, Kind};
use crate::site::tree::{Entry, Node, Value};

/// Front matter for the files of a folder.
#[derive(Clone, Debug)]
pub struct Defaults {
    /// The folder below the posts; empty for all.
    pub folder: Vec<String>,
    /// Posts or pages only.
    pub kind: Option<Kind>,
    /// The keys with their values, whose places are [`ELSEWHERE`].
    pub values: Vec<Entry>,
}

impl Defaults {
    /// Whether they are for the files of a folder, whatever their kind (`None`) or of one.
    pub fn matches(&self, folder: &[String], kind: Option<Kind>) -> bool {
        folder.starts_with(&self.folder) && (self.kind.is_none() || self.kind == kind)
    }
}

/// An item of `[[defaults]]`.
pub(super) fn read(source: &Source, node: &Node, problems: &mut Vec<Diagnostic>) -> Defaults {
    let mut fields = Fields::new(source, node, problems);
    let folder = fields.text("path").map_or_else(String::new, |text| text.value);
    let kind = match fields.text("kind") {
        None => None,
        Some(text) if text.value == "post" => Some(Kind::Post),
        Some(text) if text.value == "page" => Some(Kind::Page),
        Some(text) => {
            let message = format!("`{}` is not a kind", text.value);
            fields.error(text.at, message, "write \"post\" or \"page\", or delete the line");
            None
        }
    };
    let mut values = Vec::new();
    match fields.entry("values").map(|entry| &entry.node.value) {
        Some(Value::Map(entries)) => values.clone_from(entries),
        _ => fields.error(
            node.span.start,
            "`[[defaults]]` lacks a table `values`",
            "add [defaults.values] below it",
        ),
    }
    for entry in values.iter().filter(|entry| !KEYS.contains(&&*entry.key)) {
        let near = fields::nearest(&entry.key, KEYS.into_iter());
        let help = near.map_or_else(
            || "it has no effect; delete it, or see the guide for the keys there are".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        fields.warning(entry.at, format!("unknown key `{}`", entry.key), &help);
    }
    fields.finish();
    values.iter_mut().for_each(place_elsewhere);
    let folder = folder.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    Defaults { folder, kind, values }
}

fn place_elsewhere(entry: &mut Entry) {
    fn place(node: &mut Node) {
        node.span = ELSEWHERE..ELSEWHERE;
        match &mut node.value {
            Value::List(items) => items.iter_mut().for_each(place),
            Value::Map(entries) => entries.iter_mut().for_each(place_elsewhere),
            _ => {}
        }
    }
    entry.at = ELSEWHERE;
    place(&mut entry.node);
}
