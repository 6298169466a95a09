// Whether feeds, sitemaps and robots.txt of a built site are valid, by schemas and readers that
// others published:
//
// - JSON Feed: the schema of `jsonfeed-schema`, by `ajv`.
// - Sitemaps: the schema of sitemaps.org that comes with `sitemap`, by libxml2; their index, which
//   has no schema there, by the reader of `sitemap`.
// - All other XML: whether libxml2 can read it.
// - robots.txt: what `robots-parser` reads.

import { createRequire } from "node:module";
import { readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Readable } from "node:stream";

import { Ajv } from "ajv";
import formats from "ajv-formats";
import { XmlBufferInputProvider, XmlDocument, type XmlElement, XsdValidator, xmlRegisterInputProvider } from "libxml2-wasm";
import robotsParser from "robots-parser";
import { parseSitemapIndex } from "sitemap";

const require = createRequire(import.meta.url);
const ajv = new Ajv({ allErrors: true, strict: false });
formats.default(ajv);
const isJsonFeed = ajv.compile(require("jsonfeed-schema"));

const NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9";

// What a sitemap may hold of another vocabulary: the schema of sitemaps.org wants each such element
// declared, and that of XHTML knows no `link` outside of a head.
const LINK = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
    targetNamespace="http://www.w3.org/1999/xhtml">
  <xs:element name="link">
    <xs:complexType>
      <xs:attribute name="rel" use="required" fixed="alternate"/>
      <xs:attribute name="hreflang" use="required" type="xs:language"/>
      <xs:attribute name="href" use="required">
        <xs:simpleType>
          <xs:restriction base="xs:anyURI"><xs:pattern value="https?://.+"/></xs:restriction>
        </xs:simpleType>
      </xs:attribute>
    </xs:complexType>
  </xs:element>
</xs:schema>`;

const BOTH = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:import namespace="${NAMESPACE}" schemaLocation="sitemap.xsd"/>
  <xs:import namespace="http://www.w3.org/1999/xhtml" schemaLocation="link.xsd"/>
</xs:schema>`;

const sitemapSchema = loadSitemapSchema();

function loadSitemapSchema() {
  const found = join(dirname(require.resolve("sitemap")), "../../schema/sitemap.xsd");
  const bytes = (text: string) => new TextEncoder().encode(text);
  xmlRegisterInputProvider(
    new XmlBufferInputProvider({ "sitemap.xsd": readFileSync(found), "link.xsd": bytes(LINK) }),
  );
  return XsdValidator.fromDoc(XmlDocument.fromString(BOTH));
}

/** What is wrong with a file, by its name and its text; empty where nothing is. */
export async function faults(name: string, text: string): Promise<string[]> {
  try {
    if (basename(name) === "robots.txt") return robots(text);
    if (name.endsWith(".json")) return json(text);
    return await xml(text);
  } catch (error) {
    return [String(error)];
  }
}

function json(text: string): string[] {
  const value = JSON.parse(text);
  if (isJsonFeed(value)) return [];
  return (isJsonFeed.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

async function xml(text: string): Promise<string[]> {
  const document = XmlDocument.fromString(text);
  try {
    const root = document.root;
    if (root.name === "urlset") sitemapSchema.validate(document);
    if (root.name === "sitemapindex") return await index(root, text);
    return [];
  } finally {
    document.dispose();
  }
}

async function index(root: XmlElement, text: string): Promise<string[]> {
  if (root.namespaceUri !== NAMESPACE) return ["not of the namespace of sitemaps"];
  const entries = await parseSitemapIndex(Readable.from([text]));
  const elements = root.find("s:sitemap", { s: NAMESPACE }).length;
  const wrong = entries.filter((entry) => {
    return !URL.canParse(entry.url) || Number.isNaN(Date.parse(entry.lastmod ?? "2026-01-01"));
  });
  if (entries.length === 0 || entries.length !== elements) return ["an entry can't be read"];
  return wrong.map((entry) => `wrong: ${JSON.stringify(entry)}`);
}

function robots(text: string): string[] {
  const maps = robotsParser("https://blog.example/robots.txt", text).getSitemaps();
  const lines = text.split("\n").filter((line) => line !== "");
  const known = /^(User-agent|Allow|Disallow|Sitemap): \S+$/;
  const wrong = lines.filter((line) => !known.test(line)).map((line) => `unknown: ${line}`);
  const relative = maps.filter((map) => !URL.canParse(map)).map((map) => `not absolute: ${map}`);
  const reads = robotsParser("https://blog.example/robots.txt", text).isAllowed("https://blog.example/x", "any");
  return [...wrong, ...relative, ...(reads ? [] : ["nothing may be read"])];
}

/** The files of a folder that this knows how to check. */
export function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /(^|[\\/])robots\.txt$|\.xml$|(^|[\\/])feed\.json$/.test(name))
    .map((name) => join(folder, name))
    .sort();
}
