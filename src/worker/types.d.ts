// The shapes the worker's files share. Types only: never concatenated into sw.js.

/** The line the build puts before the worker. */
interface Build {
  schema: 2;
  release: string;
  /** When it was built, in seconds since 1970. */
  number: number;
  /** Of the release manifest, relative to the scope. */
  path: string;
  /** SHA-256 of the manifest's bytes, in hex. */
  sha256: string;
  /** Length of the manifest in bytes. */
  size: number;
  mode: "serve" | "remove";
}

declare const BUILD: Build;

type Bytes = Uint8Array<ArrayBuffer>;

type CacheKind = "files" | "releases" | "control";

type FileSet = "core" | "ahead" | "demand";

/** A file that can be verified. */
interface Content {
  /** Decoded, relative to the scope. */
  path: string;
  sha256: string;
  /** Length in bytes. */
  size: number;
}

interface FileEntry extends Content {
  type: string;
  set: FileSet;
  /** Stable id of a document; absent for everything that is not one. */
  doc?: string;
  /** Of a document: what tells its text from another, apart from what stands around it. */
  text?: string;
  /** Paths this file is of no use without; absent means none. */
  needs?: string[];
}

interface Manifest extends List {
  release: string;
  /** Path of the page that can show any route. */
  shell: string;
  /** As in its record; 0 for this worker's own. */
  activated: number;
  headers: Record<string, string>;
  /**
   * SHA-256 and length of the lists of all other files, by how their paths
   * begin; `subjectOf` says which of several. Empty for a small blog.
   */
  lists: [string, [string, number][]][];
  /** How the names in these lists end. */
  endings: string[];
}

/** Some files of a release, by path. */
interface List {
  files: Map<string, FileEntry>;
  /**
   * The list's data files in one, those whose names end like the bundle's: a
   * byte before each, one at the end.
   */
  bundles: Content[];
}

/** A request, and the files that are in its answer, each behind so many bytes. */
interface Download {
  content: Content;
  parts: { entry: Content & Partial<FileRecord>; offset: number }[];
}

/** What is looked at while files are fetched. */
interface Fetching {
  /** Only a full disk stops it; all would be in vain. */
  isBestEffort: boolean;
  /** Whose bundles may be used. */
  lists?: List[];
  /** Which save it is for. */
  save?: string | undefined;
  /** Nothing more is begun once it returns true. */
  isStopped?: () => boolean;
  /** Called after every download. */
  onStored?: (entries: Content[]) => Promise<void>;
}

/** A file, with the release whose manifest names it. */
interface FoundFile {
  entry: FileEntry;
  manifest: Manifest;
}

/** What is written beside a stored file. */
interface FileRecord extends Content {
  doc?: string | undefined;
  /** Which unfinished save stored it. */
  save?: string | undefined;
  /** Whether it is a page that is kept only because a reader opened it. */
  visited?: true | undefined;
  /** When it was stored, in milliseconds since 1970. */
  time: number;
}

/** What a reader asked to be saved. */
interface Save {
  /** Ids of documents; undefined means all. */
  docs?: string[] | undefined;
  /** `failed` is for want of room, and then nothing of it is left. */
  state: "running" | "paused" | "saved" | "failed";
  /** The release it was last done for. */
  release?: string;
  /** Marks the files it stored, until the next time. */
  token?: string;
  /** Bytes that are stored, of `total`; never falls while it runs. */
  done?: number;
  total?: number;
  /** When all was read back, in milliseconds since 1970. */
  time?: number;
  /** Why it stopped: `quota`, or a message. */
  error?: string | undefined;
}

/** What outlives the worker besides files. */
interface Records {
  /** By `all`, `tag:` and a tag, or `post:` and a document. */
  saves: Record<string, Save>;
  /** The newest first. */
  errors: { last?: { time: number; text: string }[] };
  /** The release of each tab's page, by client; `network` where it may be of any. */
  pins: Record<string, string>;
  /** How often each release failed to start since it last did. */
  strikes: Record<string, number>;
  /** The release that last took over, its number, and when, in milliseconds since 1970. */
  newest: { release?: string; number?: number; time?: number };
}

/** What is written beside a stored manifest. */
interface ReleaseRecord {
  release: string;
  /** When it was stored, in milliseconds since 1970. */
  time: number;
  /** When it last became the active release; 0 means never. */
  activated: number;
  /** Of the manifest, as it was verified. */
  sha256: string;
}

/** Every global the worker uses, so that tests can stand in for a browser. */
interface Env {
  caches: CacheStorage;
  crypto: Crypto;
  clients: Clients;
  /** The registration's scope: a URL that ends with a slash. */
  scope: string;
  fetch(input: RequestInfo, init?: RequestInit): Promise<Response>;
  skipWaiting(): Promise<void>;
  unregister(): Promise<boolean>;
  /** Whether a newer worker is being installed or waits. */
  hasNewerWorker(): boolean;
  /** Milliseconds since 1970. */
  now(): number;
  setTimeout(callback: () => void, milliseconds: number): number;
  clearTimeout(timer: number): void;
  /** Asks for a newer worker. */
  update(): Promise<unknown>;
  /** One at a time of all that run under a name, also in other workers. */
  lock(name: string, run: () => Promise<void>): Promise<void>;
  /** The number on the icon of the installed app. */
  setBadge(count: number): Promise<void>;
  /** Also for the diagnostics page. */
  log(message: string, error: unknown): void;
}

/** A request to answer. */
interface Visit {
  request: Request;
  /** The tab that asks; for a navigation, the tab that begins. */
  client: string;
  path: string;
  /** Keeps the worker alive until the promise settles; swallows its failure. */
  keepAlive(promise: Promise<unknown>): void;
}

/**
 * What pages may send, with a port for the answer. Only pages below the scope
 * are heard. An answer comes when all is done, so that of a save may take
 * minutes: progress is told meanwhile. A browser may end the worker; a save goes
 * on with the next `inkstone:ahead` or `inkstone:save`.
 */
type Message =
  /** Answered by `Status`. `release` is the page's own (`data-release`), for `news`; `list` asks for `kept`. */
  | { type: "inkstone:status"; release?: string; list?: boolean }
  /** Fetches what the release promises offline, then goes on with saves. */
  | { type: "inkstone:ahead" }
  /** A document that is read, by the path of its file: kept with its pictures. */
  | { type: "inkstone:keep"; path: string }
  /** All of the blog, or the documents with these paths. Also goes on after a pause. */
  | { type: "inkstone:save"; id: "all" }
  | { type: "inkstone:save"; id: `tag:${string}` | `post:${string}`; paths: string[] }
  /** Answered at once; what is under way is still stored. */
  | { type: "inkstone:pause"; id: string }
  /** One document in all its versions, with the pictures that only it shows. */
  | { type: "inkstone:forget"; path: string }
  /** All but what the release promises offline. */
  | { type: "inkstone:forget"; all: true }
  /** For a worker that still waits: Chromium may not have heard that the old one is idle. */
  | { type: "inkstone:activate" }
  /** Whether the app of a release started; the page's `data-release`. */
  | { type: "inkstone:started" | "inkstone:failed"; release: string }
  /** `{ok, checked, damaged, mended}`, in files; ok is "ready for offline". */
  | { type: "inkstone:repair" };

/** Where nothing else is said. `error` is `quota`, `unknown`, `core`, `incomplete` or a text. */
type Answer = { ok: true } | { ok: false; error: string };

interface Status {
  /** The one that a tab gets which begins, or is loaded anew, now. */
  release: string;
  /** Whether all core and ahead files were just read back. */
  ready: boolean;
  /**
   * Size with the stored pictures, in bytes; time in milliseconds since 1970;
   * `fixed` where the release keeps it by itself, so that it can't be removed.
   */
  kept: { path: string; doc: string; size: number; time: number; fixed: boolean }[];
  /** All stored files. */
  bytes: number;
  saves: Record<string, Save>;
  /** Absent where the page's release is the one that a tab gets. */
  news?: News | undefined;
}

/** What a release brings to a page of another; numbers only where they are known. */
interface News {
  release: string;
  /** Documents that the page's release does not have. */
  added?: number;
  /** Documents that it has with another text. */
  changed?: number;
}

/**
 * What the worker tells pages unasked.
 */
type Told =
  /** Another release than the page's has taken over; a reload brings it. */
  | ({ type: "inkstone:release" } & News)
  | { type: "inkstone:ready"; release: string }
  /** After each download: `done` of `total` bytes. */
  | ({ type: "inkstone:progress"; id: string } & Save);
