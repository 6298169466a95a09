//! What is known of the blog: the catalogue, and the parts of it that have come. A page is made of
//! this alone, so that it is the same wherever the parts come from: the build knows all of them,
//! the browser asks for one when a page needs it.

use std::sync::{Arc, OnceLock};

use crate::facets::Facets;
use crate::markdown;
use crate::model::catalogue::bare;
use crate::model::{self, Catalogue, Document, Entries, Entry, Paths};
use crate::search::{Directory, Section, Shard};

/// A part of the blog that comes by itself, in a file of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A document, by its file.
    Document(String),
    /// A file of entries, by its number.
    Entries(u32),
    /// A file of paths, by its number.
    Paths(u32),
    /// Which posts each tag, category and year has.
    Facets,
    /// The directory of the search index.
    Index,
    /// A shard of the search index, by its number.
    Shard(u32),
}

/// What stands at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// The document of this file.
    Document(String),
    /// What stands at this path now.
    Moved(String),
    /// Nothing.
    Nothing,
    /// This part would know.
    Unknown(Part),
}

/// The catalogue and the parts that have come.
#[derive(Default)]
pub struct Known {
    /// What every page needs.
    pub catalogue: Arc<Catalogue>,
    /// The searches that the reader made before, the latest first.
    pub recent: Vec<String>,
    /// Whether the reader asked for all tags to choose from.
    pub every_tag: bool,
    /// Whether the reader has chosen by category or year, so that these stay in sight.
    pub more: bool,
    /// Whether the reader asked to narrow what a search found.
    pub narrowing: bool,
    entries: Sorted<u32, Arc<Entry>>,
    /// By path, as [`bare`] makes it.
    addresses: Sorted<String, Address>,
    paths: Vec<u32>,
    facets: Option<Facets>,
    documents: Sorted<String, Text>,
    index: Option<Directory>,
    shards: Sorted<u32, Shard>,
    /// Documents that could not be had for a snippet.
    missing: Vec<String>,
}

/// A document, and its text by headings once that was asked for.
struct Text {
    document: Arc<Document>,
    sections: OnceLock<Vec<Section>>,
}

impl Known {
    /// What the catalogue tells by itself.
    pub fn new(catalogue: Catalogue) -> Self {
        let mut known = Known { catalogue: Arc::new(catalogue), ..Known::default() };
        let catalogue = Arc::clone(&known.catalogue);
        known.add_entries(catalogue.posts.iter().cloned());
        for page in &catalogue.pages {
            known.add_address(&page.path, Address::Document(page.data.clone()));
        }
        for (old, new) in &catalogue.redirects {
            known.add_address(old, Address::Moved(new.clone()));
        }
        if catalogue.parts.is_none() {
            known.facets = Some(Facets::of(&catalogue, &catalogue.posts));
        }
        known
    }

    /// The file of a part; `None` where the catalogue names none.
    pub fn file(&self, part: &Part) -> Option<String> {
        let parts = self.catalogue.parts.as_ref();
        match part {
            Part::Document(data) => Some(data.clone()),
            Part::Entries(number) => parts?.entries_file(*number),
            Part::Paths(number) => parts?.paths_file(*number),
            Part::Facets => Some(parts?.facets.clone()),
            Part::Index => Some(self.catalogue.search.clone()).filter(|search| !search.is_empty()),
            Part::Shard(number) => {
                let name = self.index.as_ref()?.name(*number)?;
                Some(format!("data/search/{number}-{name}.bin"))
            }
        }
    }

    /// Takes in a part that has come; the error says what is wrong with it.
    pub fn add(&mut self, part: &Part, bytes: &[u8]) -> Result<(), String> {
        match part {
            Part::Document(data) => {
                self.add_document(data, Arc::new(model::read(bytes)?));
            }
            Part::Entries(number) => {
                let posts = model::read::<Entries>(bytes)?.posts;
                self.expect(posts.iter().map(|post| post.id).eq(self.ids(*number)))?;
                self.add_entries(posts.into_iter());
            }
            Part::Paths(number) => {
                let Paths { posts, redirects, .. } = model::read::<Paths>(bytes)?;
                for (path, data) in posts {
                    self.add_address(&path, Address::Document(data));
                }
                for (old, new) in redirects {
                    self.add_address(&old, Address::Moved(new));
                }
                self.paths.push(*number);
            }
            Part::Facets => {
                let facets = Facets::read(bytes).map_err(|broken| broken.to_string())?;
                let Catalogue { total, tags, categories, .. } = &*self.catalogue;
                let counts = (facets.years.len(), facets.tags.len(), facets.categories.len());
                self.expect(counts == (*total as usize, tags.len(), categories.len()))?;
                self.facets = Some(facets);
            }
            Part::Index => {
                let index = Directory::read(bytes).map_err(|broken| broken.to_string())?;
                self.expect(index.posts() == self.catalogue.total)?;
                self.index = Some(index);
            }
            Part::Shard(number) => {
                let shard = Shard::read(bytes).map_err(|broken| broken.to_string())?;
                self.shards.insert(*number, shard);
            }
        }
        Ok(())
    }

    /// A part must fit the catalogue, or a page would ask for it again and again.
    fn expect(&self, fits: bool) -> Result<(), String> {
        if fits { Ok(()) } else { Err("another release".to_owned()) }
    }

    /// The ids of the posts in a file of entries.
    fn ids(&self, number: u32) -> std::ops::Range<u32> {
        let size = self.catalogue.parts.as_ref().map_or(0, |parts| parts.size);
        let first = number.saturating_mul(size);
        first..first.saturating_add(size).min(self.catalogue.total)
    }

    /// Takes in entries by which lists are made, and not what stands at their paths.
    pub fn add_listed(&mut self, entries: impl Iterator<Item = Entry>) {
        entries.for_each(|entry| self.entries.insert(entry.id, Arc::new(entry)));
    }

    /// Takes in entries.
    pub fn add_entries(&mut self, entries: impl Iterator<Item = Entry>) {
        for entry in entries {
            self.add_address(&entry.path, Address::Document(entry.data.clone()));
            self.entries.insert(entry.id, Arc::new(entry));
        }
    }

    /// Takes in which posts each tag has.
    pub fn add_facets(&mut self, facets: Facets) {
        self.facets = Some(facets);
    }

    /// Takes in a document.
    pub fn add_document(&mut self, data: &str, document: Arc<Document>) {
        self.documents.insert(data.to_owned(), Text { document, sections: OnceLock::new() });
    }

    /// Takes in what stands at a path.
    pub fn add_address(&mut self, path: &str, address: Address) {
        self.addresses.insert(bare(path).to_owned(), address);
    }

    /// Says what stands at a path, or that it is not known; returns what was known before.
    pub fn set_address(&mut self, path: &str, address: Option<Address>) -> Option<Address> {
        let before = self.addresses.get(bare(path)).cloned();
        match address {
            Some(address) => self.addresses.insert(bare(path).to_owned(), address),
            None => self.addresses.remove(bare(path)),
        }
        before
    }

    /// What stands at a path, or at one that differs only in its end.
    pub fn address(&self, path: &str) -> Address {
        let path = bare(path);
        if let Some(address) = self.addresses.get(path) {
            return address.clone();
        }
        match &self.catalogue.parts {
            Some(parts) if !self.paths.contains(&parts.paths_of(path)) => {
                Address::Unknown(Part::Paths(parts.paths_of(path)))
            }
            _ => Address::Nothing,
        }
    }

    /// The title of what stands at a path, where that is known without its document.
    pub fn title(&self, path: &str) -> Option<&str> {
        let path = bare(path);
        let post = self.entries.0.iter().find(|(_, post)| bare(&post.path) == path);
        let page = || self.catalogue.pages.iter().find(|page| bare(&page.path) == path);
        post.map(|(_, post)| &*post.title).or_else(|| page().map(|page| &*page.title))
    }

    /// The post of an id, or the part that has it.
    pub fn entry(&self, id: u32) -> Result<Arc<Entry>, Part> {
        let number = || self.catalogue.parts.as_ref().map_or(0, |parts| parts.entries_of(id));
        self.entries.get(&id).cloned().ok_or_else(|| Part::Entries(number()))
    }

    /// Which posts each tag has, or the part that says it.
    pub fn facets(&self) -> Result<&Facets, Part> {
        self.facets.as_ref().ok_or(Part::Facets)
    }

    /// A document, or the part that has it.
    pub fn document(&self, data: &str) -> Result<Arc<Document>, Part> {
        let text = self.documents.get(data);
        text.map(|text| Arc::clone(&text.document)).ok_or_else(|| Part::Document(data.to_owned()))
    }

    /// The text of a document by its headings, where the document has come.
    pub fn sections(&self, data: &str) -> Option<&[Section]> {
        let Text { document, sections } = self.documents.get(data)?;
        let language = document.language.as_ref().unwrap_or(&self.catalogue.site.language);
        Some(sections.get_or_init(|| {
            markdown::parse(&document.markdown, &document.title, language).sections()
        }))
    }

    /// The directory of the search index, or the part that is it.
    pub fn index(&self) -> Result<&Directory, Part> {
        self.index.as_ref().ok_or(Part::Index)
    }

    /// A shard of the search index, or the part that is it.
    pub fn shard(&self, number: u32) -> Result<&Shard, Part> {
        self.shards.get(&number).ok_or(Part::Shard(number))
    }

    /// Remembers that a document did not come, so that no search waits for it.
    pub fn give_up(&mut self, part: &Part) {
        if let Part::Document(data) = part
            && self.documents.get(data).is_none()
        {
            self.missing.push(data.clone());
        }
    }

    /// The network is back: what did not come may be asked for once more.
    pub fn try_again(&mut self) {
        self.missing.clear();
    }

    /// Whether a document was asked for and did not come.
    pub fn is_missing(&self, data: &str) -> bool {
        self.missing.iter().any(|missing| missing == data)
    }
}

/// Values by key, in order of their keys; less code than a tree, and as fast for what a browser
/// holds.
struct Sorted<K, V>(Vec<(K, V)>);

impl<K, V> Default for Sorted<K, V> {
    fn default() -> Self {
        Sorted(Vec::new())
    }
}

impl<K: Ord, V> Sorted<K, V> {
    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: std::borrow::Borrow<Q>,
    {
        self.0.binary_search_by(|(other, _)| other.borrow().cmp(key))
    }

    fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: std::borrow::Borrow<Q>,
    {
        self.place(key).ok().and_then(|at| self.0.get(at)).map(|(_, value)| value)
    }

    fn insert(&mut self, key: K, value: V) {
        match self.place(&key) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => self.0.insert(at, (key, value)),
        }
    }

    fn remove<Q: Ord + ?Sized>(&mut self, key: &Q)
    where
        K: std::borrow::Borrow<Q>,
    {
        if let Ok(at) = self.place(key) {
            self.0.remove(at);
        }
    }
}

#[cfg(test)]
mod tests;
