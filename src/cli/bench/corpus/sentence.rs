//! Sentences: patterns of clauses, filled with words.

use super::lexicon::{Draw, LEXICON};
use super::random::Random;
use super::text::Text;

/// Clauses. A letter stands for a word of its class (see `lexicon`), `L` for a name in Latin
/// letters, `X` for a number or a version; all else is itself.
const CLAUSES: [&str; 56] = [
    "r的ndv了n",
    "n的n在vn",
    "rd要vn",
    "把nv到nf",
    "n和n都dv",
    "在n里vn",
    "td没有vn",
    "m的n是an",
    "rv了mn",
    "用L来vn",
    "L的n比na",
    "从n到n",
    "nda",
    "n被v成n",
    "a的n也dv",
    "r在nf看到m的n",
    "v一下n的n",
    "为了v，rdv了n",
    "对n来说",
    "v之后再v",
    "n不是n，而是n",
    "c，r把L的n改成了X",
    "大约有X的n",
    "L需要v的n",
    "an的n",
    "i",
    "r的n可以说是i",
    "b的n会v到n",
    "不v的n就v",
    "只要nv",
    "vn时，L会v",
    "pn的nv",
    "mnv在n上",
    "tr试了L",
    "升级到X以后",
    "n和n之间的n",
    "rdvvn",
    "nvn的n",
    "这次的n只用了X",
    "先v，再v，最后v",
    "这样的n往往da",
    "n越来越a",
    "r也想过v的n",
    "有m的n还没有v",
    "n里有m的n",
    "不过nd不a",
    "所以n要dv",
    "nv得很a",
    "每m的n都v",
    "r写了m的n来v",
    "v的n和v的n",
    "没有n就没有n",
    "这里的n指的是n",
    "L里的n叫做n",
    "会v的不是n",
    "换成L就a了",
];

/// How a sentence ends, the usual way first.
const ENDS: [&str; 6] = ["。", "。", "。", "。", "？", "！"];

/// A sentence of one to four clauses.
pub(super) fn sentence(text: &mut Text, draw: &mut Draw<'_>, random: &mut Random) {
    let clauses = random.between(1, 2) + random.below(3);
    for at in 0..clauses {
        if at > 0 {
            text.push(if random.chance(8) { "；" } else { "，" });
        }
        if at == 0 && random.chance(35) {
            opening(text, draw, random);
        }
        let aside = random.below(100);
        match aside {
            0..4 => said(text, draw, random),
            _ => clause(text, draw, random),
        }
        if aside > 96 {
            text.push("（");
            clause(text, draw, random);
            text.push("）");
        }
    }
    text.push(random.one_of(&ENDS));
}

/// What comes before the first clause: a conjunction, or the time.
fn opening(text: &mut Text, draw: &mut Draw<'_>, random: &mut Random) {
    let letter = random.one_of(&['c', 'c', 't']);
    text.push(&draw.word(letter, random).unwrap_or_default());
    if random.chance(30) {
        text.push("，");
    }
}

fn said(text: &mut Text, draw: &mut Draw<'_>, random: &mut Random) {
    text.push(&draw.word('r', random).unwrap_or_default());
    text.push("说：“");
    clause(text, draw, random);
    text.push("”");
}

fn clause(text: &mut Text, draw: &mut Draw<'_>, random: &mut Random) {
    fill(random.one_of(&CLAUSES), text, draw, random);
}

/// Writes a pattern with a word in place of each letter.
pub(super) fn fill(pattern: &str, text: &mut Text, draw: &mut Draw<'_>, random: &mut Random) {
    for c in pattern.chars() {
        match c {
            'L' => latin(random.zipf(&LEXICON.terms), text, random),
            'X' => latin(&number(random), text, random),
            letter => match draw.word(letter, random) {
                Some(word) if letter == 'n' && random.chance(2) => text.between("**", &word),
                Some(word) => text.push(&word),
                None => text.push(letter.encode_utf8(&mut [0; 4])),
            },
        }
    }
}

/// A name or a number within Chinese, mostly with spaces around, at times as code.
fn latin(name: &str, text: &mut Text, random: &mut Random) {
    let marks = if random.chance(15) { "`" } else { "" };
    match random.chance(60) {
        true => text.spaced(marks, name),
        false => text.between(marks, name),
    }
}

/// Versions, counts, shares and durations.
fn number(random: &mut Random) -> String {
    let (a, b) = (random.between(1, 30), random.below(100));
    match random.below(7) {
        0 => format!("v{a}.{}", b % 40),
        1 => format!("{a}.{}.{}", b % 10, b % 7),
        2 => format!("{b}%"),
        3 => format!("{} ms", a * 10 + b),
        4 => format!("{} GB", 1 << (a % 10)),
        5 => format!("{}", 2000 + a),
        _ => format!("{}", a * b + 1),
    }
}
