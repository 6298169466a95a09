// Lists of script injections as posts, in a page without any policy: what stands in a post stays
// text. And with the policy, ordinary pages never run against it.

import { readFileSync } from "node:fs";
import type { CDPSession, Page } from "@playwright/test";
import { Bare } from "./bare";
import { expect, heading, ready, test as base } from "./fixtures";
import { LISTS, outcome, PLACES, type Hostile } from "./hostile";
import { folder } from "./sites";

/** What a script would be noticed by; it has to be empty. */
type Watch = { seen: string[]; devtools: CDPSession };

const CONTROL = `<!doctype html><meta charset="utf-8"><title>control</title><main>
<img src="/nothing.png" onerror="alert(1)"><script>window.marker = 1; console.log("ran")</script>
<img src="https://elsewhere.example/x.png"><iframe src="about:blank"></iframe>
<form name="images"></form><b onclick="x()">x</b><a href="javascript:x()">x</a></main>`;

const test = base.extend<{ bare: Bare }>({
  bare: async ({ at }, use) => {
    const bare = await Bare.start("hostile", at, { "/control/": CONTROL });
    await use(bare);
    await bare.stop();
  },
});

test.use({ serviceWorkers: "block" });

/** Notes every sign of life that the site itself never gives. */
async function watch(page: Page, origin: string): Promise<Watch> {
  const seen: string[] = [];
  page.on("dialog", (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  // What the browser itself says: of a file that a payload names, of the worker, of the button
  // that takes the focus when an image is seen large, of an app that starts late.
  const own =
    /^Failed to load resource|^Service Worker registration blocked|^Autofocus processing|but not used within a few seconds/;
  page.on("console", (message) => {
    if (!own.test(message.text())) seen.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => seen.push(`exception: ${error}`));
  page.on("popup", (popup) => seen.push(`window: ${popup.url()}`));
  page.on("download", (download) => seen.push(`download: ${download.url()}`));
  page.on("frameattached", (frame) => seen.push(`frame: ${frame.url()}`));
  page.context().on("request", (request) => {
    if (!request.url().startsWith(`${origin}/`)) seen.push(`request: ${request.url()}`);
  });
  // Every script that is compiled, handlers in attributes and addresses that are code as well.
  const devtools = await page.context().newCDPSession(page);
  const written = readFileSync(new URL("../../src/boot/theme.js", import.meta.url), "utf8");
  // The build leaves out comments and indents.
  const lines = written.split("\n").map((line) => line.trim());
  const theme = lines.filter((line) => line && !line.startsWith("//")).join("\n");
  devtools.on("Debugger.scriptParsed", async ({ scriptId, url }) => {
    if (url === "" || /\/assets\/[\w-]+\.(js|wasm)$/.test(url)) return;
    const source = await devtools.send("Debugger.getScriptSource", { scriptId }).catch(() => null);
    if (source?.scriptSource.trim() !== theme.trim()) {
      seen.push(`script: ${source?.scriptSource} (${url})`);
    }
  });
  await devtools.send("Debugger.enable");
  return { seen, devtools };
}

/** What the names of `window` and `document` lead to, in kinds: a payload must change none. */
function globals(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() => {
    const kinds: Record<string, string> = {};
    // Holds the elements that have an id, by the standard; those of headings are meant to be.
    const named = Object.getPrototypeOf(Window.prototype);
    const look = (name: string, root: object) => {
      for (let at = root; at; at = Object.getPrototypeOf(at)) {
        if (at === named) continue;
        for (const key of Object.getOwnPropertyNames(at)) {
          // There while one page becomes another.
          if (key === "activeViewTransition") continue;
          let kind = "throws";
          try {
            const value = Reflect.get(root, key, root);
            kind = value instanceof Node ? "Node" : Object.prototype.toString.call(value);
          } catch {}
          kinds[`${name}.${key}`] ??= kind;
        }
      }
    };
    look("window", window);
    look("document", document);
    return kinds;
  });
}

/** Names that lead elsewhere than on a page without payloads. */
function changed(before: Record<string, string>, after: Record<string, string>): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => before[name] !== after[name])
    .map((name) => `${name}: ${before[name]} -> ${after[name]}`);
}

/** Elements, attributes and addresses that no text may bring. */
function foreign(page: Page): Promise<string[]> {
  return page.locator("main").evaluate((main) => {
    const found: string[] = [];
    const elements =
      "script, style, link, meta, base, iframe, frame, object, embed, form, input, textarea, " +
      "select, svg, template, noscript, slot, portal";
    main.querySelectorAll(elements).forEach((element) => found.push(element.outerHTML));
    const schemes = ["http:", "https:", "mailto:", "tel:", "xmpp:"];
    for (const element of main.querySelectorAll("*")) {
      for (const { name, value } of element.attributes) {
        const address =
          /^(href|src|srcset|poster|action|formaction|data|xlink:href|cite|ping|background)$/.test(name);
        // What is no address leads nowhere.
        const url = address && URL.canParse(value, document.baseURI);
        const wrong = url && !schemes.includes(new URL(value, document.baseURI).protocol);
        if (wrong || /^on|^(style|srcdoc|name|target|is|slot|part)$/.test(name)) {
          found.push(`${element.localName} ${name}=${value}`);
        }
      }
    }
    return found;
  });
}

/** Everything that a post was made of is there, and nothing else. */
async function expectHarmless(page: Page, post: Hostile, { seen, devtools }: Watch) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(post.title);
  // A payload that swallowed what follows would take headings away.
  await expect(page.locator(".prose > :is(h2, h3)")).toHaveCount(post.shown);
  expect(await foreign(page)).toEqual([]);
  await devtools.send("Runtime.evaluate", { expression: "0" });
  expect(seen, post.path).toEqual([]);
}

test("what is watched for is noticed", async ({ page, bare, provoked }) => {
  provoked.push(/./);
  const { seen } = await watch(page, bare.origin);
  await page.goto(bare.url("posts/harmless/"));
  await ready(page);
  const before = await globals(page);
  expect(seen).toEqual([]);
  expect(await foreign(page)).toEqual([]);
  await page.goto(bare.url("control/"));
  const signs = ["dialog: 1", "console: ran", "request: https://elsewhere", "frame:", "script: alert(1)"];
  for (const sign of signs) {
    await expect.poll(() => seen.some((line) => line.startsWith(sign)), sign).toBe(true);
  }
  const names = changed(before, await globals(page)).map((line) => line.split(":")[0]);
  expect(names).toEqual(expect.arrayContaining(["window.marker", "document.images"]));
  const found = (await foreign(page)).join("\n");
  for (const sign of ["<script", "<iframe", "<form", "img onerror", "b onclick", "a href=javascript"]) {
    expect(found).toContain(sign);
  }
});

test("nearly all payloads got through the build, in every place", () => {
  const count = (key: "shown" | "refused") => outcome().reduce((sum, post) => sum + post[key], 0);
  expect(outcome()).toHaveLength(LISTS.length * Object.keys(PLACES).length);
  expect(count("shown")).toBeGreaterThan(10_000);
  expect(count("refused") / (count("shown") + count("refused"))).toBeLessThan(0.1);
});

for (const list of LISTS) {
  test(`no payload acts: ${list}`, async ({ page, bare, at, provoked }) => {
    test.slow();
    provoked.push(/status of 404/);
    const watched = await watch(page, bare.origin);
    const posts = outcome().filter((post) => post.list === list);
    const response = await page.goto(bare.url("posts/harmless/"));
    expect(response?.headers()["content-security-policy"]).toBeUndefined();
    await expect(page.locator("meta[http-equiv]")).toHaveCount(0);
    await ready(page);
    const harmless = await globals(page);

    for (const post of posts) {
      await page.goto(bare.url(post.path));
      await ready(page);
      await expectHarmless(page, post, watched);
      expect(changed(harmless, await globals(page)), `prerendered: ${post.path}`).toEqual([]);
    }

    const left = new Map(posts.map((post) => [`${at}${post.path}`, post]));
    for (const archive of ["archive/", "archive/page/2/"]) {
      await page.goto(bare.url(archive));
      await ready(page);
      const functions = await page.evaluateHandle(() => {
        const all = [...Object.getOwnPropertyNames(window), "addEventListener", "removeEventListener"];
        return new Map(all.map((name) => [name, Reflect.get(window, name)]));
      });
      const hrefs = await page.locator("main a").evaluateAll((links) =>
        links.map((link) => link.getAttribute("href") ?? ""));
      for (const href of hrefs) {
        const post = left.get(href);
        if (!post) continue;
        left.delete(href);
        await page.locator(`main a[href="${href}"]`).click();
        await expectHarmless(page, post, watched);
        expect(changed(harmless, await globals(page)), `by the app: ${href}`).toEqual([]);
        const others = await functions.evaluate((before) =>
          [...before].filter(([name, value]) =>
            typeof value === "function" && Reflect.get(window, name) !== value).map(([name]) => name));
        expect(others, "still the same functions").toEqual([]);
        await page.goBack();
        await expect(page).toHaveURL(bare.url(archive));
        await expect(page.locator(`main a[href="${href}"]`)).toBeVisible();
      }
    }
    expect([...left.keys()], "every post was reached by a link").toEqual([]);
  });
}

test("ordinary pages never run against the policy", async ({ page, server, at, provoked }) => {
  const violations: string[] = [];
  await page.exposeFunction("reportViolation", (what: string) => violations.push(what));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
      Reflect.get(window, "reportViolation")(`${violatedDirective}: ${blockedURI} ${sample}`));
  });
  await page.goto(server.current.url("archive/"));
  await ready(page);
  const posts = await page.locator("main a[href*='/posts/']").evaluateAll((links) =>
    links.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
  expect(posts.length).toBeGreaterThan(5);
  for (const path of [at, ...posts, `${at}tags/`, `${at}archive/`, `${at}saved/`]) {
    const response = await page.goto(new URL(path, server.current.url()).href);
    expect(response?.headers()["content-security-policy"]).toContain("require-trusted-types-for");
    await ready(page);
  }
  await page.goto(server.current.url("archive/"));
  await ready(page);
  for (const path of posts) {
    await page.locator(`main a[href="${path}"]`).click();
    await expect(page.locator(".prose p").first()).toBeVisible();
    await page.goBack();
    await heading(page, "归档");
  }
  expect(violations).toEqual([]);
  // The same listener notices what the policy forbids.
  provoked.push(/https:\/\/elsewhere\.example\/.*Content Security Policy/);
  await page.evaluate(() =>
    document.body.append(Object.assign(new Image(), { src: "https://elsewhere.example/" })),
  );
  await expect.poll(() => violations.join()).toContain("img-src: https://elsewhere.example/");
});
