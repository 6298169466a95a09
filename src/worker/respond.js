// What a request gets: the store first, then a verified download, then the
// shell; the plain network for everything that is not ours.

const NAVIGATION_MILLISECONDS = 3_000;

/**
 * The path of a request that may be ours; null leaves it to the browser.
 * @param {Env} env
 * @param {Request} request
 */
function requestedPath(env, { method, url }) {
  return method === "GET" ? pathOfUrl(env.scope, url) : null;
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
    const found = await findFile(env, visit.path, visit.client);
    return await (found ? respondWithFile(env, visit, found) : passThrough(env, visit));
  } catch (error) {
    env.log(visit.path, error);
    // The store may be broken, but what is ours and can't be verified is not served.
    if (isUnlisted(error) && isOwnName(visit.path)) return Response.error();
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
 * A name with a hash means the same in every release; all other names mean what
 * they do in the tab's. A list is asked for when nothing that is stored knows the
 * name, and for no page of the network, which may be of any release.
 * @param {Env} env
 * @param {string} path
 * @param {string} [client]
 * @returns {Promise<FoundFile | null>}
 */
async function findFile(env, path, client = "") {
  const own = await ownManifest(env);
  const first = client ? await manifestFor(env, client) : own;
  const isOwn = isOwnName(path);
  const others = client && !isOwn ? [] : [own, ...(await otherManifests(env))];
  let failure;
  for (const mayAsk of [!isOwn, !!first]) {
    for (const manifest of new Set([first, ...others])) {
      try {
        const asks = mayAsk && (isOwn || manifest === first);
        const found = manifest && (await findIn(env, manifest, path, asks));
        if (found) return found;
      } catch (error) {
        failure = error;
      }
    }
    // What is stored was verified, though no list at hand names it.
    const entry = isOwn && own && (await findStored(env, path));
    if (entry) return { entry, manifest: own };
  }
  if (failure) throw failure;
  return null;
}

/**
 * @param {Env} env
 * @param {Visit} visit
 * @param {FoundFile} found
 */
async function respondWithFile(env, { request, keepAlive }, found) {
  const { entry } = found;
  const stored = await openFile(env, entry.sha256);
  if (stored) return serve(request, found, stored);
  const stale = storedVersion(await storedRecords(env), entry);
  const download = downloadVerified(env, entry);
  if (!isPageOnDemand(entry)) keepAlive(download.then((bytes) => storeFile(env, entry, bytes)));
  try {
    // A reader who has an older version needn't wait long for the newer one.
    const bytes = await (stale ? withDeadline(env, NAVIGATION_MILLISECONDS, download) : download);
    return serve(request, found, new Response(bytes));
  } catch (error) {
    env.log(entry.path, error);
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
  const { request, path, keepAlive } = visit;
  const own = await manifestFor(env);
  if (!own) return respondWithoutStore(env, visit);
  const shell = /** @type {FileEntry} */ (own.files.get(own.shell));
  if (!(await openFile(env, shell.sha256))) keepAlive(repairRelease(env));
  // Meanwhile the page is looked for.
  const pinned = pinVisit(env, visit, own.release);
  try {
    // A newer release may have replaced the lists of this one, and have the page.
    const found = findPage(env, own, path).catch((error) => env.log(path, error));
    const page = await withDeadline(env, NAVIGATION_MILLISECONDS, found);
    const answer = await (page ? respondWithFound(env, visit, page) : null);
    await pinned;
    if (answer) return answer;
    if (!page && !hasForeignExtension(path)) {
      const response = await withDeadline(env, NAVIGATION_MILLISECONDS, env.fetch(request));
      await pinVisit(env, visit, NETWORK);
      return response;
    }
  } catch (error) {
    env.log(path, error);
  }
  await pinned;
  if (hasForeignExtension(path)) return passThrough(env, visit);
  const bytes = await readIntact(env, shell);
  if (!bytes) return respondWithoutStore(env, visit);
  return serve(request, { entry: shell, manifest: own }, new Response(bytes));
}

/**
 * @param {Env} env
 * @param {Visit} visit
 * @param {string} release of the page that the tab gets
 */
async function pinVisit(env, { client }, release) {
  if (client) await pinClients(env, [client], release, true);
}

/**
 * Null where the shell can show the page from what is stored.
 * @param {Env} env
 * @param {Visit} visit
 * @param {FoundFile} page
 */
async function respondWithFound(env, visit, page) {
  const { entry, manifest } = page;
  if (!isHtml(entry)) return respondWithFile(env, visit, page);
  const stored = await openFile(env, entry.sha256);
  if (stored) return serve(visit.request, page, stored);
  // Where the app may not start, the shell would show nothing.
  if ((await strikesOf(env))[manifest.release]) return respondWithPage(env, visit, page);
  const present = await storedHashes(env);
  for (const path of entry.needs ?? []) {
    const need = await findIn(env, manifest, path, false);
    if (!present.has(need?.entry.sha256 ?? "")) return respondWithPage(env, visit, page);
  }
  return null;
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
  const download = downloadVerified(env, page.entry, controller);
  const bytes = await withDeadline(env, NAVIGATION_MILLISECONDS, download, controller);
  keepAlive(storeVisitedPage(env, page.entry, bytes));
  return serve(request, page, new Response(bytes));
}

/**
 * The browser cleared the storage and left the registration (iOS does).
 * @param {Env} env
 * @param {Visit} visit
 */
async function respondWithoutStore(env, visit) {
  const { request, keepAlive } = visit;
  keepAlive(repairRelease(env));
  await pinVisit(env, visit, NETWORK);
  return withDeadline(env, STALL_MILLISECONDS, env.fetch(request)).catch(gonePage);
}
