// Blocks of code of the specimen: what they say, and what a reader takes along.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "@playwright/test";
import { expect, ready, test } from "./fixtures";

const SOURCE = resolve(import.meta.dirname, "../../posts/2026-02-16-specimen.md");

/** What stands in the post's blocks of code, in their order. */
const fences = [...readFileSync(SOURCE, "utf8").matchAll(/^```.*\n([^]*?)^```$/gm)].map(
  ([, text]) => text,
);

const copyButton = (page: Page) => page.locator(".code").first().getByRole("button");

test("code has its language, its title and its numbers", async ({ page, server }) => {
  await page.goto(server.current.url("posts/specimen/"));
  await ready(page);
  const block = page.locator(".code").first();
  await expect(block.locator(".code-language")).toHaveText("rust");
  await expect(block.locator(".code-title")).toHaveText("src/main.rs");
  await expect(block.getByRole("group", { name: "src/main.rs" })).toBeVisible();
  const number = block.locator("[data-line]").nth(2);
  const shown = await number.evaluate((line) => getComputedStyle(line, "::before").content);
  expect(shown).toMatch(/attr\(data-line\)|"3"/);
  await expect(block.locator(".marked")).toHaveCount(3);
  await expect(page.locator(".code .inserted")).toHaveCount(1);
  await expect(page.locator(".code .deleted")).toHaveCount(1);
});

test("code is copied exactly, which the button says", async ({ context, page, server }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(server.current.url("posts/specimen/"));
  await ready(page);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  const blocks = page.locator(".code");
  // Diagrams have no button.
  const drawn = await page.locator(".drawing").count();
  await expect(blocks).toHaveCount(fences.length - drawn);
  for (let at = 0; at < (await blocks.count()); at++) {
    const button = blocks.nth(at).getByRole("button");
    await expect(button).toHaveText("复制");
    await button.click();
    await expect(button).toHaveText("已复制");
    await expect(page.getByRole("status")).toHaveText("已复制");
    expect(await copied()).toBe(fences[at]);
  }
  await expect(copyButton(page), "and is itself again").toHaveText("复制");
});

test("code selected by hand holds no line numbers", async ({ context, page, server }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(server.current.url("posts/specimen/"));
  await ready(page);
  const code = page.locator(".code code").first();
  await code.evaluate((code) => getSelection()?.selectAllChildren(code));
  await page.keyboard.press("ControlOrMeta+c");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.trimEnd()).toBe(fences[0]?.trimEnd());
});

test("code is selected where there is no clipboard", async ({ page, server }) => {
  await page.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, "clipboard", { get: () => undefined }),
  );
  await page.goto(server.current.url("posts/specimen/"));
  await ready(page);
  await copyButton(page).click();
  await expect(copyButton(page)).toHaveText("未能复制");
  const selected = await page.evaluate(() => String(getSelection()));
  expect(selected.trimEnd()).toBe(fences[0]?.trimEnd());
});

test("code is selected where the clipboard is forbidden", async ({ page, server }) => {
  await page.addInitScript(() => {
    Clipboard.prototype.writeText = () => Promise.reject(new DOMException("", "NotAllowedError"));
  });
  await page.goto(server.current.url("posts/specimen/"));
  await ready(page);
  await copyButton(page).click();
  await expect(copyButton(page)).toHaveText("未能复制");
  const selected = await page.evaluate(() => String(getSelection()));
  expect(selected.trimEnd()).toBe(fences[0]?.trimEnd());
});
