// 200 random lives of a reader's browser, each from a seed. One that breaks is cut down to a short
// script and printed; SOAK_SEED=<seed> lives one of them again, SOAK_SCRIPT='<json>' a script.

import assert from "node:assert/strict";
import { test } from "node:test";
import { live, scriptOf, shrink } from "./soak.mjs";

const { SOAK_SEED, SOAK_SCRIPT } = process.env;
const SEEDS = SOAK_SEED ? [Number(SOAK_SEED)] : Array.from({ length: 200 }, (_, index) => index + 1);

/** Ends with the shortest script that breaks. */
async function expectToHold(script, name) {
  const broken = await live(script);
  if (!broken) return;
  const shortest = await shrink(script, broken);
  const lines = shortest.map((step) => `  ${JSON.stringify(step)}`).join(",\n");
  assert.fail(`${name}: ${broken.error.message}\nSOAK_SCRIPT='[\n${lines}\n]'\n${broken.error.stack}`);
}

test(`soak: ${SEEDS.length} random sequences keep pages whole, releases apart and saved posts`, async () => {
  if (SOAK_SCRIPT) return expectToHold(JSON.parse(SOAK_SCRIPT), "the script");
  for (const seed of SEEDS) await expectToHold(scriptOf(seed), `seed ${seed}`);
});
