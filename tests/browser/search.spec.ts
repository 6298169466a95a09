// The search: as typed, with an input method, by keyboard, from the address, and offline.

import type { Page } from "@playwright/test";
import { expect, heading, hold, offlineReady, ready, test } from "./fixtures";
import { phrase } from "./large";

test.use({ site: "large" });

const field = (page: Page) => page.getByRole("searchbox", { name: "搜索全部文章" });
const count = (page: Page) => page.locator(".search-count");
const results = (page: Page) => page.locator(".results h2 a");

/** What was asked for has been answered. */
async function answered(page: Page, text: string, total: number | RegExp) {
  await expect(count(page)).toHaveAttribute("data-query", text);
  const pattern = typeof total === "number" ? String(total) : total;
  await expect(count(page)).toHaveAttribute("data-total", pattern);
}

test("finds Chinese of two characters and more, words by their beginning, however written", async ({ page, server }) => {
  await page.goto(server.current.url("search/"));
  await ready(page);
  for (const [text, title] of [
    [phrase(42), "第 42 站"],
    [phrase(113), "第 113 站"],
    ["第 42 站", "第 42 站"],
  ] as const) {
    await field(page).fill(text);
    await expect(results(page).first()).toHaveText(title);
  }
  for (const text of ["就地重启", "地重", "ｃａｆｅ", "CAFÉ", "kuber", "k8s集群", "“谈 kubernetes 与 k8s”"]) {
    await field(page).fill(text);
    await answered(page, text, 130);
  }
  await field(page).fill("就地启重");
  await answered(page, "就地启重", 0);
});

test("shows the place with what was looked for marked, and leads to its heading", async ({ page, server }) => {
  await page.goto(server.current.url(`search/?q=${encodeURIComponent(phrase(42))}`));
  await ready(page);
  const result = page.locator(".results > li").first();
  await expect(result.locator(".result-text mark")).toHaveText(phrase(42));
  await result.getByRole("link", { name: "途中" }).click();
  await expect(page).toHaveURL(/\/posts\/post-42\/#/);
  await heading(page, "第 42 站");
  await expect(page.getByRole("heading", { level: 2, name: "途中" })).toBeInViewport();
});

test("titles come first, then the newest", async ({ page, server }) => {
  await page.goto(server.current.url("search/?q=站"));
  await ready(page);
  await expect(results(page).first()).toHaveText("第 130 站");
  await page.goto(server.current.url("search/?q=120"));
  await ready(page);
  await expect(results(page).first()).toHaveText("第 120 站");
});

test("what an input method composes is looked for once it is finished", async ({ page, server }) => {
  await page.goto(server.current.url("search/"));
  await ready(page);
  await field(page).focus();
  const events = await page.context().newCDPSession(page);
  const compose = (text: string) =>
    events.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  for (const text of ["j", "jiu", "jiu di", "jiu di chong"]) await compose(text);
  await expect(field(page)).toHaveValue("jiu di chong");
  await expect(page, "nothing is looked for while composing").toHaveURL(/\/search\/$/);
  // Enter ends the composition; it must not choose a result.
  await field(page).dispatchEvent("keydown", { key: "Enter", keyCode: 229, isComposing: true, bubbles: true });
  await expect(field(page)).toBeFocused();
  await events.send("Input.insertText", { text: "就地重启" });
  await answered(page, "就地重启", 130);
  await expect(page).toHaveURL(/q=%E5%B0%B1%E5%9C%B0%E9%87%8D%E5%90%AF$/);
  await compose("ji");
  await answered(page, "就地重启", 130);
  await events.send("Input.insertText", { text: "集" });
  await answered(page, "就地重启集", 0);
});

test("by keyboard alone: open, type, choose, and back", async ({ page, server }) => {
  await page.goto(server.current.url());
  await ready(page);
  await page.keyboard.press("/");
  await expect(page).toHaveURL(/\/search\/$/);
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("kubernetes");
  await answered(page, "kubernetes", 130);
  await page.keyboard.press("Enter");
  await expect(results(page).nth(0)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(results(page).nth(1)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(field(page)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  const title = await results(page).first().innerText();
  await page.keyboard.press("Enter");
  await heading(page, title);
  await page.goBack();
  await answered(page, "kubernetes", 130);
  await expect(field(page)).toHaveValue("kubernetes");
  await page.goForward();
  await heading(page, title);
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  await expect(page.getByRole("link", { name: "kubernetes" }), "it is remembered").toBeVisible();
  await page.getByRole("button", { name: "清空" }).click();
  await expect(page.getByRole("link", { name: "kubernetes" })).toHaveCount(0);
});

test("a key typed into a field is a letter, not a command", async ({ page, server }) => {
  await page.goto(server.current.url("search/"));
  await ready(page);
  await field(page).focus();
  await page.keyboard.type("a/b");
  await expect(field(page)).toHaveValue("a/b");
});

test("the address holds it: reload, a shared link, and typing leaves one step back", async ({ page, server }) => {
  await page.goto(server.current.url());
  await ready(page);
  await page.getByRole("link", { name: "搜索" }).first().click();
  await field(page).pressSequentially("cafe");
  await answered(page, "cafe", 130);
  await page.reload();
  await ready(page);
  await expect(field(page)).toHaveValue("cafe");
  await answered(page, "cafe", 130);
  await expect(page).toHaveTitle(/cafe/);
  await page.getByRole("link", { name: "较早" }).click();
  await expect(page).toHaveURL(/q=cafe&page=2$/);
  await expect(page.locator(".pager-position")).toHaveText("第 2/13 页");
  await expect(page.getByRole("heading", { level: 1 }), "not the field, and no keyboard").toBeFocused();
  await page.goBack();
  await page.goBack();
  await heading(page, "云上札记");
});

test("narrowed by tag, category and year, together and back", async ({ page, server }) => {
  await page.goto(server.current.url("search/?q=cafe"));
  await ready(page);
  await answered(page, "cafe", 130);
  await page.getByRole("button", { name: "按标签、分类、年份筛选" }).click();
  await page.getByRole("button", { name: /^单数/ }).click();
  await answered(page, "cafe", 65);
  await expect(page.getByRole("button", { name: /^整十/ }), "none is odd and a ten").toHaveText("整十 0");
  await page.getByText("分类与年份").click();
  await page.getByRole("button", { name: /^2020/ }).click();
  await answered(page, "cafe", 12);
  await page.getByRole("button", { name: /^杂谈/ }).click();
  await answered(page, "cafe", 4);
  await expect(page).toHaveURL(/q=cafe&tag=.*&category=.*&year=2020$/);
  await page.getByRole("button", { name: "去掉“单数”" }).click();
  await answered(page, "cafe", 8);
  await field(page).fill(phrase(9));
  await answered(page, phrase(9), 1);
  await field(page).fill(phrase(100));
  await answered(page, phrase(100), 0);
  await page.getByRole("button", { name: "在全部文章里搜索" }).click();
  await answered(page, phrase(100), 1);
});

test("nothing found is said, with tags of similar names", async ({ page, server }) => {
  await page.goto(server.current.url("search/"));
  await ready(page);
  await field(page).fill("标签七十");
  await answered(page, "标签七十", 0);
  await expect(count(page)).toHaveText("没有找到“标签七十”");
  const near = page.locator(".near a").first();
  await expect(near).toHaveText(/^标签/);
  await near.click();
  await heading(page, /^标签/);
});

test("a page past the last is the last, and what has no letters is said to be found nowhere", async ({ page, server }) => {
  for (const number of ["14", "99999999", "429496731", "0"]) {
    await page.goto(server.current.url(`search/?q=cafe&page=${number}`));
    await ready(page);
    await answered(page, "cafe", 130);
    const position = number === "0" ? "第 1/13 页" : "第 13/13 页";
    await expect(page.locator(".pager-position")).toHaveText(position);
    await expect(page, "the tab as well").toHaveTitle(/cafe/);
  }
  for (const text of ["！？", "🏮"]) {
    await field(page).fill(text);
    await expect(count(page)).toHaveText(`没有找到“${text}”`);
  }
  await field(page).fill("");
  await expect(page.getByRole("heading", { name: "常用标签" })).toBeVisible();
});

test("what is typed before the app has started is not lost", async ({ page, server }) => {
  const go = await hold(page, "**/*.wasm");
  await page.goto(server.current.url("search/"));
  await field(page).fill("cafe");
  go();
  await ready(page);
  await expect(field(page)).toHaveValue("cafe");
  await answered(page, "cafe", 130);
});

test("works without a server once it was saved", async ({ page, server, provoked }) => {
  provoked.push(/Failed to load resource|ERR_CONNECTION_REFUSED/);
  await page.goto(server.current.url());
  await offlineReady(page);
  await server.current.stop();
  await page.goto(server.current.url("search/"));
  await ready(page);
  await field(page).fill("就地重启");
  await answered(page, "就地重启", 130);
  await expect(page.locator(".result-text mark").first()).toHaveText("就地重启");
  await results(page).first().click();
  await expect(page.locator(".prose p").first()).toBeVisible();
});

test("with no script the page says so and offers other ways", async ({ browser, server }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(server.current.url("search/"));
  await expect(page.getByText("搜索需要脚本")).toBeVisible();
  await page.locator(".near a").first().click();
  await expect(page.locator(".post-card").first()).toBeVisible();
  await context.close();
});

test.describe("without a service worker", () => {
  test.use({ serviceWorkers: "block" });

  test("the prerendered field takes what the address asks for", async ({ page, server }) => {
    await page.goto(server.current.url("search/?q=cafe"));
    await ready(page);
    await expect(field(page)).toHaveValue("cafe");
    await answered(page, "cafe", 130);
  });

  test("a part that does not come is said, the field stays, and the retry works", async ({ page, server, provoked }) => {
    provoked.push(/Failed to load resource/);
    await page.goto(server.current.url("search/"));
    await ready(page);
    await page.route("**/data/search/**", (route) => route.abort("connectionfailed"));
    await field(page).fill("cafe");
    await expect(page.getByRole("alert")).toContainText("没有网络");
    await expect(field(page)).toHaveValue("cafe");
    await expect(field(page)).toBeFocused();
    await page.unroute("**/data/search/**");
    for (const body of ["", "x", "\u0001\u0002"]) {
      await page.route("**/data/search/**", (route) => route.fulfill({ status: 200, body }));
      // The old failure stays until the answer has come.
      const came = page.waitForResponse("**/data/search/**");
      await page.getByRole("button", { name: "再试一次" }).click();
      await came;
      await expect(page.getByRole("alert")).toContainText("不对");
      await page.unroute("**/data/search/**");
    }
    await page.getByRole("button", { name: "再试一次" }).click();
    await answered(page, "cafe", 130);
  });

  test("typing on while places are fetched is answered all the same", async ({ page, server }) => {
    await page.goto(server.current.url("search/"));
    await ready(page);
    const placesCome = await hold(page, "**/data/posts/**");
    await field(page).fill("cafe");
    await answered(page, "cafe", 130);
    const entriesCome = await hold(page, "**/data/entries/**");
    const asked = page.waitForRequest("**/data/entries/**");
    await field(page).fill(phrase(77));
    await asked;
    const shown = page.waitForResponse("**/data/posts/**");
    placesCome();
    await shown;
    entriesCome();
    await answered(page, phrase(77), 1);
    await expect(results(page)).toHaveText(["第 77 站"]);
  });

  test("places that come late neither end a composition nor are they lost", async ({ page, server }) => {
    await page.goto(server.current.url("search/"));
    await ready(page);
    const go = await hold(page, "**/data/posts/**");
    await field(page).fill("kuber");
    await answered(page, "kuber", 130);
    await field(page).press("End");
    const events = await page.context().newCDPSession(page);
    await events.send("Input.imeSetComposition", { text: "ji", selectionStart: 2, selectionEnd: 2 });
    go();
    await expect(page.locator(".result-text mark").first()).toBeVisible();
    await expect(field(page)).toHaveValue("kuberji");
  });

  test("a press that lasts while places come ends as a click", async ({ page, server }) => {
    await page.goto(server.current.url("search/"));
    await ready(page);
    const go = await hold(page, "**/data/posts/**");
    await field(page).fill("cafe");
    await answered(page, "cafe", 130);
    await page.getByRole("link", { name: "较早" }).hover();
    await page.mouse.down();
    let came = 0;
    page.on("requestfinished", (request) => void (came += Number(request.url().includes("/data/posts/"))));
    go();
    await expect.poll(() => came, "places of the first five").toBeGreaterThanOrEqual(5);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await expect(page.locator(".result-text mark"), "nothing moves under the pointer").toHaveCount(0);
    await page.mouse.up();
    await expect(page).toHaveURL(/page=2$/);
  });

  test("places come though the next letter keeps the same posts", async ({ page, server }) => {
    await page.goto(server.current.url("search/"));
    await ready(page);
    const go = await hold(page, "**/data/posts/**");
    await field(page).fill("kuber");
    await answered(page, "kuber", 130);
    await field(page).fill("kubern");
    await answered(page, "kubern", 130);
    go();
    await expect(page.locator(".result-text mark").first()).toHaveText(/^Kubern/i);
  });
});
