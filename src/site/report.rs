//! All that was found in one run: sorted, drawn for people, or as JSON for editors and CI.

use std::collections::BTreeMap;
use std::fmt;

use annotate_snippets::renderer::{AnsiColor, DecorStyle, Effects, Style};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use super::diagnostic::{Diagnostic, Position, Severity};
use crate::text;

/// Everything found in one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Sorted by file, then position, once [`Report::finish`] ran.
    pub diagnostics: Vec<Diagnostic>,
    /// What was read.
    pub counts: Counts,
    /// What was read and is not shown, sorted by file.
    pub hidden: Vec<HiddenFile>,
}

/// How much was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Files of posts and pages.
    pub files: usize,
    /// Posts that are shown.
    pub posts: usize,
    /// Pages that are shown.
    pub pages: usize,
}

/// A file that is right and is not shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct HiddenFile {
    /// The file, as people know it.
    pub file: String,
    /// Why, and what would show it.
    pub why: String,
}

impl Report {
    /// Adds one problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Whether anything must be mended before the site can be written.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Problems of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Sorts; with `strict`, warnings become errors.
    pub fn finish(&mut self, strict: bool) {
        if strict {
            self.diagnostics.iter_mut().for_each(|found| found.severity = Severity::Error);
        }
        self.diagnostics.sort_by(|a, b| {
            (&a.path, a.position, &a.message).cmp(&(&b.path, b.position, &b.message))
        });
        self.diagnostics.dedup();
        self.hidden.sort();
    }

    /// For a terminal, with colours; the writer strips them where they can't be shown.
    pub fn styled(&self) -> String {
        self.drawn(&renderer(Renderer::styled()), true)
    }

    /// Of warnings that form a group the first is drawn, with the number of the others; JSON has all.
    fn drawn(&self, renderer: &Renderer, styled: bool) -> String {
        let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
        for group in self.diagnostics.iter().filter_map(group) {
            *sizes.entry(group).or_default() += 1;
        }
        let mut out = String::new();
        for found in &self.diagnostics {
            let more = match group(found).map(|group| sizes.remove(group)) {
                Some(None) => continue,
                Some(Some(size)) if size > 1 => format!("; {} more like it", size - 1),
                _ => String::new(),
            };
            out += &drawn(found, &more, renderer, styled);
            out.push('\n');
        }
        out + &self.summary()
    }

    /// The problems alone, where nothing was read.
    pub fn problems(&self) -> String {
        let renderer = renderer(Renderer::styled());
        let drawn = self.diagnostics.iter().map(|found| drawn(found, "", &renderer, true));
        drawn.collect::<Vec<_>>().join("\n")
    }

    /// The last line: what was read, what is hidden, what is wrong.
    pub fn summary(&self) -> String {
        let (errors, warnings) = (self.count(Severity::Error), self.count(Severity::Warning));
        let Counts { files, posts, pages } = self.counts;
        let hidden = match self.hidden.len() {
            0 => String::new(),
            count => format!(", {count} hidden"),
        };
        format!(
            "{files} file{} read: {posts} post{}, {pages} page{}{hidden}; {errors} error{}, {warnings} warning{}",
            plural(files),
            plural(posts),
            plural(pages),
            plural(errors),
            plural(warnings)
        )
    }

    /// One JSON object: the diagnostics, the hidden files and the counts.
    pub fn json(&self) -> String {
        let json = Json {
            diagnostics: self.diagnostics.iter().map(json).collect(),
            hidden: &self.hidden,
            counts: self.counts,
            errors: self.count(Severity::Error),
            warnings: self.count(Severity::Warning),
        };
        serde_json::to_string_pretty(&json).unwrap_or_default()
    }
}

/// Without colours.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.drawn(&renderer(Renderer::plain()), false))
    }
}

/// Excerpts are cut already, so the drawing need not cut them again.
fn renderer(renderer: Renderer) -> Renderer {
    renderer.decor_style(DecorStyle::Ascii).term_width(400)
}

/// Errors are each to be mended, so they form no groups.
fn group(found: &Diagnostic) -> Option<&str> {
    found.group.as_deref().filter(|_| found.severity == Severity::Warning)
}

/// `path:line:col: error: message`, which editors can follow, then the line with a caret.
fn drawn(found: &Diagnostic, more: &str, renderer: &Renderer, styled: bool) -> String {
    let (name, color, level) = match found.severity {
        Severity::Error => ("error", AnsiColor::BrightRed, Level::ERROR),
        Severity::Warning => ("warning", AnsiColor::Yellow, Level::WARNING),
    };
    let bold = Style::new().effects(Effects::BOLD);
    let paint = |style: Style, text: &str| match styled {
        true => format!("{style}{text}{style:#}"),
        false => text.to_owned(),
    };
    let Position { line, column } = found.position;
    let mut out = format!(
        "{}: {}: {}",
        paint(bold, &format!("{}:{line}:{column}", printable(&found.path.display().to_string()))),
        paint(bold.fg_color(Some(color.into())), name),
        paint(bold, &format!("{}{more}", printable(&cut(&found.message))))
    );
    if let Some(excerpt) = &found.excerpt {
        let annotation = AnnotationKind::Primary.span(excerpt.marked.clone());
        let snippet = Snippet::source(&*excerpt.text).line_start(line).annotation(annotation);
        out.push('\n');
        out.push_str(&renderer.render(&[Group::with_level(level).element(snippet)]));
    }
    if let Some(help) = &found.help {
        let label = paint(bold.fg_color(Some(AnsiColor::BrightCyan.into())), "help");
        out.push_str(&format!("\n  {label}: {}", printable(&cut(help))));
    }
    out
}

/// Messages quote what authors wrote, of any length.
fn cut(text: &str) -> String {
    text::shorten(text, 400)
}

/// What a terminal would act on, or a reader could not see, is written as `\u{202e}`.
pub fn printable(text: &str) -> String {
    let hidden = |c: char| c.is_control() || text::is_invisible(c);
    let show = |c: char| if hidden(c) { c.escape_unicode().to_string() } else { c.to_string() };
    text.chars().map(show).collect()
}

#[derive(Serialize)]
struct Json<'a> {
    diagnostics: Vec<JsonDiagnostic<'a>>,
    hidden: &'a [HiddenFile],
    counts: Counts,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    file: String,
    /// From 1.
    line: usize,
    /// From 1, in characters.
    column: usize,
    /// One past the last marked character; the same as `column` for a single place.
    end_column: usize,
    severity: Severity,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

fn json(found: &Diagnostic) -> JsonDiagnostic<'_> {
    let Position { line, column } = found.position;
    let marked = found.excerpt.as_ref().map_or(0, |excerpt| {
        excerpt.text.get(excerpt.marked.clone()).map_or(0, |marked| marked.chars().count())
    });
    JsonDiagnostic {
        file: found.path.display().to_string(),
        line,
        column,
        end_column: column + marked,
        severity: found.severity,
        message: &found.message,
        help: found.help.as_deref(),
    }
}

/// The ending of an English plural.
pub fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::diagnostic::Source;
    use super::*;

    fn report() -> Report {
        let text = "---\ntitle: 云\ndate: 2026-02-30\n---\n".to_owned();
        let source = Source { path: "posts/a.md".into(), text };
        let mut report = Report::default();
        report.push(source.error_in(21..31, "there is no 2026-02-30").help("write a day there is"));
        report.push(source.warning(0, "a\u{202E}b\u{1B}[31m"));
        report.push(Diagnostic::file_error(Path::new("posts/b.md"), "can't be read"));
        report.finish(false);
        report
    }

    #[test]
    fn a_problem_is_drawn_with_its_line_and_a_caret() {
        let want = "\
posts/a.md:1:1: warning: a\\u{202e}b\\u{1b}[31m
  |
1 | ---
  | ^
posts/a.md:3:7: error: there is no 2026-02-30
  |
3 | date: 2026-02-30
  |       ^^^^^^^^^^
  help: write a day there is
posts/b.md:1:1: error: can't be read
0 files read: 0 posts, 0 pages; 2 errors, 1 warning";
        assert_eq!(report().to_string(), want);
    }

    #[test]
    fn warnings_of_a_group_are_drawn_once_and_all_are_in_json() {
        let mut report = Report::default();
        for (file, error) in [("a.md", false), ("b.md", false), ("c.md", true), ("d.md", true)] {
            let warning = Diagnostic::file_warning(Path::new(file), "unknown key `x`");
            let severity = if error { Severity::Error } else { Severity::Warning };
            report.push(Diagnostic { severity, ..warning.grouped("x") });
        }
        let text = report.to_string();
        assert!(text.starts_with("a.md:1:1: warning: unknown key `x`; 1 more like it\nc.md:"));
        assert!(text.contains("d.md:1:1: error") && text.ends_with("2 errors, 2 warnings"));
        assert_eq!(report.json().matches("unknown key").count(), 4);
    }

    #[test]
    fn names_of_files_can_not_command_a_terminal() {
        let mut report = Report::default();
        report.push(Diagnostic::file_error(Path::new("a\u{1B}[31m.md"), "x"));
        assert!(report.to_string().starts_with("a\\u{1b}[31m.md:1:1: error: x\n"));
    }

    #[test]
    fn colours_are_all_that_a_terminal_adds() {
        let styled = report().styled();
        assert!(styled.contains('\u{1B}'));
        assert_eq!(anstream::adapter::strip_str(&styled).to_string(), report().to_string());
    }

    #[test]
    fn json_holds_the_same() {
        let json: serde_json::Value = serde_json::from_str(&report().json()).unwrap();
        let found = &json["diagnostics"][1];
        assert_eq!(found["file"], "posts/a.md");
        assert_eq!(
            (&found["line"], &found["column"], &found["end_column"]),
            (&3.into(), &7.into(), &17.into())
        );
        assert_eq!((&found["severity"], &json["errors"]), (&"error".into(), &2.into()));
    }
}
