// The release manifest: reading, checking, finding files. Pure.

/**
 * @param {string} text
 * @param {string} release
 */
function parseManifest(text, release) {
  const raw = JSON.parse(text);
  if (raw?.schema !== 1 || raw.release !== release) {
    const got = `release ${raw?.release} of schema ${raw?.schema}`;
    throw new Error(`manifest: expected release ${release} of schema 1, got ${got}`);
  }
  /** @type {Manifest} */
  const manifest = {
    release,
    shell: raw.shell,
    headers: raw.headers ?? {},
    files: new Map(),
    docs: new Map(),
  };
  for (const [path, entry] of Object.entries(raw.files ?? {})) {
    manifest.files.set(path, checkedEntry(path, entry));
    if (entry.doc !== undefined) manifest.docs.set(entry.doc, path);
  }
  if (manifest.files.get(raw.shell)?.set !== "core") {
    throw new Error(`manifest: the shell "${raw.shell}" is not a core file`);
  }
  return manifest;
}

/**
 * @param {string} path
 * @param {any} entry
 * @returns {FileEntry}
 */
function checkedEntry(path, entry) {
  // An empty or dotted segment would make a URL that names another file.
  const isValid =
    path.split("/").every((segment) => !["", ".", ".."].includes(segment)) &&
    /^[0-9a-f]{64}$/.test(entry?.sha256) &&
    Number.isSafeInteger(entry.size) &&
    entry.size >= 0 &&
    typeof entry.type === "string" &&
    ["core", "ahead", "demand"].includes(entry.set) &&
    ["undefined", "string"].includes(typeof entry.doc) &&
    (entry.needs === undefined || Array.isArray(entry.needs));
  if (!isValid) throw new Error(`manifest: the entry of "${path}" is not valid`);
  return entry;
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
 * Pages are many, and the shell can stand in for them.
 * @param {FileEntry} entry
 */
function isWorthStoring(entry) {
  return entry.set !== "demand" || !isHtml(entry);
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
