// How long a note of 5,000 characters takes in Chromium, and how long the engine and caselint.html take to start:
//   CASELINT_WEB=target/web CHROMIUM=/usr/bin/chromium NODE_PATH=… node benches/web.cjs
// NODE_PATH leads to playwright-core, which tests/browser/run.sh installs.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { ROOT, WEB, launch, open } = require("../tests/browser/browser.cjs");

const SIZE = 5000;
const TIMES = 300;

function note() {
  const lines = fs.readFileSync(path.join(ROOT, "tests", "corpus", "dev", "csc.jsonl"), "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line).text).join("\n\n").slice(0, SIZE);
}

/** Runs in the page. */
async function measure([wasm, text, times]) {
  const bytes = Uint8Array.from(atob(wasm), (letter) => letter.charCodeAt(0));
  const timed = async (work) => {
    const before = performance.now();
    await work();
    return performance.now() - before;
  };
  let engine;
  const loaded = await timed(async () => (engine = await globalThis.Engine.load(bytes)));
  const compiled = await timed(() => engine.call("about", {}));
  const checks = [];
  for (let time = 0; time < times; time += 1) checks.push(await timed(() => engine.call("check", { record: { text }, policy: { profile: "full" } })));
  checks.sort((a, b) => a - b);
  return { loaded, compiled, quickest: checks[0], median: checks[Math.floor(times / 2)] };
}

/** From the opening of caselint.html until it can be written in, and until its first check is done. */
async function start(browser) {
  const before = performance.now();
  const page = await open(browser, path.join(WEB, "caselint.html"));
  const usable = performance.now() - before;
  await page.locator("#note-findings").getByText("Nothing found by these rules.").waitFor();
  return { "page usable": usable, "page checked": performance.now() - before };
}

async function main() {
  const browser = await launch();
  const page = await browser.newPage();
  const source = fs.readFileSync(path.join(WEB, "caselint", "engine.js"), "utf8").replace(/^export /gm, "");
  await page.addScriptTag({ content: `${source}\nglobalThis.Engine = Engine;` });
  const wasm = fs.readFileSync(path.join(WEB, "caselint", "caselint.wasm")).toString("base64");
  const figures = { ...(await page.evaluate(measure, [wasm, note(), TIMES])), ...(await start(browser)) };
  for (const [what, time] of Object.entries(figures)) console.log(`${what}: ${time.toFixed(2)} ms`);
  await browser.close();
}

main();
