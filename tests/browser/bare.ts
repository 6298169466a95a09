// A server that sends a built site without its security policy, so that nothing but the pages
// themselves can keep a script from running.

import { createServer, type Server } from "node:http";
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { extname, resolve } from "node:path";
import { folder } from "./sites";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
};

const POLICY = /<meta http-equiv="?Content-Security-Policy"?[^>]*>/i;

export class Bare {
  private constructor(
    private server: Server,
    private at: string,
  ) {}

  /** `pages`: pages by path that are not of the site. */
  static async start(site: string, at: string, pages: Record<string, string> = {}): Promise<Bare> {
    const root = folder(site, at);
    const server = createServer(async (request, response) => {
      const whole = decodeURIComponent(new URL(request.url ?? "/", "http://a").pathname);
      const path = whole.startsWith(at) ? `/${whole.slice(at.length)}` : whole;
      const file = resolve(root, `.${path.endsWith("/") ? `${path}index.html` : path}`);
      const own = pages[path];
      const body = own ?? (file.startsWith(`${root}/`) ? await readFile(file).catch(() => null) : null);
      const type = own ? ".html" : extname(file);
      response.writeHead(body === null ? 404 : 200, {
        "content-type": TYPES[type] ?? "image/gif",
      });
      response.end(type === ".html" ? String(body).replace(POLICY, "") : body);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return new Bare(server, at);
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  url(path: string): string {
    return `${this.origin}${this.at}${path}`;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
