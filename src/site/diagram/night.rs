//! The author's own colours on dark paper: light becomes dark and dark light, the hue stays.
//!
//! Authors choose `fill:#f9f` for white paper. On dark paper the label, which is light there,
//! could not be read on it.

/// Colours by name that authors use in diagrams; the rest is drawn as written.
const NAMED: [(&str, [u8; 3]); 18] = [
    ("white", [255, 255, 255]),
    ("black", [0, 0, 0]),
    ("red", [255, 0, 0]),
    ("green", [0, 128, 0]),
    ("blue", [0, 0, 255]),
    ("yellow", [255, 255, 0]),
    ("orange", [255, 165, 0]),
    ("pink", [255, 192, 203]),
    ("purple", [128, 0, 128]),
    ("gray", [128, 128, 128]),
    ("grey", [128, 128, 128]),
    ("cyan", [0, 255, 255]),
    ("aqua", [0, 255, 255]),
    ("lightblue", [173, 216, 230]),
    ("lightgreen", [144, 238, 144]),
    ("lightyellow", [255, 255, 224]),
    ("lightgrey", [211, 211, 211]),
    ("lightgray", [211, 211, 211]),
];

/// The source with the colours of its `style`, `classDef`, `linkStyle`, `rect` and `box` lines
/// turned over.
pub(super) fn at_night(source: &str) -> String {
    let mut night = String::with_capacity(source.len());
    for line in source.split_inclusive('\n') {
        match line.split_whitespace().next() {
            Some("style" | "classDef" | "linkStyle") => turn_line(&mut night, line, hex, &[':']),
            // In a sequence diagram `#` begins a comment. What follows the colour is a title.
            Some("rect" | "box") => {
                let first = line.len() - line.trim_start().len() + 4;
                let after = line.get(first..).unwrap_or_default();
                let end = after.find([' ', ')']).map_or(line.len(), |_| first + title(after));
                turn_line(&mut night, line.get(..end).unwrap_or(line), rgb, &[' ']);
                night.push_str(line.get(end..).unwrap_or_default());
            }
            _ => night.push_str(line),
        }
    }
    night
}

/// A colour begins after `:` (a declaration) or a space (`rect rgb(0, 0, 0)`, `box aqua Title`).
fn turn_line(night: &mut String, line: &str, write: fn([u8; 3]) -> String, before: &[char]) {
    let mut rest = line;
    while let Some(at) = rest.find(before) {
        let (before, after) = rest.split_at(at + 1);
        night.push_str(before);
        rest = after;
        if let Some((colour, length)) = colour(rest) {
            night.push_str(&write(turn(colour)));
            rest = &rest[length..];
        }
    }
    night.push_str(rest);
}

/// Where the title of a `box` begins: behind its first word, or behind `rgb(…)`.
fn title(text: &str) -> usize {
    let words = text.trim_start();
    let skipped = text.len() - words.len();
    let end = match words.starts_with("rgb") {
        true => words.find(')').map(|at| at + 1),
        false => words.find(' '),
    };
    skipped + end.unwrap_or(words.len())
}

fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn rgb([red, green, blue]: [u8; 3]) -> String {
    format!("rgb({red}, {green}, {blue})")
}

/// The colour that a text begins with, and its length in bytes.
fn colour(text: &str) -> Option<([u8; 3], usize)> {
    if let Some(hex) = text.strip_prefix('#') {
        let end = hex.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(hex.len());
        let channel = |at: usize, wide: usize| u8::from_str_radix(&hex[at..at + wide], 16).ok();
        let channels = match end {
            3 => [0, 1, 2].map(|at| channel(at, 1).map(|value| value * 17)),
            6 => [0, 2, 4].map(|at| channel(at, 2)),
            _ => return None,
        };
        return Some(([channels[0]?, channels[1]?, channels[2]?], end + 1));
    }
    if let Some(rest) = text.strip_prefix("rgb(") {
        let (channels, _) = rest.split_once(')')?;
        let mut values = channels.split(',').map(|value| value.trim().parse().ok());
        let colour = [values.next()??, values.next()??, values.next()??];
        return values.next().is_none().then_some((colour, channels.len() + 5));
    }
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let name = text[..end].to_ascii_lowercase();
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, colour)| (*colour, end))
}

/// Turns the lightness of HSL over, and keeps off both ends: paper and ink are not pure either.
fn turn(colour: [u8; 3]) -> [u8; 3] {
    let light = colour.iter().max().copied().unwrap_or_default();
    let dark = colour.iter().min().copied().unwrap_or_default();
    colour.map(|channel| {
        // From `dark..=light` to `255 - light..=255 - dark`: never below zero, nor above 255.
        let turned = u16::from(channel - dark) + u16::from(255 - light);
        (24 + turned * 210 / 255).min(255) as u8
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, want: &str) {
        assert_eq!(at_night(source), want);
    }

    #[test]
    fn declared_colours_are_turned_over() {
        check("style A fill:#fff,stroke:black", "style A fill:#181818,stroke:#eaeaea");
        check("  classDef hot color:#000000;\nA", "  classDef hot color:#eaeaea;\nA");
        check("rect rgb(255, 255, 255)", "rect rgb(24, 24, 24)");
        check("box white 后端", "box rgb(24, 24, 24) 后端");
    }

    #[test]
    fn hues_stay() {
        check("style A fill:#ffcccc", "style A fill:#421818");
    }

    #[test]
    fn other_text_stays() {
        for source in ["A[#fff white]", "style A stroke-width:2px", "style 白 fill:#12,x:rgb(1,2)"]
        {
            check(source, source);
        }
    }
}
