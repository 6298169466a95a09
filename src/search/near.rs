//! Tags that resemble a query which found nothing: mistyped, or part of another name.

use super::query::Query;
use super::token::{Kind, Tokens};

/// At most so many are named.
pub const NEAR_LIMIT: usize = 6;

/// The places of labels that resemble a query, best first.
pub fn near(query: &Query, labels: &[&str]) -> Vec<usize> {
    let mut asked = Vec::new();
    for piece in &query.pieces {
        asked.extend(piece.iter().map(|atom| atom.chars.clone()));
    }
    with_whole(&mut asked);
    let mut merits = Vec::new();
    for label in labels {
        let all = Tokens::of(label);
        let mut named = all.tokens.iter().map(|token| all.chars(*token).to_vec()).collect();
        with_whole(&mut named);
        let mut merit = 0;
        for a in &asked {
            for b in &named {
                merit = merit.max(likeness(a, b));
            }
        }
        merits.push(merit);
    }
    let mut found = Vec::new();
    while found.len() < NEAR_LIMIT {
        let mut best = (0, 0);
        for (at, merit) in merits.iter().enumerate() {
            if *merit > best.0 {
                best = (*merit, at);
            }
        }
        if best.0 == 0 {
            break;
        }
        merits[best.1] = 0;
        found.push(best.1);
    }
    found
}

/// Adds all words and runs as one: `cloudnative` is `cloud-native`.
fn with_whole(units: &mut Vec<Vec<char>>) {
    if units.len() > 1 {
        units.push(units.concat());
    }
}

/// How much alike two words or runs are; 0 for not at all.
fn likeness(a: &[char], b: &[char]) -> u32 {
    let shorter = a.len().min(b.len());
    // One sign of two is no mistake any more but another word.
    let allowed = match shorter {
        0..3 => 0,
        3..6 => 1,
        _ => 2,
    };
    if a.len().abs_diff(b.len()) <= allowed {
        let distance = distance(a, b);
        if distance <= allowed {
            return 100 - distance as u32;
        }
    }
    let shared = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    // A letter begins too many words; a character of a run says something.
    if shared == shorter && (shorter > 1 || is_run(&a[..shorter])) {
        return 90;
    }
    let is_pair_shared = |pair: &&[char]| is_run(pair) && b.windows(2).any(|other| other == *pair);
    match a.windows(2).filter(is_pair_shared).count() {
        0 => u32::from(shared >= 4),
        pairs => 1 + pairs as u32,
    }
}

fn is_run(chars: &[char]) -> bool {
    chars.iter().all(|c| Kind::of(*c) == Kind::Run)
}

/// How many characters must be changed, added or left out (Levenshtein).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (above, from) in a.iter().enumerate() {
        let mut diagonal = above;
        row[0] = above + 1;
        for (at, to) in b.iter().enumerate() {
            let changed = diagonal + usize::from(from != to);
            diagonal = row[at + 1];
            row[at + 1] = changed.min(diagonal + 1).min(row[at] + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LABELS: [&str; 10] = [
        "云原生",
        "Kubernetes",
        "Cloud-Native",
        "Go",
        "原生应用",
        "Rust",
        "服务网格",
        "云",
        "Café",
        "C++",
    ];

    fn check(query: &str, want: &[&str]) {
        let found = near(&Query::parse(query), &LABELS);
        assert_eq!(found.iter().map(|at| LABELS[*at]).collect::<Vec<_>>(), want, "{query}");
    }

    #[test]
    fn mistyped_names_are_near() {
        check("kubernetse", &["Kubernetes"]);
        check("kubrntes", &["Kubernetes"]);
        check("rast", &["Rust"]);
        check("caffe", &["Café"]);
        check("ga", &[]);
        check("cloudnative", &["Cloud-Native"]);
        check("cloud natve", &["Cloud-Native"]);
        check("云元生", &["云原生", "云"]);
    }

    #[test]
    fn parts_of_names_are_near() {
        check("云原生平台", &["云原生", "云", "原生应用"]);
        check("原生", &["原生应用", "云原生"]);
        check("网格化", &["服务网格"]);
        check("kubectl", &["Kubernetes"]);
        check("gopher", &["Go"]);
        check("c", &["C++"]);
        check("", &[]);
        check("！", &[]);
    }

    #[test]
    fn at_most_six_in_order() {
        let labels = ["云甲", "云", "云乙", "云丙", "云丁", "云戊", "云己"];
        assert_eq!(near(&Query::parse("云"), &labels), [1, 0, 2, 3, 4, 5]);
    }

    #[test]
    fn distances() {
        let check = |a: &str, b: &str, want: usize| {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            assert_eq!(distance(&chars(a), &chars(b)), want, "{a} {b}");
        };
        check("", "", 0);
        check("", "ab", 2);
        check("kitten", "sitting", 3);
        check("云原生", "原生", 1);
    }
}
