// What pages say of themselves: the same by address and by link, whole, and understood by others.

import type { Page } from "@playwright/test";
import { expect, heading, ready, test } from "./fixtures";

test.use({ serviceWorkers: "block" });

const ORIGIN = "https://inkstone.example";

/** Everything in the head that tells of the page, in its order. */
const told = (page: Page) =>
  page.evaluate(() => {
    const own = "title, meta[name], meta[property], link[rel=canonical], link[rel=alternate], script[type$=json]";
    const found = [...document.querySelectorAll(`:is(head, body) > :is(${own})`)];
    const general = /^(viewport|theme-color|color-scheme)$/;
    return found
      .filter((element) => !general.test(element.getAttribute("name") ?? ""))
      .map((element) => element.outerHTML)
      .sort();
  });

test("by link it is the same as by address", async ({ page, server, at }) => {
  const names = ["归档", "标签", "分类", "离线", "关于"];
  const shown = new Map<string, string[]>();
  await page.goto(server.current.url());
  await ready(page);
  const visit = async () => {
    const path = new URL(page.url()).pathname;
    await expect(page.locator("meta[property='og:url']")).toHaveAttribute("content", `${ORIGIN}${path}`);
    shown.set(path, await told(page));
  };
  for (const name of names) {
    await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name, exact: true }).click();
    await heading(page, name);
    await visit();
  }
  await page.locator(".navigation a").filter({ hasText: "首页" }).click();
  await heading(page, "云上札记");
  await visit();
  await page.locator(".post-card h2 a").first().click();
  await expect(page.locator(".prose p").first()).toBeVisible();
  await visit();
  await page.locator(".post-foot .tags a").first().click();
  await expect(page.locator(".post-card").first()).toBeVisible();
  await visit();
  expect(shown.size).toBe(names.length + 3);
  const context = await page.context().browser()?.newContext({ javaScriptEnabled: false });
  const still = await context?.newPage();
  if (!still) throw new Error("no browser");
  for (const [path, head] of shown) {
    await still.goto(new URL(path, server.current.url()).href);
    expect(head, `${path} below ${at}`).toEqual(await told(still));
  }
  await context?.close();
});

test("a post says what previews and search engines want", async ({ page, server, at }) => {
  const path = "posts/why-ai-moved-in/";
  await page.goto(server.current.url(path));
  await ready(page);
  const content = (selector: string) => page.locator(selector).getAttribute("content");
  const url = `${ORIGIN}${at}${path}`;
  await expect(page.locator("link[rel=canonical]")).toHaveAttribute("href", url);
  expect(await content("meta[property='og:url']")).toBe(url);
  expect(await content("meta[property='og:type']")).toBe("article");
  expect(await content("meta[property='og:locale']")).toBe("zh_CN");
  expect((await content("meta[name=description]"))?.length).toBeGreaterThan(20);
  expect(await content("meta[name='twitter:card']")).toBe("summary_large_image");
  const picture = (await content("meta[property='og:image']")) ?? "";
  expect(picture).toMatch(new RegExp(`^${ORIGIN}${at}og/.*-[0-9a-f]{16}\\.png$`));
  const response = await page.request.get(picture.replace(ORIGIN, new URL(server.current.url()).origin));
  expect(response.headers()["content-type"]).toBe("image/png");
  const bytes = await response.body();
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], "width and height").toEqual([1200, 630]);

  const data = JSON.parse((await page.locator("script[type='application/ld+json']").textContent()) ?? "");
  expect(data["@context"]).toBe("https://schema.org");
  const [posting, crumbs] = data["@graph"];
  expect(posting).toMatchObject({ "@type": "BlogPosting", url, inLanguage: "zh-CN" });
  expect(posting.datePublished).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(posting.headline).toBe(await page.locator("h1").innerText());
  expect(crumbs["@type"]).toBe("BreadcrumbList");
  const items = crumbs.itemListElement;
  expect(items.map((item: { position: number }) => item.position)).toEqual(items.map((_: unknown, i: number) => i + 1));
  expect(items.at(-1).item).toBe(url);
  await page.goto(server.current.url());
  const home = await page.locator("script[type='application/ld+json']").textContent();
  const [site] = JSON.parse(home ?? "")["@graph"];
  expect(site.potentialAction["@type"]).toBe("SearchAction");
  expect(site.potentialAction.target).toBe(`${ORIGIN}${at}search/?q={search_term_string}`);
});

test("translations name each other, and readers see them", async ({ page, server, at }) => {
  const [zh, en] = ["posts/inkstone-guide-zh/", "posts/inkstone-guide-en/"];
  for (const [here, there] of [[zh, en], [en, zh]]) {
    await page.goto(server.current.url(here));
    await ready(page);
    for (const [language, path] of [["zh-CN", zh], ["en", en]]) {
      const link = page.locator(`link[rel=alternate][hreflang="${language}"]`);
      await expect(link).toHaveAttribute("href", `${ORIGIN}${at}${path}`);
    }
    await expect(page.locator(".post-translations a")).toHaveAttribute("href", `${at}${there}`);
  }
  await page.locator(".post-translations a").click();
  await heading(page, /磨墨之前/);
});

test("feeds, sitemap and search are found from the pages", async ({ page, server, at }) => {
  await page.goto(server.current.url("tags/ai/"));
  const feeds = await page.locator("link[rel=alternate][type]").evaluateAll((links) =>
    links.map((link) => [link.getAttribute("type"), link.getAttribute("href")]));
  expect(feeds.map(([type]) => type)).toEqual([
    "application/atom+xml",
    "application/rss+xml",
    "application/feed+json",
    "application/atom+xml",
  ]);
  for (const [, href] of feeds) {
    expect(href?.startsWith(at)).toBe(true);
    expect((await page.request.get(new URL(href ?? "", server.current.url()).href)).status(), href ?? "").toBe(200);
  }
  const search = await page.locator("link[rel=search]").getAttribute("href");
  const description = await (await page.request.get(new URL(search ?? "", server.current.url()).href)).text();
  expect(description).toContain(`template="${ORIGIN}${at}search/?q={searchTerms}"`);
  const sitemap = await (await page.request.get(server.current.url("sitemap.xml"))).text();
  for (const [, place] of sitemap.matchAll(/<loc>([^<]*)<\/loc>/g)) {
    const response = await page.request.get(place.replace(ORIGIN, new URL(server.current.url()).origin));
    expect(response.status(), place).toBe(200);
  }
});
