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

test("the browser's offer to install becomes a button, which asks once", async ({ page, server }) => {
  await page.goto(server.current.url("saved/"));
  await ready(page);
  await expect(page.getByRole("button", { name: "检查更新" })).toBeVisible();
  const button = page.getByRole("button", { name: "安装到这台设备" });
  await expect(button).toHaveCount(0);
  // As Chromium sends it where the page is not in an incognito window.
  const prevented = await page.evaluate(() => {
    const offer = new Event("beforeinstallprompt", { cancelable: true });
    const prompt = () => {
      Reflect.set(window, "asked", ((Reflect.get(window, "asked") as number) ?? 0) + 1);
      return Promise.resolve();
    };
    dispatchEvent(Object.assign(offer, { prompt }));
    return offer.defaultPrevented;
  });
  expect(prevented).toBe(true);
  await button.click();
  await expect(button).toHaveCount(0);
  expect(await page.evaluate(() => Reflect.get(window, "asked"))).toBe(1);
});

test("on an iPhone the page says how to install it", async ({ page, server }) => {
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "standalone", { get: () => false }));
  await page.goto(server.current.url("saved/"));
  await expect(page.locator(".saved-device")).toContainText("添加到主屏幕");
});

test("an app of the device has a button to go back, but at its start", async ({ page, server }) => {
  await page.addInitScript(() => {
    const real = matchMedia.bind(window);
    window.matchMedia = (query) => real(query.includes("standalone") ? "all" : query);
  });
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 740 });
    await page.goto(server.current.url());
    await ready(page);
    const back = page.getByRole("button", { name: "返回" });
    await expect(back).toHaveCount(0);
    await page.locator(".post-card h2 a").first().click();
    await expect(page.locator(".prose")).toBeVisible();
    await expect(back).toBeVisible();
    // One line, as without it.
    const tops = await page.locator(".masthead-inner > :is(.back, .brand, .search-open)").evaluateAll((all) =>
      all.map((one) => Math.round(one.getBoundingClientRect().top + one.getBoundingClientRect().height / 2)));
    expect(new Set(tops).size).toBe(1);
    await back.click();
    await expect(page).toHaveURL(server.current.url());
  }
});

test("news are looked for on demand, and when the reader comes back", async ({ page, server }) => {
  await page.goto(server.current.url("saved/"));
  await offlineReady(page);
  const device = page.locator(".saved-device");
  await expect(device).not.toContainText("上次检查");
  await page.getByRole("button", { name: "检查更新" }).click();
  await expect(device).toContainText("上次检查：2");
  await expect(page.locator("#announcer")).toHaveText("已经是最新的。");
  // Long ago, and the reader comes back to the page.
  await page.evaluate(() => localStorage.setItem("inkstone:checked", "2001-01-01T00:00:00.000Z"));
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect.poll(() => page.evaluate(() => localStorage.getItem("inkstone:checked"))).toMatch(/^20[2-9]\d-/);
});
