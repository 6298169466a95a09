//! The body of a post: an excerpt, then sections of paragraphs, lists, quotes and code.

use super::front::Front;
use super::lexicon::{Draw, LEXICON};
use super::random::Random;
use super::sentence::{fill, sentence};
use super::text::Text;

/// Headings, as the patterns of `sentence`.
const HEADINGS: [&str; 8] = ["n的n", "vn", "n与n", "为什么要vn", "L的n", "n", "再看n", "a的n"];

/// How many bytes a file is meant to have. The last block may go beyond by some hundred.
const LEAST: u32 = 3300;
const MOST: u32 = 5400;

/// Writes the body, as long as the file is to be.
pub(super) fn write(text: &mut Text, front: &Front, seed: u64, random: &mut Random) {
    let mut draw = Draw::new(&front.tags, random);
    let goal = random.between(LEAST, MOST) as usize;
    let sections = random.between(3, 6) as usize;
    let linked = random.below(sections as u32 * 2) as usize;
    paragraph(text, &mut draw, random, text.len() + 300);
    for at in 0..sections {
        text.mark("## ");
        fill(random.one_of(&HEADINGS), text, &mut draw, random);
        text.end_block();
        let share = text.len() + goal.saturating_sub(text.len()) / (sections - at);
        paragraph(text, &mut draw, random, share);
        if at == linked && front.n > 0 {
            link(text, seed, random.below(front.n));
        }
        while text.len() < share {
            block(text, &mut draw, random, share);
        }
    }
    text.marked.truncate(text.marked.trim_end().len());
    text.marked.push('\n');
}

fn block(text: &mut Text, draw: &mut Draw<'_>, random: &mut Random, end: usize) {
    match random.below(100) {
        0..8 => list(text, draw, random),
        8..13 => {
            text.mark("> ");
            sentence(text, draw, random);
            text.end_block();
        }
        13..21 => code(text, random),
        _ => paragraph(text, draw, random, end),
    }
}

/// Two to six sentences, fewer where the file would get longer than `end`.
fn paragraph(text: &mut Text, draw: &mut Draw<'_>, random: &mut Random, end: usize) {
    let most = random.between(2, 6);
    for at in 0..most {
        if at >= 2 && text.len() >= end {
            break;
        }
        sentence(text, draw, random);
    }
    text.end_block();
}

fn list(text: &mut Text, draw: &mut Draw<'_>, random: &mut Random) {
    for _ in 0..random.between(3, 5) {
        text.mark("- ");
        fill(random.one_of(&["vn的n", "L：n和n", "an", "把nv成n"]), text, draw, random);
        text.push("\n");
    }
    text.mark("\n");
}

/// A sentence that leads to an earlier post, which a corpus of any size has.
fn link(text: &mut Text, seed: u64, n: u32) {
    let other = Front::new(seed, n);
    text.push("之前写过");
    text.mark("[");
    text.push(&other.title);
    text.mark(&format!("](/posts/{}/)", other.slug));
    text.push("，可以一起看。");
    text.end_block();
}

/// A short block of code in one of three languages.
fn code(text: &mut Text, random: &mut Random) {
    let language = random.one_of(&["rust", "yaml", "bash"]);
    text.mark(&format!("```{language}\n"));
    for _ in 0..random.between(3, 6) {
        let (name, number) = (identifier(random), random.below(500));
        let line = match language {
            "rust" => format!("let {name} = {}({number});\n", identifier(random)),
            "yaml" => format!("{name}: {number}\n"),
            _ => format!("{name} --{} {number}\n", identifier(random)),
        };
        text.mark(&line);
    }
    text.mark("```\n\n");
}

/// A term as a name in code.
fn identifier(random: &mut Random) -> String {
    let term = random.one_of(&LEXICON.terms);
    let letters = term.chars().filter(char::is_ascii_alphanumeric);
    letters.collect::<String>().to_lowercase()
}
