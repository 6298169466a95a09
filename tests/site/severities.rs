//! How bad each bad input is: `E` an error, `W` a warning, one letter for each thing said of it.
//! The numbers are the rows of the list of bad inputs that the project keeps.

/// A file below `posts/`, without the date of its name, and what is said of it.
pub const ROWS: &[(&str, &str)] = &[
    // 1: no front matter, or no end of it: errors that name the opening line.
    ("row-01/no-fence.md", "E"),
    ("row-01/open-fence.md", "E"),
    // 2: a misspelt key: a warning with the key that was meant; what is unknown is said once.
    ("row-02/misspelt.md", "W"),
    ("row-02/unknown-again.md", "W"),
    ("row-02/unknown.md", "W"),
    // 3: no title and no name, no date anywhere: errors.
    ("row-03/.md", "EE"),
    ("row-03/no-date.md", "E"),
    // 4: a day that there is not: an error.
    ("row-04/no-such-day.md", "E"),
    // 5: no offset is the site's zone; a wrong offset, a far year, no time of day: errors.
    ("row-05/no-offset.md", ""),
    ("row-05/wrong-offset.md", "E"),
    ("row-05/far-year.md", "E"),
    ("row-05/wrong-time.md", "E"),
    ("row-05/wrong-update.md", "E"),
    // 6: the future and drafts: hidden and counted, nothing is said.
    ("row-06/2999-01-01-future.md", ""),
    ("row-06/draft.md", ""),
    // 7: text as written; nothing, a list or a table in its place: errors.
    ("row-07/number.md", ""),
    ("row-07/nothing.md", "E"),
    ("row-07/list.md", "E"),
    ("row-07/table.md", "E"),
    ("row-07/flag.md", "E"),
    // 8: a key twice: an error.
    ("row-08/twice.md", "E"),
    // 9: aliases, nesting without end: errors at once.
    ("row-09/bomb.md", "E"),
    ("row-09/brackets.md", "E"),
    ("row-09/deep.md", "E"),
    ("row-09/keys.md", "E"),
    // 10: other encodings: errors with the byte.
    ("row-10/utf-16.md", "E"),
    ("row-10/latin-1.md", "E"),
    // 11: a byte order mark and Windows' line ends: nothing.
    ("row-11/windows.md", ""),
    // 12: control characters: errors in front matter, replaced in the body.
    ("row-12/nul.md", "E"),
    ("row-12/escaped-nul.md", "E"),
    ("row-12/body-nul.md", ""),
    // 13: an empty file: an error; no body: a warning.
    ("row-13/empty.md", "E"),
    ("row-13/no-body.md", "W"),
    // 14: a file above the limit: an error.
    ("row-14/big.md", "E"),
    // 15: two files at one address, by case or composition too: an error that names both.
    ("row-15/one/same.md", ""),
    ("row-15/two/same.md", "E"),
    ("row-15/one/case.md", "E"),
    ("row-15/two/CASE.md", ""),
    ("row-15/one/café.md", ""),
    ("row-15/two/cafe\u{301}.md", "E"),
    // 16: names that no path can hold: errors.
    ("row-16/slug-up.md", "E"),
    ("row-16/slug-root.md", "E"),
    ("row-16/slug-escape.md", "E"),
    ("row-16/slug-device.md", "E"),
    ("row-16/slug-empty.md", "E"),
    ("row-16/slug-long.md", "E"),
    ("row-16/slug-dots.md", "E"),
    ("row-16/permalink-up.md", "E"),
    ("row-16/permalink-colon.md", "E"),
    ("row-16/permalink-device.md", "E"),
    ("row-16/permalink-long.md", "E"),
    ("row-16/placeholder.md", "E"),
    ("row-16/...md", "E"),
    // 17: paths of the site itself: errors.
    ("row-17/worker.md", "E"),
    ("row-17/index.md", "E"),
    ("row-17/missing.md", "E"),
    ("row-17/state.md", "E"),
    ("row-17/assets.md", "E"),
    ("row-17/category.md", "E"),
    ("row-17/data.md", "E"),
    ("row-17/folder.md", "E"),
    ("row-17/old.md", "E"),
    // 18: a link out of the folder, a file that can't be read, a folder of a post's name: errors.
    // What such a folder holds is no post, which is a warning of its own.
    ("row-18/leads-out.md", "E"),
    ("row-18/dangles.md", "E"),
    ("row-18/folder.md", "E"),
    ("row-18/pipe", "E"),
    ("row-18/folder.md/inside.txt", "W"),
    // 19: an image that leads out of the site or is not there: errors. One of another site is not
    // loaded, which is a warning.
    ("row-19/images.md", "EEEEE"),
    ("row-19/picture.md", "E"),
    ("row-19/remote-picture.md", "W"),
    ("row-19/no-path.md", "E"),
    // 20: links that lead nowhere: warnings.
    ("row-20/links.md", "WWWWWWWW"),
    // 22: addresses of no allowed scheme: dropped with a warning.
    ("row-21/shown-otherwise.md", "WWWWWWWW"),
    ("row-22/script.md", "WWW"),
    // 26: names of tags that would share a page, or are nothing: errors; spellings: warnings.
    ("row-26/two/tags-two.md", "EWWE"),
    ("row-26/tag-of-nothing.md", "E"),
    // 27: characters that can't be seen: warnings.
    ("row-27/turned.md", "WWW"),
    // 28: nesting that no browser bears: errors.
    ("row-28/quotes.md", "E"),
    ("row-28/lists.md", "E"),
    // 29: a body that makes far more than it says: an error.
    ("row-29/table.md", "E"),
    // 30: the end of a script is text.
    ("row-30/end-of-script.md", ""),
];
