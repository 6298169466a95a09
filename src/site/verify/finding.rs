//! What was found, folded: many files with one cause are one finding.

use std::collections::BTreeMap;

use serde::Serialize;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Readers get something else than was built, or nothing.
    Error,
    /// Readers get it, but slower or less safely than they could; an error with `--strict`.
    Warning,
    /// Worth knowing.
    Note,
}

/// One cause, with every path that shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// A short name that stays when the words change, such as `stale`.
    pub code: &'static str,
    /// Below the base, sorted; never empty.
    pub paths: Vec<String>,
    /// What is wrong: lower case, no full stop, the value quoted. The same for all paths.
    pub message: String,
    /// What should have come for the first path; `None` where the message says it all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<Box<str>>,
    /// What came for the first path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub got: Option<Box<str>>,
    /// The likely cause and what to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<Box<str>>,
}

impl Finding {
    /// Readers get something else than was built, or nothing.
    pub fn error(code: &'static str, path: &str, message: impl Into<String>) -> Self {
        Finding {
            severity: Severity::Error,
            code,
            paths: vec![path.to_owned()],
            message: message.into(),
            expected: None,
            got: None,
            help: None,
        }
    }

    /// Readers get it, but slower or less safely.
    pub fn warning(code: &'static str, path: &str, message: impl Into<String>) -> Self {
        Finding { severity: Severity::Warning, ..Finding::error(code, path, message) }
    }

    /// Worth knowing.
    pub fn note(code: &'static str, path: &str, message: impl Into<String>) -> Self {
        Finding { severity: Severity::Note, ..Finding::error(code, path, message) }
    }

    /// What should have come, and what came.
    pub fn between(self, expected: impl Into<String>, got: impl Into<String>) -> Self {
        let boxed = |text: String| Some(text.into_boxed_str());
        Finding { expected: boxed(expected.into()), got: boxed(got.into()), ..self }
    }

    /// Whether it explains others.
    fn is_root(&self) -> bool {
        matches!(self.code, "other-release" | "mount" | "manifest")
    }

    /// The likely cause and what to do.
    pub fn help(self, help: impl Into<String>) -> Self {
        Finding { help: Some(help.into().into_boxed_str()), ..self }
    }
}

/// Everything found at one site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Errors first; folded once [`Verdict::finish`] ran.
    pub findings: Vec<Finding>,
    /// The release that was compared with; `None` where none could be read.
    pub release: Option<String>,
    /// How many files the release has.
    pub files: usize,
    /// How many of them were compared.
    pub checked: usize,
}

impl Verdict {
    /// Folds and sorts; with `strict`, warnings become errors.
    pub fn finish(&mut self, strict: bool) {
        self.findings = fold(std::mem::take(&mut self.findings));
        if strict {
            let warnings = self.findings.iter_mut().filter(|f| f.severity == Severity::Warning);
            warnings.for_each(|found| found.severity = Severity::Error);
        }
        self.findings.sort_by(|a, b| {
            let key = |found: &Finding| {
                (found.severity, !found.is_root(), std::cmp::Reverse(found.paths.len()))
            };
            key(a).cmp(&key(b)).then_with(|| a.paths.cmp(&b.paths))
        });
    }

    /// Findings of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|found| found.severity == severity).count()
    }
}

/// One finding for each cause; expected and got are those of the first path.
fn fold(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|a, b| a.paths.cmp(&b.paths));
    let mut folded: Vec<Finding> = Vec::new();
    let mut places: BTreeMap<_, usize> = BTreeMap::new();
    for found in findings {
        let key = (found.severity, found.code, found.message.clone(), found.help.clone());
        match places.get(&key) {
            Some(place) => folded[*place].paths.extend(found.paths),
            None => {
                places.insert(key, folded.len());
                folded.push(found);
            }
        }
    }
    for found in &mut folded {
        found.paths.sort();
        found.paths.dedup();
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_cause_is_one_finding() {
        let mut verdict = Verdict::default();
        for path in ["b", "a", "c", "a"] {
            verdict
                .findings
                .push(Finding::warning("type", path, "served as text").between("x", path));
        }
        verdict.findings.push(Finding::error("type", "d", "served as text"));
        verdict.findings.push(Finding::note("other", "e", "x"));
        verdict.finish(false);
        let shown: Vec<_> =
            verdict.findings.iter().map(|f| (f.severity, f.paths.join(" "))).collect();
        let want = [
            (Severity::Error, "d".to_owned()),
            (Severity::Warning, "a b c".to_owned()),
            (Severity::Note, "e".to_owned()),
        ];
        assert_eq!(shown, want);
        assert_eq!(verdict.findings[1].got.as_deref(), Some("a"));
    }

    #[test]
    fn strictness_turns_warnings_but_not_notes() {
        let mut verdict = Verdict::default();
        verdict.findings.push(Finding::warning("a", "a", "x"));
        verdict.findings.push(Finding::note("b", "b", "x"));
        verdict.finish(true);
        assert_eq!((verdict.count(Severity::Error), verdict.count(Severity::Note)), (1, 1));
    }
}
