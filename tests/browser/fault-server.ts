// A server that serves releases as a static host does, until it is told to do something else: for
// a path, for every request, or for some of them. It can be told while it runs, and be stopped and
// started again at the same port.

import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import type { Site } from "./fault-sites";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".wav": "audio/wav",
};

type Headers = Record<string, string>;

/** What a static host would answer. */
export type Answer = { status: number; headers: Headers; body: Buffer };

/** A request, and what would be answered if nothing were wrong. */
export type Exchange = {
  path: string;
  request: IncomingMessage;
  response: ServerResponse;
  answer: Answer;
};

/** What is done instead of answering well. */
export type Fault = (exchange: Exchange) => void;

/** A request as it came; its path is relative to the blog. */
export type Logged = { path: string; method: string; headers: IncomingHttpHeaders; body: string };

export class FaultServer {
  /** Every request since the last `forget`. */
  log: Logged[] = [];
  private sites = new Map<string, Site>();
  private rules: { path: string | RegExp; fault: Fault }[] = [];
  private server: Server | null = null;
  private port = 0;

  private constructor(readonly at: string) {}

  static async start(at: string, site: Site): Promise<FaultServer> {
    const server = new FaultServer(at);
    server.deploy(site);
    await server.restart();
    return server;
  }

  /** Replaces the whole site at once. */
  deploy(site: Site, at = this.at) {
    this.sites.set(at, site);
  }

  /** From now on these paths meet the fault; the latest rule wins. */
  fault(path: string | RegExp, fault: Fault) {
    this.rules.unshift({ path, fault });
  }

  heal() {
    this.rules = [];
  }

  forget() {
    this.log = [];
  }

  asked(path: string | RegExp): Logged[] {
    return this.log.filter((entry) => matches(path, entry.path));
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  url(path = "", at = this.at): string {
    return `${this.origin}${at}${path}`;
  }

  async stop() {
    const { server } = this;
    if (!server) return;
    this.server = null;
    const closed = new Promise((done) => server.close(done));
    server.closeAllConnections();
    await closed;
  }

  async restart() {
    await this.stop();
    const server = createServer((request, response) => void this.respond(request, response));
    await new Promise<void>((done) => server.listen(this.port, "127.0.0.1", done));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  /** Where the blog is mounted that a whole path belongs to. */
  blogAt(whole: string): string | undefined {
    const mounts = [...this.sites.keys()].filter((at) => whole.startsWith(at));
    return mounts.sort((a, b) => b.length - a.length)[0];
  }

  private async respond(request: IncomingMessage, response: ServerResponse) {
    const whole = decodeURIComponent(new URL(request.url ?? "/", "http://a").pathname);
    const at = this.blogAt(whole) ?? this.at;
    // Of a neighbour the whole path is told, so that no rule is for both.
    const path = at === this.at ? whole.slice(at.length) : whole;
    const { method = "GET", headers } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    this.log.push({ path, method, headers, body: String(Buffer.concat(chunks)) });
    const answer = answerOf(this.sites.get(at), whole, whole.slice(at.length));
    const rule = this.rules.find((rule) => matches(rule.path, path));
    (rule?.fault ?? none)({ path, request, response, answer });
  }
}

function matches(pattern: string | RegExp, path: string): boolean {
  return typeof pattern === "string" ? pattern === path : pattern.test(path);
}

/** What a static host has at a path, with the headers of the site's `_headers`. */
export function answerOf(site: Site | undefined, whole: string, path: string): Answer {
  const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
  const found = site?.files.get(file);
  const body = found ?? site?.files.get("404.html") ?? Buffer.from("not found");
  const type = found ? (TYPES[extname(file)] ?? "application/octet-stream") : TYPES[".html"];
  const headers = { "Content-Type": type, ...headersOf(site, whole) };
  return { status: found ? 200 : 404, headers, body };
}

function headersOf(site: Site | undefined, whole: string): Headers {
  const headers: Headers = {};
  let applies = false;
  for (const line of String(site?.files.get("_headers") ?? "").split("\n")) {
    const [, name, value] = /^\s+([\w-]+): (.*)$/.exec(line) ?? [];
    if (name && applies) headers[name] = value;
    if (!name) applies = patternOf(line.trim()).test(whole);
  }
  return headers;
}

function patternOf(line: string): RegExp {
  return new RegExp(`^${line.replace(/[.+?^$(){}|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`);
}

/** All is well. */
export const none: Fault = ({ response, answer: { status, headers, body } }) => {
  response.writeHead(status, { ...headers, "Content-Length": body.length });
  response.end(body);
};

/** The answer, changed. */
export const changed = (change: (answer: Answer) => Partial<Answer>): Fault => (exchange) =>
  none({ ...exchange, answer: { ...exchange.answer, ...change(exchange.answer) } });

export const status = (status: number): Fault =>
  changed(() => ({ status, body: Buffer.from("no"), headers: { "Content-Type": "text/plain" } }));

export const withHeaders = (more: Headers): Fault => changed(({ headers }) => ({ headers: { ...headers, ...more } }));

/** As long as the right body, so that only a hash tells. */
export const otherBytes: Fault = changed(({ body }) => ({ body: Buffer.alloc(body.length, "x") }));

/** What a host for single-page apps answers with in place of a missing file. */
export const html: Fault = changed(() => ({
  status: 200,
  headers: { "Content-Type": TYPES[".html"] },
  body: Buffer.from("<!doctype html><title>fallback</title><h1>fallback</h1>"),
}));

export const redirect = (location: string): Fault =>
  changed(() => ({ status: 302, headers: { Location: location }, body: Buffer.alloc(0) }));

/** The connection is gone before anything was said. */
export const drop: Fault = ({ request }) => void request.socket.destroy();

/** Half of what `Content-Length` announces, then the connection is gone. */
export const cut: Fault = ({ request, response, answer: { headers, body } }) => {
  response.writeHead(200, { ...headers, "Content-Length": body.length });
  response.write(body.subarray(0, body.length >> 1), () => request.socket.destroy());
};

/** Half of the body without a length, so that its end looks like an end. */
export const cutCleanly: Fault = ({ response, answer: { headers, body } }) => {
  response.useChunkedEncodingByDefault = false;
  response.shouldKeepAlive = false;
  response.writeHead(200, { ...headers, Connection: "close" });
  response.end(body.subarray(0, body.length >> 1));
};

/** No answer, ever. */
export const hang: Fault = () => {};

/** Half of the body, and then nothing more. */
export const hangInBody: Fault = ({ response, answer: { headers, body } }) => {
  response.writeHead(200, { ...headers, "Content-Length": body.length });
  response.write(body.subarray(0, body.length >> 1));
};

/** A part that nobody asked for. */
export const partial: Fault = changed(({ headers, body }) => ({
  status: 206,
  headers: { ...headers, "Content-Range": `bytes 0-${body.length - 1}/${body.length}` },
}));

/** Each request in turn meets the next one of these; after them all is well. */
export function inTurn(...faults: Fault[]): Fault {
  return (exchange) => (faults.shift() ?? none)(exchange);
}

/** One after the other, again and again. */
export function alternately(...faults: Fault[]): Fault {
  let count = 0;
  return (exchange) => faults[count++ % faults.length](exchange);
}

/** What the same path has in another release. */
export function from(site: Site, at: string): Fault {
  return (exchange) =>
    none({ ...exchange, answer: answerOf(site, at + exchange.path, exchange.path) });
}
