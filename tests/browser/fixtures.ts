// A page that must stay quiet: any console error, uncaught exception or policy violation fails
// the test, unless the test says which one it provokes.

import { expect, test as base, type Page } from "@playwright/test";
import { Preview } from "./sites";

type Fixtures = {
  /** Which site is served, and where it is mounted. */
  site: string;
  at: string;
  server: { current: Preview };
  /** Messages that the test provokes on purpose. */
  provoked: RegExp[];
};

export const test = base.extend<Fixtures>({
  site: ["main", { option: true }],
  at: ["/", { option: true, scope: "test" }],
  server: async ({ site, at }, use) => {
    const server = { current: await Preview.start(site, at) };
    await use(server);
    await server.current.stop();
  },
  // eslint-disable-next-line no-empty-pattern
  provoked: async ({}, use) => use([]),
  // After the server, so that the page is gone before the server is.
  page: async ({ server: _, page, provoked }, use) => {
    const noise: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") noise.push(`${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => noise.push(String(error)));
    await use(page);
    const unexpected = noise.filter((line) => !provoked.some((known) => known.test(line)));
    expect(unexpected, "console errors, exceptions and policy violations").toEqual([]);
  },
});

export { expect };

/** The app handles clicks. */
export async function ready(page: Page) {
  await expect(page.locator("html")).toHaveAttribute("data-app", "ready");
}

/** Everything that the release promises offline is there and verified. */
export async function offlineReady(page: Page) {
  await expect(page.locator("html")).toHaveAttribute("data-offline", "ready");
}

/** The page shows its one heading, with this text. */
export async function heading(page: Page, text: string | RegExp) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(text);
}

/** Holds what is asked for until the function is called that it answers with. */
export async function hold(page: Page, pattern: string): Promise<() => void> {
  let go = () => {};
  const held = new Promise<void>((done) => (go = done));
  await page.route(pattern, async (route) => {
    await held;
    await route.continue();
  });
  return go;
}

/** A reader who saves data: nothing is fetched before it is pointed at. */
export async function saveData(page: Page) {
  await page.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, "connection", { get: () => ({ saveData: true }) }));
}
