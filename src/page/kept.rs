//! What the device keeps, and how far a save is, as data.

use std::sync::Arc;

use crate::model::Document;

/// What the device keeps, as far as is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Kept {
    /// Not asked yet; also what is prerendered.
    #[default]
    Unknown,
    /// The browser can't keep anything.
    Unsupported,
    /// It can, but did not this time.
    Failed,
    /// These posts and pages.
    Documents(Shelf),
}

/// The posts and pages that are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    /// The last kept first, as many as are to be shown.
    pub documents: Vec<KeptDocument>,
    /// All that are kept.
    pub total: usize,
    /// What everything takes that is kept, in bytes.
    pub bytes: u32,
    /// Whether the blog was just found whole, so that it works without a network.
    pub ready: bool,
    /// What else the device can do.
    pub device: Device,
}

/// A document that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptDocument {
    /// The document itself.
    pub document: Arc<Document>,
    /// With its pictures, in bytes.
    pub size: u32,
    /// When it was stored, as people write it.
    pub day: Option<String>,
    /// Whether it is kept by itself, so that it can't be removed.
    pub fixed: bool,
}

/// What the device can do for the blog besides keeping texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Device {
    /// How the blog can be installed.
    pub install: Install,
    /// When a new release was looked for last, in the reader's time.
    pub checked: Option<String>,
    /// Whether the browser may delete what is kept.
    pub persistence: Persistence,
}

/// How a blog becomes an app of the device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Install {
    /// It is one, or the browser offers nothing.
    #[default]
    No,
    /// By a button.
    Button,
    /// By the share sheet of iOS, which only a person can open.
    Share,
}

/// Whether the browser deletes what is kept when space runs short (Storage Standard, section 4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Persistence {
    /// The browser does not say.
    #[default]
    Unknown,
    /// It may; it can be asked not to.
    BestEffort,
    /// It was asked, and did not agree.
    Refused,
    /// It won't.
    Granted,
}

/// How far the save of a subject is: of a post, of a tag, of everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Save {
    /// What it does.
    pub state: SaveState,
    /// Bytes that are stored.
    pub done: u32,
    /// Bytes that are to be stored.
    pub total: u32,
    /// Whether it waits for the network.
    pub waiting: bool,
    /// Documents that were asked for; 0 where it is all of them.
    pub documents: usize,
}

/// What a save does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SaveState {
    /// Nothing: nobody asked for it.
    #[default]
    None,
    /// It fetches.
    Running,
    /// It waits for the reader.
    Paused,
    /// Everything was read back.
    Saved,
    /// There is no room; what it had stored is gone again, and nothing else is.
    Full,
}
