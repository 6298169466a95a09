//! How wide a text is, without a font: the file is shown with whatever font the reader has.

/// The width in CSS pixels, rather a little too wide: a label is centred in its box, so that
/// room to spare looks better than text over the border.
pub(super) fn width(text: &str, size: f64, bold: bool) -> f64 {
    let ems: f64 = text.chars().map(ems).sum();
    let scale = if bold { 1.06 } else { 1.0 };
    ems * size * scale
}

/// The widest advance among Noto Sans CJK, PingFang SC, Microsoft YaHei and Segoe UI, rounded.
fn ems(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'I' | ' ' | '\u{A0}' => 0.3,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '{' | '}' | '/' | '\\' | '-' | '`' => 0.39,
        's' | 'z' | 'c' | 'k' | 'v' | 'x' | 'y' | 'J' | '"' | '*' | '?' | '_' => 0.52,
        'm' | 'M' | 'W' | '@' | '%' => 0.94,
        'w' | 'O' | 'Q' | 'D' | 'G' | 'H' | 'N' | 'U' | '&' => 0.77,
        '+' | '<' | '>' | '=' | '~' | '^' | 'A'..='Z' => 0.68,
        '\u{21}'..='\u{7E}' => 0.6,
        // Marks and joiners stand on the letter before.
        '\u{AD}'
        | '\u{300}'..='\u{36F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{E0100}'..='\u{E01EF}' => 0.0,
        '\u{80}'..='\u{2FF}' | '\u{370}'..='\u{10FF}' => 0.7,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_character_is_as_wide_as_high() {
        assert_eq!(width("图表，", 16.0, false), 48.0);
    }

    #[test]
    fn bold_is_wider_and_marks_take_no_room() {
        assert!(width("bold", 16.0, true) > width("bold", 16.0, false));
        assert_eq!(width("e\u{301}", 16.0, false), width("e", 16.0, false));
    }
}
