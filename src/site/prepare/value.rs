//! What a `{{ … }}` says, for the few expressions whose value is known without running Jekyll.

use super::Context;

/// A value on its way through the filters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Value {
    /// Whether the site's address stands before the text. It is left out before a path: links
    /// from the site's root work wherever the site is put.
    pub(super) site: bool,
    pub(super) text: String,
    /// Whether it is `page.date`, which has one form only.
    date: bool,
}

impl Value {
    fn text(text: impl Into<String>) -> Self {
        Value { site: false, text: text.into(), date: false }
    }
}

/// More filters than anybody writes; they are not applied.
const MOST_FILTERS: usize = 32;

/// The value of an expression with its filters; `None` where it isn't known.
pub(super) fn evaluate(expression: &str, context: &Context<'_>) -> Option<Value> {
    let mut parts = split(expression, '|').into_iter();
    let mut value = primary(parts.next()?, context)?;
    for filter in parts.take(MOST_FILTERS) {
        let (name, arguments) = filter.split_once(':').unwrap_or((filter, ""));
        value = apply(value, name.trim(), arguments, context)?;
    }
    Some(value)
}

/// A literal or a name.
fn primary(expression: &str, context: &Context<'_>) -> Option<Value> {
    let expression = expression.trim();
    if let Some(text) = literal(expression) {
        return Some(Value::text(one_line(text)));
    }
    let Context { site, page, .. } = context;
    Some(match expression {
        "site.baseurl" => Value::text(""),
        "site.url" => Value { site: true, ..Value::text("") },
        "site.title" | "site.name" => Value::text(one_line(site.title)),
        "site.description" => Value::text(one_line(site.description)),
        "site.author" | "site.author.name" => Value::text(one_line(site.author)),
        "page.title" => Value::text(one_line(page.title)),
        "page.url" => Value::text(format!("/{}", address(page.path))),
        "page.date" => Value { date: true, ..Value::text(page.date) },
        number if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            Value::text(number)
        }
        _ => return None,
    })
}

fn apply(value: Value, name: &str, arguments: &str, context: &Context<'_>) -> Option<Value> {
    if name == "date" {
        let format = literal(split(arguments, ',').first()?.trim())?;
        let day: jiff::civil::Date = value.text.parse().ok().filter(|_| value.date)?;
        let text = jiff::fmt::strtime::format(format, day).ok()?;
        return Some(Value::text(text));
    }
    if name.starts_with("date") {
        return value.date.then_some(value);
    }
    let argument = || evaluate(split(arguments, ',').first()?, context);
    let map = |change: fn(&str) -> String| Value { text: change(&value.text), ..value.clone() };
    Some(match name {
        "relative_url" | "absolute_url" => Value::text(rooted(&value.text)),
        "append" => {
            let after = argument()?;
            if after.site {
                return None;
            }
            Value { text: value.text + &after.text, ..value }
        }
        "prepend" => {
            let before = argument()?;
            if value.site {
                return None;
            }
            Value { text: before.text + &value.text, ..before }
        }
        "default" if value.text.is_empty() && !value.site => argument()?,
        "default" | "markdownify" => value,
        "strip" => map(|text| text.trim().to_owned()),
        "upcase" => map(str::to_uppercase),
        "downcase" => map(str::to_lowercase),
        "escape" | "xml_escape" => {
            map(|text| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"))
        }
        _ => return None,
    })
}

/// A path from the site's root; whole addresses stay. The site's own address is not written
/// before it (Jekyll: lib/jekyll/filters/url_filters.rb), since the base path is added later and
/// only to such paths.
fn rooted(url: &str) -> String {
    match url.starts_with('/') || url.contains("://") || url.starts_with('#') {
        true => address(url),
        false => format!("/{}", address(url)),
    }
}

/// The text of a quoted string.
pub(super) fn literal(text: &str) -> Option<&str> {
    ['"', '\''].into_iter().find_map(|quote| {
        let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
        (!inner.contains(quote)).then_some(inner)
    })
}

/// The parts of a text between signs that are outside quotes.
fn split(text: &str, sign: char) -> Vec<&str> {
    let (mut parts, mut start, mut quote) = (Vec::new(), 0, None);
    for (at, c) in text.char_indices() {
        match quote {
            Some(open) if open == c => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None if c == sign => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

/// The same without line ends, which could begin a block.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

/// A path or an identifier as it may stand in a link's address: what would end or break the link
/// is percent-encoded, the rest, Chinese too, stays readable.
pub(super) fn address(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        if c.is_ascii_control() || " \"<>()[]\\^`{|}".contains(c) {
            out.push_str(&format!("%{:02X}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}
