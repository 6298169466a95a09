// From the prerendered page to the app's: nothing moves, nothing that the reader did is lost, and
// without the app the page stays a page.

import type { Page, Route } from "@playwright/test";
import { expect, heading, hold, ready, test } from "./fixtures";

test.use({ serviceWorkers: "block" });

const POST = "posts/specimen/";

/** Opens a page whose app waits until the function is called that it answers with. */
async function before(page: Page, url: string): Promise<() => void> {
  const go = await hold(page, "**/*.wasm");
  await page.goto(url);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  // Everything has its height.
  await expect(page.locator("html")).not.toHaveAttribute("data-opening");
  return go;
}

type Source = { node: Node | null; previousRect: DOMRect; currentRect: DOMRect };
type Shift = PerformanceEntry & { value: number; sources: Source[] };

test("nothing moves", async ({ page, server }) => {
  for (const path of ["", POST, "archive/", "tags/ai/", "search/"]) {
    await page.addInitScript(() => {
      const seen: { value: number; moved: string[] }[] = [];
      Reflect.set(window, "shifts", seen);
      const rect = ({ x, y, width, height }: DOMRect) => [x, y, width, height].join(" ");
      new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries() as Shift[]) {
          const moved = sources.map(({ node, previousRect, currentRect }) => {
            const element = node instanceof Element ? node : node?.parentElement;
            return `${element?.outerHTML.slice(0, 120)}: ${rect(previousRect)} -> ${rect(currentRect)}`;
          });
          seen.push({ value, moved });
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(server.current.url(path));
    await ready(page);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    const shifts = await page.evaluate<{ value: number }[]>(() => Reflect.get(window, "shifts"));
    // Half a pixel that a busy machine rounds otherwise, seen once in some hundred times, has 0.0002.
    const seen = shifts.filter(({ value }) => value > 0.001);
    expect(seen, path).toEqual([]);
  }
});

test("selection, focus, scroll positions, what is open and what plays stay", async ({ page, server }) => {
  await page.setViewportSize({ width: 500, height: 800 });
  const go = await before(page, server.current.url(POST));
  const kept = () =>
    page.evaluate(() => ({
      selected: getSelection()?.toString(),
      focus: document.activeElement?.outerHTML,
      scroll: [scrollY, document.querySelector(".code pre")?.scrollLeft],
      open: [...document.querySelectorAll(".prose details")].map((one) => (one as HTMLDetailsElement).open),
    }));
  await page.evaluate(() => {
    const details = document.querySelectorAll<HTMLDetailsElement>(".prose details");
    for (const one of details) one.open = !one.open;
    const boxes = [...document.querySelectorAll(".code pre")];
    boxes.find((box) => box.scrollWidth > box.clientWidth)?.scrollTo({ left: 40 });
    document.querySelector<HTMLElement>(".prose a[href]")?.focus();
    scrollTo(0, 900);
    const walker = document.createTreeWalker(document.querySelector(".prose") ?? document, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    const [first, last] = texts.filter((text) => text.data.length > 8);
    if (!first || !last) throw new Error("too few texts");
    getSelection()?.setBaseAndExtent(first, 2, last, 4);
  });
  const mine = await kept();
  expect(mine.selected?.length).toBeGreaterThan(5);
  expect(mine.open.length).toBeGreaterThan(0);
  await page.evaluate(() => Object.assign(document.querySelector("#app") ?? {}, { old: true }));
  go();
  await ready(page);
  expect(await page.evaluate(() => "old" in (document.querySelector("#app") ?? {}))).toBe(false);
  expect(await kept()).toEqual(mine);
});

test("an open sheet and a large image stay open", async ({ page, server }) => {
  await page.setViewportSize({ width: 500, height: 800 });
  const go = await before(page, server.current.url(POST));
  await page.locator(".contents-open").click();
  await expect(page.locator("#contents")).toBeVisible();
  go();
  await ready(page);
  await expect(page.locator("#contents")).toBeVisible();
});

test("a click during the start is not lost", async ({ page, server }) => {
  const go = await before(page, server.current.url());
  await page.getByRole("button", { name: /配色/ }).click();
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
  go();
  await ready(page);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await page.reload();
  await ready(page);
  await expect(page.locator("html"), "clicked once").toHaveAttribute("data-theme", "light");
});

test("clicks count, and find their control beside what an extension put in", async ({ page, server }) => {
  const go = await before(page, server.current.url());
  await page.evaluate(() => {
    document.querySelector("#app")?.prepend(document.createElement("grammar-helper"));
    for (const chip of document.querySelectorAll(".toggle")) chip.before(document.createElement("ad-box"));
  });
  const theme = page.getByRole("button", { name: /配色/ });
  await theme.click();
  await theme.click();
  const chip = page.locator(".toggle:visible").nth(2);
  const name = (await chip.innerText()).split(/\n/)[0] ?? "";
  await chip.click();
  go();
  await ready(page);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator(".toggle[aria-pressed=true]")).toHaveCount(1);
  await expect(page.locator(".toggle[aria-pressed=true]")).toContainText(name);
});

test("the browser's bar has the colour of the chosen theme", async ({ page, server }) => {
  await page.goto(server.current.url());
  await ready(page);
  const shown = () =>
    page.evaluate(() => {
      const all = [...document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color]")];
      return all.filter(({ media }) => matchMedia(media).matches).map(({ dataset }) => dataset.theme);
    });
  await page.emulateMedia({ colorScheme: "light" });
  expect(await shown()).toEqual(["light"]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await shown()).toEqual(["dark"]);
  await page.getByRole("button", { name: /配色/ }).click();
  await expect.poll(shown).toEqual(["light"]);
  await page.reload();
  await ready(page);
  expect(await shown()).toEqual(["light"]);
});

test("what is below the first view has its whole height once the page is painted", async ({ page, server }) => {
  await page.goto(server.current.url(POST));
  await ready(page);
  await expect(page.locator("html")).not.toHaveAttribute("data-opening");
  const skipped = await page.evaluate(() =>
    [...document.querySelectorAll(".prose > *")].filter((one) => getComputedStyle(one).contentVisibility !== "visible").length);
  expect(skipped).toBe(0);
});

test("the page that a link to a heading opens is whole from the start", async ({
  page,
  server,
  provoked,
}) => {
  provoked.push(/Failed to load resource/);
  await page.route("**/assets/*.js", (route) => route.abort());
  await page.goto(server.current.url(POST));
  await expect(page.locator("html")).toHaveAttribute("data-opening");
  const id = (await page.locator(".prose h2").last().getAttribute("id")) ?? "";
  await page.goto(server.current.url("about/"));
  await page.goto(`${server.current.url(POST)}#${encodeURIComponent(id)}`);
  await expect(page.locator("html")).not.toHaveAttribute("data-opening");
  await expect(page.locator(`[id="${id}"]`)).toBeInViewport();
});

test("a press that lasts while the app starts ends as a click", async ({ page, server }) => {
  // `release.json` counts also where the machine is slow.
  await page.addInitScript(() => (AbortSignal.timeout = () => new AbortController().signal));
  const go = await before(page, server.current.url());
  const link = page.locator(".post-card h2 a").first();
  const title = await link.innerText();
  await link.hover();
  await page.mouse.down();
  await expect(page.locator("html")).toHaveAttribute("data-catalogue", /./);
  go();
  // The app has begun, and waits.
  await expect(page.locator("html")).not.toHaveAttribute("data-catalogue");
  await page.mouse.up();
  await heading(page, title);
  await ready(page);
});

test("what was typed into the search before the app came is looked for", async ({ page, server }) => {
  const go = await before(page, server.current.url("search/"));
  await page.getByRole("searchbox").fill("云原生");
  await page.getByRole("searchbox").evaluate((input) => (input as HTMLInputElement).setSelectionRange(1, 2));
  go();
  await ready(page);
  await expect(page.getByRole("searchbox")).toHaveValue("云原生");
  await expect(page).toHaveURL(/q=%E4%BA%91%E5%8E%9F%E7%94%9F$/);
  await expect(page.getByRole("searchbox")).toBeFocused();
});

test("the back button on the way to another page ends where it leads", async ({ page, server }) => {
  await page.addInitScript(() => {
    const start = document.startViewTransition?.bind(document);
    if (!start) return;
    // A transition begins when the test says so.
    const held = new Promise<void>((done) => Reflect.set(window, "begin", done));
    document.startViewTransition = (change) => {
      Reflect.set(window, "asked", true);
      return start(async () => {
        await held;
        await (change as () => Promise<void>)();
      });
    };
  });
  await page.goto(server.current.url());
  await ready(page);
  const title = await page.title();
  await page.locator(".navigation a").filter({ hasText: "标签" }).click();
  await page.waitForFunction(() => Reflect.get(window, "asked"));
  await page.goBack();
  await page.evaluate(() => Reflect.get(window, "begin")());
  await expect(page).toHaveURL(server.current.url());
  // Another page after it, to know that the first has had its turn.
  await page.locator(".navigation a").filter({ hasText: "归档" }).click();
  await heading(page, "归档");
  await page.goBack();
  await heading(page, "云上札记");
  await expect(page).toHaveTitle(title);
  await expect(page).toHaveURL(server.current.url());
});

test("a page of one release with the catalogue of another keeps its text", async ({ page, server }) => {
  const path = "posts/why-ai-moved-in/";
  const older = async (route: Route, change: (text: string) => string) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: change(await response.text()) });
  };
  // The catalogue names a file of another release, which is gone.
  await page.route("**/data/catalogue-*.json", (route) =>
    older(route, (text) => text.replace(/(posts\/why-ai-moved-in-)[0-9a-f]{16}/, "$10123456789abcdef")));
  await page.goto(server.current.url(path));
  const before = await page.locator("main").textContent();
  await ready(page);
  expect(await page.locator("main").textContent()).toBe(before);
});

test("a page that a translator and an extension have changed is taken over", async ({ page, server }) => {
  const go = await before(page, server.current.url(POST));
  await page.evaluate(() => {
    // As translators do: every text in two elements more, and marks on the root.
    document.documentElement.classList.add("translated-ltr");
    const walker = document.createTreeWalker(document.querySelector("#app") ?? document, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    for (const text of texts.filter((text) => text.data.trim())) {
      const [outer, inner] = [document.createElement("font"), document.createElement("font")];
      text.replaceWith(outer);
      outer.append(inner);
      inner.append(`translated ${text.data}`);
    }
    // As extensions do: elements of their own in the body, the app and the texts.
    document.body.prepend(document.createElement("grammar-helper"));
    document.querySelector("#app")?.prepend(document.createElement("div"));
    for (const paragraph of document.querySelectorAll("p")) paragraph.append(document.createElement("span"));
    document.querySelector(".footer")?.remove();
  });
  go();
  await ready(page);
  await expect(page.locator("html")).toHaveClass(/translated-ltr/);
  await expect(page.locator("grammar-helper")).toHaveCount(1);
  await expect(page.locator(".footer")).toHaveCount(1);
  await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "归档" }).click();
  await heading(page, "归档");
});

test("changes of a translator after the start do not stop the app", async ({ page, server }) => {
  await page.goto(server.current.url());
  await ready(page);
  for (const name of ["归档", "标签", "首页"]) {
    await page.evaluate(() => {
      for (const element of document.querySelectorAll("#app h1, #app h2 a, #app li a, #app p")) {
        const font = document.createElement("font");
        font.append(...element.childNodes);
        element.append(font);
      }
    });
    await page.locator(`.navigation a`).filter({ hasText: name }).click();
    await expect(page.locator(".navigation [aria-current=page]")).toHaveText(name);
    await expect(page.locator("main h1")).toBeVisible();
  }
});

test.describe("a wasm that traps", () => {
  // The smallest module with a function that traps (WebAssembly 1.0, section 5).
  const TRAP = Buffer.from(
    "0061736d01000000010401600000030201000503010001070801047472617000000a05010300000b",
    "hex",
  );

  test("at the start: the page reads and links", async ({ page, server, provoked }) => {
    provoked.push(/./);
    await page.route("**/*.wasm", (route) => route.fulfill({ body: TRAP, contentType: "application/wasm" }));
    await page.goto(server.current.url(POST));
    await expect(page.locator("html")).toHaveAttribute("data-app", "failed");
    await expect(page.locator(".prose p").first()).toBeVisible();
    await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "归档" }).click();
    await heading(page, "归档");
    await expect(page).toHaveURL(server.current.url("archive/"));
  });

  // What the browser reports when the app's own code traps.
  const trap = (page: Page) =>
    page.evaluate(() => {
      setTimeout(() => {
        throw new WebAssembly.RuntimeError("unreachable");
      });
    });

  test("later: links are the browser's again", async ({ page, server, provoked }) => {
    provoked.push(/unreachable|RuntimeError/);
    await page.goto(server.current.url());
    await ready(page);
    await trap(page);
    await expect(page.locator("html")).toHaveAttribute("data-app", "failed");
    await page.evaluate(() => Object.assign(window, { same: true }));
    await page.locator(".navigation a").filter({ hasText: "归档" }).click();
    await heading(page, "归档");
    expect(await page.evaluate(() => "same" in window)).toBe(false);
    await ready(page);
  });

  test("on the way to another page: that page is loaded", async ({ page, server, provoked }) => {
    provoked.push(/unreachable|RuntimeError/);
    await page.goto(server.current.url());
    await ready(page);
    await page.route("**/data/posts/**", () => {});
    await page.evaluate(() => Object.assign(window, { same: true }));
    const link = page.locator(".post-card h2 a").first();
    const title = await link.innerText();
    await link.click();
    await page.unroute("**/data/posts/**");
    await trap(page);
    await expect.poll(() => page.evaluate(() => "same" in window).catch(() => true)).toBe(false);
    await heading(page, title);
    await expect(page.locator(".prose p").first()).toBeVisible();
  });
});

test("slow data: the page is read meanwhile, and links work", async ({ page, server }) => {
  const go = await hold(page, "**/data/catalogue-*.json");
  await page.goto(server.current.url(POST));
  await expect(page.locator(".prose p").first()).toBeVisible();
  await expect(page.locator("html")).not.toHaveAttribute("data-app", "ready");
  await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "归档" }).click();
  await heading(page, "归档");
  await page.goBack();
  go();
  await ready(page);
  await heading(page, /样张/);
});

test("without script every kind of page reads and links", async ({ browser, server }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const path of ["", POST, "tags/", "tags/ai/", "categories/", "archive/", "saved/", "search/", "about/"]) {
    await page.goto(server.current.url(path));
    await expect(page.getByRole("heading", { level: 1 }), path).toBeVisible();
    await expect(page.locator("html"), path).toHaveAttribute("lang", "zh-CN");
    const background = await page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
    expect(background, `${path} has its styles`).toBe("rgb(250, 248, 243)");
  }
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(server.current.url(POST));
  const dark = await page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
  expect(dark).toBe("rgb(22, 24, 27)");
  await expect(page.locator("math").first()).toBeVisible();
  await expect(page.locator(".code pre").first()).toBeVisible();
  await page.locator(".footnote-ref a").first().click();
  await expect(page.locator(".footnotes li").first()).toBeInViewport();
  await context.close();
});
