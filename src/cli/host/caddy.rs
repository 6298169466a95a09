//! Caddy: a site of a Caddyfile.
//!
//! The pages that its directives rest on are named at the rules of the host. `route` keeps the order
//! as it is written; Caddy would sort the directives otherwise.

use super::Built;
use super::types;
use crate::cli::server::hosts::settings::{FOR_EVER, REVALIDATE};
use crate::site::file::OWN_TYPES;

/// The whole site.
pub fn caddyfile(built: &Built) -> String {
    let (domain, base, root) = (built.domain_or_example(), &built.base, &built.root);
    let mark = if built.domain.is_some() { "" } else { "# HERE: the domain\n" };
    let slash = match base.trim_end_matches('/') {
        "" => String::new(),
        inner => format!("\tredir {inner} {base} 308\n\n"),
    };
    let page = quoted("text/html; charset=utf-8");
    format!(
        r#"# Caddy: for /etc/caddy/Caddyfile, made from a built site; make it again after a build.
# The content of the built folder goes to {root}{base}
{mark}{domain} {{
	root * {root}

{slash}	route {base}* {{
{rules}	}}

	handle_errors {{
		@missing {{
			expression {{err.status_code}} == 404
			path {base}*
		}}
		handle @missing {{
			rewrite * {base}404.html
			header Cache-Control {REVALIDATE:?}
			header Content-Type {page}
			header ?Vary Accept-Encoding
			file_server {{
				precompressed br gzip
			}}
		}}
	}}
}}
"#,
        rules = rules(built),
    )
}

/// What happens to a request for the site.
fn rules(built: &Built) -> String {
    let base = &built.base;
    let headers: String = built
        .headers
        .iter()
        .map(|(name, value)| format!("\t\t\t{name} {}\n", quoted(value)))
        .collect();
    format!(
        r#"		header {{
			Cache-Control {REVALIDATE:?}
{headers}		}}

		# For ever what carries a hash in its name.
		@hashed path_regexp `{hashed}`
		header @hashed Cache-Control {FOR_EVER:?}

		# In full, so that none depends on the system.
{types}
		# Of itself only since version 2.8.
		header ?Vary Accept-Encoding

		@other not method GET HEAD
		header @other Allow "GET, HEAD"
		respond @other 405

		file_server {{
			precompressed br gzip
			hide {root}{base}_headers {root}{base}_redirects
		}}
"#,
        hashed = types::hashed_addresses(base),
        types = type_rules(base),
        root = built.root,
    )
}

/// Whole names last: a later header goes before an earlier one.
fn type_rules(base: &str) -> String {
    let endings = types::as_sent().map(|(kind, endings)| {
        let paths: String = endings.iter().map(|ending| format!(" *.{ending}")).collect();
        rule(endings[0], &format!("path{paths}"), kind)
    });
    let own = OWN_TYPES.iter().map(|(name, kind)| {
        let expression = format!("^{}(.*/)?{}$", types::escape(base), types::escape(name));
        rule(&name.replace('.', "_"), &format!("path_regexp `{expression}`"), kind)
    });
    let index = rule("bin", "path *.bin", "application/octet-stream");
    endings.chain(own).chain([index]).collect()
}

fn rule(name: &str, matcher: &str, kind: &str) -> String {
    format!("\t\t@{name} {matcher}\n\t\theader @{name} Content-Type {}\n", quoted(kind))
}

fn quoted(value: &str) -> String {
    match value.contains([' ', '"', '\\']) {
        true => format!("\"{}\"", value.replace('\\', r"\\").replace('"', "\\\"")),
        false => value.to_owned(),
    }
}
