// The page of the offline state: what it shows, and what it mends, with and without a network, an
// app and a worker.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { stopWorkers } from "./faults";
import { expect, heading, offlineReady, ready, saveData, test } from "./fixtures";

const POST = "posts/why-ai-moved-in/";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test.beforeEach(({ page }) => saveData(page));

/** What stands beside a label. */
const fact = (page: Page, label: string) =>
  page.locator("#facts dl div", { has: page.getByText(label, { exact: true }) }).locator("dd");

const verdict = (page: Page) => page.locator("#verdict");

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

/** Changes the bytes of stored files whose path begins like this, and leaves what is said of them. */
const damage = (page: Page, at: string, start: string) =>
  page.evaluate(async ([name, start]) => {
    const cache = await caches.open(name);
    let damaged = 0;
    for (const key of await cache.keys()) {
      const stored = await cache.match(key);
      const record = JSON.parse(decodeURIComponent(stored?.headers.get("X-Inkstone-Record") ?? "null"));
      if (!stored || !record?.path.startsWith(start)) continue;
      await cache.put(key, new Response("damaged", { headers: stored.headers }));
      damaged += 1;
    }
    return damaged;
  }, [`inkstone:${at}:files`, start]);

test("it says what is kept, in words and in numbers, and copies it as a text", async ({ page, server, at }) => {
  await page.goto(server.current.url(POST));
  await offlineReady(page);
  const release = (await page.locator("html").getAttribute("data-release")) ?? "";
  await page.goto(server.current.url("sw-state/"));
  await heading(page, "离线状态");
  await expect(verdict(page)).toContainText("离线副本完整");
  await expect(fact(page, "此设备的版本")).toContainText(release);
  await expect(fact(page, "Service Worker")).toHaveText("工作中");
  await expect(fact(page, "此页由它提供")).toHaveText("是");
  expect(Number(await fact(page, "已保存的文章").innerText())).toBeGreaterThan(0);
  const entries = await page.evaluate(async (name) => (await (await caches.open(name)).keys()).length, `inkstone:${at}:files`);
  await expect(fact(page, "文件")).toHaveText(new RegExp(`^${entries} 项，[\\d.]+ [KM]B$`));
  await expect(fact(page, "版本清单")).toContainText("1 项");
  await expect(fact(page, "此网站已用")).toHaveText(/\d/);
  await press(page, "复制报告");
  await expect(page.getByRole("status").filter({ hasText: "报告已复制" })).toBeVisible();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toContain(release);
  expect(report).toContain(server.current.url());
});

test("it shows records: saves, pinned tabs, failed starts, errors", async ({ page, server, at }) => {
  await page.goto(server.current.url());
  await offlineReady(page);
  // No app is at work there that would write records as well.
  await page.goto(server.current.url("sw-state/"));
  // Nor does the worker go on with what the page before it asked for.
  await stopWorkers(page);
  const [older, time] = ["0123456789abcdef", Date.UTC(2026, 0, 2)];
  const errors = Array.from({ length: 25 }, (_, n) => ({ time: time - n, text: `error ${n}` }));
  const records = {
    saves: { all: { state: "running", done: 1_500_000, total: 3_000_000 }, "tag:ai": { state: "failed", error: "quota" } },
    pins: { one: older, two: older, three: "network" },
    strikes: { [older]: 2 },
    errors: { last: errors },
  };
  await page.evaluate(async ([at, records]) => {
    const cache = await caches.open(`inkstone:${at}:control`);
    const scope = new URL(at, location.href).href;
    for (const [key, value] of Object.entries(records)) {
      await cache.put(`${scope}__inkstone/${key}`, new Response(JSON.stringify(value)));
    }
  }, [at, records] as const);
  await page.reload();
  await expect(fact(page, "全部")).toHaveText("进行中，1.5 MB/3.0 MB");
  await expect(fact(page, "标签 ai")).toHaveText("失败 (quota)");
  await expect(fact(page, "用其他版本的标签页")).toHaveText(`${older}：2 个（可能已关闭）`);
  await expect(fact(page, "启动失败")).toHaveText(`${older}：2 次`);
  const listed = page.locator("#facts section", { hasText: "最近的错误" }).locator("dd");
  await expect(listed).toHaveCount(20);
  await expect(listed.first()).toHaveText("error 0");
});

test("a damaged copy is told, and repaired", async ({ page, server, at }) => {
  await page.goto(server.current.url());
  await offlineReady(page);
  await page.goto(server.current.url("sw-state/"));
  await expect(verdict(page)).toContainText("离线副本完整");
  // What the page before it asked for would mend the damage.
  await stopWorkers(page);
  expect(await damage(page, at, "data/catalogue-")).toBe(1);
  await page.reload();
  await expect(verdict(page)).toContainText(/\d+ 个文件中有 1 个缺失或损坏/);
  await press(page, "修复");
  await expect(page.locator("#said")).toContainText("1 个已损坏，其中 1 个已重新下载");
  await expect(verdict(page)).toContainText("离线副本完整");
  await press(page, "修复");
  await expect(page.locator("#said")).toContainText("一切完好");
});

test("a worker that is gone is registered again by a repair", async ({ page, server }) => {
  await page.goto(server.current.url("sw-state/"));
  await expect(verdict(page)).toContainText("还没有离线副本");
  await expect(fact(page, "Service Worker")).toHaveText("未安装");
  await press(page, "检查更新");
  await expect(page.locator("#said")).toContainText("没有 Service Worker");
  await press(page, "修复");
  await expect(page.locator("#said")).toContainText("已重新安装");
  await expect(verdict(page)).toContainText("离线副本完整");
  await press(page, "检查更新");
  await expect(page.locator("#said")).toContainText("已是最新版本");
  await expect(fact(page, "上次检查更新")).toHaveText(/\d/);
});

test("a reset asks first, takes this blog's copy alone, and the blog works online", async ({ page, server, at }) => {
  await page.goto(server.current.url());
  await offlineReady(page);
  const other = "inkstone:/another/:files";
  await page.evaluate(async (other) => {
    for (const name of [other, "another app"]) await (await caches.open(name)).put("/x", new Response("kept"));
    localStorage.setItem("inkstone:theme", "dark");
  }, other);
  await page.goto(server.current.url("sw-state/"));
  await press(page, "重置……");
  const dialog = page.getByRole("dialog", { name: "要重置吗？" });
  await expect(dialog).toContainText("已保存的文章");
  await expect(dialog.getByRole("button", { name: "取消" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "重置……" })).toBeFocused();
  await press(page, "重置……");
  await dialog.getByRole("button", { name: "删除并重置" }).click();
  await expect(page.locator("#said")).toContainText("已重置");
  await expect(verdict(page)).toContainText("还没有离线副本");
  const left = await page.evaluate(async () => ({
    caches: (await caches.keys()).sort(),
    registrations: (await navigator.serviceWorker.getRegistrations()).length,
    theme: localStorage.getItem("inkstone:theme"),
  }));
  expect(left).toEqual({ caches: ["another app", other], registrations: 0, theme: "dark" });
  await page.locator("#said").getByRole("link", { name: "返回首页" }).click();
  await ready(page);
  await expect(page).toHaveURL(server.current.url());
  await offlineReady(page);
  expect(await page.evaluate(async (name) => caches.has(name), `inkstone:${at}:files`)).toBe(true);
});

test("it opens and tells the truth without a network", async ({ page, server, provoked }) => {
  provoked.push(/Failed to load resource|ERR_CONNECTION_REFUSED/);
  await page.goto(server.current.url());
  await offlineReady(page);
  await server.current.stop();
  await page.goto(server.current.url("sw-state/"));
  await heading(page, "离线状态");
  await expect(verdict(page)).toContainText("没有网络也能打开本博客");
  await press(page, "检查更新");
  await expect(page.locator("#said")).toContainText("连不上网站");
  await press(page, "修复");
  await expect(page.locator("#said")).toContainText("一切完好");
});

test("it works where the app does not start, and a link to it is a page load", async ({ page, server, provoked }) => {
  provoked.push(/Failed to load resource|wasm/i);
  await page.goto(server.current.url());
  await ready(page);
  // The app leaves the address to the browser.
  await page.evaluate(() => {
    const link = Object.assign(document.createElement("a"), { textContent: "state" });
    link.setAttribute("href", `${document.documentElement.dataset.base}sw-state/`);
    document.querySelector("main")?.prepend(link);
    Object.assign(window, { same: true });
  });
  await page.getByRole("link", { name: "state", exact: true }).click();
  await heading(page, "离线状态");
  expect(await page.evaluate(() => "same" in window)).toBe(false);
  await page.route("**/*.wasm", (route) => route.abort());
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.reload();
  await expect(page.getByRole("button", { name: "修复" })).toBeEnabled();
  await expect(verdict(page)).not.toHaveText("正在查看……");
  expect(asked.filter((url) => /\.wasm|\/boot-/.test(url))).toEqual([]);
});

test("without script it says so, and how to clear what is kept", async ({ browser, server }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "zh-CN" });
  const page = await context.newPage();
  await page.goto(server.current.url("sw-state/"));
  await expect(page.getByText("这一页需要脚本")).toBeVisible();
  await expect(page.getByRole("heading", { name: "手动清除" })).toBeVisible();
  await expect(page.getByRole("button", { name: "修复" })).toBeHidden();
  await context.close();
});

test("axe finds nothing in both themes, and nothing runs over at 360 px", async ({ page, server }) => {
  await page.goto(server.current.url(POST));
  await offlineReady(page);
  await page.goto(server.current.url("sw-state/"));
  await expect(verdict(page)).toContainText("离线副本完整");
  const sideways = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  for (const isOpen of [false, true]) {
    if (isOpen) await press(page, "重置……");
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await page.evaluate(sideways), `sideways scroll at ${width}px`).toBeLessThanOrEqual(0);
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html)}`);
        expect(found, `axe, ${colorScheme}, ${width}px`).toEqual([]);
      }
    }
  }
});

test.describe("a site that was built to remove its worker", () => {
  test.use({ site: "faults-removal" });

  test("says that it is switched off, and repairs nothing", async ({ page, server }) => {
    await page.goto(server.current.url());
    await ready(page);
    await page.goto(server.current.url("sw-state/"));
    await expect(verdict(page)).toContainText("已关闭离线保存");
    await press(page, "修复");
    await expect(page.locator("#said")).toContainText("没有可修复的");
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  });
});
