//! Colours for blocks of code, at build time.
//!
//! 1. The author's name of the language leads to a grammar ([`alias`]).
//! 2. The grammar takes the text apart line by line, with a stack of scopes for each stretch.
//! 3. Scopes become tokens ([`scope`]), tokens become runs ([`encode`]).
//!
//! Grammars are regular expressions that others wrote, so the input is bounded: see the limits.

mod alias;
mod encode;
mod scope;

use std::ops::Range;
use std::sync::LazyLock;

use syntect::parsing::{ParseState, ScopeStack, SyntaxReference, SyntaxSet};

use crate::markdown::code::{Sign, Token};
use scope::Rules;

/// A longer text, in bytes, stays plain.
const MAX_TEXT: usize = 64 * 1024;

/// A longer line, in bytes, stays plain; the lines after it are read as if it weren't there. Some
/// grammars take a time that grows with the square of a line.
const MAX_LINE: usize = 400;

static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);
static RULES: LazyLock<Rules> = LazyLock::new(Rules::new);

/// The coloured tokens of a block as runs (see [`crate::markdown::code`]); `None` where the language is
/// unknown or plain text, the text too long, or nothing would be coloured.
///
/// With `diff` the first column has the signs of a patch, which are not the language's.
pub fn runs(language: &str, text: &str, diff: bool) -> Option<String> {
    if text.len() > MAX_TEXT || alias::is_plain(language) {
        return None;
    }
    let grammar = alias::grammar(&GRAMMARS, language)?;
    let mut reader = Reader::new(grammar);
    if grammar.name == "PHP" && !text.contains("<?") {
        // Without its tag it would be the page around the code.
        reader.open("<?php\n")?;
    }
    let _ = match prompts(&grammar.name, text) {
        // A patch without another language has signs in its own grammar.
        _ if diff && grammar.name != "Diff" => reader.patch(text),
        Some(prompts) => reader.session(text, prompts),
        None => reader.code(text),
    };
    let runs = encode::encode(text, &reader.found);
    (!runs.is_empty()).then_some(runs)
}

/// How many languages there are; aliases and plain text don't count.
pub fn languages() -> usize {
    let grammars = GRAMMARS.syntaxes().iter();
    grammars.filter(|grammar| !grammar.hidden && !alias::is_plain(&grammar.name)).count()
}

/// What stands before the input of a session; `None` where the text is not of one. All authors
/// call it the language's own name, and no script begins a line so.
fn prompts(grammar: &str, text: &str) -> Option<&'static [&'static str]> {
    let prompts: &[&str] = match grammar {
        "Bourne Again Shell (bash)" => &["$ "],
        "Python" => &[">>> ", "... "],
        _ => return None,
    };
    text.lines().any(|line| line.starts_with(prompts[0])).then_some(prompts)
}

/// A text half read. Its steps give `None` where a grammar fails; what was found before is right.
struct Reader {
    first: State,
    state: State,
    found: Vec<(Range<usize>, Token)>,
}

/// What a grammar knows between two lines.
#[derive(Clone)]
struct State {
    parse: ParseState,
    scopes: ScopeStack,
}

impl Reader {
    fn new(grammar: &SyntaxReference) -> Self {
        let first = State { parse: ParseState::new(grammar), scopes: ScopeStack::new() };
        Reader { state: first.clone(), first, found: Vec::new() }
    }

    /// Reads a line that isn't in the text, but before it.
    fn open(&mut self, line: &str) -> Option<()> {
        self.line(line, 0)?;
        self.first = self.state.clone();
        self.found.clear();
        Some(())
    }

    fn code(&mut self, text: &str) -> Option<()> {
        lines(text).try_for_each(|(at, line)| self.line(line, at))
    }

    /// Reads what was typed, each command afresh; the answers are no code.
    fn session(&mut self, text: &str, prompts: &[&str]) -> Option<()> {
        let mut continued = false;
        for (at, line) in lines(text) {
            let prompt = prompts.iter().find(|prompt| line.starts_with(**prompt));
            let column = prompt.map(|prompt| prompt.len()).or(continued.then_some(0));
            match column {
                Some(column) => self.line(&line[column..], at + column)?,
                None => self.state = self.first.clone(),
            }
            continued = column.is_some() && line.trim_end().ends_with('\\');
        }
        Some(())
    }

    /// Reads a text with signs in the first column. Lines that the patch deletes are read where
    /// they stand and forgotten, so that the new lines continue what was before them.
    fn patch(&mut self, text: &str) -> Option<()> {
        let mut before: Option<State> = None;
        for (at, line) in lines(text) {
            let sign = Sign::of(line);
            if sign == Some(Sign::Deleted) {
                before.get_or_insert_with(|| self.state.clone());
            } else if let Some(before) = before.take() {
                self.state = before;
            }
            let column = usize::from(sign.is_some() || line.starts_with(' '));
            self.line(&line[column..], at + column)?;
        }
        Some(())
    }

    /// Reads a line that begins at an offset of the text.
    fn line(&mut self, line: &str, offset: usize) -> Option<()> {
        if line.len() > MAX_LINE {
            return Some(());
        }
        let changes = self.state.parse.parse_line(line, &GRAMMARS).ok()?;
        let mut at = 0;
        for (next, change) in changes {
            self.note(line, at..next, offset);
            self.state.scopes.apply(&change).ok()?;
            at = next;
        }
        self.note(line, at..line.len(), offset);
        Some(())
    }

    /// Notes what a stretch of a line is.
    fn note(&mut self, line: &str, stretch: Range<usize>, offset: usize) {
        let Some(text) = line.get(stretch.clone()).filter(|text| !text.is_empty()) else { return };
        let Some(token) = RULES.token(&self.state.scopes, text) else { return };
        let range = offset + stretch.start..offset + stretch.end;
        match self.found.last_mut() {
            Some((last, kind)) if *kind == token && last.end == range.start => last.end = range.end,
            _ => self.found.push((range, token)),
        }
    }
}

/// The lines with their line feeds, and where they begin.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        *at += line.len();
        Some((*at - line.len(), line))
    })
}

#[cfg(test)]
mod tests;
