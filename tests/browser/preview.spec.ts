// What the local preview answers, as a CDN would.

import { expect, test } from "./fixtures";

test("pages carry the policy and are revalidated, hashed files are kept for good", async ({
  request,
  server,
}) => {
  const home = await request.get(server.current.url());
  const headers = home.headers();
  expect(headers["content-security-policy"]).toContain("default-src 'none'");
  expect(headers["content-security-policy"]).not.toContain("unsafe-inline");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["cache-control"]).toBe("public, max-age=0, must-revalidate");
  expect(headers["content-encoding"]).toBe("br");
  const [wasm] = /assets\/app-[0-9a-f]{16}\.wasm/.exec(await home.text()) ?? [];
  const app = await request.get(server.current.url(wasm));
  expect(app.headers()["content-type"]).toBe("application/wasm");
  expect(app.headers()["cache-control"]).toContain("immutable");
  const worker = await request.get(server.current.url("sw.js"));
  expect(worker.headers()["cache-control"]).toBe("public, max-age=0, must-revalidate");
});
