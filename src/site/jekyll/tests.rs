//! Small Jekyll sites, and the whole project that each becomes.

use std::fmt::Write;

use walkdir::WalkDir;

use super::*;

mod chirpy;
mod mixed;
mod plain;
mod rules;

/// A Jekyll site in `old`, and a project in `new` to import it into.
struct Sandbox(tempfile::TempDir);

impl Sandbox {
    fn new(files: &[(&str, &str)]) -> Self {
        let sandbox = Sandbox(tempfile::tempdir().unwrap());
        std::fs::create_dir_all(sandbox.path("new")).unwrap();
        for (path, text) in files {
            sandbox.write(&format!("old/{path}"), text.as_bytes());
        }
        sandbox
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap()
    }

    fn places(&self) -> Places {
        Places {
            posts: self.path("new/posts"),
            config: self.path("new/inkstone.toml"),
            public: self.path("new/public"),
        }
    }

    fn plan(&self) -> Plan {
        plan(&self.path("old"), &self.places()).unwrap()
    }

    /// The diagnostics of a site that can't be imported.
    fn refusal(&self) -> String {
        let problems = plan(&self.path("old"), &self.places()).unwrap_err();
        let texts: Vec<String> = problems.iter().map(ToString::to_string).collect();
        self.short(&texts.join("\n"))
    }

    /// A text without the path of the sandbox.
    fn short(&self, text: &str) -> String {
        text.replace(&format!("{}/", self.0.path().display()), "")
    }

    /// Every file of the project.
    fn tree(&self) -> String {
        let mut tree = String::new();
        for entry in WalkDir::new(self.path("new")).sort_by_file_name() {
            let entry = entry.unwrap();
            if !entry.file_type().is_dir() {
                let path = entry.path().strip_prefix(self.path("new")).unwrap();
                let _ = writeln!(tree, "{}", path.display());
            }
        }
        tree
    }

    /// Whether a file is the same on both sides.
    fn is_copy(&self, old: &str, new: &str) -> bool {
        let read = |path: String| std::fs::read(self.path(&path)).unwrap();
        read(format!("old/{old}")) == read(format!("new/{new}"))
    }
}

/// Imports a site: the tree, the settings and the report.
fn check(files: &[(&str, &str)], tree: &str, settings: &str, report: &str) -> Sandbox {
    let sandbox = Sandbox::new(files);
    let plan = sandbox.plan();
    assert_eq!(plan.conflicts(), Vec::<PathBuf>::new());
    plan.apply().unwrap();
    let got = format!(
        "{}\n{}\n{}",
        sandbox.tree(),
        sandbox.read("new/inkstone.toml"),
        sandbox.short(&plan.report())
    );
    assert_eq!(got, format!("{tree}\n{settings}\n{report}"), "\n{got}");
    crate::site::toml::parse(&crate::site::diagnostic::Source {
        path: "inkstone.toml".into(),
        text: sandbox.read("new/inkstone.toml"),
    })
    .unwrap();
    sandbox
}
