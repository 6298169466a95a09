//! The web app manifest (W3C Web Application Manifest): what makes the site installable.

use serde_json::{Value, json};

use super::config::Config;
use super::icons::Icons;
use super::screenshots::Screenshot;
use crate::route::Route;
use crate::words;

/// The file, as JSON.
pub fn manifest(config: &Config, icons: &Icons, screenshots: &[Screenshot]) -> String {
    let base = &config.base;
    let words = words::of(&config.site.language);
    let icon = |path: &str, sizes: &str, kind: &str, purpose: &str| json!({ "src": base.href(path), "sizes": sizes, "type": kind, "purpose": purpose });
    let shortcut =
        |name: &str, route: Route| -> Value { json!({ "name": name, "url": route.href(base) }) };
    let screenshots: Vec<Value> = screenshots.iter().map(|one| one.entry(base)).collect();
    let mut manifest = json!({
        "name": config.site.title,
        "short_name": config.short_name,
        "description": config.site.description,
        "lang": config.site.language,
        "dir": "auto",
        "id": base.as_str(),
        "start_url": base.as_str(),
        "scope": base.as_str(),
        "display": "standalone",
        "theme_color": config.theme.background,
        "background_color": config.theme.background,
        "icons": [
            icon(&icons.small, "192x192", "image/png", "any"),
            icon(&icons.large, "512x512", "image/png", "any"),
            icon(&icons.maskable, "512x512", "image/png", "maskable"),
            icon(&icons.svg, "any", "image/svg+xml", "any"),
        ],
        "shortcuts": [
            shortcut(words.latest, Route::home()),
            shortcut(words.search, Route::search()),
            shortcut(words.archive, Route::Archive { page: 1 }),
            shortcut(words.saved, Route::Saved),
        ],
    });
    if !screenshots.is_empty() {
        manifest["screenshots"] = screenshots.into();
    }
    format!("{manifest:#}\n")
}
