//! The words a corpus is made of, and how they are drawn.
//!
//! Five habits of real texts make the draws: frequent words come often, a post keeps to the words
//! of its tags, it repeats what it said, and a word is followed by the same few words more often
//! than by others, in all posts and still more within one. And there is no end of names: people,
//! places and products that no dictionary has, each in few posts, are made of characters at random.

use super::random::Random;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Words with class and frequency; where they are from stands in the file.
const WORDS: &str = include_str!("words.txt");

/// The 200 tags, the most used first.
const TAGS: &str = include_str!("tags.txt");

/// Names and abbreviations that stand in Latin letters, the most used first.
const TERMS: &str = include_str!("terms.txt");

/// The most a word counts: the source knows novels best, where a few words are far too frequent.
const MOST: u32 = 5000;

/// How many words may be the next by habit.
const FOLLOWERS: u32 = 3;

/// How many names there are, as a power of two, how many of them a post has, and how many nouns of
/// a hundred are one.
const NAMES: u32 = 16;
const NAMES_OF_POST: u32 = 10;
const NAMED: u32 = 16;

/// How many words a tag has of its own.
const TOPIC: u32 = 40;

/// Of a hundred words, how many follow by a habit of everyone, by one of the post alone, repeat a
/// word of the post, and are a tag's. The others are drawn from all.
const COMMON_HABIT: u32 = 12;
const OWN_HABIT: u32 = 40;
const REPEATED: u32 = 24;
const ON_TOPIC: u32 = 14;

/// What everything is drawn from.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::new);

/// What a word can be in a sentence, by the letter that stands for it in patterns.
const CLASSES: [char; 12] = ['n', 'v', 'a', 'b', 'd', 'i', 't', 'm', 'r', 'f', 'c', 'p'];

/// Words, tags and terms.
pub(super) struct Lexicon {
    classes: [Class; CLASSES.len()],
    topics: Vec<Topic>,
    /// All characters of the words, to make names of.
    characters: Vec<char>,
    /// The 200 tags, the most used first.
    pub(super) tags: Vec<&'static str>,
    /// Names in Latin letters, the most used first.
    pub(super) terms: Vec<&'static str>,
}

/// The words of one class, and the sum of the weights up to each.
#[derive(Default)]
struct Class {
    words: Vec<&'static str>,
    sums: Vec<u32>,
}

/// The words that posts of a tag prefer, by class.
type Topic = [Vec<&'static str>; CLASSES.len()];

impl Lexicon {
    fn new() -> Self {
        let mut classes: [Class; CLASSES.len()] = Default::default();
        for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split(' ');
            let (Some(word), Some(letters)) = (fields.next(), fields.next()) else { continue };
            let count = fields.next().and_then(|count| count.parse().ok()).unwrap_or(0);
            for letter in letters.chars() {
                if let Some(class) = CLASSES.iter().position(|class| *class == letter) {
                    classes[class].add(word, count);
                }
            }
        }
        let tags: Vec<&str> = TAGS.lines().collect();
        let topics = (0..tags.len() as u32).map(|tag| topic(&classes, tag)).collect();
        let words = classes.iter().flat_map(|class| &class.words);
        let characters: BTreeSet<char> = words.flat_map(|word| word.chars()).collect();
        let characters = characters.into_iter().collect();
        Lexicon { classes, topics, characters, tags, terms: TERMS.lines().collect() }
    }

    /// A name of two or three characters. Low numbers are drawn far more often than high ones.
    fn name(&self, random: &mut Random) -> String {
        let bits = random.below(NAMES + 1);
        let number = random.below(1 << bits);
        let mut random = Random::new(0, "name", number);
        (0..random.between(2, 3)).map(|_| random.one_of(&self.characters)).collect()
    }
}

impl Class {
    fn add(&mut self, word: &'static str, count: u32) {
        // Something is added even for the rarest, so that every word is reached.
        let weight = count.min(MOST) + 200;
        self.sums.push(self.sums.last().unwrap_or(&0) + weight);
        self.words.push(word);
    }

    fn draw(&self, random: &mut Random) -> &'static str {
        let draw = random.below(self.sums.last().copied().unwrap_or(0));
        self.words[self.sums.partition_point(|sum| *sum <= draw)]
    }
}

/// The words of a tag: nouns, verbs and adjectives that aren't among the most frequent. They are
/// the same in every corpus.
fn topic(classes: &[Class; CLASSES.len()], tag: u32) -> Topic {
    let mut random = Random::new(0, "topic", tag);
    let mut topic = Topic::default();
    for at in 0..TOPIC {
        let class = match at % 8 {
            0..=4 => 0,
            5 | 6 => 1,
            _ => 2,
        };
        let words = &classes[class].words;
        let common = words.len() / 10;
        topic[class].push(random.one_of(&words[common..]));
    }
    topic
}

/// Draws words for one post.
pub(super) struct Draw<'a> {
    topics: Vec<&'a Topic>,
    names: Vec<String>,
    used: Topic,
    /// Tells the habits of this post from those of others.
    post: u64,
    last: &'static str,
}

impl Draw<'_> {
    /// For a post with tags at these places of the list.
    pub(super) fn new(tags: &[usize], random: &mut Random) -> Self {
        let topics = tags.iter().map(|tag| &LEXICON.topics[*tag]).collect();
        let names = (0..NAMES_OF_POST).map(|_| LEXICON.name(random)).collect();
        let post = u64::from(random.between(1, u32::MAX - 1));
        Draw { topics, names, used: Topic::default(), post, last: "" }
    }

    /// A word of the class that a letter stands for; `None` where it stands for none.
    pub(super) fn word(&mut self, letter: char, random: &mut Random) -> Option<Cow<'static, str>> {
        let class = CLASSES.iter().position(|class| *class == letter)?;
        if letter == 'n' && random.chance(NAMED) {
            return Some(Cow::Owned(self.names[random.below(NAMES_OF_POST) as usize].clone()));
        }
        let kind = random.below(100);
        let word = if kind < COMMON_HABIT {
            self.follower(0, class, random)
        } else if kind < COMMON_HABIT + OWN_HABIT {
            self.follower(self.post, class, random)
        } else if kind < COMMON_HABIT + OWN_HABIT + REPEATED && !self.used[class].is_empty() {
            random.one_of(&self.used[class])
        } else if kind >= 100 - ON_TOPIC {
            self.on_topic(class, random)
        } else {
            LEXICON.classes[class].draw(random)
        };
        self.used[class].push(word);
        self.last = word;
        Some(Cow::Borrowed(word))
    }

    /// One of the few words that follow the last one by habit.
    fn follower(&self, whose: u64, class: usize, random: &mut Random) -> &'static str {
        let which = random.below(FOLLOWERS) * CLASSES.len() as u32 + class as u32;
        LEXICON.classes[class].draw(&mut Random::new(whose, self.last, which))
    }

    /// A word of the tags, most often of the first, which is what the post is about.
    fn on_topic(&self, class: usize, random: &mut Random) -> &'static str {
        let words = match self.topics.as_slice() {
            [] => return LEXICON.classes[class].draw(random),
            topics => &random.zipf(topics)[class],
        };
        match words.is_empty() {
            true => LEXICON.classes[class].draw(random),
            false => random.zipf(words),
        }
    }
}
