//! The names by which authors call languages.
//!
//! Names come from rouge (GitHub Pages), highlight.js and Linguist; what the grammars themselves
//! go by, their names and file extensions, is not repeated here.

use syntect::parsing::{SyntaxReference, SyntaxSet};

/// Names of text that stays plain. There are grammars for logs and help texts; they guess, and
/// take a second for a few lines.
const PLAIN: &[&str] = &[
    "",
    "text",
    "txt",
    "plain",
    "plaintext",
    "plain text",
    "none",
    "nohighlight",
    "output",
    "log",
    "syslog",
    "help",
    "cmd-help",
    "command help",
    "show-nonprintable",
    "highlight non-printables",
];

/// Grammars by name and what authors call them, in words. A name that a grammar has for an
/// extension is repeated only where two grammars have it. A long list takes several rows.
pub(super) const ALIASES: &[(&str, &str)] = &[
    ("ActionScript", "actionscript3 as3"),
    ("Apache Conf", "apache apacheconf"),
    ("AppleScript", "osascript"),
    ("AsciiDoc (Asciidoctor)", "asciidoctor"),
    ("AWK", "gawk mawk nawk"),
    ("Batch File", "batch batchfile dos"),
    ("Bourne Again Shell (bash)", "shell shellscript shell-script ksh csh tcsh console"),
    ("Bourne Again Shell (bash)", "shell-session shellsession sh-session bash-session zsh-session"),
    ("C", "h"),
    ("C#", "csharp"),
    ("C++", "cplusplus arduino ino cuda cu opencl hlsl"),
    ("Clojure", "clojurescript babashka bb"),
    ("CoffeeScript", "coffee-script"),
    ("Crontab", "cron"),
    ("CSS", "postcss pcss tailwindcss wxss"),
    ("Diff", "udiff"),
    ("Dockerfile", "docker containerfile"),
    ("Elixir", "iex"),
    ("Email", "mail"),
    ("F#", "fsharp fs"),
    ("Fortran (Modern)", "fortran"),
    ("GDScript (Godot Engine)", "gdscript"),
    ("Git Commit", "gitcommit git-commit"),
    ("Git Config", "git-config"),
    ("Git Ignore", "dockerignore npmignore"),
    ("Git Rebase Todo", "gitrebase git-rebase"),
    ("GLSL", "shader"),
    ("Go", "golang"),
    ("Graphviz (DOT)", "graphviz"),
    ("Groff/troff", "roff"),
    ("Groovy", "jenkins"),
    ("HTML", "html5 vue-html htmlbars handlebars hbs mustache astro blade"),
    ("HTML (EEx)", "eex heex leex"),
    ("HTML (Jinja2)", "django htmldjango liquid nunjucks njk html+jinja tera"),
    ("HTML (Rails)", "html+erb"),
    ("HTML (Twig)", "html+twig"),
    ("INI", "dosini systemd editorconfig registry"),
    ("Java Properties", "java-properties"),
    ("JavaScript", "json5 hjson mjs cjs node nodejs"),
    ("Jinja2", "ansible"),
    ("JSON", "jsonc geojson jsonld json-ld jsonl ndjson"),
    ("Julia", "julia-repl jldoctest"),
    ("LaTeX", "tikz"),
    ("Lean 4", "lean4"),
    ("Lisp", "commonlisp common-lisp elisp emacs-lisp emacs scheme guile fennel"),
    ("Literate Haskell", "literate-haskell"),
    ("Lua", "luau nse pluto"),
    ("Makefile", "gnumake bsdmake mf"),
    ("Markdown", "mdx gfm rmd rmarkdown qmd quarto"),
    ("MATLAB", "octave"),
    ("Objective-C", "objc objectivec obj-c"),
    ("Objective-C++", "objcpp objc++ obj-c++"),
    ("orgmode", "org-mode"),
    ("Pascal", "delphi freepascal objectpascal dfm"),
    ("Perl", "perl5"),
    ("PHP", "php8"),
    ("Protocol Buffer", "proto3"),
    ("Protocol Buffer (TEXT)", "prototext"),
    ("Python", "python3 python2 py2 pycon python-repl ipython ipython3 sage starlark cython"),
    ("R", "rlang rscript splus"),
    ("Regular Expression", "regex regexp"),
    ("Robot Framework", "robotframework"),
    ("Ruby", "irb jruby"),
    ("Rust", "ron"),
    ("Scala", "scala3"),
    ("SML", "standardml"),
    ("SQL", "mysql mariadb postgres postgresql pgsql plpgsql sqlite sqlite3 plsql tsql mssql cql"),
    ("SQL", "bigquery"),
    ("SSH Config", "sshconfig ssh-config"),
    ("SSHD Config", "sshdconfig sshd-config"),
    ("Terraform", "opentofu nomad packer"),
    ("TypeScript", "deno ets arkts"),
    ("TypeScriptReact", "jsx javascriptreact"),
    ("VimL", "vimscript vim-script nvim"),
    ("x86_64 Assembly", "assembly assembler x86asm gas masm x86 fasm"),
    ("XML", "plist wsdl xsl atom axml wxml csproj kml gpx mathml"),
    ("YAML", "docker-compose compose kubernetes openapi github-actions cloudformation"),
];

/// Whether a name stands for text without colours.
pub(super) fn is_plain(language: &str) -> bool {
    PLAIN.iter().any(|name| name.eq_ignore_ascii_case(language.trim()))
}

/// The grammar an author means.
pub(super) fn grammar<'a>(grammars: &'a SyntaxSet, language: &str) -> Option<&'a SyntaxReference> {
    let language = language.trim().trim_start_matches('.').to_ascii_lowercase();
    let called = |names: &str| names.split(' ').any(|name| name == language);
    match ALIASES.iter().find(|(_, names)| called(names)) {
        Some((name, _)) => grammars.find_syntax_by_name(name),
        None => grammars.find_syntax_by_token(&language).filter(|grammar| !grammar.hidden),
    }
}
