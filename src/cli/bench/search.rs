//! What a search costs: the bytes of a first one, and the time once its shards are there.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow};

use super::corpus::Corpus;
use crate::known::{Known, Part};
use crate::model::{self, Entries};
use crate::search::Query;
use crate::site::file::Files;

/// Queries that are tried, each of another post.
const QUERIES: u32 = 200;

/// Characters of a query.
const LENGTH: usize = 4;

/// The cost of queries of four Chinese characters, sampled from the posts.
pub fn table(site: &Files, corpus: &Corpus) -> anyhow::Result<String> {
    let ids = ids(site)?;
    let (mut bytes, mut times, mut hits, mut own) = (Vec::new(), Vec::new(), 0, 0);
    for number in 0..QUERIES.min(corpus.posts) {
        let post = corpus.post(number * (corpus.posts / QUERIES).max(1));
        let Some(text) = sample(&post.plain, number as usize) else { continue };
        let mut known = catalogue(site)?;
        let mut loaded = load(&mut known, site, &Part::Index)?;
        let query = Query::parse(&text);
        let index = known.index().map_err(|_| anyhow!("no index"))?;
        for shard in index.shards_of(&query) {
            loaded += load(&mut known, site, &Part::Shard(shard))?;
        }
        let start = Instant::now();
        let index = known.index().map_err(|_| anyhow!("no index"))?;
        let found = query.run(index, &|number| known.shard(number).ok())?;
        times.push(start.elapsed());
        hits += found.len();
        let slug = post.file_name.get(11..).unwrap_or_default().trim_end_matches(".md");
        let id = ids.get(&format!("posts/{slug}/"));
        own += usize::from(found.iter().any(|hit| Some(&hit.id) == id));
        bytes.push(loaded);
    }
    bytes.sort_unstable();
    times.sort_unstable();
    let (count, middle) = (bytes.len().max(1), bytes.len() / 2);
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
    let time = |at: usize| times.get(at).map_or(0, Duration::as_micros);
    Ok(format!(
        "{count} searches of {LENGTH} characters, {} posts found by each\n\
         the post that a search was taken from is among them: {own}\n\
         index read by a first one: median {} bytes, most {}\n\
         ranked in: median {} \u{b5}s, most {}\n",
        hits / count,
        byte(middle),
        byte(count - 1),
        time(middle),
        time(count - 1),
    ))
}

/// The id of each post, by path.
fn ids(site: &Files) -> anyhow::Result<BTreeMap<String, u32>> {
    let mut ids = BTreeMap::new();
    for (_, bytes) in site.iter().filter(|(path, _)| path.starts_with("data/entries/")) {
        let entries: Entries = model::read(bytes).map_err(|wrong| anyhow!(wrong))?;
        ids.extend(entries.posts.into_iter().map(|post| (post.path, post.id)));
    }
    Ok(ids)
}

fn catalogue(site: &Files) -> anyhow::Result<Known> {
    let file = site.iter().find(|(path, _)| path.starts_with("data/catalogue-"));
    let (_, bytes) = file.context("no catalogue")?;
    Ok(Known::new(model::read(bytes).map_err(|wrong| anyhow!(wrong))?))
}

/// Takes in a part; its bytes.
fn load(known: &mut Known, site: &Files, part: &Part) -> anyhow::Result<usize> {
    let file = known.file(part).context("a part without a file")?;
    let bytes = site.get(&file).with_context(|| format!("{file} is not there"))?;
    known.add(part, bytes).map_err(|wrong| anyhow!(wrong))?;
    Ok(bytes.len())
}

/// A stretch of Han characters of a text, another one for each number.
fn sample(text: &str, number: usize) -> Option<String> {
    let is_han = |c: &char| matches!(c, '\u{4E00}'..='\u{9FFF}');
    let chars: Vec<char> = text.chars().collect();
    let mut whole = chars.windows(LENGTH).filter(|part| part.iter().all(is_han));
    whole.nth(number % 300).map(|part| part.iter().collect())
}
