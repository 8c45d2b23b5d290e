// The engine of the web says what the program says, on all labelled notes; only the units of offsets differ.
"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");
const { ROOT, WEB, caselint } = require("./browser.cjs");

const NOTES = path.join("tests", "corpus", "dev");
const decoder = new TextDecoder();

async function engine() {
  const { Engine } = await import(path.join(WEB, "caselint", "engine.js"));
  return Engine.load(fs.readFileSync(path.join(WEB, "caselint", "caselint.wasm")));
}

function ask(engine, request) {
  return JSON.parse(decoder.decode(engine.call("check", request)));
}

/** The findings of a record with offsets in UTF-16, made from bytes. */
function inUtf16(findings, record) {
  return findings.map((finding) => {
    const field = record.fields?.find(({ id }, number) => finding.field === (id ?? String(number)));
    const bytes = Buffer.from(field ? field.text : record.text);
    const at = (byte) => bytes.subarray(0, byte).toString().length;
    const span = (spanned) => ({ ...spanned, start: at(spanned.start), end: at(spanned.end) });
    return { ...span(finding), voice: span(finding.voice), evidence: finding.evidence.map(span), location: {} };
  });
}

test("findings are those of the program", async () => {
  const web = await engine();
  let compared = 0;
  for (const file of fs.readdirSync(path.join(ROOT, NOTES)).filter((name) => name.endsWith(".jsonl"))) {
    const records = fs.readFileSync(path.join(ROOT, NOTES, file), "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
    const { stdout } = caselint("check", "--format", "jsonl", path.join(NOTES, file));
    const native = stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line));
    assert.equal(native.length, records.length, file);
    records.forEach((record, number) => {
      const { findings } = ask(web, { record, policy: { profile: "full" } });
      const own = findings.map((finding) => ({ ...finding, location: {} }));
      assert.deepEqual(own, inUtf16(native[number].findings, record), `${file}, record ${number + 1}`);
      compared += findings.length;
    });
  }
  assert.ok(compared > 100, `only ${compared} findings were compared`);
});

test("offsets count as strings do", async () => {
  const text = "👧🏽 “Café” visit. She is promiscuous.";
  const { findings } = ask(await engine(), { record: { text } });
  assert.deepEqual(findings.map(({ start, end }) => text.slice(start, end)), ["promiscuous"]);
});

test("a draft is saved, finalising is asked about", async () => {
  const web = await engine();
  const record = { text: "She is promiscuous." };
  const decision = (policy) => ask(web, { record, policy }).decision;
  assert.equal(decision({}), "save");
  assert.equal(decision({ stage: "autosave", on_finalise: "block" }), "save");
  assert.equal(decision({ stage: "finalise" }), "prompt");
  assert.equal(decision({ stage: "finalise", on_finalise: "block" }), "block");
  assert.equal(decision({ stage: "finalise", fail_on: "never" }), "save");
});

test("a request that does not fit is refused without a word of it", async () => {
  const web = await engine();
  const refused = [{}, { record: { text: 7 } }, { record: { text: "secret" }, policy: { stage: "secret" } }, { record: {}, secret: 1 }];
  for (const request of refused) {
    assert.throws(() => web.call("check", request), (error) => error.name === "Refused" && !error.message.includes("secret"));
  }
  assert.throws(() => web.call("check", { record: { text: "" }, policy: { profile: "secret" } }), /profile/);
  assert.equal(ask(web, { record: { text: "She is promiscuous." } }).findings.length, 1);
});
