// The elements of a page as they are, not as they would be written: a tree that was made element
// by element can hold what no parser would build, and its HTML would not show that.

import type { Locator } from "@playwright/test";

/**
 * One line for each element and each text, indented by its depth. Comments are left out, texts
 * side by side are one, and so is what the app marks while it runs: where the reader is in the
 * contents, and the heading that took the focus.
 */
export function shape(root: Locator): Promise<string> {
  return root.evaluate((root) => {
    const lines: string[] = [];
    const isMark = ({ name, ownerElement: owner }: Attr) =>
      (name === "aria-current" && !!owner?.closest("#contents")) ||
      (name === "tabindex" && owner?.localName === "h1");
    const walk = (node: Node, depth: number) => {
      const indent = " ".repeat(depth);
      let text = "";
      const flush = () => {
        if (text) lines.push(`${indent} ${JSON.stringify(text)}`);
        text = "";
      };
      if (node instanceof Element) {
        const attributes = [...node.attributes].filter((attribute) => !isMark(attribute));
        const written = attributes.map(({ name, value }) => ` ${name}=${JSON.stringify(value)}`);
        const space = node.namespaceURI?.split("/").at(-1);
        lines.push(`${indent}${space}:${node.localName}${written.sort().join("")}`);
      }
      for (const child of node.childNodes) {
        if (child instanceof Text) text += child.data;
        if (!(child instanceof Element)) continue;
        flush();
        walk(child, depth + 1);
      }
      flush();
    };
    walk(root, 0);
    return lines.join("\n");
  });
}
