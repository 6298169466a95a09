//! Why something of a Jekyll site is left: keys of its settings, folders, files.

/// Keys of one reason, as Jekyll, its plug-ins and the themes in wide use write them.
const KEYS: [(&[&str], &str); 6] = [
    (
        &[
            "theme",
            "remote_theme",
            "minimal_mistakes_skin",
            "theme_mode",
            "skin",
            "minima",
            "logo",
            "avatar",
            "header_pages",
            "show_excerpts",
            "toc",
            "breadcrumbs",
        ],
        "Inkstone has a look of its own; colours and links are set in `[theme]` and `[[navigation]]`",
    ),
    (
        &[
            "plugins",
            "gems",
            "whitelist",
            "plugins_dir",
            "jekyll-archives",
            "archives",
            "feed",
            "sitemap",
            "atom_feed",
            "paginate_path",
            "pagination",
            "search",
            "tag_archive",
            "category_archive",
            "pwa",
        ],
        "Ruby plug-ins don't run; lists, redirects and offline reading are built in",
    ),
    (
        &[
            "markdown",
            "markdown_ext",
            "kramdown",
            "commonmark",
            "redcarpet",
            "rdiscount",
            "highlighter",
            "pygments",
        ],
        "Markdown is read in one way, see docs/writing.md",
    ),
    (
        &[
            "sass",
            "liquid",
            "compress_html",
            "host",
            "port",
            "livereload",
            "detach",
            "verbose",
            "quiet",
            "safe",
            "encoding",
            "incremental",
            "profile",
            "future",
            "show_drafts",
            "limit_posts",
            "unpublished",
            "lsi",
            "strict_front_matter",
            "cache_dir",
            "data_dir",
            "includes_dir",
            "layouts_dir",
            "keep_files",
            "webrick",
            "ignore_theme_config",
            "disable_disk_cache",
            "show_dir_listing",
            "repository",
            "page_excerpts",
        ],
        "only for Jekyll's own build",
    ),
    (
        &[
            "analytics",
            "google_analytics",
            "ga",
            "gtag",
            "baidu",
            "comments",
            "disqus",
            "disqus_shortname",
            "giscus",
            "utterances",
            "gitalk",
            "gitment",
            "pageviews",
            "cdn",
            "webmaster_verifications",
            "google_site_verification",
            "bing_site_verification",
            "share",
            "busuanzi",
        ],
        "reading a page asks no third party",
    ),
    (
        &[
            "github",
            "twitter",
            "facebook",
            "social",
            "email",
            "github_username",
            "twitter_username",
            "weibo_username",
            "zhihu_username",
            "social_preview_image",
            "og_image",
            "links",
            "footer",
        ],
        "the theme's; write such links into a page, or into `[[navigation]]`",
    ),
];

/// Why a key of `_config.yml` is left.
pub fn of_key(key: &str) -> &'static str {
    let known = KEYS.iter().find(|(keys, _)| keys.contains(&key));
    known.map_or("Inkstone has no such setting", |(_, why)| why)
}

/// Why a folder whose name begins with `_` is left.
pub fn of_folder(name: &str) -> &'static str {
    match name {
        "_layouts" | "_includes" => "templates of the theme; Inkstone has its own",
        "_sass" => SASS,
        "_data" => "data for templates; Inkstone has none",
        "_plugins" => "Ruby plug-ins don't run",
        _ => "Jekyll does not publish it: no collection with `output: true`, not in `include`",
    }
}

/// Style sheets that need a compiler.
pub const SASS: &str = "style sheets and scripts of the theme, which need Jekyll's compilers";

/// Pages in HTML.
pub const HTML: &str = "pages in HTML are not taken; write the content in Markdown";

/// Other files that Liquid makes.
pub const LIQUID: &str = "made with Liquid, which is not run";

/// What Inkstone makes itself.
pub const OWN: &str =
    "Inkstone has a page of its own there; text of yours belongs into another page";

/// What Inkstone's build would overwrite.
pub const RESERVED: &str = "Inkstone's build writes a file or folder of this name itself";

/// What belongs to the repository.
pub const REPOSITORY: &str = "belongs to the repository, not to the site";

/// What Jekyll ignores.
pub const HIDDEN: &str = "Jekyll does not publish names that begin with `.`, `_`, `#` or `~`";

/// What the author excluded.
pub const EXCLUDED: &str = "in `exclude` of the settings";

/// Posts in other formats.
pub const NOT_MARKDOWN: &str = "not Markdown";

/// Posts without a date in the name.
pub const UNDATED: &str = "no date in its name, so Jekyll does not publish it as a post";

/// A link to what Jekyll keeps to itself.
pub const LINK_TO_SPECIAL: &str = "a symbolic link to a name that Jekyll does not publish";

/// A link that leads out.
pub const LINK: &str = "a symbolic link out of the site; copy the file itself";
