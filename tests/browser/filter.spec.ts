// The tag filter: several tags, counts, all or any, its state in the address.

import type { Page } from "@playwright/test";
import { expect, ready, test } from "./fixtures";

test.use({ site: "v1" });

const toggle = (page: Page, name: RegExp) => page.getByRole("button", { name });
const result = (page: Page) => page.locator(".filter-result");

test("two tags, all or any, with counts and the state in the address", async ({ page, server }) => {
  await page.goto(server.current.url());
  await ready(page);
  await expect(result(page)).toHaveText("共 24 篇");
  await toggle(page, /^odd/).click();
  await expect(page).toHaveURL(/\?tag=odd$/);
  await expect(result(page)).toHaveText("共 12 篇");
  await expect(toggle(page, /^odd/)).toHaveAttribute("aria-pressed", "true");
  await expect(toggle(page, /^even/)).toHaveText(/even 0/);
  await toggle(page, /^three/).click();
  await expect(page).toHaveURL(/\?tag=odd&tag=three$/);
  await expect(result(page)).toHaveText("共 4 篇");
  await expect(toggle(page, /^three/), "focus stays on the control").toBeFocused();
  await page.getByRole("radio", { name: "符合其一" }).check();
  await expect(page).toHaveURL(/match=any$/);
  await expect(result(page)).toHaveText("共 16 篇");
  await page.getByRole("button", { name: "清除筛选" }).click();
  await expect(result(page)).toHaveText("共 24 篇");
});

test("back, forward and reload restore it", async ({ page, server }) => {
  await page.goto(server.current.url());
  await ready(page);
  await toggle(page, /^odd/).click();
  await expect(result(page)).toHaveText("共 12 篇");
  await toggle(page, /^three/).click();
  await expect(result(page)).toHaveText("共 4 篇");
  await page.goBack();
  await expect(result(page)).toHaveText("共 12 篇");
  await expect(toggle(page, /^three/)).toHaveAttribute("aria-pressed", "false");
  await page.goForward();
  await expect(result(page)).toHaveText("共 4 篇");
  await page.reload();
  await ready(page);
  await expect(result(page)).toHaveText("共 4 篇");
  await expect(toggle(page, /^three/)).toHaveAttribute("aria-pressed", "true");
});

test("what stays on the page stays the same element, and another page has its own", async ({ page, server }) => {
  await page.goto(server.current.url());
  await ready(page);
  const marked = [toggle(page, /^odd/), page.locator(".post-card").first(), page.locator("h1")];
  const isMarked = (element: Element) => element.hasAttribute("data-marked");
  for (const part of marked) await part.evaluate((element) => element.setAttribute("data-marked", ""));
  await toggle(page, /^odd/).click();
  await expect(result(page)).toHaveText("共 12 篇");
  for (const part of marked) expect(await part.evaluate(isMarked)).toBe(true);
  await page.getByRole("link", { name: "归档" }).click();
  await expect(page.locator(".archive-list").first()).toBeVisible();
  expect(await page.locator("h1").evaluate(isMarked)).toBe(false);
});

test("the way to match follows the back button, though the reader has chosen by hand", async ({ page, server }) => {
  await page.goto(server.current.url());
  await ready(page);
  await toggle(page, /^odd/).click();
  await toggle(page, /^three/).click();
  await page.getByRole("radio", { name: "符合其一" }).check();
  await expect(result(page)).toHaveText("共 16 篇");
  await page.goBack();
  await expect(result(page)).toHaveText("共 4 篇");
  await expect(page.getByRole("radio", { name: "全部符合" })).toBeChecked();
  await page.goForward();
  await expect(page.getByRole("radio", { name: "符合其一" })).toBeChecked();
});

test("spellings of one tag are one choice, in the address as well", async ({ page, server }) => {
  await page.goto(server.current.url("?tag=ＡＩ"));
  await ready(page);
  await expect(result(page)).toHaveText("共 24 篇");
  await expect(toggle(page, /^AI/)).toHaveCount(1);
});

test("by keyboard alone", async ({ page, server }) => {
  await page.goto(server.current.url());
  await ready(page);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "跳到正文" })).toBeFocused();
  await toggle(page, /^odd/).focus();
  await page.keyboard.press("Space");
  await expect(result(page)).toHaveText("共 12 篇");
  await page.keyboard.press("Enter");
  await expect(result(page)).toHaveText("共 24 篇");
});

test("further pages of a list", async ({ page, server }) => {
  await page.goto(server.current.url());
  await ready(page);
  await page.getByRole("link", { name: "较早" }).click();
  await expect(page).toHaveURL(/\/page\/2\/$/);
  await expect(page.locator(".pager-position")).toHaveText("第 2/3 页");
  await page.reload();
  await ready(page);
  await expect(page.locator(".post-card")).toHaveCount(10);
  await page.getByRole("link", { name: "较新" }).click();
  await expect(page.locator(".pager-position")).toHaveText("第 1/3 页");
});
