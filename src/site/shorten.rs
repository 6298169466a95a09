//! Short names between the app's module and its wasm. wasm-bindgen gives every function that the
//! wasm imports a name with a hash, which no compression can shorten and which stands in both
//! files: 5.5 KB of 205 after Brotli, with the comments of the module.

use std::collections::BTreeMap;

use crate::bytes::{Broken, Reader, Writer};

/// The number of the section of imports (WebAssembly Core, section 5.5.5), and the kind of an
/// import that is a function.
const IMPORTS: u8 = 2;
const FUNCTION: u8 = 0;

/// Magic number and version.
const HEAD: usize = 8;

type Names = BTreeMap<String, String>;

/// The wasm and the module with short names; `None` where one of them is not as expected, and
/// both serve as they are.
pub fn shorten(wasm: &[u8], module: &str) -> Option<(Vec<u8>, String)> {
    let (wasm, names) = shorten_wasm(wasm).ok()?;
    let module = shorten_module(module, &names)?;
    Some((wasm, module))
}

fn shorten_wasm(wasm: &[u8]) -> Result<(Vec<u8>, Names), Broken> {
    let mut reader = Reader::new(wasm);
    let mut writer = Writer::new();
    writer.bytes(reader.bytes(HEAD)?);
    let mut names = Names::new();
    while reader.end().is_err() {
        let section = reader.u8()?;
        let length = reader.u32()?;
        let body = reader.bytes(length as usize)?;
        let imports = match section {
            IMPORTS => Some(shorten_imports(body, &mut names)?),
            _ => None,
        };
        let body = imports.as_deref().unwrap_or(body);
        writer.u8(section);
        writer.u32(body.len() as u32);
        writer.bytes(body);
    }
    Ok((writer.finish(), names))
}

fn shorten_imports(section: &[u8], names: &mut Names) -> Result<Vec<u8>, Broken> {
    let mut reader = Reader::new(section);
    let mut writer = Writer::new();
    let count = reader.u32()?;
    writer.u32(count);
    for _ in 0..count {
        writer.text(reader.text()?);
        let name = reader.text()?.to_owned();
        let next = format!("${:x}", names.len());
        writer.text(names.entry(name).or_insert(next));
        if reader.u8()? != FUNCTION {
            return Err(Broken("an imported function"));
        }
        writer.u8(FUNCTION);
        writer.u32(reader.u32()?);
    }
    reader.end()?;
    Ok(writer.finish())
}

/// The module with the names replaced, without indentation and comments on lines of their own.
/// `None` where a name is not in it, or a new one is already.
fn shorten_module(module: &str, names: &Names) -> Option<String> {
    let mut found = std::collections::BTreeSet::new();
    let mut out = String::new();
    let used = without_unused(module, names);
    for line in used.into_iter().map(str::trim_start).filter(|line| !is_comment(line)) {
        let mut rest = line;
        while let Some(start) = rest.find(is_part) {
            let end = rest[start..].find(|c| !is_part(c)).map_or(rest.len(), |end| start + end);
            let word = &rest[start..end];
            out.push_str(&rest[..start]);
            match names.get(word) {
                Some(short) => {
                    found.insert(word);
                    out.push_str(short);
                }
                None if names.values().any(|short| short == word) => return None,
                None => out.push_str(word),
            }
            rest = &rest[end..];
        }
        out.push_str(rest);
        out.push('\n');
    }
    (found.len() == names.len()).then_some(out)
}

/// The lines of a module without what nothing uses: the functions for imports that the wasm lacks,
/// and the classes of `wasm-streams`, which Leptos brings and this app never makes one of.
fn without_unused<'a>(module: &'a str, names: &Names) -> Vec<&'a str> {
    let mut lines = Vec::new();
    // The beginning of the line that ends what is left out.
    let mut end: Option<&str> = None;
    for line in module.lines() {
        if let Some(mark) = end {
            if line.starts_with(mark) {
                end = None;
            }
            continue;
        }
        let import =
            line.strip_prefix("        __wbg_").and_then(|rest| rest.split_once(": function("));
        let is_unused = |name: &str| !names.contains_key(&format!("__wbg_{name}"));
        if import.is_some_and(|(name, _)| is_unused(name)) {
            end = Some("        }");
        } else if line.starts_with("export class IntoUnderlying") {
            end = Some("}");
        } else if line.starts_with("const IntoUnderlying") {
            end = Some("    : ");
        } else if !line.starts_with("if (Symbol.dispose) IntoUnderlying") {
            lines.push(line);
        }
    }
    lines
}

fn is_comment(line: &str) -> bool {
    ["/**", "* ", "*/", "//"].iter().any(|start| line.starts_with(start)) || line == "*"
}

/// Whether a character may be in an identifier, as far as wasm-bindgen writes any.
fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A wasm with a section before and after its imports of two functions.
    fn wasm(names: [&str; 2]) -> Vec<u8> {
        let mut imports = Writer::new();
        imports.u32(2);
        for (number, name) in (0..).zip(names) {
            imports.text("./app_bg.js");
            imports.text(name);
            imports.u8(FUNCTION);
            imports.u32(number);
        }
        let imports = imports.finish();
        let mut wasm = Writer::new();
        wasm.bytes(b"\0asm\x01\0\0\0");
        for (section, body) in [(1, &b"types"[..]), (IMPORTS, &imports), (10, b"code")] {
            wasm.u8(section);
            wasm.u32(body.len() as u32);
            wasm.bytes(body);
        }
        wasm.finish()
    }

    const LONG: [&str; 2] = ["__wbg_get_0123456789abcdef", "__wbg_get_0123456789abcdef_1"];
    const MODULE: &str = "const a = {\n    /**\n     * Says.\n     */\n    \
        __wbg_get_0123456789abcdef: () => `$ {x}`,\n    __wbg_get_0123456789abcdef_1() {},\n};\n";

    #[test]
    fn names_are_short_on_both_sides() {
        let (bytes, module) = shorten(&wasm(LONG), MODULE).unwrap();
        assert_eq!(bytes, wasm(["$0", "$1"]));
        assert_eq!(module, "const a = {\n$0: () => `$ {x}`,\n$1() {},\n};\n");
    }

    #[test]
    fn what_nothing_uses_goes() {
        let module = "export class IntoUnderlyingSink {\n    free() {\n    }\n}\n\
            if (Symbol.dispose) IntoUnderlyingSink.prototype[Symbol.dispose] = x;\n\
            const imports = {\n        __wbg_a_1: function(arg0) {\n            x();\n        },\n        \
            __wbg_b_2: function() { return handleError(function (arg0) {\n            y();\n        \
            }, arguments); },\n};\nconst IntoUnderlyingSinkFinalization = (typeof F === 'undefined')\n    \
            ? { register: () => {} }\n    : new F(ptr => x(ptr));\nlast();\n";
        let names: Names = [("__wbg_a_1".to_owned(), "$0".to_owned())].into();
        let left = without_unused(module, &names).join("\n");
        let want = "const imports = {\n        __wbg_a_1: function(arg0) {\n            x();\n        },\n};\nlast();";
        assert_eq!(left, want);
    }

    #[test]
    fn what_is_not_as_expected_stays() {
        let good = wasm(LONG);
        assert_eq!(shorten(b"\0asm", MODULE), None);
        assert_eq!(shorten(&good[..good.len() - 1], MODULE), None);
        assert_eq!(shorten(&good, "const a = 1;"), None);
        assert_eq!(
            shorten(&good, &MODULE.replace("Says", "x").replace("const a", "const $1")),
            None
        );
    }
}
