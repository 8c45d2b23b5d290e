// The pictures of the book; make.sh calls it.
"use strict";

const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { ROOT, WEB, caselint, launch, served } = require("../../tests/browser/browser.cjs");

const NOTE =
  "T/C from Keeley's tutor, 3.15pm. Keeley told her that she had consented to sex with a man of 23. Advice given re clinic.\n\n" +
  "Keeley places herself at risk when she leaves school at lunch. Tutor to keep an eye on her.";
const SAID = "Keeley said that she had consented to sex with a man of 23.";

const ends = [];
const after = (end) => ends.push(end);
const save = (page, name, options = {}) => page.screenshot({ path: path.join(__dirname, `${name}.png`), ...options });

async function page(browser, width, height) {
  return (await browser.newContext({ viewport: { width, height }, colorScheme: "light" })).newPage();
}

async function report(browser, folder) {
  const file = path.join(folder, "report.html");
  caselint("report", "examples/notes", "--date", "2026-03-02", "-o", file);
  const view = await page(browser, 1100, 1000);
  await view.goto(pathToFileURL(file).href);
  await save(view, "report");
  const record = view.getByRole("heading", { name: /21-telephone-contact/ }).first();
  await record.scrollIntoViewIfNeeded();
  await record.evaluate((heading) => window.scrollTo(0, heading.getBoundingClientRect().top + window.scrollY - 10));
  await save(view, "report-record");
}

async function oneFile(browser) {
  const view = await page(browser, 1100, 820);
  await view.goto(pathToFileURL(path.join(WEB, "caselint.html")).href);
  await view.locator("#note").fill(NOTE);
  await view.locator(".caselint-layer mark").first().waitFor({ state: "attached", timeout: 60_000 });
  await view.locator(".caselint-list summary").first().click();
  await save(view, "caselint-html");
}

async function presave(browser) {
  const service = await served({ after }, "--demo", path.join(WEB, "presave"));
  const view = await page(browser, 900, 960);
  await view.goto(service.address);
  await view.getByText("Nothing found by these rules.").waitFor({ timeout: 60_000 });
  await view.getByLabel("What was said").fill(SAID);
  await view.locator(".caselint-layer mark").first().waitFor({ state: "attached" });
  await view.locator(".caselint-list summary").first().click();
  await save(view, "presave");
  await view.getByRole("button", { name: "Finalise" }).click();
  await view.getByRole("dialog").waitFor();
  await save(view, "presave-question");
}

/** What the program prints on a terminal of 80 columns, in such a terminal. */
async function terminal(browser) {
  const command = "stty cols 80 rows 60; $CASELINT check examples/notes/21-telephone-contact.txt --off gap";
  const printed = execFileSync("script", ["-qc", command, "/dev/null"], { cwd: ROOT, env: { ...process.env, NO_COLOR: undefined, TERM: "xterm-256color" } });
  const lines = printed.toString().split("\n").length;
  const xterm = path.dirname(require.resolve("@xterm/xterm/package.json"));
  const view = await page(browser, 820, 26 * (lines + 3));
  await view.setContent('<style>body{margin:16px;background:#fff}</style><div id="t" style="display:inline-block"></div>');
  await view.addStyleTag({ path: path.join(xterm, "css/xterm.css") });
  await view.addScriptTag({ path: path.join(xterm, "lib/xterm.js") });
  await view.evaluate(
    ({ text, rows }) =>
      new Promise((done) => {
        const theme = { background: "#ffffff", foreground: "#1f2328", cursor: "#ffffff", black: "#1f2328", brightBlack: "#57606a" };
        const screen = new globalThis.Terminal({ cols: 80, rows, fontSize: 15, convertEol: true, theme });
        screen.open(document.getElementById("t"));
        screen.write(text, done);
      }),
    { text: `$ caselint check examples/notes/21-telephone-contact.txt --off gap\n${printed}`, rows: lines + 1 },
  );
  await view.waitForTimeout(500);
  await save(view, "terminal", { clip: await view.locator(".xterm-screen").boundingBox() });
}

async function main() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "caselint-pictures-"));
  const browser = await launch();
  try {
    await report(browser, folder);
    await terminal(browser);
    await oneFile(browser);
    await presave(browser);
  } finally {
    for (const end of ends) await end();
    await browser.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

main();
