// The shapes the worker's files share. Types only: never concatenated into sw.js.

/** The line the build puts before the worker. */
interface Build {
  schema: 1;
  release: string;
  /** Path of the release manifest, relative to the scope. */
  manifest: string;
  /** SHA-256 of the manifest's bytes, in hex. */
  sha256: string;
  /** Length of the manifest in bytes. */
  size: number;
  mode: "serve" | "remove";
}

declare const BUILD: Build;

type Bytes = Uint8Array<ArrayBuffer>;

type CacheKind = "files" | "releases";

type FileSet = "core" | "ahead" | "demand";

interface Content {
  sha256: string;
  /** Length in bytes. */
  size: number;
}

interface FileEntry extends Content {
  type: string;
  set: FileSet;
  /** Stable id of a document; absent for everything that is not one. */
  doc?: string;
  /** Paths this file is of no use without; absent means none. */
  needs?: string[];
}

interface Manifest {
  release: string;
  /** Path of the page that can show any route. */
  shell: string;
  headers: Record<string, string>;
  /** By decoded path, relative to the scope. */
  files: Map<string, FileEntry>;
  /** Document id to path. */
  docs: Map<string, string>;
}

/** A file, with the release whose manifest names it. */
interface FoundFile {
  path: string;
  entry: FileEntry;
  manifest: Manifest;
}

/** What is written beside a stored file. */
interface FileRecord {
  sha256: string;
  size: number;
  doc?: string | undefined;
  /** Whether it is a page that is kept only because a reader opened it. */
  visited?: true | undefined;
  /** When it was stored, in milliseconds since 1970. */
  time: number;
}

/** What is written beside a stored manifest. */
interface ReleaseRecord {
  release: string;
  /** When it was stored, in milliseconds since 1970. */
  time: number;
  /** When it last became the active release; 0 means never. */
  activated: number;
}

/** Every global the worker uses, so that tests can stand in for a browser. */
interface Env {
  caches: CacheStorage;
  crypto: Crypto;
  clients: Clients;
  /** The registration's scope: a URL that ends with a slash. */
  scope: string;
  scriptUrl: string;
  fetch(input: RequestInfo, init?: RequestInit): Promise<Response>;
  skipWaiting(): Promise<void>;
  unregister(): Promise<boolean>;
  hasActiveWorker(): boolean;
  /** Whether a newer worker is being installed or waits. */
  hasNewerWorker(): boolean;
  /** Milliseconds since 1970. */
  now(): number;
  setTimeout(callback: () => void, milliseconds: number): number;
  clearTimeout(timer: number): void;
  log(message: string, error: unknown): void;
}

/** A request to answer. */
interface Visit {
  request: Request;
  path: string;
  /** Keeps the worker alive until the promise settles; swallows its failure. */
  keepAlive(promise: Promise<unknown>): void;
}
