//! Whole sites from folders of posts, through the steps that the command line calls.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says so by failing")]

mod support;

mod again;
mod fragments;
mod golden;
mod hostile;
mod html;
mod lists;
mod messages;
mod offline;
mod output;
mod pathological;
mod payloads;
mod property;
mod recall;
mod references;
mod refused;
mod severities;
mod suites;
