//! Which token a grammar's scopes stand for.
//!
//! A grammar gives every stretch a stack of scopes, the innermost last. The innermost one that a
//! rule knows decides. Punctuation is in no rule, so that quotation marks are part of their string.

use syntect::parsing::{Scope, ScopeStack};

use crate::markdown::code::Token;

/// The beginnings of scopes, the special before the general. `None` is plain, which ends the
/// search too: code within a string is not the string.
const RULES: &[(&str, Option<Token>)] = &[
    ("comment", Some(Token::Comment)),
    ("string", Some(Token::String)),
    ("constant.numeric", Some(Token::Number)),
    // Escapes and placeholders, the other constants, stay a part of their string.
    ("constant.language", Some(Token::Number)),
    ("constant.other.color", Some(Token::Number)),
    ("support.constant", Some(Token::Number)),
    ("keyword.other.unit", Some(Token::Number)),
    ("keyword.operator", None),
    ("keyword", Some(Token::Keyword)),
    ("storage.type.numeric", Some(Token::Number)),
    ("storage.type.string", Some(Token::String)),
    ("storage.modifier.lifetime", None),
    ("storage", Some(Token::Keyword)),
    ("variable.language", Some(Token::Keyword)),
    ("variable.function", Some(Token::Function)),
    ("variable.annotation", Some(Token::Name)),
    ("variable.parameter.option", Some(Token::Name)),
    ("variable", None),
    ("support.function", Some(Token::Function)),
    ("support.macro", Some(Token::Function)),
    ("support.type.property-name", Some(Token::Name)),
    ("support.type.custom-property", Some(Token::Name)),
    ("support.type", Some(Token::Type)),
    ("support.class", Some(Token::Type)),
    ("entity.name.function", Some(Token::Function)),
    ("entity.name.macro", Some(Token::Function)),
    ("entity.name.constant", Some(Token::Number)),
    ("entity.section", Some(Token::Heading)),
    ("entity.name.section", Some(Token::Heading)),
    ("entity.name.tag.yaml", Some(Token::Name)),
    ("entity.name.tag.toml", Some(Token::Name)),
    ("entity.name.tag", Some(Token::Tag)),
    ("entity.name.class", Some(Token::Type)),
    ("entity.name.enum", Some(Token::Type)),
    ("entity.name.exception", Some(Token::Type)),
    ("entity.name.impl", Some(Token::Type)),
    ("entity.name.interface", Some(Token::Type)),
    ("entity.name.struct", Some(Token::Type)),
    ("entity.name.table", Some(Token::Type)),
    ("entity.name.trait", Some(Token::Type)),
    ("entity.name.type", Some(Token::Type)),
    ("entity.name.union", Some(Token::Type)),
    ("entity.name", None),
    ("entity.other.attribute-name", Some(Token::Name)),
    ("entity.other.inherited-class", Some(Token::Type)),
    // Of a patch only the headings: its lines are told apart by their signs.
    ("meta.diff.header", Some(Token::Heading)),
    ("meta.diff.range", Some(Token::Comment)),
    ("meta.annotation", Some(Token::Name)),
    ("meta.property-name", Some(Token::Name)),
    ("meta.interpolation", None),
    ("meta.template.expression", None),
    ("meta.embedded", None),
    ("markup.heading", Some(Token::Heading)),
    ("markup.bold", Some(Token::Emphasis)),
    ("markup.italic", Some(Token::Emphasis)),
    ("markup.raw", Some(Token::String)),
    ("markup.underline", Some(Token::String)),
    ("markup.quote", Some(Token::Comment)),
    ("source", None),
    ("text", None),
];

/// The rules in the grammars' own form.
pub(super) struct Rules {
    rules: Vec<(Scope, Option<Token>)>,
    key: Option<Scope>,
}

impl Rules {
    pub(super) fn new() -> Self {
        let rule = |(name, token): &(&str, _)| Some((Scope::new(name).ok()?, *token));
        let rules = RULES.iter().filter_map(rule).collect();
        Rules { rules, key: Scope::new("meta.mapping.key").ok() }
    }

    /// What a text under a stack of scopes is.
    pub(super) fn token(&self, stack: &ScopeStack, text: &str) -> Option<Token> {
        let rule = |scope: &Scope| {
            let rule = self.rules.iter().find(|(rule, _)| rule.is_prefix_of(*scope));
            rule.map(|(_, token)| (*scope, *token))
        };
        let (scope, token) = stack.scopes.iter().rev().find_map(rule)?;
        match token {
            Some(Token::String) if self.is_key(stack) => Some(Token::Name),
            // `and`, `new`, `sizeof`.
            None if is_operator(scope) && text.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
                Some(Token::Keyword)
            }
            Some(Token::Keyword) if is_name(text) => Some(Token::Type),
            // `=>` and `::`.
            Some(Token::Keyword) if !text.contains(is_keyword) => None,
            token => token,
        }
    }

    /// Whether the stack is of the key of a JSON object or of a dictionary.
    fn is_key(&self, stack: &ScopeStack) -> bool {
        self.key.is_some_and(|key| stack.scopes.iter().any(|scope| key.is_prefix_of(*scope)))
    }
}

fn is_operator(scope: Scope) -> bool {
    scope.build_string().starts_with("keyword.operator")
}

/// What a keyword has at least one of; `@` and `#` stand before one.
fn is_keyword(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '@' | '#')
}

/// Whether what a grammar calls a keyword is the name of a type: `Self`, `String`.
fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.contains(|c: char| c.is_ascii_lowercase())
}
