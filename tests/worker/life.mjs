// A reader's browser under a random life (`soak.mjs`): what each step does, and what must hold
// after it. No blank page, no mixed release in one tab, nothing half-stored, nothing saved that is
// lost.

import assert from "node:assert/strict";
import { Browser, ORIGIN, sha256 } from "./browser.mjs";
import { DOCS, FILES, HOUR, IDS, idIn, keyOf, KINDS, LOOKS, made, PLAIN, releaseOf, SAME, settle } from "./world.mjs";

export class Life {
  browser = new Browser();
  /** What is at work: a release with its worker. */
  active = null;
  deployed = null;
  /** All that the server ever had, the newest last. */
  history = [];
  lists = 0;
  saved = new Set();
  tabs = [];
  failures = 0;

  async step([name, about]) {
    await this[name](about);
  }

  /** Whether files on demand are in lists: one has them all. */
  useLists(count) {
    this.lists = count;
  }

  deploy(id) {
    this.publish(releaseOf(id, this.history.length + 1, this.lists));
    this.history.push(this.deployed);
  }

  /** Old bytes with their old number. */
  rollback(steps) {
    const before = this.history.at(-1 - steps);
    if (before) this.publish(before);
  }

  publish(build) {
    const { network } = this.browser;
    network.deploy(build.release);
    for (const [path, file] of [...network.files]) {
      if (path.endsWith("/index.html")) network.files.set(path.slice(0, -"index.html".length), file);
    }
    this.deployed = build;
  }

  /** As a browser looks for a new worker: its script, the installation, and it takes over. */
  async update() {
    const worker = await this.install();
    if (worker) await this.takeOver(worker);
  }

  /** A page begins with the old worker while the new one takes over. */
  async updateWhileLoading(path) {
    const worker = await this.install();
    if (!worker || !this.active) return worker && this.takeOver(worker);
    const client = this.beginTab(path);
    const [response] = await Promise.all([this.navigate(path, client), this.takeOver(worker)]);
    await this.show(client, response, path);
  }

  /** The worker once it is installed; null where there is none, or it was refused. */
  async install() {
    if (this.browser.network.isOffline || !this.deployed || this.active?.build === this.deployed) return null;
    const worker = this.browser.start(this.deployed.release);
    worker.build = this.deployed;
    const isInstalled = await settle(this.browser, worker.install()).then(() => true, () => false);
    if (!isInstalled) this.expectReason(worker);
    return isInstalled ? worker : null;
  }

  /** An older release is refused for an hour, unless the one at work does not start; nothing else is for its number. */
  expectReason({ logs, build }) {
    if (!logs.some((log) => /is older than/.test(log))) return;
    assert.ok(this.active && build.number < this.active.build.number, "only what is older is refused");
    assert.ok(this.browser.clock.time - this.active.time <= HOUR + 1_000, "refused after an hour");
  }

  async takeOver(worker) {
    const { build } = worker;
    if (this.active?.build.id !== build.id) this.failures = 0;
    this.active = { worker, build, time: this.browser.clock.time };
    this.lose(({ isNoted }) => !isNoted);
    await settle(this.browser, worker.activate());
  }

  /** The browser ends while a release is installed or takes over, after so many operations of the store. */
  async killInUpdate(count) {
    const { caches, network, clients } = this.browser;
    if (network.isOffline || !this.deployed || this.active?.build === this.deployed) return;
    let left = count;
    const died = new Promise((done) => {
      caches.onOperation = () => (left-- > 0 ? undefined : (done(), new Promise(() => {})));
    });
    const worker = this.browser.start(this.deployed.release);
    worker.build = this.deployed;
    const ended = worker.install().then(() => "installed", () => "refused");
    const how = await settle(this.browser, Promise.race([died.then(() => "died"), ended]));
    if (how === "installed") {
      this.active = { worker, build: this.deployed, time: this.browser.clock.time };
      this.failures = 0;
      await settle(this.browser, Promise.race([died, worker.activate()]));
    }
    caches.onOperation = async () => {};
    // The browser goes with its tabs, and its locks.
    this.browser.locks.clear();
    this.tabs = [];
    clients.length = 0;
    this.kill();
  }

  beginTab(path) {
    const client = this.browser.openTab(path);
    // It is none of the open ones before its page has come.
    this.browser.clients.pop();
    return client;
  }

  async newTab(path) {
    const client = this.beginTab(path);
    const response = await this.navigate(path, client);
    await this.show(client, response, path);
  }

  /** The same tab, but a new client. */
  async reload(path) {
    if (this.tabs.length > 0) this.close(this.tabs.at(-1));
    await this.newTab(path);
  }

  close(tab) {
    this.tabs = this.tabs.filter((other) => other !== tab);
    this.browser.clients = this.browser.clients.filter((client) => client !== tab.client);
  }

  closeTabs() {
    this.tabs.forEach((tab) => this.close(tab));
  }

  /** A tab with its page, which the worker or the server answered. */
  async show(client, response, path) {
    if (!response) return;
    const text = await settle(this.browser, response.text());
    assert.match(text, /<main>/, `a page that can be read at ${path}`);
    const [id, pin] = [idIn(text), this.browser.record("pins")[client.id]];
    // What the server answers past the worker is its own affair, and so is the page within the worker.
    const isEmpty = this.browser.releases().length === 0;
    const isNew = this.active && !isEmpty && !this.active.build.release.contents.has(`${path.slice(1)}index.html`);
    // Where there is no room, the pin of a page that the network answered can't be read here.
    const isNetworks = pin === "network" || (isNew && id === this.deployed.id && id !== this.answering);
    const isRaw = !this.active || isNetworks || id === null || isEmpty;
    this.tabs.push({ client, id, isRaw, isNoted: Boolean(pin) });
    this.browser.clients.push(client);
    // Unless that one does not start.
    const { network } = this.browser;
    if (isNew && this.failures < 2 && !network.isOffline && network.faults.size === 0 && network.files.has(path)) {
      assert.equal(id, this.deployed.id, "a page that is new to the worker is the network's");
    }
    if (!isRaw && this.failures < 2) assert.equal(id, this.answering, "a new page is of the release at work");
  }

  async navigate(path, client) {
    const { network } = this.browser;
    const isMissing = !network.files.has(path);
    this.answering = this.active?.build.id;
    if (this.active) {
      const response = await settle(this.browser, this.active.worker.navigate(path, client));
      // A page that there is not is the server's own 404.
      if (isMissing && response.status === 404) return null;
      assert.notEqual(response.type, "error", `a page at ${path}`);
      return response;
    }
    if (network.isOffline || isMissing) return null;
    return settle(this.browser, network.fetch(ORIGIN + path));
  }

  async read(doc) {
    for (const tab of this.tabs) if (tab.id) await this.expectSame(tab, `/data/${doc}-${tab.id}.json`);
  }

  /** A file of a tab is of the tab's release, an older version that says so, or an error. */
  async expectSame(tab, path) {
    const { active, browser } = this;
    const asked = active ? active.worker.get(path, {}, tab.client) : browser.network.fetch(ORIGIN + path);
    const response = await settle(browser, Promise.resolve(asked)).catch(() => null);
    if (!response?.ok || response.headers.get("X-Inkstone-Stale")) return;
    const text = await settle(browser, response.text()).catch(() => "");
    // What a server sends past the worker may be anything; a page uses only what is whole.
    if (/release=/.test(text)) assert.equal(idIn(text), tab.id, `${path} in a page of another release`);
    else assert.ok(!this.isStored(path), `bytes of ${path} that are of no release`);
  }

  /** Whether the worker has a verified file for a path. */
  isStored(path) {
    const known = [...made.values()].map(({ release }) => release.contents.get(path.slice(1))).find(Boolean);
    return known !== undefined && this.browser.caches.byName.get("inkstone:/:files")?.entries.has(keyOf(sha256(known.bytes)));
  }

  async send(message) {
    return this.active && settle(this.browser, this.active.worker.send(message));
  }

  save(doc) {
    return this.hold(doc, (path) => ({ type: "inkstone:save", id: `post:${doc}`, paths: [path] }));
  }

  keep(doc) {
    return this.hold(doc, (path) => ({ type: "inkstone:keep", path }));
  }

  async hold(doc, messageFor) {
    const answer = await this.send(messageFor(`data/${doc}-${this.active?.build.id}.json`));
    if (answer?.ok) this.saved.add(`posts/${doc}/`);
  }

  keepSame() {
    return this.send({ type: "inkstone:keep", path: SAME });
  }

  /** The lists of this release and the next ones never come. */
  loseLists() {
    for (const id of IDS) {
      for (const number of [0, 1, 2].map((more) => this.history.length + more)) {
        for (const path of releaseOf(id, number, this.lists).release.contents.keys()) {
          if (path.startsWith("data/list-")) this.browser.network.faultForever(`/${path}`, KINDS.drop);
        }
      }
    }
  }

  ahead() {
    return this.hold("new", () => ({ type: "inkstone:ahead" }));
  }

  /** Pages of the release at work say that the app did not start, or that it did. */
  async starts(isStarted) {
    if (!this.active) return;
    const type = isStarted ? "inkstone:started" : "inkstone:failed";
    await this.send({ type, release: this.active.build.release.release });
    this.failures = isStarted ? 0 : this.failures + 1;
  }

  /** Nothing in memory, everything else as it was. */
  kill() {
    if (this.active) this.active.worker = this.browser.start(this.active.build.release);
    this.browser.registration().active = this.active?.worker ?? null;
    this.lose(({ isNoted }) => !isNoted);
  }

  /** Of these tabs nobody knows any more which release they are of. */
  lose(isLost) {
    for (const tab of this.tabs) if (isLost(tab)) tab.isRaw = true;
  }

  fault([kind, file, times]) {
    const { network } = this.browser;
    for (const path of IDS.map(FILES[file])) {
      if (times === "always") network.faultForever(path, KINDS[kind]);
      else network.fault(path, ...Array(times === "once" ? 1 : 2).fill(KINDS[kind]));
    }
  }

  heal = () => this.browser.network.faults.clear();
  offline = () => void (this.browser.network.isOffline = true);
  online = () => void (this.browser.network.isOffline = false);
  full = () => void (this.browser.caches.quota = this.browser.caches.size);
  room = () => void (this.browser.caches.quota = Infinity);
  hour = () => void (this.browser.clock.time += HOUR);

  clear() {
    this.browser.caches.byName.clear();
    this.saved.clear();
    this.lose(() => true);
  }

  async check() {
    const docs = new Set();
    for (const [url, { bytes, headers }] of this.browser.caches.byName.get("inkstone:/:files")?.entries ?? []) {
      assert.equal(url, keyOf(sha256(bytes)), "bytes under the name of others");
      docs.add(JSON.parse(decodeURIComponent(new Headers(headers).get("X-Inkstone-Record"))).doc);
    }
    for (const doc of this.saved) assert.ok(docs.has(doc), `${doc} was saved and is lost`);
    for (const path of this.active ? LOOKS : []) await this.look(path);
    for (const tab of [...this.tabs]) await this.checkTab(tab);
    await this.checkReady();
  }

  /** A page in a tab that is closed at once. */
  async look(path) {
    const count = this.tabs.length;
    await this.newTab(path);
    for (const tab of this.tabs.slice(count)) {
      await this.checkTab(tab);
      this.close(tab);
    }
  }

  /** A name with a hash means the same in every tab, and what is stored needs no list. */
  async checkSame({ client }) {
    const { network } = this.browser;
    const isOnline = !network.isOffline && network.faults.size === 0 && network.files.has(`/${SAME}`);
    if (!this.active || !(isOnline || this.isStored(`/${SAME}`)) || this.browser.releases().length === 0) return;
    const response = await settle(this.browser, this.active.worker.get(`/${SAME}`, {}, client));
    assert.equal(response.ok && (await settle(this.browser, response.text())), "same", `${SAME} can be had`);
  }

  async checkTab(tab) {
    await this.checkSame(tab);
    if (tab.isRaw) return;
    for (const path of [`/app-${tab.id}.js`, ...PLAIN, ...DOCS.map((doc) => `/data/${doc}-${tab.id}.json`)]) {
      await this.expectSame(tab, path);
    }
  }

  /** What calls itself ready has all that it promised. */
  async checkReady() {
    const status = await this.send({ type: "inkstone:status" });
    if (!status?.ready) return;
    for (const [path, { sha256: hash, set }] of Object.entries(this.active.build.release.entries)) {
      const isStored = this.browser.caches.byName.get("inkstone:/:files").entries.has(keyOf(hash));
      // `release.json` may be that of a later build, whose worker did not take over.
      assert.ok(set === "demand" || isStored || path === "release.json", `ready without ${path}`);
    }
  }
}
