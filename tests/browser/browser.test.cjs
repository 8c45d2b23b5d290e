// The tools themselves: that a fault is seen, and that a sound page has none.
"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");
const { faults, folder, launch, open, overhang } = require("./browser.cjs");

const page = (body) => `<!doctype html><html lang="en-GB"><title>Page</title><main><h1>Page</h1>${body}</main></html>`;

test("faults are seen, and a sound page has none", async (t) => {
  const browser = await launch();
  t.after(() => browser.close());
  const file = path.join(folder(t), "page.html");
  const found = async (body) => {
    fs.writeFileSync(file, page(body));
    return faults(await open(browser, file));
  };
  assert.deepEqual(await found("<p>Text.</p>"), []);
  const [fault, ...others] = await found('<p style="color: #bbb">Text.</p>');
  assert.match(fault, /^color-contrast: /);
  assert.deepEqual(others, []);
  fs.writeFileSync(file, page('<div style="width: 9000px">.</div><img src="https://example.invalid/x.png" alt="">'));
  const wide = await open(browser, file);
  assert.ok((await overhang(wide)) > 1000);
  assert.deepEqual(wide.requests, ["https://example.invalid/x.png"]);
});
