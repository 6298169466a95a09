// What makes the site an app on a phone.

import { expect, offlineReady, ready, test } from "./fixtures";

test("Chromium finds nothing against installing it", async ({ page, server, at }) => {
  await page.goto(server.current.url());
  await offlineReady(page);
  const devtools = await page.context().newCDPSession(page);
  const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
  // Every Playwright context is an incognito one, which is the only thing in the way.
  const own = installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito");
  expect(own).toEqual([]);
  const { errors, data } = await devtools.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const manifest = JSON.parse(data ?? "{}");
  expect(manifest).toMatchObject({ id: at, scope: at, start_url: at, display: "standalone" });
  for (const { src, sizes, type } of manifest.icons) {
    const response = await page.request.get(new URL(src, server.current.url()).href);
    expect(response.headers()["content-type"], src).toContain(type);
    const width = await page.evaluate(async (url) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      return image.naturalWidth;
    }, src);
    if (sizes !== "any") expect(`${width}x${width}`).toBe(sizes);
  }
  await expect(page.locator("link[rel=apple-touch-icon]")).toHaveCount(1);
});

test("the chosen theme is there before the first paint, and stays", async ({ page, server }) => {
  await page.goto(server.current.url());
  await ready(page);
  const button = page.getByRole("button", { name: /配色/ });
  await button.click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await button.click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(button).toHaveAccessibleName(/深色/);
  // With the app kept away, only the head's own script can set it.
  await page.route("**/*.wasm", () => {});
  await page.route("**/assets/boot-*.js", () => {});
  await page.reload({ waitUntil: "commit" });
  await expect(page.locator("body .masthead")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});
