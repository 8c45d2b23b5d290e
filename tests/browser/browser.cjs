// What the tests of pages share: a Chromium, the program, and the rules of WCAG 2.2 AA.
"use strict";

const { execFileSync, spawn } = require("node:child_process");
const { once } = require("node:events");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { chromium } = require("playwright-core");

const ROOT = path.join(__dirname, "..", "..");
/** What bindings/wasm/build.sh made. */
const WEB = process.env.CASELINT_WEB;
const AXE = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** The Chromium of the computer. */
function launch() {
  const args = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  return chromium.launch({ executablePath: process.env.CHROMIUM, args });
}

/** Runs the program in the folder of the repository and gives its exit status and both outputs. */
function caselint(...args) {
  try {
    const stdout = execFileSync(process.env.CASELINT, args, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    return { status: 0, stdout, stderr: "" };
  } catch (error) {
    if (error.status === null || error.status === undefined) throw error;
    return { status: error.status, stdout: error.stdout, stderr: error.stderr };
  }
}

/** Runs `caselint serve` for the test `t`, on a port that is free. Gives its address, and what stops it. */
async function served(t, ...args) {
  const child = spawn(process.env.CASELINT, ["serve", "--address", "127.0.0.1:0", ...args], { cwd: ROOT, stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(child, "exit");
  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  t.after(stop);
  const address = await new Promise((resolve, reject) => {
    let said = "";
    child.stderr.on("data", (text) => {
      said += text;
      const found = /listening on (http:[^\s;]+)/.exec(said);
      if (found) resolve(found[1]);
    });
    child.on("exit", () => reject(new Error(`caselint serve ended: ${said}`)));
  });
  return { address, stop };
}

/** A folder that is removed at the end of the test `t`. */
function folder(t) {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), "caselint-browser-"));
  t.after(() => fs.rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Opens a file in a page of its own; `options` are those of a Playwright context. Requests to anywhere else are kept in `page.requests`. */
async function open(browser, file, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const url = pathToFileURL(file).href;
  page.requests = [];
  page.on("request", (request) => {
    // A blob is memory of the page itself, such as the script of its worker.
    const isOwn = request.url().split("#")[0] === url || request.url().startsWith("blob:");
    if (!isOwn) page.requests.push(request.url());
  });
  await page.goto(url);
  return page;
}

/** caselint.html, ready to check, without a network. What it complains of is kept in `page.complaints`. */
async function checker(browser, options = {}) {
  const page = await open(browser, path.join(WEB, "caselint.html"), { offline: true, ...options });
  page.setDefaultTimeout(60_000);
  // Chromium is to hand choosers of files over from now on: told so while a key is pressed, it may open one by itself.
  page.on("filechooser", () => {});
  page.complaints = [];
  page.on("console", (message) => message.type() === "error" && page.complaints.push(message.text()));
  page.on("pageerror", (error) => page.complaints.push(error.message));
  await page.locator("#note-findings").getByText("Nothing found by these rules.").waitFor();
  return page;
}

/**
 * What breaks WCAG 2.2 AA in a page, a line a fault. Playwright runs axe in the page even where a policy of the page forbids scripts, but not
 * in a context without JavaScript.
 */
async function faults(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate((values) => globalThis.axe.run({ runOnly: { type: "tag", values } }), WCAG);
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(" ")}`));
}

/** Goes on by Tab to an element that is called so, by its id or its words, which has to come within so many. */
async function tabTo(page, wanted, within) {
  for (let pressed = 0; pressed < within; pressed += 1) {
    await page.keyboard.press("Tab");
    const name = await page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim());
    if (wanted.test(name)) return;
  }
  throw new Error(`${wanted} is not reached within ${within} presses of Tab`);
}

/** How many pixels a page is wider than its window. */
function overhang(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

module.exports = { ROOT, WEB, caselint, checker, faults, folder, launch, open, overhang, served, tabTo };
