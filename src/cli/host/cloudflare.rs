//! Cloudflare Pages: the settings of wrangler, which uploads, and the limits of `_headers`.
//!
//! developers.cloudflare.com/pages/functions/wrangler-configuration and …/configuration/headers

use super::Built;
use crate::cli::server::hosts::cloudflare::{LONGEST_LINE, MOST_RULES};

/// `wrangler.toml`.
pub fn wrangler(built: &Built) -> String {
    let name = project_name(built.domain.as_deref());
    format!(
        "# Cloudflare Pages: wrangler.toml\n\
         #\n\
         #   cargo inkstone build\n\
         #   npx wrangler pages deploy\n\
         #\n\
         # Leave off whatever changes files on the way: injected scripts and web analytics, e-mail\n\
         # obfuscation, Rocket Loader. The service worker compares every byte.\n\
         \n\
         name = \"{name}\"  # HERE: the name of the project\n\
         pages_build_output_dir = \"dist\"\n\
         compatibility_date = \"2026-01-01\"\n"
    )
}

/// Whether Cloudflare would read all of `_headers`.
pub fn check(built: &Built) -> Result<(), String> {
    if built.rules > MOST_RULES {
        return Err(format!(
            "_headers has {} rules, Cloudflare Pages reads {MOST_RULES}: put fewer files with a \
             hash in their name into public/assets",
            built.rules
        ));
    }
    if built.longest_line > LONGEST_LINE {
        return Err(format!(
            "a line of _headers has {} bytes, Cloudflare Pages reads {LONGEST_LINE}: allow fewer \
             hosts of images, or have fewer inline scripts in index.html",
            built.longest_line
        ));
    }
    Ok(())
}

/// How far the limits are, and what `_headers` needs.
pub fn notes(built: &Built) -> Vec<String> {
    let mut notes = vec![format!(
        "_headers is within limits: {} of {MOST_RULES} rules, the longest line {} of \
         {LONGEST_LINE} bytes",
        built.rules, built.longest_line
    )];
    if built.base != "/" {
        notes.push(format!(
            "built for {}: put the content of the built folder into a folder of that name, _headers \
             and 404.html beside that folder, and deploy what holds them",
            built.base
        ));
    }
    notes
}

/// Lower-case letters, digits and hyphens.
fn project_name(domain: Option<&str>) -> String {
    let name = domain.unwrap_or("my-blog").to_ascii_lowercase();
    name.replace(|c: char| !c.is_ascii_alphanumeric(), "-").trim_matches('-').to_owned()
}
