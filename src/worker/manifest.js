// The release manifest: reading, checking, finding files. Pure.

/**
 * Its entries are not checked one by one: the hash of the whole already was.
 * @param {string} text
 * @param {string} release
 * @returns {Manifest}
 */
function parseManifest(text, release) {
  const raw = JSON.parse(text);
  if (raw?.schema !== 1 || raw.release !== release) {
    const got = `release ${raw?.release} of schema ${raw?.schema}`;
    throw new Error(`manifest: expected release ${release} of schema 1, got ${got}`);
  }
  /** @type {Map<string, FileEntry>} */
  const files = new Map(Object.entries(raw.files));
  const { shell, headers } = raw;
  if (files.get(shell)?.set !== "core") {
    throw new Error(`manifest: the shell "${shell}" is not a core file`);
  }
  /** @type {Map<string, string>} */
  const docs = new Map();
  for (const [path, { doc }] of files) if (doc !== undefined) docs.set(doc, path);
  return { release, shell, headers, files, docs };
}

/**
 * @param {Manifest} manifest
 * @param {FileSet[]} sets
 */
function filesInSets(manifest, sets) {
  return [...manifest.files].filter(([, entry]) => sets.includes(entry.set));
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
 * The file a static host would answer with.
 * @param {Manifest} manifest
 * @param {string} path
 */
function findPage(manifest, path) {
  const isFolder = path === "" || path.endsWith("/");
  const index = isFolder ? `${path}index.html` : `${path}/index.html`;
  return findIn(manifest, path) ?? findIn(manifest, index);
}

/**
 * @param {Manifest} manifest
 * @param {string} path
 */
function findIn(manifest, path) {
  const entry = manifest.files.get(path);
  return entry ? { path, entry, manifest } : null;
}

/**
 * Whether a path that no manifest names is surely not a page of the app.
 * @param {string} path
 */
function hasForeignExtension(path) {
  return /\.(?!html$)[^./]+$/.test(path);
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
