// The npm package in a page of somebody else: under a strict policy, with a textarea and an editor, and where something fails.
"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const http = require("node:http");
const path = require("node:path");
const { after, before, test } = require("node:test");
const { WEB, faults, launch } = require("./browser.cjs");

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'";
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };

const PAGE = `<!doctype html><html lang="en-GB"><title>Form</title><link rel="stylesheet" href="/caselint/caselint.css">
<script type="module" src="/form.js"></script>
<main><h1>Form</h1>
<label for="said">What was said</label><textarea id="said" rows="3"></textarea>
<p id="label">Analysis</p><div id="analysis" contenteditable="true" role="textbox" aria-multiline="true" aria-labelledby="label"></div>
<div id="panel"></div></main></html>`;

const SCRIPT = `import { attach, engine } from "/caselint/index.js";
const wasm = new URLSearchParams(location.search).get("wasm") ?? undefined;
const boxes = ["said", "analysis"].map((id) => document.getElementById(id));
window.answers = [];
window.form = attach(boxes, {
  engine: wasm && engine({ wasm: new URL(wasm, location.href) }),
  panel: document.getElementById("panel"),
  onCheck: (answer) => answers.push(answer),
});`;

let browser, server, address;
before(async () => {
  browser = await launch();
  server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://form");
    const made = { "/": ["text/html", PAGE], "/form.js": ["text/javascript", SCRIPT] }[pathname];
    const file = path.join(WEB, path.normalize(pathname));
    // A file that never comes stands for a slow network.
    if (pathname === "/late.wasm") return;
    if (!made && !fs.existsSync(file)) return void response.writeHead(404).end();
    const [type, body] = made ?? [TYPES[path.extname(file)], fs.readFileSync(file)];
    response.writeHead(200, { "Content-Type": type, "Content-Security-Policy": POLICY }).end(body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  address = `http://127.0.0.1:${server.address().port}/`;
});
after(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
});

async function form(search = "") {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(60_000);
  page.refused = [];
  page.on("console", (message) => /Content Security Policy/.test(message.text()) && page.refused.push(message.text()));
  await page.goto(address + search);
  return page;
}

const NOTHING = "Nothing found by these rules.";

test("an editor is marked, and its words are led to", async () => {
  const page = await form();
  await page.getByText(NOTHING).waitFor();
  await page.locator("#analysis").click();
  await page.keyboard.type("First line.");
  await page.keyboard.press("Enter");
  await page.keyboard.type("She is promiscuous.");
  await page.getByText("1 place to look at.").waitFor();
  const marked = () => page.evaluate(() => [...CSS.highlights].flatMap(([name, ranges]) => [...ranges].map((range) => `${name}: ${range}`)));
  assert.deepEqual(await marked(), ["caselint-reword: promiscuous"]);
  await page.locator("summary").click();
  await page.getByRole("button", { name: "Go to these words" }).click();
  assert.equal(await page.evaluate(() => String(getSelection())), "promiscuous");
  assert.deepEqual(await faults(page), []);
  await page.keyboard.type("harmed by others");
  await page.getByText(NOTHING).waitFor();
  assert.deepEqual([await marked(), page.refused], [[], []]);
});

test("boxes are one record, whose headings are their labels", async () => {
  const page = await form();
  await page.getByText(NOTHING).waitFor();
  await page.fill("#said", "All well.");
  const record = await page.evaluate(() => window.form.record());
  assert.deepEqual(record.fields.map(({ id, heading }) => [id, heading]), [["said", "What was said"], ["analysis", "Analysis"]]);
});

test("marks follow the text while the next check is awaited", async () => {
  const page = await form();
  await page.getByText(NOTHING).waitFor();
  await page.fill("#said", "She is promiscuous.");
  await page.locator(".caselint-layer mark").waitFor({ state: "attached" });
  const marks = await page.evaluate(() => {
    const said = document.getElementById("said");
    const marked = () => [...document.querySelectorAll(".caselint-layer mark")].map((mark) => mark.textContent);
    const put = (text) => {
      said.value = text;
      said.dispatchEvent(new Event("input"));
      return marked();
    };
    return [put("Today: She is promiscuous."), put("Today: She is promisc uous.")];
  });
  assert.deepEqual(marks, [["promiscuous"], []]);
});

test("an item that stays keeps its state and its focus", async () => {
  const page = await form();
  await page.getByText(NOTHING).waitFor();
  await page.fill("#said", "She is promiscuous.");
  await page.locator("summary").click();
  await page.locator("summary").focus();
  await page.evaluate(() => {
    document.getElementById("said").value += " She puts herself at risk.";
    return window.form.check();
  });
  assert.equal(await page.locator("details").count(), 2);
  assert.equal(await page.evaluate(() => document.activeElement.parentElement.open), true);
  await page.evaluate(() => {
    document.getElementById("said").value = "";
    return window.form.check();
  });
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Words to look at");
});

test("where the engine is missing or late, the note is saved", async () => {
  const missing = await form("?wasm=/none.wasm");
  await missing.getByText("The check is not running. You can write and save as usual.").waitFor();
  assert.equal((await missing.evaluate(() => window.form.decide("finalise"))).decision, "save");
  const late = await form("?wasm=/late.wasm");
  await late.getByText("Getting ready…").waitFor();
  assert.equal((await late.evaluate(() => window.form.decide("finalise"))).decision, "save");
});

test("what was attached can be taken away", async () => {
  const page = await form();
  await page.getByText(NOTHING).waitFor();
  await page.evaluate(() => window.form.detach());
  assert.equal(await page.locator(".caselint-layer, .caselint-panel").count(), 0);
});
