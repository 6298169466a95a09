//! S3 behind CloudFront: a script that uploads in the right order, and makes the function and the
//! policy that a distribution needs.
//!
//! docs.aws.amazon.com: cli/latest/reference/s3/, "Use of Exclude and Include Filters" (of filters,
//! later ones go first), cli/latest/reference/s3/sync.html,
//! AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html,
//! …/adding-response-headers.html. The other pages are named at the rules of the host.

use super::Built;
use super::types;
use crate::cli::server::hosts::settings::{
    FOR_EVER, HASHED_AT_ROOT, HASHED_FOLDERS, LAST, REVALIDATE,
};
use serde_json::{Value, json};

/// The function, for whoever makes it by hand.
const FUNCTION: &str = include_str!("s3/function.js");

/// The whole script.
pub fn script(built: &Built) -> String {
    let types = guessed();
    let types = types.iter().map(|(ending, kind)| format!("  '{ending}={kind}'"));
    let values = [
        ("@BASE@", built.base.clone()),
        ("@FUNCTION@", FUNCTION.trim_end().to_owned()),
        ("@POLICY@", policy(&built.headers)),
        ("@FOR_EVER@", FOR_EVER.to_owned()),
        ("@REVALIDATE@", REVALIDATE.to_owned()),
        ("@TYPES@", types.collect::<Vec<_>>().join("\n")),
        ("@FOLDERS@", HASHED_FOLDERS.join(" ")),
        ("@ROOTS@", HASHED_AT_ROOT.join(" ")),
        ("@LAST@", LAST.join(" ")),
    ];
    let script = include_str!("s3/script.sh").to_owned();
    values.into_iter().fold(script, |script, (name, value)| script.replace(name, &value))
}

/// What the script can't do.
pub fn notes(built: &Built) -> Vec<String> {
    let base = &built.base;
    vec![
        "keep this as deploy-s3.sh; it begins with how to run it and what the distribution needs"
            .to_owned(),
        format!(
            "without permission to list, S3 says 403 for what is missing: both 403 and 404 need the error page {base}404.html"
        ),
    ]
}

/// Endings whose types aws takes from the system or leaves without a charset. Pages have their own
/// step.
fn guessed() -> Vec<(&'static str, &'static str)> {
    let all =
        types::as_sent().flat_map(|(kind, endings)| endings.iter().map(move |end| (*end, kind)));
    let is_guessed = |kind: &str| kind.starts_with("text/") || kind.starts_with("application/");
    let named = all.filter(|(end, kind)| is_guessed(kind) || *end == "svg");
    named.filter(|(end, _)| !matches!(*end, "html" | "pdf")).collect()
}

/// The configuration of a response headers policy. CloudFront wants some headers by its own names
/// and refuses them among the custom ones.
fn policy(headers: &[(String, String)]) -> String {
    let mut security = serde_json::Map::new();
    let mut custom: Vec<Value> = Vec::new();
    for (name, value) in headers {
        match name.as_str() {
            "Content-Security-Policy" => {
                let policy = json!({ "Override": true, "ContentSecurityPolicy": value });
                security.insert("ContentSecurityPolicy".to_owned(), policy);
            }
            "Referrer-Policy" => {
                let policy = json!({ "Override": true, "ReferrerPolicy": value });
                security.insert("ReferrerPolicy".to_owned(), policy);
            }
            "X-Content-Type-Options" => {
                security.insert("ContentTypeOptions".to_owned(), json!({ "Override": true }));
            }
            "X-Frame-Options" => {
                let options = json!({ "Override": true, "FrameOption": value });
                security.insert("FrameOptions".to_owned(), options);
            }
            _ => custom.push(json!({ "Header": name, "Value": value, "Override": true })),
        }
    }
    let config = json!({
        "Name": "inkstone",
        "Comment": "Headers of _headers",
        "SecurityHeadersConfig": security,
        "CustomHeadersConfig": { "Quantity": custom.len(), "Items": custom },
    });
    serde_json::to_string_pretty(&config).unwrap_or_default()
}
