// Builds responses: a stored body with the headers of its release, whole or in
// part, and the one page that needs no store.

/**
 * @param {Request} request
 * @param {FoundFile} found
 * @param {Response} source its body is served, its headers are not
 * @param {Record<string, string>} [extraHeaders]
 */
async function serve(request, { entry, manifest }, source, extraHeaders) {
  const headers = new Headers({ ...manifest.headers, ...extraHeaders });
  headers.set("Content-Type", entry.type);
  const range = parseRange(request.headers.get("Range"), entry.size);
  if (range === "whole") {
    headers.set("Content-Length", String(entry.size));
    return new Response(source.body, { headers });
  }
  if (range === "unsatisfiable") {
    headers.set("Content-Range", `bytes */${entry.size}`);
    return new Response(null, { status: 416, headers });
  }
  const { first, last } = range;
  headers.set("Content-Range", `bytes ${first}-${last}/${entry.size}`);
  headers.set("Content-Length", String(last - first + 1));
  const part = (await source.blob()).slice(first, last + 1);
  return new Response(part, { status: 206, headers });
}

/**
 * What does not ask for a single range gets the whole file, as HTTP allows.
 * @param {string | null} header
 * @param {number} size
 * @returns {"whole" | "unsatisfiable" | { first: number, last: number }}
 */
function parseRange(header, size) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (!match || (!match[1] && !match[2])) return "whole";
  if (!match[1]) {
    const length = Math.min(Number(match[2]), size);
    return length === 0 ? "unsatisfiable" : { first: size - length, last: size - 1 };
  }
  const first = Number(match[1]);
  const last = match[2] ? Number(match[2]) : size - 1;
  if (match[2] && last < first) return "whole";
  return first >= size ? "unsatisfiable" : { first, last: Math.min(last, size - 1) };
}

/** Without script or style: the strictest policy shows it whole. */
function gonePage() {
  const html = `<!doctype html>
<html lang="zh">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>离线 · Offline</title>
<main>
<h1>离线副本已丢失 <span lang="en">The stored copy is gone</span></h1>
<p><a href="">重试 <span lang="en">Try again</span></a></p>
</main>
`;
  return new Response(html, {
    status: 503,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'",
    },
  });
}
