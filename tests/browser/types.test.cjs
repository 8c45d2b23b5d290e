// The types of the package: an integration as the README shows it compiles, and slips are told.
"use strict";

const assert = require("node:assert/strict");
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");
const { WEB, folder } = require("./browser.cjs");

const TSC = path.join(path.dirname(require.resolve("typescript/package.json")), "bin", "tsc");

const SOUND = `
import { attach, check, engine, type Answer, type Attached } from "caselint";
const checked: Attached = attach(document.querySelectorAll<HTMLElement>("textarea"), {
  panel: document.body,
  record: () => ({ subject: { age: 14 }, genre: "case note" }),
  policy: { profile: "core", on_finalise: "block" },
  onCheck: (answer) => console.log(answer?.findings.length),
});
attach([{ element: document.body, voice: "child" }]);
const { decision, display } = await checked.decide("finalise");
if (decision !== "save") console.log(display.save);
const answer: Answer = await check({ text: "…" }, { stage: "draft" });
console.log(answer.findings.map(({ start, end }) => "…".slice(start, end)), (await engine({ wasm: "/x.wasm" }).ready()).lexicon);
`;

const SLIPS = `
import { attach, check } from "caselint";
attach("textarea");
check({ text: 7 });
check({ text: "…" }, { stage: "final" });
`;

test("the types fit the package", (t) => {
  const made = folder(t);
  const compile = (name, text) => {
    fs.writeFileSync(path.join(made, name), text);
    const options = ["--noEmit", "--strict", "--target", "esnext", "--module", "nodenext", "--lib", "esnext,dom,dom.iterable"];
    try {
      return execFileSync(process.execPath, [TSC, ...options, name], { cwd: made, encoding: "utf8" });
    } catch (error) {
      return error.stdout;
    }
  };
  fs.mkdirSync(path.join(made, "node_modules"));
  fs.symlinkSync(path.join(WEB, "caselint"), path.join(made, "node_modules", "caselint"));
  assert.equal(compile("sound.mts", SOUND), "");
  const told = compile("slips.mts", SLIPS);
  assert.deepEqual([...told.matchAll(/slips\.mts\((\d+)/g)].map(([, line]) => Number(line)), [3, 4, 5], told);
});
