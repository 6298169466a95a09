//! What a reader typed, and the posts that answer it.
//!
//! 1. [`Query::parse`]: pieces between white space, or between quotation marks. A piece is a
//!    sequence of words and runs that stand next to each other: `k8s集群`.
//! 2. [`Query::terms`]: the terms of the index that each piece needs. All must be in a post. The
//!    last word of a piece may be the beginning of a word, as it may still be being typed.
//! 3. [`Query::run`]: for each piece, how strong it is in each post; the sum, best first.

use std::collections::BinaryHeap;

use super::directory::Directory;
use super::postings::Postings;
use super::shard::Shard;
use super::token::{HEAD, HEAD_LIMIT, Tokens};
use crate::bytes::Broken;

/// A query is cut off after this many characters.
pub const QUERY_LIMIT: usize = 64;

/// A run of more than this many characters is looked up by every other pair: they nearly always
/// name the same posts, in half as many shards.
const DENSE_RUN: usize = 6;

/// Marks that make one piece of what stands between them.
const QUOTES: [char; 4] = ['"', '“', '”', '＂'];

/// How strong a term is in a post, by class ([`super::postings`]).
const CLASS_WEIGHTS: [u8; 4] = [4, 6, 10, 16];
/// A word as typed, beside words that only begin with it.
const EXACT_WEIGHT: u8 = 3;
const PREFIX_WEIGHT: u8 = 2;

/// A query, folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub(super) pieces: Vec<Piece>,
}

/// Words and runs that stand next to each other; at least one.
pub(super) type Piece = Vec<Atom>;

/// A word or a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Atom {
    pub(super) word: bool,
    pub(super) chars: Vec<char>,
}

/// A term of the index that a query needs, or the terms that may stand for it: all from one to
/// another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The first of the terms, which is the one that was typed.
    pub from: String,
    /// The last of the terms; as `from` where the term must be as typed.
    pub to: String,
}

/// A post that answers a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The post, counted from the oldest.
    pub id: u32,
    /// The more the better; has no unit.
    pub score: u32,
}

impl Query {
    /// Reads what was typed.
    pub fn parse(text: &str) -> Self {
        let mut query = Query::default();
        let mut room = QUERY_LIMIT;
        let (mut start, mut quoted) = (0, false);
        for (at, c) in text.char_indices() {
            let quote = QUOTES.contains(&c);
            if quote || !quoted && c.is_whitespace() {
                query.add(&text[start..at], &mut room);
                // White space that begins the next piece separates nothing.
                start = at;
                quoted ^= quote;
            }
        }
        // The last mark may have none behind it yet.
        query.add(&text[start..], &mut room);
        query
    }

    fn add(&mut self, text: &str, room: &mut usize) {
        let all = Tokens::of(text);
        let mut piece = Piece::new();
        for token in &all.tokens {
            let chars = all.chars(*token);
            let chars = &chars[..chars.len().min(*room)];
            *room -= chars.len();
            if !chars.is_empty() {
                piece.push(Atom { word: token.word, chars: chars.to_vec() });
            }
        }
        if !(piece.is_empty() || self.pieces.contains(&piece)) {
            self.pieces.push(piece);
        }
    }

    /// Whether it has nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Whether the index alone decides who answers it: every piece is one term.
    pub fn is_sure(&self) -> bool {
        let one = |atom: &Atom| atom.word || atom.chars.len() <= 2;
        self.pieces.iter().all(|piece| matches!(&piece[..], [atom] if one(atom)))
    }

    /// The one way to write it: queries that look for the same have the same text, which parses to
    /// the query again.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            if !text.is_empty() {
                text.push(' ');
            }
            // Two words, or two runs, need something between them.
            let apart = piece.windows(2).any(|pair| pair[0].word == pair[1].word);
            text.push_str(if apart { "\"" } else { "" });
            for (number, atom) in piece.iter().enumerate() {
                if apart && number > 0 {
                    text.push(' ');
                }
                text.extend(&atom.chars);
            }
            text.push_str(if apart { "\"" } else { "" });
        }
        text
    }

    /// All terms that it needs.
    pub fn terms(&self) -> Vec<Term> {
        let mut all = Vec::new();
        for piece in &self.pieces {
            all.extend(terms(piece));
        }
        all
    }

    /// The posts that have all pieces, best first; of equals, the freshest first.
    ///
    /// `shard` gives the shards that [`Directory::shards_of`] names; an error where it doesn't.
    pub fn run<'a>(
        &self,
        directory: &'a Directory,
        shard: &dyn Fn(u32) -> Option<&'a Shard>,
    ) -> Result<Vec<Hit>, Broken> {
        let posts = directory.posts();
        let mut scores = vec![u32::from(!self.is_empty()); posts as usize];
        for piece in &self.pieces {
            let weights = weigh(piece, directory, shard)?;
            let found = weights.iter().filter(|weight| **weight > 0).count() as u32;
            // Of two pieces, the rarer says more of what is looked for.
            let rarity = 1 + (posts / found.max(1)).max(1).ilog2();
            for (score, weight) in scores.iter_mut().zip(weights) {
                match weight {
                    0 => *score = 0,
                    _ if *score > 0 => *score += u32::from(weight) * rarity,
                    _ => {}
                }
            }
        }
        // A heap sorts in less code than a sort; score and id in one number sort by both.
        let found = (0u64..).zip(scores).filter(|(_, score)| *score > 0);
        let heap: BinaryHeap<u64> = found.map(|(id, score)| u64::from(score) << 32 | id).collect();
        let ascending = heap.into_sorted_vec();
        let hit = |key: u64| Hit { id: key as u32, score: (key >> 32) as u32 };
        Ok(ascending.into_iter().rev().map(hit).collect())
    }
}

/// The terms that a piece needs.
fn terms(piece: &[Atom]) -> Vec<Term> {
    let mut terms = Vec::new();
    for (number, atom) in piece.iter().enumerate() {
        let last = number + 1 == piece.len();
        match &*atom.chars {
            chars if atom.word => terms.push(word(chars, last)),
            [c] => terms.push(exact(&[*c])),
            chars => {
                let step = if chars.len() > DENSE_RUN { 2 } else { 1 };
                let mut at = 0;
                while let Some(pair) = chars.get(at..at + 2) {
                    terms.push(exact(pair));
                    at += step;
                }
                // Where every other pair leaves the last character out.
                if step == 2 && at < chars.len() {
                    terms.extend(chars.last_chunk::<2>().map(|pair| exact(pair)));
                }
            }
        }
    }
    terms.dedup();
    terms
}

fn exact(chars: &[char]) -> Term {
    let text: String = chars.iter().collect();
    Term { to: text.clone(), from: text }
}

fn word(chars: &[char], prefix: bool) -> Term {
    let mut term = exact(chars);
    if prefix {
        // The beginnings that are terms stand right behind the word; see [`HEAD_LIMIT`].
        term.to.push(if chars.len() <= HEAD_LIMIT { HEAD } else { char::MAX });
    }
    term
}

/// How strong a piece is in each post: as its weakest term; 0 where one is missing.
fn weigh<'a>(
    piece: &[Atom],
    directory: &'a Directory,
    shard: &dyn Fn(u32) -> Option<&'a Shard>,
) -> Result<Vec<u8>, Broken> {
    let posts = directory.posts() as usize;
    let mut weakest = vec![u8::MAX; posts];
    for term in terms(piece) {
        let mut weights = vec![0; posts];
        let mut all_known = true;
        let mut add = |chars: &[char], postings: Postings| {
            let typed = chars.iter().copied().eq(term.from.chars());
            let factor = if typed { EXACT_WEIGHT } else { PREFIX_WEIGHT };
            for (id, class) in postings.ids.iter().zip(postings.classes) {
                let weight = CLASS_WEIGHTS[usize::from(class & 3)] * factor;
                match weights.get_mut(*id as usize) {
                    Some(strongest) => *strongest = weight.max(*strongest),
                    None => all_known = false,
                }
            }
        };
        if let Some(own) = directory.own() {
            own.range(&term.from, &term.to, &mut add)?;
        }
        for number in directory.shards(&term.from, &term.to) {
            let shard = shard(number).ok_or(Broken("all shards of the query"))?;
            shard.range(&term.from, &term.to, &mut add)?;
        }
        if !all_known {
            return Err(Broken("posts that exist"));
        }
        for (weakest, weight) in weakest.iter_mut().zip(weights) {
            *weakest = weight.min(*weakest);
        }
    }
    Ok(weakest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_text(query: &str, want: &str) {
        let parsed = Query::parse(query);
        assert_eq!(parsed.text(), want, "{query:?}");
        assert_eq!(Query::parse(want), parsed, "{query:?}");
    }

    #[test]
    fn pieces_are_folded_words_and_runs() {
        check_text("", "");
        check_text(" ，! 🚀 ", "");
        check_text("  Ｋ8S集群  Café ", "k8s集群 cafe");
        check_text("AI ai ＡＩ", "ai");
        check_text("cloud-native", "\"cloud native\"");
        check_text("云原生，集群 x", "\"云原生 集群\" x");
        check_text("\"Cloud  Native\" 云", "\"cloud native\" 云");
        check_text("“云 原生”k8s", "\"云 原生\" k8s");
        check_text("a\"b c", "a \"b c\"");
        check_text("\"k8s 集群\"", "k8s集群");
        check_text(&"字 ".repeat(9), "字");
        check_text(&"字".repeat(99), &"字".repeat(QUERY_LIMIT));
        check_text(&"x".repeat(99), &"x".repeat(32));
    }

    #[test]
    fn the_index_is_sure_of_single_terms() {
        for (query, sure) in [
            ("重启", true),
            ("重启 集群 k8", true),
            ("就地重启", false),
            ("哈哈哈", false),
            ("\"重启 集群\"", false),
            ("k8s集群", false),
        ] {
            assert_eq!(Query::parse(query).is_sure(), sure, "{query}");
        }
    }

    #[test]
    fn pieces_need_terms() {
        let check = |query: &str, want: &str| {
            let text = |term: &Term| match term.from == term.to {
                true => term.from.clone(),
                false => format!("{}..{}", term.from, term.to.replace(char::MAX, "∞")),
            };
            let terms = Query::parse(query).terms();
            assert_eq!(terms.iter().map(text).collect::<Vec<_>>().join(" "), want, "{query:?}");
        };
        check("云", "云");
        check("云原生", "云原 原生");
        check("s", "s..s*");
        check("se", "se..se*");
        check("ser", "ser..ser∞");
        check("k8s集 a", "k8s 集 a..a*");
        check("\"cloud nat\"", "cloud nat..nat∞");
        check("一二三四五六", "一二 二三 三四 四五 五六");
        check("一二三四五六七", "一二 三四 五六 六七");
        check("一二三四五六七八", "一二 三四 五六 七八");
        check("哈哈哈哈", "哈哈");
    }
}
