//! What bloggers write and the converter doesn't know, put in other words of TeX: environments by
//! other names, `$x$` within `\text{…}`, rows without an environment. Numbers of equations appear
//! with `\tag` only, as in MathJax by default; colours and labels go.

/// Operators that are words, which stand in operators of one's own.
const NAMES: [&str; 6] = ["arg", "max", "min", "sup", "inf", "lim"];

/// How deep `$…$` and `\text{…}` may nest.
const MAX_TEXTS: usize = 8;

/// The formula as the converter knows it.
pub(super) fn rewrite(tex: &str, display: bool) -> Result<String, String> {
    let mut formula = Rewriter::default();
    formula.read(tex, 0)?;
    let Rewriter { out, has_tag, has_rows, has_columns, is_numbered, .. } = formula;
    let has_tag = has_tag && !is_numbered;
    if has_tag && !display {
        return Err("`\\tag` needs a formula with lines of its own".to_owned());
    }
    let name = match (has_tag, has_rows, has_columns) {
        (true, true, true) => "align*",
        (true, true, false) => "gather*",
        (true, false, _) => "equation*",
        (false, true, true) => "aligned",
        (false, true, false) => "gathered",
        (false, false, _) => return Ok(out),
    };
    Ok(format!("\\begin{{{name}}}{out}\\end{{{name}}}"))
}

/// Where a group ends that starts before the text: after its brace, or at the text's end.
pub(super) fn group_end(text: &str) -> usize {
    let mut depth = 1;
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => drop(bytes.next()),
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    text.len()
}

#[derive(Default)]
struct Rewriter {
    out: String,
    /// What is open, the innermost last: whether it is an environment, and no group.
    open: Vec<bool>,
    has_tag: bool,
    has_rows: bool,
    has_columns: bool,
    /// Whether an environment takes tags.
    is_numbered: bool,
}

impl Rewriter {
    fn read(&mut self, tex: &str, texts: usize) -> Result<(), String> {
        if texts > MAX_TEXTS {
            return Err("`\\text` nests too deep".to_owned());
        }
        let mut rest = tex;
        while let Some(at) = rest.find(['\\', '{', '}', '&', '%']) {
            self.out.push_str(&rest[..at]);
            let sign = &rest[at..=at];
            rest = &rest[at + 1..];
            match sign {
                "\\" => rest = self.command(rest, texts)?,
                "%" => rest = rest.find('\n').map_or("", |end| &rest[end..]),
                _ => self.sign(sign)?,
            }
        }
        self.out.push_str(rest);
        Ok(())
    }

    fn sign(&mut self, sign: &str) -> Result<(), String> {
        match (sign, self.open.last()) {
            ("{", _) => self.open.push(false),
            ("}", _) => drop(self.open.pop()),
            ("&", None) => self.has_columns = true,
            ("&", Some(false)) => return Err("`&` stands within a group".to_owned()),
            _ => {}
        }
        if sign == "&" {
            self.no_script("&")?;
        }
        self.out.push_str(sign);
        Ok(())
    }

    /// Checks that a cell or a row doesn't end where a script is to come.
    fn no_script(&self, sign: &str) -> Result<(), String> {
        match self.out.trim_end().strip_suffix(['^', '_']) {
            Some(before) if !before.ends_with('\\') => {
                Err(format!("`{sign}` stands where a script is to come"))
            }
            _ => Ok(()),
        }
    }

    /// Reads a command behind its backslash and gives what comes after it.
    fn command<'a>(&mut self, tex: &'a str, texts: usize) -> Result<&'a str, String> {
        let end = tex.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(tex.len());
        let first = tex.chars().next().map_or(0, char::len_utf8);
        let (name, rest) = tex.split_at(end.max(first));
        let (group, after) = group(rest);
        match name {
            "begin" => return Ok(self.environment(group, after)),
            "end" => {
                self.open.pop();
                self.out.push_str(&format!("\\end{{{}}}", known_environment(group).0));
            }
            "color" | "textcolor" | "colorbox" => return Ok(self::group(option(rest)).1),
            "label" => {}
            // An operator of one's own; the converter knows the words of amsmath for it.
            "mathop" if after.trim_start().starts_with("\\limits") => {
                let words = NAMES.iter().fold(group.to_owned(), |words, name| {
                    words.replace(&format!("\\{name}"), name)
                });
                self.out.push_str(&format!("\\operatorname*{{{words}}}"));
                return Ok(after.trim_start().trim_start_matches("\\limits"));
            }
            "text" | "textrm" | "textbf" | "textit" | "textsf" | "texttt" | "mbox" | "hbox"
            | "textnormal" | "textup" | "textmd"
                if rest.trim_start().starts_with('{') =>
            {
                self.text(name, group, texts)?;
            }
            _ => {
                if name == "\\" {
                    self.no_script("\\\\")?;
                }
                self.has_tag |= name == "tag";
                self.has_rows |= name == "\\" && self.open.is_empty();
                match name {
                    "left" => self.open.push(false),
                    "right" => drop(self.open.pop()),
                    _ => {}
                }
                self.out.push('\\');
                self.out.push_str(name);
                return Ok(rest);
            }
        }
        Ok(after)
    }

    /// The start of an environment, and what comes after it.
    fn environment<'a>(&mut self, name: &str, after: &'a str) -> &'a str {
        self.open.push(true);
        let (known, has_argument) = known_environment(name);
        self.is_numbered |= matches!(known, "align*" | "equation*" | "gather*" | "multline");
        self.out.push_str(&format!("\\begin{{{known}}}"));
        self.out.push_str(match known {
            "multline" => "\\notag ",
            "array" if name.starts_with("eqnarray") => "{rcl}",
            _ => "",
        });
        match (has_argument, name.ends_with("matrix*")) {
            (true, _) => group(after).1,
            (false, true) => option(after),
            (false, false) => after,
        }
    }

    /// A text; what is between dollar signs in it is a formula again.
    fn text(&mut self, name: &str, inside: &str, texts: usize) -> Result<(), String> {
        let name = match name {
            "textrm" | "textbf" | "textit" | "textsf" | "texttt" => name,
            _ => "text",
        };
        let escaped = inside.replace("\\$", "\u{FFFF}");
        let pieces: Vec<&str> = escaped.split('$').collect();
        if pieces.len().is_multiple_of(2) {
            return Err(format!("`$` in `\\{name}` has no second `$`"));
        }
        self.out.push('{');
        self.open.push(false);
        for (number, piece) in pieces.into_iter().enumerate() {
            let piece = piece.replace('\u{FFFF}', "\\$");
            match number % 2 {
                0 if piece.is_empty() => {}
                0 => self.out.push_str(&format!("\\{name}{{{piece}}}")),
                _ => self.read(&piece, texts + 1)?,
            }
        }
        self.open.pop();
        self.out.push('}');
        Ok(())
    }
}

/// An environment that the converter has in place of one, and whether the other has an argument
/// that goes.
fn known_environment(name: &str) -> (&str, bool) {
    match name {
        "align" | "flalign" | "flalign*" => ("align*", false),
        "alignat" | "alignat*" => ("align*", true),
        "alignedat" => ("aligned", true),
        "equation" | "displaymath" => ("equation*", false),
        "gather" => ("gather*", false),
        "multline*" => ("multline", false),
        "split" => ("aligned", false),
        "eqnarray" | "eqnarray*" => ("array", false),
        "smallmatrix" => ("matrix", false),
        _ => {
            (name.strip_suffix('*').filter(|name| name.ends_with("matrix")).unwrap_or(name), false)
        }
    }
}

/// The inside of the group that comes next, and what comes after it; nothing where none comes.
fn group(tex: &str) -> (&str, &str) {
    let Some(inside) = tex.trim_start().strip_prefix('{') else { return ("", tex) };
    let end = group_end(inside);
    (inside[..end].strip_suffix('}').unwrap_or(&inside[..end]), &inside[end..])
}

/// The text without an option in square brackets before it.
fn option(tex: &str) -> &str {
    let inside = tex.trim_start().strip_prefix('[');
    inside.and_then(|inside| inside.split_once(']')).map_or(tex, |(_, after)| after)
}
