// Random lives of a reader's browser: what may happen, one step at a time (`life.mjs`). The steps
// are data, so a life can be told again, and cut down to what matters.

import { Life } from "./life.mjs";
import { DOCS, FILES, IDS, KINDS, PAGES } from "./world.mjs";

const whole = (limit) => (_, random) => Math.floor(random() * limit);

/** What can happen, each with how often and with what it is about. */
const STEPS = {
  deploy: [6, (pick) => pick(IDS)],
  rollback: [2, whole(3)],
  update: [6, () => null],
  updateWhileLoading: [5, (pick) => pick(PAGES)],
  killInUpdate: [2, whole(60)],
  reload: [6, (pick) => pick(PAGES)],
  newTab: [6, (pick) => pick(PAGES)],
  closeTabs: [1, () => null],
  read: [3, (pick) => pick(DOCS)],
  keep: [4, (pick) => pick(DOCS)],
  save: [4, (pick) => pick(DOCS)],
  keepSame: [3, () => null],
  loseLists: [2, () => null],
  ahead: [3, () => null],
  starts: [2, (pick) => pick([true, false, false])],
  kill: [4, () => null],
  hour: [1, () => null],
  fault: [6, (pick) => [pick(Object.keys(KINDS)), pick([...Object.keys(FILES), ...DOCS]), pick(["once", "twice", "always", "always"])]],
  heal: [2, () => null],
  offline: [2, () => null],
  online: [3, () => null],
  clear: [1, () => null],
  full: [1, () => null],
  room: [2, () => null],
};

/** What most often comes soon after. */
const FOLLOWS = { deploy: "update", keep: "fault", save: "fault", rollback: "updateWhileLoading", fault: "deploy", offline: "online", full: "room" };

/** A generator of numbers in [0, 1) from a seed (mulberry32). */
function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function scriptOf(seed) {
  const random = randomOf(seed);
  const pick = (all) => all[Math.floor(random() * all.length)];
  const names = Object.entries(STEPS).flatMap(([name, [weight]]) => Array(weight).fill(name));
  const length = 12 + Math.floor(random() * 28);
  const script = [["useLists", seed % 2], ["deploy", pick(IDS)], ["newTab", "/"], ["update", null]];
  const push = (name) => script.push([name, STEPS[name][1](pick, random)]);
  while (script.length < length) {
    const name = pick(names);
    push(name);
    for (let next = FOLLOWS[name]; next && random() < 0.8; next = FOLLOWS[next]) {
      // One other thing may happen in between.
      if (random() < 0.3) push(pick(names));
      push(next);
    }
  }
  return script;
}

/** Lives through a script; what broke at which step, or null. */
export async function live(script) {
  const life = new Life();
  for (const [index, step] of script.entries()) {
    try {
      await life.step(step);
      await life.check();
    } catch (error) {
      return { index, error };
    }
  }
  return null;
}

/** The shortest script it can find that breaks with the same words, by leaving steps out. */
export async function shrink(script, { index, error }) {
  let shortest = script.slice(0, index + 1);
  for (let size = shortest.length >> 1; size >= 1; ) {
    let isShorter = false;
    for (let at = 0; at + size <= shortest.length; at += 1) {
      const shorter = shortest.toSpliced(at, size);
      const broken = await live(shorter);
      if (broken?.error.message !== error.message) continue;
      shortest = shorter.slice(0, broken.index + 1);
      isShorter = true;
      break;
    }
    if (!isShorter) size >>= 1;
  }
  return shortest;
}
