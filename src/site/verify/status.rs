//! Answers that are not the file: another status, or none at all.

use super::answer::{Answer, Headers, Hop, Lead, Trouble};
use super::finding::Finding;
use super::release::Release;

/// The finding where no answer came.
pub(super) fn trouble(path: &str, trouble: &Trouble) -> Finding {
    let error = |code, message: &str| Finding::error(code, path, message);
    match trouble {
        Trouble::Timeout => error("timeout", "no answer came in time").help(
            "the host is overloaded or a firewall drops requests: try again, then look there",
        ),
        Trouble::UnknownHost => error("unknown-host", "the host has no address")
            .help("the name is misspelt or its DNS entry is missing; new ones take up to a day"),
        Trouble::Tls(why) => {
            error("tls", &format!("the secure connection failed: {why}")).help(tls(why))
        }
        Trouble::Connection(why) => error("connection", &format!("the connection failed: {why}"))
            .help("the server is down, the port is wrong, or it closes connections under load"),
        Trouble::Protocol(why) => error("protocol", &format!("what came is not HTTP: {why}"))
            .help("look whether the scheme and the port of the address are right"),
        Trouble::NotAsked => {
            Finding::note("not-asked", path, "not asked, as many before it got no good answer")
                .help("mend what is wrong with the connection, then verify again")
        }
    }
}

fn tls(why: &str) -> &'static str {
    let why = why.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| why.contains(word));
    if has(&["expired", "notvalidyet", "not valid yet"]) {
        "the certificate is out of date: renew it; or the clock of this machine is wrong"
    } else if has(&["notvalidforname", "not valid for name"]) {
        "the certificate is for another name: add this one to it, with and without `www`"
    } else if has(&["unknownissuer", "unknown issuer", "unknown ca", "causedasendentity"]) {
        "the certificate is of an unknown issuer: self-signed, or the server leaves out the \
         certificates in between (send the full chain)"
    } else if why.contains("certificate") {
        "the certificate is not one that browsers accept: get one of a public authority"
    } else {
        "the port does not speak TLS, or only an old version of it"
    }
}

/// The finding for a status other than 200.
pub(super) fn status(path: &str, answer: &Answer, deployed: Option<&Release>) -> Finding {
    let (code, help): (&'static str, String) = match answer.status {
        401 => ("password", "the site asks for a password: verify it once it is public".into()),
        403 => ("forbidden", forbidden(path, &answer.headers)),
        404 | 410 => return missing(path, answer, deployed),
        407 => ("proxy", "a proxy on the way asks for a password".into()),
        429 => (
            "rate-limit",
            "the host answers only so many requests in a time, and did not within the time this \
             waits: try again later or with `--sample 50`"
                .into(),
        ),
        500..=599 => ("server-error", server(&answer.headers)),
        _ => ("status", "look into the rules of the host for this path".into()),
    };
    Finding::error(code, path, format!("status {} came", answer.status))
        .between("status 200", format!("status {}{}", answer.status, retry(&answer.headers)))
        .help(help)
}

fn retry(headers: &Headers) -> String {
    let shown = |name: &str| headers.get(name).map(|value| format!(", {name}: {value}"));
    ["retry-after", "server"].into_iter().filter_map(shown).collect()
}

fn forbidden(path: &str, headers: &Headers) -> String {
    if headers.get("cf-mitigated").is_some() {
        return "Cloudflare challenges what is no browser: allow this machine, or turn bot fights \
                off for static files"
            .to_owned();
    }
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    let rule = match extension {
        "json" | "wasm" | "webmanifest" | "bin" => {
            format!("a rule of the host or a firewall blocks `.{extension}` files: allow them")
        }
        _ => "a rule of the host or a firewall blocks it".to_owned(),
    };
    format!(
        "{rule}; else the file may not be read (file permissions; S3 says so also of files that \
         are missing)"
    )
}

fn server(headers: &Headers) -> String {
    let who = headers.get("server").map_or(String::new(), |server| format!(" ({server})"));
    format!("the server{who} fails: look into its log, then try again")
}

fn missing(path: &str, answer: &Answer, deployed: Option<&Release>) -> Finding {
    let got = format!("status {}{}", answer.status, retry(&answer.headers));
    if let Some(deployed) = deployed
        && !deployed.files.contains_key(path)
    {
        let message = format!("it is not there, and release `{}` has it not", deployed.id);
        return Finding::error("not-deployed", path, message)
            .between("status 200", got)
            .help("the deploy of the local release has not happened, or a stale edge answers");
    }
    let is_iis = answer.headers.get("server").is_some_and(|server| server.contains("IIS"));
    let known = [".html", ".js", ".css", ".png", ".svg"].iter().any(|end| path.ends_with(end));
    let help = match path.is_ascii() {
        true if is_iis && !known => {
            "IIS hides files whose type it does not know: add a `mimeMap` for it to web.config"
        }
        true => {
            "upload it; look whether the upload leaves out names (ignore rules, a size limit, \
             names that begin with `.` or `_`) or changes their case"
        }
        false => {
            "its name is not ASCII: the upload may have changed it (NFC to NFD on a Mac, another \
             encoding in an archive); look what the file is called on the host"
        }
    };
    Finding::error("missing", path, "it is not there").between("status 200", got).help(help)
}

/// The finding for a redirect that is not followed, as it leads out of the site.
pub(super) fn leads_out(path: &str, hop: &Hop) -> Finding {
    let to = |url: &url::Url| format!("{}://{}", url.scheme(), url.authority());
    let (message, help) = match &hop.lead {
        Lead::OtherHost(url) => (
            format!("it is redirected to another host, `{}`", to(url)),
            "a login page stands before the site, or the site has moved: turn the protection off, \
             or verify the address it leads to",
        ),
        Lead::OtherOrigin(url) => (
            format!("it is redirected to `{}`", to(url)),
            "verify that address; if it is the wrong one, the server does not know its public \
             address behind a proxy (nginx: `absolute_redirect off`)",
        ),
        Lead::Beside(_) => (
            "it is redirected out of the site's path".to_owned(),
            "the host forgets the path below which the site stands: mend its redirect rules, or \
             build for the path it is served at",
        ),
        _ => (
            "it is redirected in a circle or to no address".to_owned(),
            "two rules of the host contradict each other, such as one that adds a slash and one \
             that takes it away",
        ),
    };
    let got = format!("status {}, location: {}", hop.status, hop.location);
    Finding::error("redirect", path, message).between("status 200", got).help(help)
}
