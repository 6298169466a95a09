// @ts-check
// How each search is driven. What runs inside `evaluate` runs in the page.

/** @typedef {import("./types").Adapter} Adapter */
/** @typedef {import("./types").Answer} Answer */

/** Results that a page shows at first. */
const SHOWN = 10;

/** Pages of results that are leafed through for one query. */
const PAGES = 40;

/** @param {string} path of a post */
const slug = (path) => /\/posts\/([^/]+)\/$/.exec(path)?.[1] ?? path;

/**
 * Pagefind through the interface that its own elements use: a result's address and excerpt are
 * fetched one by one, so ten are loaded before the clock stops.
 * @type {Adapter}
 */
export const pagefind = {
  name: "Pagefind",
  owns: (path) => path.startsWith("/pagefind/"),
  async open(page, url) {
    await page.goto(`${url}/`);
    await page.evaluate(async () => {
      const script = "/pagefind/pagefind.js";
      const pagefind = await import(script);
      await pagefind.init();
      Object.assign(globalThis, { pagefind, addresses: new Map() });
    });
  },
  async query(page, text, all) {
    const { urls, total, firstMs } = await page.evaluate(
      async ({ text, all, shown }) => {
        const { pagefind, addresses } = /** @type {any} */ (globalThis);
        const start = performance.now();
        const { results } = await pagefind.search(text);
        const address = async (/** @type {any} */ { id, data }) => {
          if (!addresses.has(id)) addresses.set(id, (await data()).url);
          return addresses.get(id);
        };
        const first = results.slice(0, shown);
        const urls = (await Promise.all(first.map((/** @type {any} */ one) => one.data()))).map(
          (data) => data.url,
        );
        const firstMs = performance.now() - start;
        for (let at = shown; all && at < results.length; at += 200) {
          urls.push(...(await Promise.all(results.slice(at, at + 200).map(address))));
        }
        return { urls, total: results.length, firstMs };
      },
      { text, all, shown: SHOWN },
    );
    return { ids: urls.map(slug), total, firstMs };
  },
};

/**
 * Inkstone through its page, as a reader drives it: the clock starts as the text is in the field
 * and stops as the page has the results of that text, so a pause that waits for more typing counts.
 * Its results are spread over pages, which are leafed through for all.
 * @param {(path: string) => boolean} owns
 * @returns {Adapter}
 */
export const inkstone = (owns) => ({
  name: "Inkstone",
  owns,
  async open(page, url) {
    await page.goto(`${url}/search/`);
    await page.locator("html[data-app=ready] #search-input").waitFor();
  },
  async query(page, text, all) {
    const { total, firstMs } = await page.evaluate(ask, text);
    const ids = await listed(page);
    for (let at = 1; all && at < PAGES && ids.length < total; at++) {
      const before = ids.length;
      if (!(await turn(page))) break;
      ids.push(...(await listed(page)));
      if (ids.length === before) break;
    }
    return { ids, total, firstMs };
  },
});

/**
 * Types into the field and waits for the count of that very text.
 * @param {string} text
 * @returns {Promise<{ total: number, firstMs: number }>}
 */
function ask(text) {
  return new Promise((done, fail) => {
    const input = /** @type {HTMLInputElement | null} */ (document.querySelector("#search-input"));
    if (input === null) return fail(new Error("the page has no #search-input"));
    const start = performance.now();
    const look = () => {
      const status = document.querySelector("[role=status].search-count");
      const { total, query } = /** @type {HTMLElement | null} */ (status)?.dataset ?? {};
      if (total === undefined || query !== text) return false;
      const filled = total === "0" || document.querySelector("ol.results > li") !== null;
      if (filled) {
        observer.disconnect();
        clearTimeout(timer);
        done({ total: Number(total), firstMs: performance.now() - start });
      }
      return filled;
    };
    const observer = new MutationObserver(look);
    const timer = setTimeout(() => {
      observer.disconnect();
      fail(new Error(`no results of ${text} after 30 s`));
    }, 30_000);
    observer.observe(document, { subtree: true, childList: true, attributes: true });
    input.value = text;
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
}

/**
 * The posts on the page; an item may have links to its tags as well.
 * @param {import("@playwright/test").Page} page
 */
async function listed(page) {
  const paths = await page.evaluate(() => {
    const items = [...document.querySelectorAll("ol.results > li")];
    const links = items.map((item) => {
      /** @type {HTMLAnchorElement[]} */
      const all = [...item.querySelectorAll("a")];
      return all.find((link) => /\/posts\/[^/]+\/$/.test(link.pathname));
    });
    return links.flatMap((link) => (link === undefined ? [] : [link.pathname]));
  });
  return paths.map(slug);
}

/**
 * Goes to the next page of results; whether there was one.
 * @param {import("@playwright/test").Page} page
 */
function turn(page) {
  return page.evaluate(async () => {
    const next = /** @type {HTMLElement | null} */ (
      document.querySelector("nav.pager a[rel=next]")
    );
    if (next === null) return false;
    const shown = () => document.querySelector("ol.results")?.textContent;
    const before = shown();
    next.click();
    for (let waited = 0; waited < 5000; waited += 10) {
      await new Promise((done) => setTimeout(done, 10));
      const now = shown();
      if (now !== undefined && now !== before) return true;
    }
    return false;
  });
}
