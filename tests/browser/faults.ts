// What every fault test stands on: a blog on a scripted server, tabs whose every answer is held
// against the known releases, and the invariant that no fault may break.
//
// 1. No blank page: one `<main>` with text, one visible `<h1>` with text.
// 2. No mixed release: one release has every file that made up the page, byte for byte.
// 3. What was saved stays saved: its bytes are in the store and have the hash they are stored by.

import { expect as expectOf, test as base, type BrowserContext, type Page, type Request, type Response } from "@playwright/test";
import { FaultServer } from "./fault-server";
import { releases, sha256, type Releases, type Site } from "./fault-sites";

/** Browsers take their time to hand over from one worker to the next, slow machines above all. */
export const expect = expectOf.configure({ timeout: 30_000 });

/** A file that a page got: `hash` is `null` where the browser did not keep its bytes. */
type Got = { path: string; hash: string | null; ours: boolean; page: boolean };

export class Blog {
  /** Posts that must be in the store from now on, as `posts/post-1/`. */
  saved: string[] = [];
  /** What each tab's page was made of. */
  private got = new Map<Page, Promise<Got | null>[]>();
  /** Messages of the worker and of the pages. */
  readonly said: string[] = [];
  /** Navigations of each tab. */
  readonly loads = new Map<Page, number>();

  constructor(
    readonly at: string,
    readonly context: BrowserContext,
    readonly server: FaultServer,
    readonly sites: Releases,
  ) {
    context.on("page", (page) => this.watch(page));
    context.on("serviceworker", (worker) => {
      worker.on("console", (message) => this.said.push(message.text()));
    });
  }

  private watch(page: Page) {
    page.on("console", (message) => this.said.push(message.text()));
    // A page that is being left may still ask, so a request counts for the page that was there.
    const asking = new Map<Request, Promise<Got | null>[]>();
    page.on("request", (request) => void asking.set(request, this.got.get(page) ?? []));
    page.on("response", (response) => {
      const request = response.request();
      const isPage = request.isNavigationRequest() && request.frame() === page.mainFrame();
      if (isPage) {
        this.got.set(page, []);
        this.loads.set(page, (this.loads.get(page) ?? 0) + 1);
      }
      const made = isPage ? this.got.get(page) : asking.get(request);
      made?.push(this.received(response));
    });
  }

  private async received(response: Response): Promise<Got | null> {
    const url = new URL(response.url());
    const isOwn = url.origin === this.server.origin && this.server.blogAt(url.pathname) === this.at;
    // An older version of a document says so itself; a part has no hash of its own.
    if (!isOwn || response.status() !== 200 || response.headers()["x-inkstone-stale"]) return null;
    const path = decodeURIComponent(url.pathname.slice(this.at.length));
    const page = response.request().isNavigationRequest();
    const ours = response.fromServiceWorker();
    const body = await response.body().catch(() => null);
    return { path, hash: body && sha256(body), ours, page };
  }

  /** A tab at this path, without waiting for more than the page. */
  async open(path = ""): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(this.server.url(path));
    return page;
  }

  /** A reader who was here before: release 1 is complete, post 1 was read and is saved. */
  async settle(page: Page, site: Site = this.sites.v1) {
    this.server.deploy(site);
    await page.goto(this.server.url());
    await offlineReady(page);
    await this.read(page, 1);
    await page.goto(this.server.url());
    await ready(page);
    await offlineReady(page);
    this.saved.push("posts/post-5/", "posts/post-6/");
    await this.holds(page, site);
  }

  /** Reads a post, which saves it. */
  async read(page: Page, n: number) {
    await page.goto(this.server.url(`posts/post-${n}/`));
    await ready(page);
    const doc = `posts/post-${n}/`;
    await expect.poll(() => saved(page, this.at)).toContain(doc);
    this.saved.push(doc);
  }

  /** The invariant; with `site`, that the page is of this release. */
  async holds(page: Page, site?: Site) {
    await expect(page.locator("main")).toHaveCount(1);
    await expect(page.locator("main")).toHaveText(/\S/);
    await expect(page.locator("h1:visible")).toHaveCount(1);
    await expect(page.locator("h1:visible")).toHaveText(/\S/);
    const possible = await this.releasesOf(page);
    expect(possible, await this.made(page)).not.toEqual([]);
    if (site) {
      expect(possible).toContain(site.build.release);
      await expect(page.locator("html")).toHaveAttribute("data-release", site.build.release);
    }
    if (this.saved.length) {
      expect(await saved(page, this.at)).toEqual(expect.arrayContaining(this.saved));
    }
  }

  /** What the page was made of, for the message of a failure: each file with the releases it is of. */
  private async made(page: Page): Promise<string> {
    const names = Object.entries(this.sites);
    const all = await Promise.all(this.got.get(page) ?? []);
    const lines = all.flatMap((got) => {
      if (!got) return [];
      const having = names.filter(([, site]) => has(site, got)).map(([name]) => name);
      return [`${got.path} (${got.ours ? "worker" : "network"}): ${having.join(" ")}`];
    });
    return `one release has the whole page:\n${lines.join("\n")}`;
  }

  private async releasesOf(page: Page): Promise<string[]> {
    const all = await Promise.all(this.got.get(page) ?? []);
    let possible = Object.values(this.sites);
    for (const got of all) {
      if (!got) continue;
      const having = Object.values(this.sites).filter((site) => has(site, got));
      // What the worker lets through without knowing it is in no manifest; else bytes decide.
      const [file] = candidates(got);
      const known = Object.values(this.sites).some(({ manifest }) => manifest.files[file]);
      if (got.ours && known) expect(having, `${got.path} from the worker`).not.toEqual([]);
      if (having.length) possible = possible.filter((site) => having.includes(site));
    }
    return possible.map((site) => site.build.release);
  }
}

/** The files that may be the answer at a path. */
function candidates({ path, page }: Got): string[] {
  const index = path === "" || path.endsWith("/") ? `${path}index.html` : path;
  return page ? [index, "shell.html", "404.html"] : [index];
}

function has(site: Site, got: Got): boolean {
  return candidates(got).some((path) => {
    const entry = site.manifest.files[path];
    return entry !== undefined && (got.hash === null || entry.sha256 === got.hash);
  });
}

type Fixtures = { at: string; blog: Blog };

export const test = base.extend<Fixtures>({
  at: ["/", { option: true, scope: "test" }],
  blog: async ({ at, context }, use, info) => {
    info.setTimeout(150_000);
    // Nothing is fetched before it is asked for, so that each test knows what is stored.
    await context.addInitScript(() =>
      Object.defineProperty(Navigator.prototype, "connection", { get: () => ({ saveData: true }) }));
    const sites = releases(at);
    const server = await FaultServer.start(at, sites.v1);
    const blog = new Blog(at, context, server, sites);
    await use(blog);
    for (const page of context.pages()) {
      const { origin, pathname } = new URL(page.url());
      if (origin === server.origin && server.blogAt(pathname) === at) await blog.holds(page);
      await page.close();
    }
    await server.stop();
  },
  // After the blog, which watches it from its first request.
  page: async ({ blog: _, page }, use) => use(page),
});


export async function ready(page: Page) {
  await expect(page.locator("html")).toHaveAttribute("data-app", "ready");
}

export async function offlineReady(page: Page) {
  await expect(page.locator("html")).toHaveAttribute("data-offline", "ready");
}

/** The documents whose bytes are in the store, hashed again. */
export function saved(page: Page, at: string): Promise<string[]> {
  return page.evaluate(async (name) => {
    const docs = [];
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const response = await cache.match(request);
      const header = response?.headers.get("X-Inkstone-Record") ?? "null";
      const record = JSON.parse(decodeURIComponent(header));
      const bytes = await response?.arrayBuffer();
      const digest = bytes && (await crypto.subtle.digest("SHA-256", bytes));
      const hash = Array.from(new Uint8Array(digest ?? []), (byte) => byte.toString(16).padStart(2, "0")).join("");
      if (!request.url.endsWith(hash)) throw new Error(`damaged: ${request.url}`);
      if (record?.doc) docs.push(record.doc);
    }
    return docs.sort();
  }, `inkstone:${at}:files`);
}

/** All files and releases that are stored: the names of the entries of all caches but the records. */
export function stored(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names = [];
    for (const name of await caches.keys()) {
      if (name.endsWith(":control")) continue;
      for (const { url } of await (await caches.open(name)).keys()) names.push(`${name} ${url}`);
    }
    return names.sort();
  });
}

type Looked = "installed" | "waiting" | "unchanged" | "refused";

/**
 * Asks the browser to look for a new worker, and waits for how that ends: a worker of ours takes
 * over as soon as it is installed; any other one, until `state`.
 */
export async function checkForUpdate(page: Page, state: ServiceWorkerState = "activated"): Promise<Looked> {
  const end = await look(page, state);
  // A look that the browser began by itself answers for ours too, and may be of before a deployment.
  return end === "unchanged" || end === "refused" ? look(page, state) : end;
}

async function look(page: Page, state: ServiceWorkerState): Promise<Looked> {
  const found = await page.evaluateHandle(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const failed = await registration?.update().then(() => false, () => true);
    return { registration, failed, worker: registration?.installing ?? registration?.waiting };
  });
  const end = await found.evaluate(({ registration, failed, worker }) => {
    if (!registration) return "refused";
    return worker ? "found" : failed ? "refused" : "unchanged";
  });
  if (end !== "found") return end;
  let looks = 0;
  // Of all its workers, or a failure would not tell which one holds another up.
  const states = async () => {
    if (looks++ > LOOKS && state === "activated") await skipWaiting(page);
    return found.evaluate(({ registration, worker }) => {
      const all = [registration?.installing, registration?.waiting, registration?.active];
      return `${worker?.state} of ${all.map((it) => it?.state)}`;
    });
  };
  await expect.poll(states, { timeout: 75_000 }).toMatch(new RegExp(`^(${state}|redundant) `));
  return found.evaluate(({ failed, worker }) => {
    if (worker?.state === "redundant" || failed) return "refused";
    return worker?.state === "activated" ? "installed" : "waiting";
  });
}

/** About ten seconds, as `expect.poll` looks. */
const LOOKS = 12;

/**
 * Chromium ends an idle worker after half a minute and then lets the waiting one take over, but not
 * while developer tools are attached, which drive it here.
 */
async function skipWaiting(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  const scopeURL = await page.evaluate(() => navigator.serviceWorker.ready.then(({ scope }) => scope));
  await devtools.send("ServiceWorker.enable");
  await devtools.send("ServiceWorker.skipWaiting", { scopeURL });
  await devtools.detach();
}

/** Has the browser look for a new worker until `site`'s is at work; it may have come by itself. */
export async function update(page: Page, site: Site) {
  const looked = async () => {
    if ((await activeRelease(page)) !== site.build.release) await checkForUpdate(page);
    return activeRelease(page);
  };
  await expect.poll(looked, { timeout: 80_000 }).toBe(site.build.release);
}

/** Waits for a release that the browser finds by itself. */
export async function atWork(page: Page, site: Site) {
  let looks = 0;
  const looked = async () => {
    if (looks++ > LOOKS) await skipWaiting(page);
    return activeRelease(page);
  };
  await expect.poll(looked, { timeout: 60_000 }).toBe(site.build.release);
}

/** The release that is at work, as its worker has noted; a message would keep an old worker alive. */
export function activeRelease(page: Page): Promise<string | null> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    if (registration?.active?.state !== "activated") return null;
    const cache = await caches.open(`inkstone:${new URL(registration.scope).pathname}:control`);
    const newest = await cache.match(`${registration.scope}__inkstone/newest`);
    return (await newest?.json())?.release ?? null;
  });
}

/** How often a release failed to start, as the worker has noted. */
export function failedStarts(page: Page, site: Site): Promise<number> {
  return page.evaluate(async (release) => {
    const { scope } = await navigator.serviceWorker.ready;
    const cache = await caches.open(`inkstone:${new URL(scope).pathname}:control`);
    const strikes = await cache.match(`${scope}__inkstone/strikes`);
    return (await strikes?.json())?.[release] ?? 0;
  }, site.build.release);
}

/** Takes the release that is offered, and waits until its app is at work. */
export async function accept(page: Page, site: Site) {
  await takeOver(page, site);
  await ready(page);
}

/** Takes the release that is offered, unless the page is of it already or loads it by itself. */
export async function takeOver(page: Page, site: Site) {
  const { release } = site.build;
  const button = page.getByRole("button", { name: "立即更新" });
  const taken = page.locator(`html[data-release="${release}"]`);
  await expect(button.or(taken).first()).toBeVisible({ timeout: 60_000 });
  if ((await taken.count()) === 0) await button.click({ timeout: 5_000 }).catch(() => {});
  await expect(taken).toHaveCount(1);
}

/** What workers throw from now on, as the browser reports it. */
export async function workerErrors(page: Page): Promise<string[]> {
  const devtools = await page.context().newCDPSession(page);
  const errors: string[] = [];
  devtools.on("ServiceWorker.workerErrorReported", ({ errorMessage }) => errors.push(errorMessage.errorMessage));
  await devtools.send("ServiceWorker.enable");
  return errors;
}

/** Ends every worker, as a browser does whenever it likes. */
export async function stopWorkers(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("ServiceWorker.enable");
  await devtools.send("ServiceWorker.stopAllWorkers");
  await devtools.detach();
}
