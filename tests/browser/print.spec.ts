// The specimen on paper.

import { expect, ready, test } from "./fixtures";

test("on paper there is the text and nothing to press", async ({ page, server }) => {
  await page.goto(server.current.url("posts/specimen/"));
  await ready(page);
  await page.emulateMedia({ media: "print" });
  // As wide as a page of A4 within its margins.
  await page.setViewportSize({ width: 643, height: 972 });
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  for (const part of [".masthead", ".footer", "button.copy", ".contents", ".contents-open", ".anchor"]) {
    await expect(page.locator(`${part}:visible`), part).toHaveCount(0);
  }
  const controls = page.locator("button:visible:not(:has(img))");
  expect(await controls.allInnerTexts()).toEqual([]);
  const wide = await page.locator(".code pre").evaluateAll((blocks) =>
    blocks.filter((block) => block.scrollWidth > block.clientWidth).map((block) => block.textContent),
  );
  expect(wide, "code is wrapped").toEqual([]);
  await expect(page.getByText("折叠里面照样可以有"), "folded parts are open").toBeVisible();
  const pdf = await page.pdf({ format: "A4" });
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  expect(pdf.length).toBeGreaterThan(20_000);
});
