//! nginx: a file for `/etc/nginx/conf.d`, which stands inside the `http` block.
//!
//! The pages that its directives rest on are named at the rules of the host. Everything is inside
//! one `location`, so that a site below a path leaves the rest of its server alone; the locations in
//! it have no `add_header`, which would switch off those around them.

use super::Built;
use super::types;
use crate::cli::server::hosts::settings::{FOR_EVER, REVALIDATE};
use crate::site::file::OWN_TYPES;

/// The whole file.
pub fn server(built: &Built) -> String {
    let domain = built.domain_or_example();
    let (base, root) = (&built.base, &built.root);
    let hashed = types::hashed_addresses(base);
    let mark = if built.domain.is_some() { "" } else { "  # HERE" };
    let site = indent(&location(built));
    format!(
        r#"# nginx: /etc/nginx/conf.d/{domain}.conf, made from a built site; make it again after a build.
# The content of the built folder goes to {root}{base}

# For ever what carries a hash in its name; everything else is asked for again.
map $uri $inkstone_cache {{
  default "{REVALIDATE}";
  "~{hashed}" "{FOR_EVER}";
}}

server {{
  listen 80;
  listen [::]:80;
  server_name {domain};{mark}
  return 301 https://$host$request_uri;
}}

server {{
  listen 443 ssl;
  listen [::]:443 ssl;
  server_name {domain};{mark}
  ssl_certificate     /etc/ssl/{domain}/fullchain.pem;  # HERE
  ssl_certificate_key /etc/ssl/{domain}/privkey.pem;  # HERE

  root {root};
{site}}}
"#
    )
}

/// What concerns the site alone.
fn location(built: &Built) -> String {
    let base = &built.base;
    let named = types::escape(base);
    let headers: String = built.headers.iter().map(|(name, value)| header(name, value)).collect();
    let own: String = OWN_TYPES.iter().map(|(name, kind)| own_type(&named, name, kind)).collect();
    format!(
        r#"
location {base} {{
  # Of the files beside each file: .br needs the module ngx_brotli (in Debian
  # libnginx-mod-http-brotli-static); without it delete that line.
  brotli_static on;
  gzip_static on;
  gzip_vary on;

  default_type application/octet-stream;
  charset utf-8;
  charset_types text/css text/javascript text/plain;
{types}
  add_header Cache-Control $inkstone_cache always;
{headers}
  absolute_redirect off;
  error_page 404 {base}404.html;
  # A folder without a page.
  error_page 403 =404 {base}404.html;
  try_files $uri $uri/ =404;

  location ~ ^{named}(_headers|_redirects)$ {{ return 404; }}
{own}}}
"#,
        types = indent(&type_table()),
    )
}

/// In full, so that none depends on the version of `mime.types`.
fn type_table() -> String {
    let lines =
        types::by_type().map(|(kind, endings)| format!("  {kind} {};\n", endings.join(" ")));
    format!("types {{\n{}}}\n", lines.collect::<String>())
}

fn own_type(base: &str, name: &str, kind: &str) -> String {
    let name = types::escape(name);
    format!("  location ~ ^{base}(.*/)?{name}$ {{ types {{}} default_type {kind}; }}\n")
}

/// A quoted value; a dollar sign, which nginx can't quote, is in none of the site's headers.
fn header(name: &str, value: &str) -> String {
    let value = value.replace('\\', r"\\").replace('"', "\\\"");
    format!("  add_header {name} \"{value}\" always;\n")
}

fn indent(text: &str) -> String {
    let line = |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") };
    text.lines().map(line).collect()
}
