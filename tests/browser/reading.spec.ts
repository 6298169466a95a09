// What a post looks like: the guide shows every feature, the seeds are real posts.

import { readdirSync } from "node:fs";
import { expect, heading, ready, test } from "./fixtures";
import { shape } from "./shape";
import { hasSeeds, SEEDS } from "./sites";

test("the guide shows every feature, alike prerendered and alive", async ({ browser, server }) => {
  const markup = async (javaScriptEnabled: boolean) => {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(server.current.url("posts/inkstone-guide-zh/"));
    if (javaScriptEnabled) await ready(page);
    const main = page.locator("main");
    const found = { tree: await shape(main), html: await main.innerHTML() };
    await context.close();
    return found;
  };
  const [still, alive] = [await markup(false), await markup(true)];
  expect(alive.tree).toBe(still.tree);
  for (const part of [
    "<table", "<blockquote", 'class="alert note"', "<del>", "<sup>", "<sub>", "<dl>", 'class="task done"',
    'class="footnotes"', "<figure>", 'rel="noopener external"', 'loading="lazy"', "&lt;kbd&gt;",
  ]) {
    expect(alive.html, part).toContain(part);
  }
});

test("a title that the body repeats is shown once", async ({ page, server }) => {
  await page.goto(server.current.url("posts/why-ai-moved-in/"));
  await ready(page);
  await expect(page.locator("h1")).toHaveCount(1);
});

test("images have their size before they come", async ({ page, server }) => {
  await page.goto(server.current.url("posts/three-numbers-three-denominators/"));
  await ready(page);
  const image = page.locator(".prose img").first();
  await expect(image).toHaveAttribute("width", /^\d+$/);
  await expect(image).toHaveAttribute("height", /^\d+$/);
});

test.describe("the five seeds", () => {
  test.skip(!hasSeeds, "shared/ is not here");
  test.use({ site: "seeds" });

  test("are listed and read unchanged, AI and ai as one tag", async ({ page, server }) => {
    await page.goto(server.current.url());
    await ready(page);
    await expect(page.locator(".post-card")).toHaveCount(readdirSync(SEEDS).length);
    await expect(page.getByRole("button", { name: /^AI \d/ })).toHaveCount(1);
    const titles = await page.locator(".post-card h2 a").allInnerTexts();
    for (const title of titles) {
      await page.locator(".post-card h2 a", { hasText: title }).click();
      await heading(page, title);
      await expect(page.locator(".prose h2").first()).toHaveText(/主要新闻/);
      await expect(page.locator("main")).not.toContainText("**");
      await page.goBack();
      await heading(page, "云上札记");
    }
  });
});
