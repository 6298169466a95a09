//! The command itself: its arguments, exit codes and both forms of its report.

use std::path::Path;

use clap::Parser;

use super::super::{Args, run};
use super::*;
use crate::cli::Failure;
use crate::cli::project::{Content, Project};

#[derive(Parser)]
struct Cli {
    #[command(flatten)]
    args: Args,
}

fn at(root: &Path) -> Project {
    let content = Content { posts: None, config: None, public: None, drafts: false, future: false };
    Project::at(root.to_path_buf(), content)
}

fn verify(root: &Path, arguments: &[&str]) -> Result<(), Failure> {
    let arguments = std::iter::once("verify").chain(arguments.iter().copied());
    let cli = Cli::try_parse_from(arguments).unwrap();
    run(&cli.args, &at(root))
}

/// A project whose `dist` holds the release.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    crate::site::file::write(&folder.path().join("dist"), &made::site("/sub/")).unwrap();
    folder
}

/// The exit code is that of the failure's kind, and its text has the words.
fn check_failure(result: Result<(), Failure>, code: u8, words: &str) {
    let failure = result.unwrap_err();
    let found = format!("{:?}", failure.exit_code());
    assert_eq!(found, format!("{:?}", std::process::ExitCode::from(code)), "{failure}");
    assert!(failure.to_string().contains(words), "{failure}");
}

#[test]
fn good_folders_and_sites_succeed() {
    let folder = project();
    verify(folder.path(), &["dist"]).unwrap();
    let server = server(|_, _, raw| raw);
    let url = server.url().to_string();
    verify(folder.path(), &[&url, "--strict"]).unwrap();
    verify(folder.path(), &[&format!("{url}index.html?a#b")]).unwrap();
    verify(folder.path(), &[&url, "--alone", "--format", "json"]).unwrap();
    verify(folder.path(), &[&url, "--against", "dist", "--sample", "2"]).unwrap();
}

#[test]
fn warnings_fail_only_where_that_is_asked_for() {
    let folder = project();
    let server = server(|_, _, raw| raw.unset("Vary"));
    let url = server.url().to_string();
    verify(folder.path(), &[&url]).unwrap();
    check_failure(verify(folder.path(), &[&url, "--strict"]), 1, "error: it is packed, but has no");
    check_failure(verify(folder.path(), &[&url, "--strict", "--format", "json"]), 1, "");
}

#[test]
fn wrong_usage_is_told() {
    let folder = project();
    let check =
        |arguments: &[&str], words: &str| check_failure(verify(folder.path(), arguments), 2, words);
    check(&["none"], "`none` is no folder: run `cargo inkstone build`");
    check(&["ftp://a.example/"], "is no address of the web");
    check(&["https://"], "is no address");
    check(&["https://u:p@a.example/"], "holds a password");
    check(&["dist", "--against", "dist"], "`--against` is for addresses");
    check(&["http://127.0.0.1:1/", "--against", "none"], "is no folder");
    assert!(Cli::try_parse_from(["verify", "x", "--alone", "--against", "y"]).is_err());
}

#[test]
fn a_folder_that_is_no_release_is_wrong_input() {
    let folder = project();
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    check_failure(verify(folder.path(), &["empty"]), 1, "sw.js: error: there is no sw.js");
    let against = verify(folder.path(), &["http://127.0.0.1:1/", "--against", "empty"]);
    check_failure(against, 1, "holds no release: there is no sw.js");
}

#[test]
fn a_network_that_is_not_there_is_no_fault_of_the_site() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let local = None;
    let base = url::Url::parse(&format!("http://127.0.0.1:{port}/")).unwrap();
    let unreached = Crawl::new(base, local, sample::DEFAULT, quick()).run().unwrap_err();
    assert_eq!(unreached.0.code, "connection");
    // A name that no resolver may know (RFC 6761, section 6.4).
    let base = url::Url::parse("http://host.invalid/").unwrap();
    let unreached = Crawl::new(base, None, sample::DEFAULT, quick()).run().unwrap_err();
    assert!(matches!(unreached.0.code, "unknown-host" | "timeout"), "{unreached:?}");
    let folder = project();
    let url = format!("http://127.0.0.1:{port}/");
    check_failure(
        verify(folder.path(), &[&url, "--alone"]),
        3,
        "can't be reached: the connection failed",
    );
}

#[test]
fn json_has_the_same_findings() {
    let verdict = crawl(&server(|_, _, raw| raw.unset("Vary")), With::Dist);
    let json: serde_json::Value = serde_json::from_str(&print::json("s", &verdict)).unwrap();
    let found = &json["diagnostics"][0];
    assert_eq!((&found["code"], &found["severity"]), (&"no-vary".into(), &"warning".into()));
    assert_eq!(found["file"], found["paths"][0]);
    assert_eq!(found["count"], found["paths"].as_array().unwrap().len());
    assert_eq!((&json["errors"], &json["warnings"]), (&0.into(), &1.into()));
}

#[test]
fn nothing_from_a_network_can_command_a_terminal() {
    let change = |_: &Host, request: &Request, raw: Raw| match request.path.ends_with(".css") {
        true => raw.plain("<html><title>\u{1B}[31m\u{202E}</title>"),
        false => raw,
    };
    check(With::Nothing, change, &["foreign-page"], &["\\u{1b}[31m\\u{202e}"]);
}
