// First load online, then no server at all.

import { saved } from "./faults";
import { expect, heading, offlineReady, ready, test } from "./fixtures";

test("home, filters, posts read and not yet read, reload: all without a server", async ({
  page,
  server,
  provoked,
}) => {
  provoked.push(/Failed to load resource|ERR_CONNECTION_REFUSED/);
  await page.goto(server.current.url("posts/why-ai-moved-in/"));
  await offlineReady(page);
  await server.current.stop();

  await page.reload();
  await ready(page);
  await heading(page, /AI负载/);
  await expect(page.locator(".prose p").first()).toBeVisible();

  await page.goto(server.current.url());
  await ready(page);
  await page.getByRole("button", { name: /^AI/ }).click();
  await expect(page).toHaveURL(/\?tag=ai$/);
  await page.reload();
  await ready(page);
  await expect(page.getByRole("button", { name: /^AI/ })).toHaveAttribute("aria-pressed", "true");

  const second = page.locator(".post-card h2 a").first();
  const title = await second.innerText();
  await second.click();
  await heading(page, title);
  await expect(page.locator(".prose p").first()).toBeVisible();
  await page.reload();
  await ready(page);
  await heading(page, title);

  await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "离线" }).click();
  await expect(page.locator(".saved-list li").first()).toBeVisible();
  await page.goto(server.current.url("tags/ai/"));
  await heading(page, "AI");
});

test.describe("a blog larger than what is kept ahead", () => {
  test.use({ site: "v1" });

  test("a post that is not kept says so, the ones that are are listed", async ({
    page,
    server,
    at,
    provoked,
  }) => {
    provoked.push(/Failed to load resource/);
    await page.goto(server.current.url("posts/post-2/"));
    await offlineReady(page);
    await expect.poll(() => saved(page, at)).toContain("posts/post-2/");
    await page.goto(server.current.url("saved/"));
    await ready(page);
    // The ten newest, and the one that was read.
    await expect(page.locator(".saved-list li")).toHaveCount(11);
    await page.getByRole("button", { name: "移除《第 2 篇》的离线副本" }).click();
    await expect(page.locator(".saved-list li")).toHaveCount(10);
    await server.current.stop();
    await page.goto(server.current.url("page/3/"));
    await ready(page);
    await page.getByRole("link", { name: "第 1 篇", exact: true }).click();
    await heading(page, "第 1 篇");
    await expect(page.getByRole("alert")).toContainText("没有网络");
  });
});

test.describe("a second deploy", () => {
  test.use({ site: "v1" });

  test("is offered to the tab that is open, and taken by the next one", async ({ page, server }) => {
    await page.goto(server.current.url());
    await offlineReady(page);
    const release = await page.locator("html").getAttribute("data-release");
    server.current = await server.current.restart("v2");

    await page.reload();
    await ready(page);
    // Of the 24 posts one has another text.
    await expect(page.locator(".notice")).toContainText("有新内容：1 篇有更新");
    await expect(page.locator("html"), "the old release until asked").toHaveAttribute(
      "data-release",
      release ?? "",
    );
    await page.getByRole("link", { name: "第 24 篇", exact: true }).click();
    await expect(page.locator(".prose")).toBeVisible();
    await expect(page.locator(".prose")).not.toContainText("第二版");

    const next = await page.context().newPage();
    await next.goto(server.current.url("posts/post-24/"));
    await ready(next);
    await expect(next.locator(".prose")).toContainText("第二版");
    await expect(next.locator(".notice")).toHaveCount(0);
    await next.close();

    await page.getByRole("button", { name: "立即更新" }).click();
    await expect(page.locator(".prose")).toContainText("第二版");
    await expect(page.locator("html")).not.toHaveAttribute("data-release", release ?? "");
    await expect(page.locator(".notice")).toHaveCount(0);
  });
});
