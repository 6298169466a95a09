// A blog of several hundred kilobytes of lists: what is looked at comes, and nothing else.

import type { Page } from "@playwright/test";
import { saved } from "./faults";
import { expect, heading, hold, offlineReady, ready, saveData, test } from "./fixtures";
import { COUNT } from "./large";

test.use({ site: "large", serviceWorkers: "block" });

test.beforeEach(({ page }) => saveData(page));

/** The data that a page asks for from now on. */
function asked(page: Page): string[] {
  const paths: string[] = [];
  page.on("request", (request) => {
    const path = /\/data\/.*/.exec(new URL(request.url()).pathname)?.[0];
    if (path) paths.push(decodeURIComponent(path));
  });
  return paths;
}

const cards = (page: Page) => page.locator(".post-card h2 a");

test("the home page asks for the catalogue alone, further pages for their entries", async ({ page, server }) => {
  const data = asked(page);
  await page.goto(server.current.url());
  await ready(page);
  await expect(cards(page)).toHaveCount(10);
  expect(data).toEqual([expect.stringMatching(/catalogue-/)]);
  await page.getByRole("link", { name: "较早" }).click();
  await expect(cards(page).first()).toHaveText(`第 ${COUNT - 10} 站`);
  expect(data.slice(1).every((path) => /\/entries\/\d+-[0-9a-f]{10}\.json$/.test(path)), `${data}`).toBe(true);
  expect(data.length).toBeLessThanOrEqual(4);
});

test("every kind of page by its address, taken over with the same posts", async ({ page, server }) => {
  for (const path of ["", "page/13/", "tags/单数/", "tags/单数/page/7/", "categories/杂谈/", "archive/", "archive/page/2/"]) {
    await page.goto(server.current.url(path));
    const links = page.locator(".post-card h2 a, .archive-list a");
    const before = await links.allInnerTexts();
    expect(before.length, path).toBeGreaterThan(0);
    await ready(page);
    expect(await links.allInnerTexts(), path).toEqual(before);
  }
});

test("a link to a post that no list has shown, and its neighbours", async ({ page, server }) => {
  await page.goto(server.current.url("posts/post-120/"));
  await ready(page);
  const data = asked(page);
  await page.evaluate(() => Object.assign(window, { same: true }));
  await page.getByRole("link", { name: "前文" }).click();
  await heading(page, "第 60 站");
  expect(await page.evaluate(() => "same" in window), "no page load").toBe(true);
  expect(data.map((path) => path.replace(/-[0-9a-f]+\./, "-."))).toEqual([
    expect.stringMatching(/^\/data\/paths\/\d+-\.json$/),
    "/data/posts/post-60-.json",
  ]);
  await page.locator(".adjacent-link[rel=next]").click();
  await heading(page, "第 61 站");
  await page.locator(".related a").first().click();
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("第 61 站");
});

test("an old address, and one that there is not", async ({ page, server, provoked }) => {
  provoked.push(/status of 404/);
  await page.goto(server.current.url());
  await ready(page);
  const follow = (path: string) =>
    page.evaluate((href) => {
      const link = Object.assign(document.createElement("a"), { href, textContent: "x" });
      document.querySelector("main")?.append(link);
      link.click();
    }, server.current.url(path));
  await follow("old/seven/");
  await heading(page, "第 7 站");
  await expect(page).toHaveURL(/\/posts\/post-7\/$/);
  await follow("no/such/page/");
  await heading(page, "没有这一页");
});

test("filters over all posts, of which only those that are shown are loaded", async ({ page, server }) => {
  await page.goto(server.current.url());
  await ready(page);
  const data = asked(page);
  const result = page.locator(".filter-result");
  await page.getByRole("button", { name: /^整十/ }).click();
  await expect(result).toHaveText("共 13 篇");
  expect(data.filter((path) => /facets-/.test(path))).toHaveLength(1);
  await expect(cards(page).first()).toHaveText("第 130 站");
  await expect(page.getByRole("button", { name: /^单数/ })).toHaveText("单数 0");
  await expect(page.getByRole("button", { name: /^单数/ })).toHaveClass(/dim/);
  await page.getByRole("button", { name: /^全部 33 个标签$/ }).click();
  await page.getByRole("button", { name: /^标签20 / }).click();
  await expect(result).toHaveText("共 4 篇");
  await page.getByRole("radio", { name: /^符合其一/ }).check();
  await expect(result).toHaveText("共 13 篇");
  await page.getByRole("button", { name: "去掉“整十”" }).click();
  await expect(result).toHaveText("共 4 篇");
  await page.getByRole("button", { name: "去掉“标签20”" }).click();
  await expect(result).toHaveText(`共 ${COUNT} 篇`);
  await expect(page.locator("#filter-title"), "focus has a place where the chip is gone").toBeFocused();
  await page.goBack();
  await expect(result).toHaveText("共 4 篇");
  await page.getByText("分类与年份").click();
  await page.getByRole("button", { name: /^2021/ }).click();
  await expect(page).toHaveURL(/tag=.*&match=any&year=2021$/);
  const total = await result.innerText();
  await page.reload();
  await ready(page);
  await expect(result).toHaveText(total);
  await page.goBack();
  await expect(result).toHaveText("共 4 篇");
});

test("the archive counts by month, and each count leads to its month", async ({ page, server }) => {
  await page.goto(server.current.url("archive/"));
  await ready(page);
  const table = page.getByRole("table", { name: "各月文章数" });
  await expect(table.getByRole("row")).toHaveCount(7);
  await expect(table.getByRole("rowheader").first()).toHaveText("2025");
  await table.getByRole("link", { name: "2020年3月 2 篇" }).click();
  await expect(page).toHaveURL(/\/archive\/page\/2\/#m-202003$/);
  const month = page.locator("#m-202003");
  await expect(month).toBeInViewport();
  await expect(page.locator("#m-202003 + ol li")).toHaveCount(2);
});

test("a file of another release is said, and not asked for again and again", async ({ page, server }) => {
  await page.goto(server.current.url());
  await ready(page);
  const data = asked(page);
  await page.route("**/data/entries/**", (route) => route.fulfill({ body: '{"schema":2,"posts":[]}' }));
  await page.getByRole("link", { name: "较早" }).click();
  await expect(page.getByRole("alert")).toContainText("another release");
  expect(data.length).toBeLessThanOrEqual(3);
  await page.unroute("**/data/entries/**");
  await page.getByRole("button", { name: "再试一次" }).click();
  await expect(cards(page)).toHaveCount(10);
});

test.describe("while the facets are on their way", () => {
  test("choices add up, and are seen at once", async ({ page, server }) => {
    await page.goto(server.current.url());
    await ready(page);
    const go = await hold(page, "**/data/facets-*");
    await page.getByRole("button", { name: /^单数/ }).click();
    await expect(page.getByRole("button", { name: /^单数/ })).toHaveAttribute("aria-pressed", "true");
    await expect(page.locator(".filter-result")).toContainText("正在载入");
    await page.getByRole("button", { name: /^标签3 / }).click();
    go();
    await expect(page.locator(".filter-result")).toHaveText("共 5 篇");
    await expect(page).toHaveURL(/tag=%E5%8D%95%E6%95%B0&tag=%E6%A0%87%E7%AD%BE3$/);
  });

  test("the way back is not overtaken", async ({ page, server }) => {
    await page.goto(server.current.url());
    await ready(page);
    const go = await hold(page, "**/data/facets-*");
    await page.getByRole("button", { name: /^单数/ }).click();
    await page.goBack();
    const came = page.waitForResponse("**/data/facets-*");
    go();
    await came;
    await expect(page.getByRole("button", { name: /^单数/ })).toHaveAttribute("aria-pressed", "false");
    await expect(page.locator(".filter-result")).toHaveText(`共 ${COUNT} 篇`);
  });

  test("that they do not come is said below the choice, which stays", async ({ page, server, provoked }) => {
    provoked.push(/Failed to load resource/);
    await page.goto(server.current.url());
    await ready(page);
    await page.route("**/data/facets-*", (route) => route.abort("connectionfailed"));
    const odd = page.getByRole("button", { name: /^单数/ });
    await odd.click();
    await expect(page.getByRole("alert")).toContainText("目录");
    await expect(odd).toBeFocused();
    await page.unroute("**/data/facets-*");
    await page.getByRole("button", { name: "再试一次" }).click();
    await expect(page.locator(".filter-result")).toHaveText("共 65 篇");
  });
});

test("taking the last year away leaves the years in sight, and the focus on it", async ({ page, server }) => {
  await page.goto(server.current.url("?year=2020"));
  await ready(page);
  const year = page.locator(".filter-row").getByRole("button", { name: /^2020/ });
  await year.click();
  await expect(page).toHaveURL(server.current.url());
  await expect(year).toBeVisible();
  await expect(year).toBeFocused();
});

test.describe("with the worker", () => {
  test.use({ serviceWorkers: "allow" });

  test("a post that is opened by its address is kept, though no list has named it", async ({ page, server, at }) => {
    await page.goto(server.current.url("archive/page/2/"));
    const href = (await page.locator(".archive-list a").last().getAttribute("href")) ?? "";
    await page.goto(new URL(href, server.current.url()).href);
    const title = await page.locator("h1").innerText();
    await offlineReady(page);
    const path = new URL(href, server.current.url()).pathname.slice(at.length);
    await expect.poll(() => saved(page, at)).toContain(path);
    await page.goto(server.current.url("saved/"));
    await expect(page.locator(".saved-list")).toContainText(title);
  });
});
