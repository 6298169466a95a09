//! The elements and attributes of a formula in a page, and the forms that values have.

/// The elements of a formula, all of MathML Core.
pub const ELEMENTS: [&str; 23] = [
    "math",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "mspace",
    "msqrt",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
];

/// The attributes, each with the elements that may have it.
pub const ATTRIBUTES: [(&str, &[&str]); 20] = [
    ("accent", &["mover"]),
    ("accentunder", &["munder"]),
    ("alttext", &["math"]),
    ("data-math", &["mrow", "mspace", "mtable", "mtd", "mtext"]),
    ("display", &["math"]),
    ("displaystyle", &["mfrac", "mrow", "mtable"]),
    ("form", &["mo"]),
    ("height", &["mpadded"]),
    ("largeop", &["mo"]),
    ("linethickness", &["mfrac"]),
    ("lspace", &["mo"]),
    ("mathvariant", &["mi"]),
    ("maxsize", &["mo"]),
    ("minsize", &["mo"]),
    ("movablelimits", &["mo"]),
    ("rspace", &["mo"]),
    ("scriptlevel", &["mfrac", "mrow", "mtable"]),
    ("stretchy", &["mo"]),
    ("symmetric", &["mo"]),
    ("width", &["mpadded", "mspace"]),
];

/// The words of `data-math`, parted by spaces.
pub const LAYOUTS: [&str; 29] = [
    "back",
    "bold",
    "box",
    "caps",
    "dash-bottom",
    "dash-left",
    "dash-right",
    "dash-top",
    "flat",
    "gap",
    "italic",
    "left",
    "line-bottom",
    "line-left",
    "line-right",
    "line-top",
    "margin",
    "mono",
    "narrow",
    "right",
    "rule",
    "sans",
    "strike",
    "strike-down",
    "strike-up",
    "tight-left",
    "tight-right",
    "underline",
    "wide",
];

/// Whether an element may have an attribute with a value.
pub fn is_allowed(element: &str, attribute: &str, value: &str) -> bool {
    let is_known = ATTRIBUTES.iter().any(|(name, on)| *name == attribute && on.contains(&element));
    is_known
        && match attribute {
            "alttext" => true,
            "display" => value == "block",
            "data-math" => value.split(' ').all(|word| LAYOUTS.contains(&word)),
            "form" => matches!(value, "prefix" | "infix" | "postfix"),
            "mathvariant" => value == "normal",
            "scriptlevel" => matches!(value, "0" | "1" | "2"),
            "height" | "linethickness" | "lspace" | "maxsize" | "minsize" | "rspace" | "width" => {
                is_length(value)
            }
            _ => matches!(value, "true" | "false"),
        }
}

/// Digits with at most one point among them, and `em`, `pt`, `px`, `%` or nothing.
fn is_length(value: &str) -> bool {
    let units = ["em", "ex", "pt", "px", "%"];
    let number = units.iter().find_map(|unit| value.strip_suffix(unit)).unwrap_or(value);
    let number = number.strip_prefix('-').unwrap_or(number);
    // What is longer than a page is wide hides the text around it.
    number.parse::<f32>().is_ok_and(|number| number <= 100.0)
        && number.len() <= 12
        && number.starts_with(|c: char| c.is_ascii_digit())
        && number.ends_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || c == '.')
}
