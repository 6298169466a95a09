//! What trunk made: the app's files, and the page they came in as a template.

use anyhow::{Context, bail};

use super::file::{Files, hashed_name};
use super::headers::without_comments;
use super::shorten::shorten;
use super::style::Styles;

/// The app's files and where they stand.
#[derive(Clone, Debug)]
pub struct AppFiles {
    /// The page with the slots for head and body.
    pub template: String,
    /// The scripts that stand in the template itself.
    pub inline_scripts: Vec<String>,
    /// The app's module.
    pub module: String,
    /// The app's wasm.
    pub wasm: String,
    /// The joined style sheet.
    pub style: String,
    /// The styles that pages carry.
    pub styles: Styles,
    /// The starter.
    pub boot: String,
    /// All of them by their path.
    pub files: Files,
}

/// Where the head of a page goes in the template.
pub const HEAD_SLOT: &str = "<!-- inkstone:head -->";
/// Where the body of a page goes in the template.
pub const BODY_SLOT: &str = "<!-- inkstone:body -->";

const BOOT: &str = include_str!("../boot/boot.js");

/// Takes trunk's output apart. `theme_css` is appended to the style sheet.
pub fn collect(output: &Files, theme_css: &str) -> anyhow::Result<AppFiles> {
    let page = output.get("index.html").context("trunk wrote no index.html")?;
    let page = String::from_utf8(page.clone()).context("trunk's index.html is not UTF-8")?;
    let (template, sheets) = take_links(&page);
    for slot in [HEAD_SLOT, BODY_SLOT] {
        if !template.contains(slot) {
            bail!("index.html lacks the line `{slot}`; put it back");
        }
    }
    let mut texts = Vec::new();
    for sheet in &sheets {
        let bytes = output.get(sheet).with_context(|| format!("trunk wrote no {sheet}"))?;
        texts.push((stem(sheet).to_owned(), String::from_utf8_lossy(bytes).into_owned()));
    }
    let styles = Styles::new(&texts, theme_css);
    let trunk_wasm = only(output, "_bg.wasm")?;
    let trunk_module = trunk_wasm.replace("_bg.wasm", ".js");
    let module = output.get(&trunk_module).context("trunk wrote no module for the app")?;
    let wasm = &output[&trunk_wasm];
    let text = std::str::from_utf8(module).context("trunk's module is not UTF-8")?;
    let (wasm, module) = shorten(wasm, text)
        .map_or_else(|| (wasm.clone(), module.clone()), |(wasm, text)| (wasm, text.into_bytes()));
    // trunk's own hash is of the wasm before wasm-opt, so equal names could hold other bytes.
    let module_path = hashed_name("assets/app", &module, "js");
    let wasm_path = hashed_name("assets/app", &wasm, "wasm");
    let mut files: Files = [(module_path.clone(), module), (wasm_path.clone(), wasm)].into();
    let style_path = hashed_name("assets/style", styles.whole.as_bytes(), "css");
    let boot = without_comments(BOOT).into_bytes();
    let boot_path = hashed_name("assets/boot", &boot, "js");
    files.insert(style_path.clone(), styles.whole.clone().into_bytes());
    files.insert(boot_path.clone(), boot);
    Ok(AppFiles {
        inline_scripts: inline_scripts(&template),
        template,
        module: module_path,
        wasm: wasm_path,
        style: style_path,
        styles,
        boot: boot_path,
        files,
    })
}

fn only(output: &Files, ending: &str) -> anyhow::Result<String> {
    let mut found = output.keys().filter(|path| path.ends_with(ending));
    match (found.next(), found.next()) {
        (Some(path), None) => Ok(path.clone()),
        (None, _) => bail!("trunk wrote no *{ending}; run `cargo inkstone build` once more"),
        (Some(a), Some(b)) => bail!("two apps in one folder: {a} and {b}; delete the folder"),
    }
}

/// The template without trunk's own links and comments, and the style sheets it linked, in order.
fn take_links(page: &str) -> (String, Vec<String>) {
    let (mut template, mut sheets, mut rest) = (String::new(), Vec::new(), page);
    while let Some(at) = rest.find('<') {
        template.push_str(&rest[..at]);
        let tag = &rest[at..];
        let end = if tag.starts_with("<!--") {
            tag.find("-->").map_or(tag.len(), |end| end + 3)
        } else {
            tag.find('>').map_or(tag.len(), |end| end + 1)
        };
        let tag = &tag[..end];
        let comment = tag.starts_with("<!--") && tag != HEAD_SLOT && tag != BODY_SLOT;
        if tag.starts_with("<link") {
            if tag.contains("stylesheet") {
                sheets.extend(attribute(tag, "href").map(|href| file_name(&href)));
            }
        } else if !comment {
            template.push_str(tag);
        }
        rest = &rest[at + end..];
    }
    template.push_str(rest);
    let lines: Vec<&str> = template.lines().filter(|line| !line.trim().is_empty()).collect();
    (lines.join("\n") + "\n", sheets)
}

/// The texts of scripts without a `src`.
fn inline_scripts(template: &str) -> Vec<String> {
    let mut scripts = Vec::new();
    for part in template.split("<script").skip(1) {
        let Some((tag, rest)) = part.split_once('>') else { continue };
        if let Some((text, _)) = rest.split_once("</script")
            && !tag.contains("src=")
        {
            scripts.push(text.to_owned());
        }
    }
    scripts
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = &tag[tag.find(&format!("{name}="))? + name.len() + 1..];
    let quote = value.chars().next()?;
    if !matches!(quote, '"' | '\'') {
        return value.split([' ', '>']).next().map(str::to_owned);
    }
    value[1..].split(quote).next().map(str::to_owned)
}

/// The name of a sheet without trunk's hash and the ending.
fn stem(sheet: &str) -> &str {
    let name = sheet.strip_suffix(".css").unwrap_or(sheet);
    name.rsplit_once('-').map_or(name, |(stem, _)| stem)
}

fn file_name(href: &str) -> String {
    href.rsplit('/').next().unwrap_or(href).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trunks_page_becomes_a_template_and_one_style_sheet() {
        let page = "<!doctype html><html><head><meta charset=\"utf-8\">\n<!-- note -->\n\
             <link rel=\"stylesheet\" href=\"/a-1.css\"><link rel=stylesheet href=/b-2.css>\n\
             <link rel=\"modulepreload\" href=\"/app-0123456789abcdef.js\">\n\
             <script>own()</script><script src=\"x.js\"></script><!-- inkstone:head --></head><body><!-- inkstone:body --></body></html>";
        let output: Files = [
            ("index.html", page),
            ("a-1.css", "a{}"),
            ("b-2.css", "b{}"),
            ("app-0123456789abcdef.js", "js"),
            ("app-0123456789abcdef_bg.wasm", "wasm"),
        ]
        .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
        .into();
        let app = collect(&output, ":root{}").unwrap();
        assert_eq!(app.files[&app.style], b"a{}b{}:root{}");
        assert_eq!(app.styles.groups.len(), 1, "an author's own sheets and colours");
        assert_eq!(app.files[&app.module], b"js");
        assert_eq!(app.files[&app.wasm], b"wasm");
        assert_eq!(app.inline_scripts, ["own()"]);
        assert!(!app.template.contains("<link") && !app.template.contains("note"));
        assert!(collect(&Files::new(), "").unwrap_err().to_string().contains("no index.html"));
    }
}
