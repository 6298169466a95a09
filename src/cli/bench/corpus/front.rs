//! The front matter of a post: what it is called, when it is from, what it is about.

use super::lexicon::{Draw, LEXICON};
use super::random::Random;
use super::sentence::fill;
use super::text::{Text, is_han};
use std::fmt;

const CATEGORIES: [&str; 8] = ["技术", "随笔", "后端", "前端", "运维", "读书", "工具", "生活"];

/// Titles, as the patterns of `sentence`.
const TITLES: [&str; 16] = [
    "L的n与n",
    "从n到n：n的n",
    "为什么n需要n",
    "v的n，v的n",
    "用L来vn",
    "聊聊n的vn",
    "n里的n和n",
    "一次v的n和n",
    "关于n和n的m想法",
    "v一个a的n：vn",
    "Lvn的经过",
    "an的n",
    "tv的n与n",
    "n和n是怎么v的",
    "L和L：n的选择",
    "不再v的n和n",
];

/// Days that the blog has been kept, from the first day of 2013: twelve years.
const DAYS: u32 = 4383;

/// Times when its author wrote much. Between them are gaps.
const BURSTS: u32 = 140;

/// What stands before the body.
pub(super) struct Front {
    /// The number of the post.
    pub(super) n: u32,
    /// The end of its address, which no other post has.
    pub(super) slug: String,
    /// As in `2013-05-17`.
    pub(super) date: String,
    /// At times with the time and the zone after the date.
    time: String,
    /// 8 to 24 Chinese characters, at times with Latin words.
    pub(super) title: String,
    /// 1 to 6 places in the list of tags.
    pub(super) tags: Vec<usize>,
    category: &'static str,
    /// Empty for most posts.
    series: String,
}

impl Front {
    /// Of post `n`; the same for whoever asks, which makes links certain.
    pub(super) fn new(seed: u64, n: u32) -> Self {
        let mut random = Random::new(seed, "front", n);
        let tags = tags(&mut random);
        let about = tags[0];
        let category = match random.chance(75) {
            true => CATEGORIES[about % CATEGORIES.len()],
            false => random.one_of(&CATEGORIES),
        };
        let ending = random.one_of(&["入门", "笔记", "从零开始"]);
        let series = match random.chance(8) {
            true => format!("{} {ending}", LEXICON.tags[about]),
            false => String::new(),
        };
        let title = title(&tags, &mut random);
        let slug = format!("{}-{}-{n}", word(&mut random), word(&mut random));
        let date = date(day(seed, &mut random));
        Front { n, slug, date, time: time(&mut random), title, tags, category, series }
    }
}

impl fmt::Display for Front {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tags: Vec<&str> = self.tags.iter().map(|tag| LEXICON.tags[*tag]).collect();
        writeln!(out, "---")?;
        writeln!(out, "title: \"{}\"", self.title)?;
        writeln!(out, "date: {}{}", self.date, self.time)?;
        writeln!(out, "tags: [{}]", tags.join(", "))?;
        writeln!(out, "categories: [{}]", self.category)?;
        if !self.series.is_empty() {
            writeln!(out, "series: {}", self.series)?;
        }
        write!(out, "---\n\n")
    }
}

/// One to six tags. The first is drawn from all; the others are often those that go with it.
fn tags(random: &mut Random) -> Vec<usize> {
    let all: Vec<usize> = (0..LEXICON.tags.len()).collect();
    let mut tags = vec![random.zipf(&all)];
    let more = random.below(3) + random.below(4);
    for _ in 0..more {
        let mut company = Random::new(0, "company", (tags[0] * 5) as u32 + random.below(5));
        let tag = match random.chance(60) {
            true => company.zipf(&all),
            false => random.zipf(&all),
        };
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

fn title(tags: &[usize], random: &mut Random) -> String {
    let mut draw = Draw::new(tags, random);
    let mut text = Text::default();
    let pattern = random.one_of(&TITLES);
    fill(pattern, &mut text, &mut draw, random);
    while text.plain.chars().filter(|c| is_han(*c)).count() < 8 {
        fill("和n", &mut text, &mut draw, random);
    }
    text.plain.trim().to_owned()
}

/// A word of an address.
fn word(random: &mut Random) -> String {
    let term = random.one_of(&LEXICON.terms).to_lowercase();
    let parts = term.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}

/// A day within a burst, counted from the first day of the blog; one in eight anywhere.
fn day(seed: u64, random: &mut Random) -> u32 {
    if random.chance(12) {
        return random.below(DAYS);
    }
    let mut burst = Random::new(seed, "burst", random.below(BURSTS));
    let (first, length) = (burst.below(DAYS), burst.between(3, 45));
    (first + random.below(length)).min(DAYS - 1)
}

/// A day of the calendar, by days since the first of 2013.
fn date(mut day: u32) -> String {
    let (mut year, mut month) = (2013, 0);
    loop {
        let february = if year % 4 == 0 { 29 } else { 28 };
        let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        if day < months[month] {
            return format!("{year}-{:02}-{:02}", month + 1, day + 1);
        }
        day -= months[month];
        month = (month + 1) % months.len();
        year += u32::from(month == 0);
    }
}

fn time(random: &mut Random) -> String {
    let (hour, minute, second) = (random.between(7, 23), random.below(60), random.below(60));
    match random.chance(60) {
        true => format!(" {hour:02}:{minute:02}:{second:02} +0800"),
        false => String::new(),
    }
}
