// What a reader gets while the network misbehaves: rows 16, 18, 19, 20, 21, 42.

import type { Page } from "@playwright/test";
import { accept, expect, ready, saved, stored, test, update } from "./faults";
import * as fault from "./fault-server";
import { dataOf, pathOf } from "./fault-sites";

test("row 16: where `/index.html` redirects to `/`, both work offline", async ({ blog, page }) => {
  blog.server.fault("index.html", fault.redirect("./"));
  blog.server.fault(/\/index\.html$/, fault.redirect("./"));
  await blog.settle(page);
  await blog.server.stop();
  for (const path of ["", "index.html", "tags/"]) {
    await page.goto(blog.server.url(path));
    await ready(page);
    await blog.holds(page, blog.sites.v1);
  }
});

test("row 18: an image of another origin is not stored, and leaves its place when it cannot come", async ({
  blog,
  page,
}) => {
  const dot = Buffer.from("R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==", "base64");
  const image = page.locator('.prose img[src="https://images.example/x.png"]').first();
  await blog.context.route("https://images.example/**", (route) => route.fulfill({ contentType: "image/gif", body: dot }));
  await blog.settle(page);
  await blog.read(page, 2);
  await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1);
  expect((await stored(page)).filter((name) => name.includes("images.example"))).toEqual([]);
  // An opaque answer would count for about 7 MB.
  const used = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
  expect(used).toBeLessThan(4_000_000);
  await blog.context.unroute("https://images.example/**");
  await blog.context.route("https://images.example/**", (route) => route.abort("connectionfailed"));
  await blog.server.stop();
  await page.reload();
  await ready(page);
  await expect(image).toHaveAttribute("alt", "外站的图");
  await expect(page.locator(".prose")).toContainText("正文 2");
  await blog.holds(page, blog.sites.v1);
});

test("row 19: ranges of a stored sound are a correct 206, and it plays from its middle", async ({ blog, page }) => {
  await blog.settle(page);
  const sound = blog.sites.v1.files.get("sound.wav") ?? Buffer.alloc(0);
  const url = blog.server.url("sound.wav");
  // Used once, so it is kept.
  await page.evaluate((url) => fetch(url).then((response) => response.blob()), url);
  await expect.poll(async () => (await stored(page)).length).toBeGreaterThan(0);
  await page.goto(blog.server.url("posts/post-1/"));
  await ready(page);
  await blog.server.stop();
  for (const [range, first, last] of [["bytes=0-1", 0, 1], ["bytes=100-", 100, sound.length - 1], ["bytes=-8", sound.length - 8, sound.length - 1]] as const) {
    const answer = await page.evaluate(async ([url, Range]) => {
      const response = await fetch(url, { headers: { Range } });
      const bytes = Array.from(new Uint8Array(await response.arrayBuffer()));
      return { status: response.status, range: response.headers.get("Content-Range"), bytes };
    }, [url, range] as const);
    expect(answer).toEqual({
      status: 206,
      range: `bytes ${first}-${last}/${sound.length}`,
      bytes: [...sound.subarray(first, last + 1)],
    });
  }
  const seeked = await page.evaluate(async (url) => {
    const audio = new Audio(url);
    const event = (name: string) => new Promise((done, fail) => {
      audio.addEventListener(name, done, { once: true });
      audio.addEventListener("error", () => fail(new Error(audio.error?.message)), { once: true });
    });
    audio.load();
    await event("loadedmetadata");
    audio.currentTime = 0.5;
    await event("seeked");
    return [audio.duration, audio.currentTime];
  }, url);
  expect(seeked).toEqual([1, 0.5]);
  await blog.holds(page, blog.sites.v1);
});

test("row 20: where no navigation is ever answered, pages come from the store at once", async ({ blog, page }) => {
  await blog.settle(page);
  blog.server.fault(/^/, fault.hang);
  for (const path of ["", "posts/post-1/", "posts/post-6/"]) {
    await page.goto(blog.server.url(path));
    await ready(page);
    await blog.holds(page, blog.sites.v1);
    const wait = await page.evaluate(() => {
      const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
      return entry.responseStart - entry.startTime;
    });
    // Less than the worker waits for a network where it has something to wait for.
    expect(wait).toBeLessThan(2_500);
  }
});

/** Waits of the worker last a tenth of their time. */
async function hurry(page: Page) {
  const worker = page.context().serviceWorkers().at(-1);
  await worker?.evaluate(() => {
    const { setTimeout } = self;
    self.setTimeout = ((call: () => void, ms = 0) => setTimeout(call, ms / 10)) as never;
  });
}

test("row 21: a text that hangs in its middle is given up, and a card says so", async ({ blog, page }) => {
  await blog.settle(page);
  const data = dataOf(blog.sites.v1, 2);
  blog.server.fault(data, fault.hangInBody);
  await hurry(page);
  await page.getByRole("link", { name: "第 2 篇", exact: true }).first().click();
  await expect(page.getByRole("alert")).toContainText("没有网络");
  expect((await saved(page, blog.at)).includes("posts/post-2/")).toBe(false);
  await blog.holds(page, blog.sites.v1);
  blog.server.heal();
  await page.getByRole("button", { name: "再试一次" }).click();
  await expect(page.locator(".prose")).toContainText("正文 2");
  await blog.holds(page, blog.sites.v1);
});

test("row 21: a new version of a saved text that hangs gives way to the one that is kept", async ({ blog, page }) => {
  const { v1, v2 } = blog.sites;
  await blog.settle(page);
  await blog.read(page, 3);
  blog.server.deploy(v2);
  blog.server.fault(dataOf(v2, 3), fault.status(503));
  await page.goto(blog.server.url());
  await ready(page);
  await update(page, v2);
  await accept(page, v2);
  blog.server.fault(dataOf(v2, 3), fault.hangInBody);
  await hurry(page);
  await page.locator('.post-card a[href$="posts/post-3/"]').first().click();
  await expect(page.locator(".prose")).toContainText("正文 3");
  await blog.holds(page, v2);
  expect(pathOf(v1, /^data\/posts\/post-3-/)).toBe(dataOf(v1, 3));
});

test("row 42: offline, a deep link is a page, a picture is not, and a POST goes past", async ({ blog, page }) => {
  await blog.settle(page);
  const posted = await page.evaluate((url) => fetch(url, { method: "POST", body: "hello" }).then((r) => r.status), blog.server.url("posts/post-1/"));
  expect(posted).toBe(200);
  expect(blog.server.log.filter(({ method }) => method === "POST")).toEqual([
    expect.objectContaining({ path: "posts/post-1/", body: "hello" }),
  ]);
  await blog.server.stop();
  for (const path of ["tags/", "posts/post-1/?from=mail#x", "no/such/page/"]) {
    await page.goto(blog.server.url(path));
    await ready(page);
    await blog.holds(page);
  }
  const other = await blog.context.newPage();
  await expect(other.goto(blog.server.url("x.png"))).rejects.toThrow(/ERR_/);
  await other.close();
  const failed = await page.evaluate((url) => fetch(url, { method: "POST" }).then(() => "answered", () => "failed"), blog.server.url("posts/post-1/"));
  expect(failed).toBe("failed");
});
