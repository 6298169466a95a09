//! A new post: the name of its file and its front matter.

use crate::text;

/// A post that is not written yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPost {
    /// Below the folder of posts, such as `2026-11-21-标题.md`.
    pub file_name: String,
    /// Front matter and an empty body.
    pub text: String,
}

/// The longest title, in characters; search engines and lists cut far shorter ones.
const MAX_TITLE: usize = 300;

/// The longest slug, in bytes of UTF-8: with date and extension the name stays below the 255
/// bytes that file systems take, and alone it fits into a part of an address.
const MAX_SLUG: usize = 200;

/// Names the file by date and title and writes its front matter. `now` is in the time zone of the
/// site. The error says what is wrong with the title.
pub fn new_post(
    title: &str,
    tags: &[String],
    draft: bool,
    now: &jiff::Zoned,
) -> Result<NewPost, String> {
    let title = one_line(title)?;
    let slug = cut(&text::slug(&title));
    if slug.is_empty() {
        return Err(format!("`{title}` has no letter or digit that a file can be named by"));
    }
    super::permalink::check_segment(&slug)?;
    let tags = tags.iter().map(|tag| one_line(tag).map(|tag| flow_item(&tag)));
    let tags = tags.filter(|tag| tag.as_ref() != Err(&empty())).collect::<Result<Vec<_>, _>>()?;
    let date = now.strftime("%Y-%m-%d %H:%M:%S %z");
    let mut text = format!("---\ntitle: {}\ndate: {date}\n", quoted(&title));
    if !tags.is_empty() {
        text += &format!("tags: [{}]\n", tags.join(", "));
    }
    if draft {
        text += "draft: true\n";
    }
    text += "---\n\n";
    Ok(NewPost { file_name: format!("{}-{slug}.md", now.strftime("%Y-%m-%d")), text })
}

/// A name on one line with single spaces, as front matter is read back.
fn one_line(name: &str) -> Result<String, String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let count = name.chars().count();
    if name.is_empty() {
        Err(empty())
    } else if let Some(bad) = name.chars().find(|c| c.is_control()) {
        Err(format!("`{}` holds the control character {bad:?}", name.escape_debug()))
    } else if count > MAX_TITLE {
        Err(format!("the title has {count} characters, at most {MAX_TITLE} work"))
    } else {
        Ok(name)
    }
}

fn empty() -> String {
    "the title is empty".to_owned()
}

/// The longest beginning of a slug that a file system takes.
fn cut(slug: &str) -> String {
    let end = (0..=MAX_SLUG.min(slug.len())).rev().find(|end| slug.is_char_boundary(*end));
    slug[..end.unwrap_or(0)].trim_end_matches(['-', '.']).to_owned()
}

/// A text as a YAML scalar in double quotes (YAML 1.2.2, 7.3.1 and 5.7).
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        // YAML's `c-printable` leaves out controls and `U+FFFE`; the others are printable, but
        // are line breaks or marks to some readers.
        let hidden = c.is_control()
            || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}');
        match c {
            '"' => out += "\\\"",
            '\\' => out += "\\\\",
            c if hidden => out += &format!("\\u{:04X}", u32::from(c)),
            c => out.push(c),
        }
    }
    out + "\""
}

/// An item of a YAML list in brackets, in quotes unless every reader takes it for a text.
fn flow_item(text: &str) -> String {
    const WORDS: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    let plain = |c: char| c.is_alphanumeric() || " -_+./".contains(c);
    let word = WORDS.contains(&text.to_ascii_lowercase().as_str());
    let safe = text.starts_with(char::is_alphabetic) && text.chars().all(plain) && !word;
    if safe { text.to_owned() } else { quoted(text) }
}

#[cfg(test)]
mod tests;
