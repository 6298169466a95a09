// Builds responses: a stored body with the headers of its release, whole or in
// part, and the one page that needs no store.

/**
 * @param {Request} request
 * @param {FoundFile} found
 * @param {Response} source its body is served, its headers are not
 * @param {Record<string, string>} [extraHeaders]
 */
async function serve(request, { entry, manifest }, source, extraHeaders) {
  const { size, type } = entry;
  const headers = { ...manifest.headers, ...extraHeaders, "Content-Type": type };
  const range = parseRange(request.headers.get("Range"), size);
  if (!range) {
    return new Response(source.body, { headers: { ...headers, "Content-Length": `${size}` } });
  }
  const { first, last } = range;
  if (first > last) {
    const unsatisfied = { ...headers, "Content-Range": `bytes */${size}` };
    return new Response(null, { status: 416, headers: unsatisfied });
  }
  const part = (await source.blob()).slice(first, last + 1);
  const partHeaders = {
    ...headers,
    "Content-Length": `${part.size}`,
    "Content-Range": `bytes ${first}-${last}/${size}`,
  };
  return new Response(part, { status: 206, headers: partHeaders });
}

/**
 * Null for what is not a single range: HTTP allows to answer with the whole.
 * An empty result cannot be satisfied.
 * @param {string | null} header
 * @param {number} size
 */
function parseRange(header, size) {
  const [range, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (!range || (!from && !to)) return null;
  if (!from) return { first: Math.max(0, size - Number(to)), last: size - 1 };
  const first = Number(from);
  const last = to ? Number(to) : Infinity;
  return last < first ? null : { first, last: Math.min(last, size - 1) };
}

/** Without script or style: the strictest policy shows it whole. */
function gonePage() {
  const html = `<!doctype html>
<html lang="zh">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>离线</title>
<main>
<h1>离线副本已丢失 <span lang="en">The stored copy is gone</span></h1>
<p><a href="">重试 <span lang="en">Retry</span></a></p>
`;
  return new Response(html, {
    status: 503,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": "default-src 'none'",
    },
  });
}
