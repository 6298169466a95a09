// The post that shows every feature: what each does for a reader, with script and without.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, ready, test } from "./fixtures";

const PATH = "posts/specimen/";
const THEMES = ["light", "dark"] as const;
const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 780 };

const contents = (page: Page) => page.getByRole("navigation", { name: "目录" });
const opener = (page: Page) => page.getByRole("button", { name: "目录" });
const entry = (page: Page, name: string) => contents(page).getByRole("link", { name });
const section = (page: Page, name: string) => page.getByRole("heading", { name: new RegExp(`^${name}`) });
const lamp = (page: Page, time: "太阳" | "月亮") =>
  page.getByRole("button", { name: new RegExp(`^放大：一方砚台.*${time}$`) });
const closer = (page: Page) => page.getByRole("button", { name: /^关闭大图/ });
const preview = (page: Page) => page.locator("#footnote-preview");

async function open(page: Page, url: string) {
  await page.goto(url);
  await ready(page);
}

async function expectNothingByAxe(page: Page, when: string) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html)}`);
  expect(found, `axe, ${when}`).toEqual([]);
}

/** Brings every image into view, and waits for those that are shown. */
async function expectImagesLoad(page: Page) {
  for (const image of await page.locator("main img:visible").all()) {
    await image.scrollIntoViewIfNeeded();
    await expect
      .poll(() => image.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0);
  }
}

for (const [name, size] of [["wide", WIDE], ["phone", PHONE]] as const) {
  test(`axe finds nothing in both themes: ${name}`, async ({ page, server }) => {
    await page.setViewportSize(size);
    await open(page, server.current.url(PATH));
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await expectNothingByAxe(page, colorScheme);
      await lamp(page, colorScheme === "light" ? "太阳" : "月亮").click();
      await expectNothingByAxe(page, `${colorScheme}, an image seen large`);
      await page.keyboard.press("Escape");
      if (name === "wide") continue;
      await opener(page).click();
      await expectNothingByAxe(page, `${colorScheme}, the sheet of contents`);
      await page.keyboard.press("Escape");
    }
  });
}

test("no sideways scrolling of the page", async ({ page, server }) => {
  await open(page, server.current.url(PATH));
  const folded = page.locator("details");
  await folded.evaluateAll((all) => all.forEach((one) => one.toggleAttribute("open", true)));
  for (const width of [360, 768, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(sideways, `at ${width}px`).toBeLessThanOrEqual(0);
  }
});

test.describe("images", () => {
  test("are seen large by a click, and small again by another", async ({ page, server }) => {
    await open(page, server.current.url(PATH));
    const small = page.getByRole("button", { name: /^放大：左图是六个节点/ });
    await small.click();
    const large = closer(page).locator("img");
    await expect(closer(page)).toBeVisible();
    await expect(large).toHaveJSProperty("complete", true);
    const width = await large.evaluate((image) => image.getBoundingClientRect().width);
    expect(width).toBeGreaterThan((await small.boundingBox())?.width ?? Infinity);
    await closer(page).click();
    await expect(closer(page)).toBeHidden();
  });

  test("are seen large by keyboard, and the focus comes back", async ({ page, server }) => {
    await open(page, server.current.url(PATH));
    const small = page.getByRole("button", { name: /^放大：左图是六个节点/ });
    await small.focus();
    for (const close of ["Escape", "Enter"]) {
      await page.keyboard.press("Enter");
      await expect(closer(page)).toBeVisible();
      await expect(closer(page)).toBeFocused();
      await page.keyboard.press(close);
      await expect(closer(page)).toBeHidden();
      await expect(small).toBeFocused();
    }
  });

  test("made for light and for dark show one of the two", async ({ page, server }) => {
    await open(page, server.current.url(PATH));
    const theme = page.getByRole("button", { name: /配色/ });
    const shows = async (shown: "太阳" | "月亮", hidden: "太阳" | "月亮") => {
      await expect(lamp(page, shown)).toBeVisible();
      await expect(lamp(page, hidden)).toBeHidden();
      const drawings = page.locator(".drawing");
      for (const drawing of await drawings.all()) {
        await expect(drawing.locator("img:visible")).toHaveCount(1);
      }
    };
    await page.emulateMedia({ colorScheme: "dark" });
    await shows("月亮", "太阳");
    await page.emulateMedia({ colorScheme: "light" });
    await shows("太阳", "月亮");
    // The reader's choice goes before the system's.
    await theme.click();
    await page.emulateMedia({ colorScheme: "dark" });
    await shows("太阳", "月亮");
    await theme.click();
    await page.emulateMedia({ colorScheme: "light" });
    await shows("月亮", "太阳");
  });
});

test.describe("contents", () => {
  test("stand beside the text and follow the reader", async ({ page, server }) => {
    await open(page, server.current.url(PATH));
    await expect(opener(page)).toBeHidden();
    await expect(contents(page)).toBeVisible();
    const text = await page.locator(".prose > p").first().boundingBox();
    const list = await contents(page).boundingBox();
    expect(list?.x).toBeGreaterThan((text?.x ?? Infinity) + (text?.width ?? 0));
    for (const name of ["公式", "表格", "文字"]) {
      await section(page, name).evaluate((heading) => heading.scrollIntoView());
      await expect(entry(page, name)).toHaveAttribute("aria-current", "location");
      await expect(contents(page).locator("[aria-current]")).toHaveCount(1);
    }
    await entry(page, "示意图").click();
    await expect(section(page, "示意图")).toBeInViewport();
    await expect(page).toHaveURL(new RegExp(`#${encodeURIComponent("示意图")}$`));
  });

  test("are a sheet on a phone", async ({ page, server }) => {
    await page.setViewportSize(PHONE);
    await open(page, server.current.url(PATH));
    await expect(contents(page)).toBeHidden();
    await opener(page).click();
    await expect(contents(page)).toBeVisible();
    await entry(page, "表格").click();
    await expect(contents(page)).toBeHidden();
    await expect(section(page, "表格")).toBeInViewport();
    await opener(page).focus();
    await page.keyboard.press("Enter");
    await expect(contents(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(contents(page)).toBeHidden();
    await expect(opener(page)).toBeFocused();
  });
});

test("a footnote is shown beside its number, for the mouse and the keyboard", async ({ page, server }) => {
  await open(page, server.current.url(PATH));
  const number = page.locator(".footnote-ref").getByRole("link", { name: "2" });
  await number.hover();
  await expect(preview(page)).toContainText("砚台要常洗");
  await expect(preview(page)).toBeInViewport({ ratio: 1 });
  await expect(preview(page).locator("[id], .footnote-back")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(preview(page)).toHaveCount(0);
  await page.getByRole("heading", { level: 1 }).hover();
  await page.locator(".footnote-ref").getByRole("link", { name: "1" }).focus();
  await expect(preview(page)).toContainText("墨分五色");
  await page.keyboard.press("Escape");
  await expect(preview(page)).toHaveCount(0);
  await number.focus();
  await expect(preview(page)).toContainText("砚台要常洗");
  await page.keyboard.press("Enter");
  await expect(page.locator(".footnotes li").nth(1)).toBeInViewport();
});

test("a folded part opens by keyboard", async ({ page, server }) => {
  await open(page, server.current.url(PATH));
  const inside = page.getByText("折叠里面照样可以有");
  await expect(inside).toBeHidden();
  await page.locator("summary", { hasText: "收起来的一段" }).focus();
  await page.keyboard.press("Enter");
  await expect(inside).toBeVisible();
  await page.keyboard.press("Space");
  await expect(inside).toBeHidden();
});

test("formulas are MathML, prerendered and made by the app", async ({ page, server }) => {
  const expectFormulas = async () => {
    const formulas = page.locator(".prose math");
    await expect(formulas).toHaveCount(4);
    const foreign = await formulas.evaluateAll((all) =>
      all.flatMap((formula) => [formula, ...formula.querySelectorAll("*")])
        .filter((part) => part.namespaceURI !== "http://www.w3.org/1998/Math/MathML")
        .map((part) => part.localName),
    );
    expect(foreign).toEqual([]);
    await expect(page.locator("main script")).toHaveCount(0);
    const [root] = await page.locator("math msqrt").all();
    expect((await root?.boundingBox())?.height, "it is drawn").toBeGreaterThan(10);
  };
  await page.route("**/*.wasm", () => {});
  await page.goto(server.current.url(PATH));
  await expectFormulas();
  await page.unroute("**/*.wasm");
  await open(page, server.current.url());
  await page.getByRole("link", { name: /^样张/ }).first().click();
  await expectFormulas();
});

test("diagrams are images that load", async ({ page, server }) => {
  await open(page, server.current.url(PATH));
  const drawings = page.locator("figure.drawing");
  await expect(drawings).toHaveCount(2);
  await expect(drawings.locator("svg")).toHaveCount(0);
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme });
    await expect(drawings.locator("img:visible")).toHaveCount(2);
    await expectImagesLoad(page);
  }
  await drawings.first().locator("summary").click();
  await expect(drawings.first().locator("details code")).toContainText("flowchart LR");
});

test("nothing is asked of another site", async ({ context, page, server }) => {
  const elsewhere: string[] = [];
  context.on("request", (request) => {
    if (new URL(request.url()).origin !== new URL(server.current.url()).origin) {
      elsewhere.push(request.url());
    }
  });
  await open(page, server.current.url(PATH));
  await expect(page.locator(".card")).toHaveCount(2);
  for (const card of await page.locator(".card").all()) {
    await card.scrollIntoViewIfNeeded();
    await card.hover();
    await expect(card).toHaveAttribute("rel", /noopener/);
  }
  await expectImagesLoad(page);
  await expect(page.locator("main").locator("iframe, embed, object, video, audio")).toHaveCount(0);
  expect(elsewhere).toEqual([]);
});

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false, viewport: PHONE });

  test("all of it is there to read, and no control is dead", async ({ page, server }) => {
    await page.goto(server.current.url(PATH));
    await expect(page.getByText("印书之前先打样张")).toBeVisible();
    await expect(page.locator(".prose math").first()).toBeVisible();
    const keyword = page.locator(".code .k").first();
    const colours = await keyword.evaluate((token) =>
      [token, token.closest("code") ?? token].map((element) => getComputedStyle(element).color),
    );
    expect(colours[0], "code is coloured").not.toBe(colours[1]);
    await expectImagesLoad(page);
    await expect(page.locator(".drawing img:visible")).toHaveCount(2);
    // Every button that shows opens or closes something by itself.
    const dead = page.locator("button:visible:not([popovertarget])");
    expect(await dead.allInnerTexts()).toEqual([]);
  });

  test("contents, large images and folded parts open", async ({ page, server }) => {
    await page.goto(server.current.url(PATH));
    await opener(page).click();
    await expect(contents(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(contents(page)).toBeHidden();
    await lamp(page, "太阳").click();
    await expect(closer(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(closer(page)).toBeHidden();
    await page.locator("summary", { hasText: "收起来的一段" }).click();
    await expect(page.getByText("折叠里面照样可以有")).toBeVisible();
  });
});
