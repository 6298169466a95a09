//! The verdict as text for people, and as JSON for programs.

use serde::Serialize;

use crate::site::report::{plural, printable};
use crate::site::verify::finding::{Finding, Severity, Verdict};
use crate::text;

/// Paths that a finding shows; the others are counted.
const SHOWN: usize = 3;

/// For a terminal.
pub fn text(site: &str, verdict: &Verdict) -> String {
    let findings: String = verdict.findings.iter().map(drawn).collect();
    findings + &summary(site, verdict)
}

/// `paths: error: message`, then what was expected, what came, and the help.
fn drawn(found: &Finding) -> String {
    let name = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let paths: Vec<String> = found.paths.iter().take(SHOWN).map(|path| shown(path)).collect();
    let more = match found.paths.len().saturating_sub(SHOWN) {
        0 => String::new(),
        count => format!(" and {count} more"),
    };
    let mut out = format!("{}{more}: {name}: {}\n", paths.join(", "), clean(&found.message));
    let labels = [("expected", &found.expected), ("got", &found.got), ("help", &found.help)];
    for (label, value) in labels {
        if let Some(value) = value {
            out += &format!("  {label}: {}\n", clean(value));
        }
    }
    out
}

fn shown(path: &str) -> String {
    if path.is_empty() { "/".to_owned() } else { clean(path) }
}

/// What comes from a network may hold anything, at any length.
fn clean(text: &str) -> String {
    printable(&text::shorten(text, 2000))
}

/// The last line.
fn summary(site: &str, verdict: &Verdict) -> String {
    let count = |severity, name: &str| {
        let count = verdict.count(severity);
        format!("{count} {name}{}", plural(count))
    };
    let release = match &verdict.release {
        Some(id) => format!("release {}", clean(id)),
        None => "no release".to_owned(),
    };
    format!(
        "{}: {release}, {} of {} file{} compared; {}, {}, {}",
        clean(site),
        verdict.checked,
        verdict.files,
        plural(verdict.files),
        count(Severity::Error, "error"),
        count(Severity::Warning, "warning"),
        count(Severity::Note, "note"),
    )
}

#[derive(Serialize)]
struct Json<'a> {
    diagnostics: Vec<Diagnostic<'a>>,
    site: &'a str,
    release: Option<&'a str>,
    counts: Counts,
    errors: usize,
    warnings: usize,
    notes: usize,
}

/// As in the reports of other commands, but a deployed file has no lines.
#[derive(Serialize)]
struct Diagnostic<'a> {
    /// The first path.
    file: &'a str,
    /// How many paths there are.
    count: usize,
    #[serde(flatten)]
    finding: &'a Finding,
}

#[derive(Serialize)]
struct Counts {
    files: usize,
    checked: usize,
}

/// One JSON object: the findings, the release and the counts.
pub fn json(site: &str, verdict: &Verdict) -> String {
    let diagnostic = |finding| Diagnostic::of(finding);
    let json = Json {
        diagnostics: verdict.findings.iter().map(diagnostic).collect(),
        site,
        release: verdict.release.as_deref(),
        counts: Counts { files: verdict.files, checked: verdict.checked },
        errors: verdict.count(Severity::Error),
        warnings: verdict.count(Severity::Warning),
        notes: verdict.count(Severity::Note),
    };
    serde_json::to_string_pretty(&json).unwrap_or_default()
}

impl<'a> Diagnostic<'a> {
    fn of(finding: &'a Finding) -> Self {
        let file = finding.paths.first().map_or("", String::as_str);
        Diagnostic { file, count: finding.paths.len(), finding }
    }
}
