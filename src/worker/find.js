// Finding what a release says of a path. The manifest itself names the core,
// what is fetched ahead and the pages of that; a large blog's other files are in
// lists, which are fetched when one of their files is asked for.

const UNLISTED = "UnlistedError";

/**
 * Whether it is not known which file it is, because a list can't be had.
 * @param {any} error
 */
function isUnlisted(error) {
  return error?.name === UNLISTED;
}

/**
 * Null when the release has no such file; undefined when that is not known,
 * because the list is not stored and `mayAsk` is false.
 * @param {Env} env
 * @param {Manifest} manifest
 * @param {string} path
 * @param {boolean} [mayAsk]
 * @returns {Promise<FoundFile | null | undefined>}
 */
async function findIn(env, manifest, path, mayAsk = true) {
  let entry = manifest.files.get(path);
  // Most of what is not ours is told by its ending, without a list.
  const [ending = ""] = /[^./]*$/.exec(path) ?? [];
  if (!entry && manifest.endings.includes(ending)) {
    const list = await openList(env, listFor(manifest, path), mayAsk);
    if (!list) return undefined;
    entry = list.files.get(path);
  }
  return entry ? { entry, manifest } : null;
}

/**
 * A file that is in the store under a name with a hash, though no list at hand
 * names it. All but SVG shows what it is by its bytes.
 * @param {Env} env
 * @param {string} path
 * @returns {Promise<any>} an entry but for its set; undefined when there is none
 */
async function findStored(env, path) {
  const record = (await storedRecords(env)).find((record) => record.path === path);
  const type = /svg$/.test(path) ? "image/svg+xml" : "";
  return record && { ...record, type };
}

/**
 * The file a static host would answer with.
 * @param {Env} env
 * @param {Manifest} manifest
 * @param {string} path
 */
async function findPage(env, manifest, path) {
  const isFolder = path === "" || path.endsWith("/");
  const index = isFolder ? `${path}index.html` : `${path}/index.html`;
  return (!isFolder && (await findIn(env, manifest, path))) || findIn(env, manifest, index);
}

/**
 * The version of a document that a release has; else as `findIn`.
 * @param {Env} env
 * @param {Manifest} manifest
 * @param {string} id
 * @param {boolean} [mayAsk]
 * @returns {Promise<FoundFile | null | undefined>}
 */
async function findDocument(env, manifest, id, mayAsk = true) {
  const listed = listFor(manifest, id);
  const isDocument = (/** @type {FileEntry} */ { doc }) => doc === id;
  const inManifest = [...manifest.files.values()].find(isDocument);
  if (inManifest || !listed) return inManifest ? { entry: inManifest, manifest } : null;
  const list = await openList(env, listed, mayAsk);
  if (!list) return undefined;
  const entry = [...list.files.values()].find(isDocument);
  return entry ? { entry, manifest } : null;
}

/**
 * A file and those its entry says it needs.
 * @param {Env} env
 * @param {FoundFile} found
 */
async function fileWithNeeds(env, { entry, manifest }) {
  const needs = (entry.needs ?? []).map((path) => findIn(env, manifest, path));
  return [entry, ...(await Promise.all(needs)).flatMap((found) => found?.entry ?? [])];
}

/**
 * A list as a file.
 * @param {[string, number]} content
 */
function listEntry([sha256, size]) {
  return { path: `data/list-${sha256.slice(0, 16)}.json`, sha256, size };
}

/**
 * From memory, the store, or else the network; null when it may not be asked.
 * @param {Env} env
 * @param {[string, number] | undefined} content undefined is an empty list
 * @param {boolean} mayAsk
 * @returns {Promise<List | null>}
 */
async function openList(env, content, mayAsk) {
  if (!content) return { files: new Map(), bundles: [] };
  const entry = listEntry(content);
  const { path, sha256 } = entry;
  let list = memory.lists.get(sha256);
  if (list) return list;
  let bytes = await readIntact(env, entry);
  if (!bytes && !mayAsk) return null;
  if (!bytes) {
    bytes = await downloadVerified(env, entry).catch((error) => {
      throw Object.assign(error, { name: UNLISTED });
    });
    await storeFile(env, entry, bytes).catch((error) => env.log(path, error));
  }
  list = parseList(JSON.parse(new TextDecoder().decode(bytes)));
  memory.lists.set(sha256, list);
  return list;
}
