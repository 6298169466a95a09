//! The description of the search by a grammar of what OpenSearch asks.

use super::super::open_search;
use super::schema::Checker;
use super::{Site, broken, fixture};

const SCHEMA: &str = include_str!("open_search.rnc");

const SEARCH: &str = "search/?q={searchTerms}";

#[test]
fn every_description_is_valid() {
    let checker = Checker::new(SCHEMA);
    let long = Site { title: "云🦀 & <b> ".repeat(300), ..fixture::site() };
    let lengthy = Site { description: "云 & ".repeat(600), ..fixture::site() };
    let nameless = Site { title: " ".to_owned(), ..fixture::bare() };
    for site in [fixture::site(), fixture::bare(), long, lengthy, nameless] {
        checker.accepts(&open_search(&site, SEARCH));
    }
}

#[test]
fn a_broken_description_is_rejected() {
    let checker = Checker::new(SCHEMA);
    let xml = open_search(&fixture::site(), SEARCH);
    for (old, new) in [
        ("<ShortName>", "<ShortName>Much too long "),
        ("<InputEncoding>UTF-8</InputEncoding>", "<InputEncoding></InputEncoding>"),
        ("{searchTerms}", "{words}"),
        ("type=\"text/html\"", ""),
        ("opensearch/1.1/", "opensearch/1.0/"),
        ("height=\"192\"", "height=\"big\""),
    ] {
        checker.rejects(&broken(&xml, old, new));
    }
}
