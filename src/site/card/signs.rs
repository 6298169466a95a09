//! What a character is to a line: wide or not, and what may stand beside it at a line's end.

use super::text::Blank;

/// Signs that no line begins with (W3C: Requirements for Chinese, and for Japanese Text Layout).
const CLOSING: &str = "，。、；：！？）】》〉」』〕〗〙〛’”％‰℃·‧・…—⸺～〜ー々〻ゝゞヽヾ\
                       ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ｝］｠";
/// Signs that no line ends with.
const OPENING: &str = "（【《〈「『〔〖〘〚‘“｛［｟＃￥＄";
/// Marks that are as wide as a Chinese character in Chinese, and narrow in other languages.
const EITHER: &str = "‘’“”…—⸺";
/// Full-width signs with a blank right half, and those with a blank left half.
const BLANK_RIGHT: &str = "，。、；：！？）】》〉」』〕〗〙〛’”｝］｠";
const BLANK_LEFT: &str = "（【《〈「『〔〖〘〚‘“｛［｟";
/// Words of one character that belong to what is before them, and to what is after them.
const ENCLITICS: &str = "的了着过们吗呢吧嘛之";
const PROCLITICS: &str = "和与及或在从为被把将让对向是不没各每第";

/// The character as it is set. What looks like a Chinese dash or ellipsis is one.
pub(super) fn plain(c: char) -> char {
    match c {
        _ if c.is_control() => ' ',
        '⋯' => '…',
        '―' | '─' => '—',
        _ => c,
    }
}

/// Chinese characters and the Japanese syllables.
pub(super) fn is_han(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{2FDF}' | '々' | '〇' | '\u{3041}'..='\u{30FA}' | '\u{30FC}'..='\u{31FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFD}')
}

/// Whether a line may end on both sides of the character, as far as its neighbours allow.
pub(super) fn is_wide(chars: &[char], at: usize, chinese: bool) -> bool {
    let c = chars[at];
    let letter = |at: Option<usize>| {
        at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_alphanumeric)
    };
    if EITHER.contains(c) {
        // An apostrophe within a word.
        return chinese && !(c == '’' && letter(at.checked_sub(1)) && letter(Some(at + 1)));
    }
    is_han(c)
        || matches!(c,
            '\u{3000}'..='\u{303E}' | '・' | '\u{3200}'..='\u{33FF}' | '\u{A000}'..='\u{A4CF}'
            | '\u{AC00}'..='\u{D7FF}' | '\u{FE10}'..='\u{FE6B}' | '\u{FF01}'..='\u{FFEE}')
}

/// How many signs at the start form one: a dash and an ellipsis are two characters in Chinese.
pub(super) fn same(chars: &[char]) -> usize {
    match chars {
        ['—', '—', ..] | ['…', '…', ..] => 2,
        _ => 1,
    }
}

/// Whether a word may be parted after this character.
pub(super) fn parts_word(chars: &[char], at: usize) -> bool {
    let letter =
        |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphanumeric());
    matches!(chars[at], '-' | '/' | '‐' | '–' | '_' | '—')
        && letter(at.checked_sub(1))
        && letter(Some(at + 1))
}

/// Scripts from right to left (Unicode: DerivedBidiClass, R and AL).
pub(super) fn is_rtl(c: char) -> bool {
    matches!(c,
        '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// The blank half of a full-width sign.
pub(super) fn blank(c: char) -> Blank {
    if BLANK_RIGHT.contains(c) {
        return Blank::Right;
    }
    if BLANK_LEFT.contains(c) { Blank::Left } else { Blank::None }
}

/// Whether a line may end between two neighbours with nothing between them.
pub(super) fn may_part(before: char, after: char) -> bool {
    !OPENING.contains(before) && !CLOSING.contains(after)
}

/// Whether the sign stands close to what is before it, even after a space: full-width ones always,
/// others where what the space was for is left out.
pub(super) fn hangs(c: char, gap: bool) -> bool {
    BLANK_RIGHT.contains(c) && !"’”".contains(c) || gap && "!?,.;:)]}".contains(c)
}

/// Whether the sign is punctuation that an ellipsis doesn't follow.
pub(super) fn is_stop(c: char) -> bool {
    CLOSING.contains(c) || OPENING.contains(c) || c.is_ascii_punctuation()
}

/// How bad it is that a line ends between two neighbours, in squared em: as bad as a line that is
/// longer or shorter than the others by the root of it.
pub(super) fn badness(before: char, after: char, spaced: bool) -> f32 {
    if spaced
        || BLANK_RIGHT.contains(before)
        || "—…".contains(before)
        || blank(after) == Blank::Left
    {
        return 0.0;
    }
    let mut badness = if is_han(before) && is_han(after) { 16.0 } else { 10.0 };
    if ENCLITICS.contains(after) || PROCLITICS.contains(before) || before.is_ascii_digit() {
        badness += 12.0;
    }
    if ENCLITICS.contains(before) || PROCLITICS.contains(after) {
        badness -= 6.0;
    }
    badness
}
