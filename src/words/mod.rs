//! The words of the interface. A further language is one more file here, and a line in [`of`].

mod en;
mod zh;

/// Every phrase the interface says. `{}` stands for a number or a name.
#[derive(Debug)]
#[allow(missing_docs, reason = "the English value of each field is its documentation")]
pub struct Words {
    pub skip: &'static str,
    pub navigation: &'static str,
    pub home: &'static str,
    pub tags: &'static str,
    pub categories: &'static str,
    pub archive: &'static str,
    pub saved: &'static str,
    pub search: &'static str,
    pub search_for: &'static str,
    pub search_hint: &'static str,
    pub search_label: &'static str,
    pub search_help: &'static str,
    pub search_keys: &'static str,
    pub search_script: &'static str,
    pub search_all: &'static str,
    pub recent: &'static str,
    pub recent_forget: &'static str,
    pub popular: &'static str,
    pub found_about: &'static str,
    pub found_none: &'static str,
    pub found_help: &'static str,
    pub near: &'static str,
    pub narrow: &'static str,
    pub every_tag: &'static str,
    pub filter_more: &'static str,
    pub chosen: &'static str,
    pub remove: &'static str,
    pub year: &'static str,
    pub month: &'static str,
    pub calendar: &'static str,
    pub related: &'static str,
    pub theme: &'static str,
    pub theme_system: &'static str,
    pub theme_light: &'static str,
    pub theme_dark: &'static str,
    pub latest: &'static str,
    pub filter: &'static str,
    pub filter_hint: &'static str,
    pub match_legend: &'static str,
    pub match_all: &'static str,
    pub match_any: &'static str,
    pub clear: &'static str,
    pub results: &'static str,
    pub no_results: &'static str,
    pub no_posts: &'static str,
    pub posts: &'static str,
    pub minutes: &'static str,
    pub newer: &'static str,
    pub older: &'static str,
    pub page_of: &'static str,
    /// Beside a post that stands first.
    pub pinned: &'static str,
    /// Before the name of a series.
    pub series: &'static str,
    /// `{}` is a part and the number of parts.
    pub series_part: &'static str,
    pub pager: &'static str,
    pub updated: &'static str,
    /// Before the same text in other languages.
    pub translations: &'static str,
    pub source: &'static str,
    pub next_post: &'static str,
    pub previous_post: &'static str,
    pub adjacent: &'static str,
    pub footnotes: &'static str,
    pub footnote_back: &'static str,
    pub heading_link: &'static str,
    pub table: &'static str,
    pub code: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub not_copied: &'static str,
    /// Stands for an image without a text of its own.
    pub image: &'static str,
    /// `{}` is what an image shows.
    pub enlarge: &'static str,
    pub shrink: &'static str,
    /// The title of what another site shows, where it has none.
    pub embed: &'static str,
    pub drawing: &'static str,
    pub drawing_source: &'static str,
    pub contents: &'static str,
    /// `{}` is the number of Han characters and words.
    pub length: &'static str,
    pub task_done: &'static str,
    pub task_open: &'static str,
    pub loading: &'static str,
    pub failed: &'static str,
    pub failed_offline: &'static str,
    pub failed_part: &'static str,
    pub failed_broken: &'static str,
    pub failed_start: &'static str,
    pub retry: &'static str,
    pub not_found: &'static str,
    pub not_found_text: &'static str,
    pub to_home: &'static str,
    pub saved_text: &'static str,
    pub saved_none: &'static str,
    pub saved_unsupported: &'static str,
    pub saved_failed: &'static str,
    pub saved_script: &'static str,
    pub saved_remove: &'static str,
    pub saved_size: &'static str,
    pub saved_ready: &'static str,
    pub saved_more: &'static str,
    pub saved_clear: &'static str,
    pub saved_clear_sure: &'static str,
    pub saved_instead: &'static str,
    pub saved_help: &'static str,
    pub save_post: &'static str,
    pub save_term: &'static str,
    pub save_all: &'static str,
    pub save_done: &'static str,
    /// The name of the bar.
    pub save_progress: &'static str,
    pub save_pause: &'static str,
    pub save_resume: &'static str,
    pub save_full: &'static str,
    pub save_waiting: &'static str,
    pub save_failed: &'static str,
    pub persist: &'static str,
    pub persist_granted: &'static str,
    pub persist_refused: &'static str,
    pub update_ready: &'static str,
    /// `{}` is how many posts are new and changed.
    pub update_counts: &'static str,
    /// Between parts of a sentence.
    pub comma: &'static str,
    pub update_added: &'static str,
    pub update_changed: &'static str,
    pub update_moved: &'static str,
    pub update_now: &'static str,
    pub update_later: &'static str,
    pub now_offline: &'static str,
    pub check_now: &'static str,
    pub checked_at: &'static str,
    pub up_to_date: &'static str,
    pub check_failed: &'static str,
    pub install: &'static str,
    pub install_share: &'static str,
    pub back: &'static str,
    pub now_online: &'static str,
    pub notices: &'static str,
    pub made_with: &'static str,
    pub alert_note: &'static str,
    pub alert_tip: &'static str,
    pub alert_important: &'static str,
    pub alert_warning: &'static str,
    pub alert_caution: &'static str,
    /// With `{y}`, `{m}` and `{d}`.
    pub date: &'static str,
}

/// The words for a BCP 47 language: Chinese for `zh…`, English otherwise.
pub fn of(language: &str) -> &'static Words {
    if language.to_ascii_lowercase().starts_with("zh") { &zh::ZH } else { &en::EN }
}

/// A phrase with `{}` replaced.
pub fn with(phrase: &str, value: impl std::fmt::Display) -> String {
    phrase.replace("{}", &value.to_string())
}

impl Words {
    /// A date as people write it.
    pub fn day(&self, date: crate::date::Date) -> String {
        self.date
            .replace("{y}", &date.year.to_string())
            .replace("{m}", &format_number(date.month, self.date))
            .replace("{d}", &format_number(date.day, self.date))
    }

    /// A month such as `202601` as people write it.
    pub fn year_month(&self, month: u32) -> String {
        let end = self.date.find("{d}").unwrap_or(self.date.len());
        let pattern = self.date[..end].trim_end_matches('-');
        let number = format_number((month % 100) as u8, self.date);
        pattern.replace("{y}", &(month / 100).to_string()).replace("{m}", &number)
    }
}

/// Two digits where the date is written with hyphens, else as few as needed.
fn format_number(number: u8, pattern: &str) -> String {
    if pattern.contains('-') { format!("{number:02}") } else { number.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_people_write_them() {
        let date = "2026-01-04".parse().unwrap();
        assert_eq!(of("zh-CN").day(date), "2026年1月4日");
        assert_eq!(of("en").day(date), "2026-01-04");
        assert_eq!(of("zh-CN").year_month(202601), "2026年1月");
        assert_eq!(of("en").year_month(202601), "2026-01");
    }
}
