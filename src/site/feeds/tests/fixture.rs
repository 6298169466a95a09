//! Sites and posts to write files of: an ordinary one, one that says as little as may be, and one
//! whose texts hold what formats are broken by.

use super::{Item, Place, Site};

/// A site that says everything.
pub fn site() -> Site {
    Site {
        title: "Ink & <Stone>".to_owned(),
        description: "Notes on Rust & “the web”, 云里的博客".to_owned(),
        author: "Ada 云".to_owned(),
        language: "zh-Hans".to_owned(),
        url: Some("https://blog.example/sub/".to_owned()),
        base: "/sub/".to_owned(),
        icon: "icons/192.png".to_owned(),
        logo: "icons/512.png".to_owned(),
    }
}

/// A site that says as little as may be.
pub fn bare() -> Site {
    Site {
        title: "Notes".to_owned(),
        description: String::new(),
        author: String::new(),
        language: String::new(),
        url: None,
        base: "/".to_owned(),
        icon: "icons/192.png".to_owned(),
        logo: "icons/512.png".to_owned(),
    }
}

/// A page.
pub fn place(path: &str) -> Place {
    Place { path: path.to_owned(), updated: None, translations: Vec::new() }
}

/// A post that says as little as may be.
pub fn plain(at: usize) -> Item {
    Item {
        path: format!("posts/plain-{at}/"),
        title: format!("Plain {at}"),
        published: "2025-12-31T23:59:59Z".to_owned(),
        updated: None,
        author: None,
        language: None,
        tags: Vec::new(),
        summary: String::new(),
        html: "<p>Text.</p>".to_owned(),
        image: None,
    }
}

/// A post that says everything.
pub fn full() -> Item {
    Item {
        path: "posts/%E4%BA%91-and-stone/".to_owned(),
        title: "云 <b> & \"stone\" 🦀 \u{202E}abc\u{202C} ]]>".to_owned(),
        published: "2026-01-04T09:30:00+08:00".to_owned(),
        updated: Some("2026-01-14T09:30:00+08:00".to_owned()),
        author: Some("Bob <b@c.example>".to_owned()),
        language: Some("en-GB".to_owned()),
        tags: vec!["C++ & Rust".to_owned(), "云".to_owned(), " ".to_owned()],
        summary: "1 < 2 & \u{0}\u{B}\u{FFFE}so on".to_owned(),
        html: concat!(
            "<h2 id=\"a\">A<a class=\"anchor\" href=\"#a\" aria-label=\"Link\"></a></h2>",
            "<p>1 &lt; 2 ]]&gt; <a href=\"/sub/posts/b/?x=1&amp;y=2\">b</a> <a href=\"#a\">A</a> ",
            "<img src=\"/sub/images/%E4%BA%91.png\" alt=\"云 &quot;\" loading=\"lazy\"><br>\u{0}</p>",
            "<div class=\"code\"><pre tabindex=\"0\"><code><i class=\"k\">fn</i> x\n</code></pre></div>",
        )
        .to_owned(),
        image: Some(("images/%E4%BA%91.webp".to_owned(), 12_345)),
    }
}
