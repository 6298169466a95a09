// What a request gets: the store first, then a verified download, then the
// shell; the plain network for everything that is not ours.

const NAVIGATION_MILLISECONDS = 3_000;

/**
 * The path of a request that may be ours; null leaves it to the browser.
 * @param {Env} env
 * @param {Request} request
 */
function requestedPath(env, { method, url }) {
  const isWorker = new URL(url).pathname === new URL(env.scriptUrl).pathname;
  return method === "GET" && !isWorker ? pathOfUrl(env.scope, url) : null;
}

/**
 * Never rejects.
 * @param {Env} env
 * @param {Visit} visit
 */
async function respond(env, visit) {
  const isNavigation = visit.request.mode === "navigate";
  try {
    if (isNavigation) return await respondToNavigation(env, visit);
    const found = await findFile(env, visit.path);
    return await (found ? respondWithFile(env, visit, found) : passThrough(env, visit));
  } catch (error) {
    env.log(visit.path, error);
    return isNavigation ? respondWithoutStore(env, visit) : passThrough(env, visit);
  }
}

/**
 * @param {Env} env
 * @param {Visit} visit
 */
async function passThrough(env, { request }) {
  return env.fetch(request).catch(() => Response.error());
}

/**
 * Names of files hold their hash, so a tab of the older release finds its own.
 * @param {Env} env
 * @param {string} path
 */
async function findFile(env, path) {
  const own = await ownManifest(env);
  const found = own && findIn(own, path);
  if (found) return found;
  const older = (await otherManifests(env)).find(({ files }) => files.has(path));
  return older ? findIn(older, path) : null;
}

/**
 * @param {Env} env
 * @param {Visit} visit
 * @param {FoundFile} found
 */
async function respondWithFile(env, { request, keepAlive }, found) {
  const { path, entry } = found;
  const stored = await openFile(env, entry.sha256);
  if (stored) return serve(request, found, stored);
  const stale = storedVersion(await storedRecords(env), entry);
  const download = downloadVerified(env, path, entry);
  if (!isPageOnDemand(entry)) keepAlive(download.then((bytes) => storeFile(env, entry, bytes)));
  try {
    // A reader who has an older version needn't wait long for the newer one.
    const bytes = await (stale ? withDeadline(env, NAVIGATION_MILLISECONDS, download) : download);
    return serve(request, found, new Response(bytes));
  } catch (error) {
    env.log(path, error);
    const old = stale && (await openFile(env, stale.sha256));
    if (!old) return Response.error();
    const oldFile = { ...found, entry: { ...entry, size: stale.size } };
    return serve(request, oldFile, old, { "X-Inkstone-Stale": "1" });
  }
}

/**
 * @param {Env} env
 * @param {Visit} visit
 */
async function respondToNavigation(env, visit) {
  const { request, path } = visit;
  const own = await ownManifest(env);
  const page = own && findPage(own, path);
  if (!page && hasForeignExtension(path)) return passThrough(env, visit);
  if (page && !isHtml(page.entry)) return respondWithFile(env, visit, page);
  const stored = page && (await openFile(env, page.entry.sha256));
  if (stored) return serve(request, page, stored);
  const shell = own && findIn(own, own.shell);
  const storedShell = shell && (await openFile(env, shell.entry.sha256));
  if (!storedShell) return respondWithoutStore(env, visit);
  try {
    if (!page) return await withDeadline(env, NAVIGATION_MILLISECONDS, env.fetch(request));
    const present = await storedHashes(env);
    const needs = page.entry.needs ?? [];
    const missing = needs.find((need) => !present.has(own.files.get(need)?.sha256 ?? ""));
    if (missing !== undefined) return await respondWithPage(env, visit, page);
  } catch (error) {
    env.log(path, error);
  }
  return serve(request, shell, storedShell);
}

/**
 * The prerendered page, if the network brings this release's version soon. It
 * is kept: a second visit begins with the page itself instead of the shell.
 * @param {Env} env
 * @param {Visit} visit
 * @param {FoundFile} page
 */
async function respondWithPage(env, { request, keepAlive }, page) {
  const controller = new AbortController();
  const download = downloadVerified(env, page.path, page.entry, controller);
  const bytes = await withDeadline(env, NAVIGATION_MILLISECONDS, download, controller);
  keepAlive(storeVisitedPage(env, page.entry, bytes));
  return serve(request, page, new Response(bytes));
}

/**
 * The browser cleared the storage and left the registration (iOS does).
 * @param {Env} env
 * @param {Visit} visit
 */
async function respondWithoutStore(env, { request, keepAlive }) {
  keepAlive(repairRelease(env));
  return withDeadline(env, STALL_MILLISECONDS, env.fetch(request)).catch(gonePage);
}
