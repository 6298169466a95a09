/** What the parts of the comparison hand to each other. */

import type { Page } from "@playwright/test";

/** A post of the corpus as a reader sees it. */
export interface Post {
  /** The end of its address, `/posts/<slug>/`. */
  slug: string;
  title: string;
  /** The body as HTML. */
  html: string;
  /** Title, headings, paragraphs, list items and quotes as plain text; no code. */
  blocks: string[];
}

/** Whole words of Chinese, parts that cut through words, or the beginning of a Latin word. */
export type Kind = "aligned" | "unaligned" | "latin";

/** Something to look for. */
export interface Query {
  text: string;
  kind: Kind;
  /** The slug of the post it was taken from. */
  from: string;
  /** The slugs of all posts that hold it. */
  holders: string[];
}

/** What a search answers. */
export interface Answer {
  /** Slugs in the order of the results. */
  ids: string[];
  /** How many results the search says there are; more than `ids` where not all were listed. */
  total: number;
  /** Milliseconds from the call to the first ten results, ready to be shown. */
  firstMs: number;
}

/** How one search is driven, so that the same code measures all. */
export interface Adapter {
  name: string;
  /** Whether a path belongs to the search rather than to the page around it. */
  owns(path: string): boolean;
  /** Loads what a reader has loaded when the search is ready to be asked. */
  open(page: Page, url: string): Promise<void>;
  /** Asks; `all` lists every result, otherwise the first ten do. */
  query(page: Page, text: string, all: boolean): Promise<Answer>;
}

/** A site to be measured. */
export interface Site {
  adapter: Adapter;
  folder: string;
  /** How long its index took to make, where this program made it. */
  indexMs?: number;
}

/** A response of the server. */
export interface Sent {
  path: string;
  /** Of the body, as sent. */
  bytes: number;
}
