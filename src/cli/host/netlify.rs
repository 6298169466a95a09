//! Netlify: the settings of a deploy.
//!
//! docs.netlify.com/configure-builds/file-based-configuration

use super::Built;

/// `netlify.toml`.
pub fn toml() -> String {
    include_str!("netlify/netlify.toml").to_owned()
}

/// What `_headers` needs.
pub fn notes(built: &Built) -> Vec<String> {
    match built.base.as_str() {
        "/" => Vec::new(),
        base => vec![format!(
            "built for {base}: put the content of the built folder into a folder of that name, \
             _headers and 404.html beside that folder, and publish what holds them"
        )],
    }
}
