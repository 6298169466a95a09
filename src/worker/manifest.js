// The release manifest and its lists: reading, checking, finding files. Pure.

/**
 * Its entries are not checked one by one: the hash of the whole already was.
 * @param {string} text
 * @param {string} release
 * @returns {Manifest}
 */
function parseManifest(text, release) {
  const raw = JSON.parse(text);
  const { schema, shell, headers, lists, endings } = raw;
  const { files, bundles } = parseList(raw);
  if (schema !== BUILD.schema || raw.release !== release || files.get(shell)?.set !== "core") {
    throw new Error(`manifest of ${raw.release}, schema ${schema}`);
  }
  return { release, shell, activated: 0, headers, files, bundles, lists, endings };
}

/**
 * A path with a double slash stands for one with the first digits of the hash.
 * @param {any} raw
 * @returns {List}
 */
function parseList(raw) {
  /** @type {Map<string, FileEntry>} */
  const files = new Map();
  for (const [short, entry] of Object.entries(raw.files)) {
    const path = short.replace("//", entry.sha256.slice(0, 16));
    files.set(path, { ...entry, path });
  }
  return { files, bundles: raw.bundles ?? [] };
}

/**
 * Documents, lists of posts, the search.
 * @param {List} list
 */
function dataFiles({ files }) {
  const isData = (/** @type {FileEntry} */ { path, set }) =>
    set !== "core" && /^data\/(?!media\/)/.test(path);
  return [...files.values()].filter(isData);
}

/**
 * What a document, its page and its files have in common: one list has them all.
 * @param {string} path or the id of a document
 */
function subjectOf(path) {
  const bare = path.replace(/(-[0-9a-f]{16})?\.\w+$/, "");
  return bare.replace(/^data\//, "").replace(/\/(index)?$/, "");
}

/**
 * The list that names a path, if any does.
 * @param {Manifest} manifest
 * @param {string} path or the id of a document
 */
function listFor({ lists }, path) {
  const [, contents = []] = lists.find(([start]) => path.startsWith(start)) ?? [];
  let hash = 0x811c9dc5;
  for (const unit of subjectOf(path).split("")) {
    hash = Math.imul(hash ^ unit.charCodeAt(0), 0x01000193) >>> 0;
  }
  return contents[hash % contents.length];
}

/**
 * @param {Manifest} manifest
 * @param {FileSet[]} sets
 */
function filesInSets(manifest, sets) {
  return [...manifest.files.values()].filter(({ set }) => sets.includes(set));
}

/** @param {FileEntry} entry */
function isHtml(entry) {
  return /^text\/html\b/i.test(entry.type);
}

/**
 * A page that is kept only because a reader opened it: pages are many, and the
 * shell can stand in for them.
 * @param {FileEntry} entry
 */
function isPageOnDemand(entry) {
  return entry.set === "demand" && isHtml(entry);
}

/**
 * Whether a path that no manifest names is surely not a page of the app.
 * @param {string} path
 */
function hasForeignExtension(path) {
  return /\.(?!html$)[^./]+$/.test(path);
}

/**
 * Whether it can only be a file of ours, of whatever release.
 * @param {string} path
 */
function isOwnName(path) {
  return /^(data|assets)\/.*-[0-9a-f]{16}\.\w+$/.test(path);
}

/**
 * @param {string} scope
 * @param {string} path
 */
function urlOfPath(scope, path) {
  return scope + path.split("/").map(encodeURIComponent).join("/");
}

/**
 * The decoded path below the scope; null for what cannot be ours.
 * @param {string} scope
 * @param {string} url
 */
function pathOfUrl(scope, url) {
  const base = new URL(scope);
  const { origin, pathname } = new URL(url);
  if (origin !== base.origin || !pathname.startsWith(base.pathname)) return null;
  try {
    // No file of ours has an encoded slash in its name.
    if (/%2f/i.test(pathname)) return null;
    return decodeURIComponent(pathname.slice(base.pathname.length));
  } catch {
    return null;
  }
}
