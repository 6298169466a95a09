// What is fetched before a click, so that a click waits for nothing.

import type { Page } from "@playwright/test";
import { expect, ready, saveData, test } from "./fixtures";

test.use({ serviceWorkers: "block", site: "v1" });

/** The documents that a page asks for from now on. */
function documents(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    const name = /\/data\/posts\/(.*)-[0-9a-f]+\.json$/.exec(request.url())?.[1];
    if (name) asked.push(name);
  });
  return asked;
}

test("posts in view come by themselves, each once, and a click asks for nothing", async ({ page, server }) => {
  const asked = documents(page);
  let came = 0;
  page.on("requestfinished", (request) => void (came += Number(request.url().includes("/data/posts/"))));
  await page.goto(server.current.url());
  await ready(page);
  await expect.poll(() => asked.length).toBeGreaterThan(1);
  const first = page.locator(".post-card h2 a").first();
  const title = await first.innerText();
  await expect.poll(() => asked.includes("post-24")).toBe(true);
  // Those in view are asked for all at once.
  await expect.poll(() => came === asked.length).toBe(true);
  // Without a network from here on.
  await page.context().setOffline(true);
  await first.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await expect(page.locator(".prose p").first()).toBeVisible();
  expect(asked.length).toBe(new Set(asked).size);
});

test("a reader who saves data: a link only when it is pointed at", async ({ page, server }) => {
  await saveData(page);
  const asked = documents(page);
  await page.goto(server.current.url());
  await ready(page);
  const second = page.locator(".post-card h2 a").nth(1);
  await second.hover();
  await expect.poll(() => asked).toEqual(["post-23"]);
  await page.keyboard.press("Tab");
  await page.locator(".post-card h2 a").nth(3).focus();
  await expect.poll(() => asked.at(-1)).toBe("post-21");
  await second.click();
  await expect(page.locator(".prose p").first()).toBeVisible();
  expect(asked.filter((name) => name === "post-23")).toHaveLength(1);
});

test("a click while it is on its way waits for the same answer", async ({ page, server }) => {
  await saveData(page);
  const asked = documents(page);
  await page.goto(server.current.url());
  await ready(page);
  let go = () => {};
  const held = new Promise<void>((done) => (go = done));
  await page.route("**/data/posts/**", async (route) => {
    await held;
    await route.continue();
  });
  const link = page.locator(".post-card h2 a").first();
  await link.hover();
  await expect.poll(() => asked.length).toBe(1);
  await link.click();
  go();
  await expect(page.locator(".prose p").first()).toBeVisible();
  expect(asked).toHaveLength(1);
});

test("less motion means none", async ({ page, server }) => {
  await page.addInitScript(() => {
    const begun: number[] = [];
    Reflect.set(window, "transitions", begun);
    const start = Reflect.get(document, "startViewTransition");
    Reflect.set(document, "startViewTransition", (...rest: unknown[]) => {
      begun.push(1);
      return Reflect.apply(start, document, rest);
    });
  });
  const begun = () => page.evaluate(() => Reflect.get(window, "transitions").length);
  await page.goto(server.current.url());
  await ready(page);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.locator(".navigation a").filter({ hasText: "归档" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("归档");
  expect(await begun()).toBe(0);
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await page.locator(".navigation a").filter({ hasText: "标签" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("标签");
  expect(await begun()).toBe(1);
});
