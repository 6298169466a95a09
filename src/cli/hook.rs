//! `hook`: what trunk runs after it has built the app, so that `trunk serve` and
//! `trunk build --release` give a whole site. A failure makes trunk leave `dist` as it was.

use super::Failure;
use super::project::Project;
use super::report::accepted;
use crate::site::{self, Options};
use std::path::PathBuf;

/// Turns trunk's staging folder into a site.
pub fn run(project: &Project) -> Result<(), Failure> {
    let Some(staging) = std::env::var_os("TRUNK_STAGING_DIR") else {
        return Err(Failure::Usage(
            "`hook` is for trunk, which sets TRUNK_STAGING_DIR; you may want `build`".to_owned(),
        ));
    };
    let base = base(&std::env::var("TRUNK_PUBLIC_URL").unwrap_or_default());
    let options = Options { base, ..project.options() };
    let cache = project.work("compressed");
    let (staging, out) = (PathBuf::from(staging), std::env::var_os("TRUNK_DIST_DIR"));
    let out = out.map_or_else(|| project.root.join("dist"), PathBuf::from);
    let built = site::finish_in_place(&options, (&staging, &out), &cache)?;
    let report = accepted(&built.report)?;
    anstream::println!("{report}");
    if std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release") {
        println!("{}", built.summary.trim_end());
    }
    Ok(())
}

/// The base, if trunk's public URL is a path that says more than `/`.
fn base(url: &str) -> Option<String> {
    (url.starts_with('/') && !url.starts_with("//") && url != "/")
        .then(|| if url.ends_with('/') { url.to_owned() } else { format!("{url}/") })
}

#[cfg(test)]
mod tests {
    use super::base;

    #[test]
    fn only_a_path_is_a_base() {
        assert_eq!(base("/sub/").as_deref(), Some("/sub/"));
        assert_eq!(base("/sub").as_deref(), Some("/sub/"));
        for other in ["/", "", "./", "https://x.org/sub/", "//x.org/"] {
            assert_eq!(base(other), None, "{other}");
        }
    }
}
