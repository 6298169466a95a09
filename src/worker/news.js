// What a release brings: told to the pages of older ones when it takes over, and
// to those that ask later.

// Of so many lists that differ both versions may be asked of the network.
const NEWS_LISTS = 4;

/**
 * How many documents are new and changed since a release. None at all where it is
 * the one that a tab gets; without numbers where they can't be known.
 * @param {Env} env
 * @param {unknown} since
 * @param {boolean} mayAsk
 * @returns {Promise<News | undefined>}
 */
async function newsSince(env, since, mayAsk) {
  const release = await releaseToBegin(env);
  if (!since || since === release || release !== BUILD.release) return undefined;
  const own = await ownManifest(env);
  const old = (await otherManifests(env)).find((other) => other.release === since);
  // Of a release that is not known here it can't be said which of both is newer.
  if (!old) return undefined;
  const lists = own && (await listsThatDiffer(env, old, own, mayAsk).catch(() => null));
  if (!lists) return { release };
  const [before, after] = lists.map(versionsOfDocuments);
  let [added, changed] = [0, 0];
  for (const [doc, text] of after ?? []) {
    if (!before?.has(doc)) added += 1;
    else if (before.get(doc) !== text) changed += 1;
  }
  return { release, added, changed };
}

/**
 * The lists of both releases whose documents are not the same for certain.
 * @param {Env} env
 * @param {Manifest} old
 * @param {Manifest} own
 * @param {boolean} mayAsk
 */
async function listsThatDiffer(env, old, own, mayAsk) {
  // All documents are in the lists without a start.
  const [before = [], after = []] = [old, own].map(({ lists }) => lists.find(([start]) => !start)?.[1]);
  // In another number of lists nothing is where it was.
  if (before.length !== after.length) return null;
  const differing = [...after.keys()].filter((at) => after[at]?.[0] !== before[at]?.[0]);
  const found = [[/** @type {List} */ (old)], [/** @type {List} */ (own)]];
  for (const at of differing) {
    for (const [side, all] of [before, after].entries()) {
      const list = await openList(env, all[at], mayAsk && differing.length <= NEWS_LISTS);
      if (!list) return null;
      found[side]?.push(list);
    }
  }
  return found;
}

/**
 * @param {List[]} lists
 */
function versionsOfDocuments(lists) {
  /** @type {Map<string, string>} */
  const versions = new Map();
  for (const { files } of lists) {
    for (const { doc, text = "" } of files.values()) if (doc !== undefined) versions.set(doc, text);
  }
  return versions;
}

/**
 * Each page hears what is new since its own release; one of this release hears
 * nothing.
 * @param {Env} env
 * @param {string} before the release that was at work, if any
 */
async function tellNews(env, before) {
  const pins = await readRecord(env, "pins");
  const tabs = await env.clients.matchAll({ type: "window" });
  /** @type {Record<string, News | undefined>} */
  const news = {};
  for (const since of new Set([before, ...tabs.map(({ id }) => pins[id])])) {
    if (since) news[since] = await newsSince(env, since, true);
  }
  const { added = 0 } = news[before] ?? {};
  if (added > 0) await env.setBadge(added).catch(() => {});
  await tellPages(env, (client) => {
    const told = news[pins[client] ?? ""];
    return told && { type: "inkstone:release", ...told };
  });
}
