//! The settings of each host, word by word. With `INKSTONE_UPDATE=1` they are written anew.

use super::{Built, check, notes, snippet};
use crate::cli::server::Host;
use clap::ValueEnum;
use std::path::Path;

const HEADERS: &str = r#"/*
  Content-Security-Policy: default-src 'none'; script-src 'self' 'sha256-abc='
  X-Content-Type-Options: nosniff
  X-Quoted: "a" \ b
/sw.js
  Cache-Control: public, max-age=0, must-revalidate
"#;

const HOME: &str = r#"<link rel="canonical" href="https://blog.example/">"#;

fn at_root() -> Built {
    Built::new(HEADERS, HOME, "/", "/srv/inkstone")
}

fn below_a_path() -> Built {
    Built::new(
        &HEADERS.replace("\n/", "\n/my.blog/").replace("/*", "/my.blog/*"),
        "",
        "/my.blog/",
        "/srv",
    )
}

/// Compares with `golden/<name>.txt`.
fn check_golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/cli/host/golden")
        .join(format!("{name}.txt"));
    if std::env::var_os("INKSTONE_UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text, golden, "{name}: run with INKSTONE_UPDATE=1 if this is meant");
}

#[test]
fn settings_at_the_root() {
    for host in Host::value_variants().iter().filter(|host| **host != Host::Cdn) {
        check_golden(&super::name(*host), &snippet(*host, &at_root()));
    }
}

#[test]
fn settings_below_a_path() {
    for host in [Host::Nginx, Host::Caddy, Host::S3] {
        check_golden(&format!("{}-below", super::name(host)), &snippet(host, &below_a_path()));
    }
}

#[test]
fn every_header_is_in_the_settings_that_need_it() {
    for host in [Host::Nginx, Host::Caddy, Host::S3] {
        let text = snippet(host, &at_root());
        assert!(text.contains("'sha256-abc='") && text.contains("X-Quoted"), "{host:?}");
        assert!(!text.contains('@') || host != Host::S3 || !text.contains("@BASE@"), "{host:?}");
    }
}

#[test]
fn what_cloudflare_would_drop_is_an_error() {
    let many: String = (0..101).map(|n| format!("/{n}\n  X: y\n")).collect();
    let error = |headers: &str| {
        let built = Built::new(headers, "", "/", "/srv");
        check(Host::Cloudflare, &built).err().map_or("-".to_owned(), |error| error.to_string())
    };
    assert!(error(&many).contains("_headers has 101 rules"), "{}", error(&many));
    let long = format!("/*\n  X: {}\n", "y".repeat(2000));
    assert!(error(&long).contains("2005 bytes"), "{}", error(&long));
    assert_eq!(error(HEADERS), "-");
}

#[test]
fn notes_name_what_differs_by_path() {
    let below = |host| notes(host, &below_a_path()).join("\n");
    assert!(below(Host::Github).contains("the repository must have this name"));
    assert!(below(Host::Cloudflare).contains("2 of 100 rules"));
    assert!(below(Host::Netlify).contains("built for /my.blog/"));
    assert!(below(Host::S3).contains("/my.blog/404.html"));
    assert!(below(Host::Nginx).contains("/srv/my.blog/"));
    assert!(notes(Host::Netlify, &at_root()).len() == 1);
}
