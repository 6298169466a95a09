// Saving what a reader asks for, and the list of what is kept.

import type { Page } from "@playwright/test";
import { expect, heading, hold, offlineReady, ready, saveData, test } from "./fixtures";
import * as fault from "./fault-server";
import { FaultServer } from "./fault-server";
import { readSite } from "./fault-sites";
import { saved } from "./faults";
import { COUNT, phrase } from "./large";

const BUNDLE = /^data\/bundle-/;

const control = (page: Page) => page.locator(".save");
const DONE = "已保存到本机";

/** The values that the bar shows from now on. */
async function watchBar(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const seen: number[] = [];
    const look = () => {
      const bar = document.querySelector<HTMLProgressElement>(".save progress");
      if (bar && seen.at(-1) !== bar.value) seen.push(bar.value);
    };
    new MutationObserver(look).observe(document.body, { attributes: true, childList: true, subtree: true });
    Object.assign(window, { seen });
  });
  return () => page.evaluate(() => Reflect.get(window, "seen"));
}

test.describe("a blog of several pages", () => {
  test.use({ site: "v1" });

  test("a post and a tag are saved, and read without a server", async ({ page, server }) => {
    await page.goto(server.current.url("posts/post-1/"));
    await offlineReady(page);
    await page.getByRole("button", { name: "保存到本机" }).click();
    await expect(control(page)).toHaveText(DONE);

    await page.goto(server.current.url("tags/three/"));
    await ready(page);
    await page.getByRole("button", { name: "保存这 8 篇" }).click();
    await expect(control(page)).toHaveText(DONE);
    await page.reload();
    await ready(page);
    await expect(control(page), "told after a reload as well").toHaveText(DONE);

    await server.current.stop();
    // None of them is among the ten newest.
    for (const n of [1, 3, 6, 9, 12]) {
      await page.goto(server.current.url(`posts/post-${n}/`));
      await ready(page);
      await expect(page.locator(".prose")).toContainText(`第 ${n} 篇的正文`);
    }
    await page.goto(server.current.url("tags/three/"));
    await heading(page, "three");
  });

  test("what is not kept says so, and offers what is", async ({ page, server, provoked }) => {
    provoked.push(/Failed to load resource/);
    await page.goto(server.current.url());
    await offlineReady(page);
    await server.current.stop();
    await page.goto(server.current.url("posts/post-2/"));
    await ready(page);
    await expect(page.getByRole("alert")).toContainText("没有网络");
    const others = page.locator(".failed .saved-list a");
    await expect(others).toHaveCount(5);
    const title = await others.first().innerText();
    await others.first().click();
    await heading(page, title);
    await expect(page.locator(".prose")).toBeVisible();
  });

  test("the list has sizes and days; one is removed, then all that need not stay", async ({ page, server, at }) => {
    await page.goto(server.current.url("posts/post-2/"));
    await offlineReady(page);
    await expect.poll(() => saved(page, at)).toContain("posts/post-2/");
    await page.goto(server.current.url("posts/post-3/"));
    await ready(page);
    await page.goto(server.current.url("saved/"));
    const rows = page.locator(".saved-list li");
    await expect(rows).toHaveCount(12);
    for (const row of await rows.all()) await expect(row).toContainText(/20\d\d.*· \d+ KB/);
    await expect(page.locator(".saved-summary")).toContainText(/可以离线使用 · 共 12 篇 · 占用 [\d.]+ [KM]B/);
    await page.getByRole("button", { name: "移除《第 2 篇》的离线副本" }).click();
    await expect(rows).toHaveCount(11);
    page.once("dialog", (dialog) => dialog.dismiss());
    await page.getByRole("button", { name: "全部移除" }).click();
    await expect(rows).toHaveCount(11);
    page.once("dialog", (dialog) => dialog.accept());
    await page.getByRole("button", { name: "全部移除" }).click();
    // The newest stay.
    await expect(rows).toHaveCount(10);
    await expect(page.getByRole("button", { name: "移除《第 3 篇》的离线副本" })).toHaveCount(0);
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  });

  test("the browser is asked to keep it for good, and its answer is told", async ({ page, server }) => {
    await page.addInitScript(() => {
      let granted = sessionStorage.getItem("granted") === "yes";
      navigator.storage.persisted = async () => granted;
      navigator.storage.persist = async () => (granted = sessionStorage.getItem("may") === "yes");
    });
    await page.goto(server.current.url("saved/"));
    await offlineReady(page);
    const device = page.locator(".saved-device");
    await page.getByRole("button", { name: "请浏览器长期保留" }).click();
    await expect(device).toContainText("浏览器没有答应");
    await page.evaluate(() => sessionStorage.setItem("may", "yes"));
    await page.getByRole("button", { name: "请浏览器长期保留" }).click();
    await expect(device).toContainText("会一直保留");
    await expect(page.getByRole("button", { name: "请浏览器长期保留" })).toHaveCount(0);
  });
});

test.describe("a large blog", () => {
  test.use({ site: "large" });

  test.beforeEach(({ page }) => saveData(page));

  test("everything is saved: the bar never falls, and the search works without a server", async ({ page, server }) => {
    await page.goto(server.current.url("saved/"));
    await offlineReady(page);
    const values = await watchBar(page);
    await page.getByRole("button", { name: `保存全部 ${COUNT} 篇` }).click();
    await expect(control(page)).toHaveText(DONE);
    const seen = await values();
    expect(seen.length).toBeGreaterThan(2);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    await expect(page.locator(".saved-summary")).toContainText(`共 ${COUNT} 篇`);
    await expect(page.locator(".saved-list li")).toHaveCount(50);
    await page.getByRole("button", { name: "显示更多" }).click();
    await expect(page.locator(".saved-list li")).toHaveCount(100);
    await server.current.stop();
    await page.goto(server.current.url(`search/?q=${phrase(105)}`));
    await ready(page);
    await expect(page.locator("main")).toContainText("第 105 站");
    await page.goto(server.current.url("posts/post-5/"));
    await heading(page, "第 5 站");
    await expect(page.locator(".prose")).toContainText("5 号文章");
    await page.goto(server.current.url("categories/杂谈/"));
    await expect(page.locator(".post-card").first()).toBeVisible();
  });

  test("a save is paused, goes on after a reload, and is whole at its end", async ({ page, at }) => {
    const host = await FaultServer.start(at, readSite("large", at));
    await page.goto(host.url("saved/"));
    await offlineReady(page);
    let go = () => {};
    const held = new Promise<void>((done) => (go = done));
    host.fault(BUNDLE, (exchange) => void held.then(() => fault.none(exchange)));
    await page.getByRole("button", { name: `保存全部 ${COUNT} 篇` }).click();
    await expect.poll(() => host.asked(BUNDLE).length).toBeGreaterThan(0);
    await page.getByRole("button", { name: "暂停" }).click();
    await expect(page.getByRole("button", { name: "继续保存" })).toBeVisible();
    await page.reload();
    await ready(page);
    const bar = page.locator(".save progress");
    await expect(bar).toHaveAccessibleName("正在保存");
    expect(await bar.evaluate((bar: HTMLProgressElement) => bar.value / bar.max)).toBeLessThan(1);
    go();
    await page.getByRole("button", { name: "继续保存" }).click();
    await expect(control(page)).toHaveText(DONE);
    await expect(page.locator(".saved-summary")).toContainText(`共 ${COUNT} 篇`);
    await host.stop();
  });

  test("a save that the server leaves alone goes on, with the bytes that it has", async ({ page, at, provoked }) => {
    provoked.push(/Failed to load resource|ERR_/);
    const host = await FaultServer.start(at, readSite("large", at));
    await page.goto(host.url("saved/"));
    await offlineReady(page);
    // One bundle comes, then nothing more does.
    host.fault(BUNDLE, fault.inTurn(fault.none, ...Array(99).fill(fault.drop)));
    host.fault(/^data\/posts\//, fault.drop);
    const values = await watchBar(page);
    await page.getByRole("button", { name: `保存全部 ${COUNT} 篇` }).click();
    await expect.poll(async () => (await values()).some((value) => value > 0)).toBe(true);
    await host.stop();
    await page.reload();
    await ready(page);
    const bar = page.locator(".save progress");
    await expect(bar).toBeVisible();
    const before = await bar.evaluate((bar: HTMLProgressElement) => bar.value);
    expect(before).toBeGreaterThan(0);
    host.heal();
    await host.restart();
    const later = await watchBar(page);
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await expect(control(page)).toHaveText(DONE);
    expect(Math.min(before, ...(await later()))).toBe(before);
    await host.stop();
  });
});

test("nothing moves when the control appears", async ({ page, server }) => {
  const go = await hold(page, "**/*.wasm");
  await page.goto(server.current.url("posts/why-ai-moved-in/"));
  const place = () => page.locator(".prose").evaluate((prose) => prose.getBoundingClientRect().top);
  const before = await place();
  await expect(control(page)).toBeHidden();
  go();
  await offlineReady(page);
  await expect(control(page)).toBeVisible();
  expect(await place()).toBe(before);
});
