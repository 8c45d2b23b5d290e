// Files in caselint.html, opened from a file with the network off: read, listed, reported on, and saved with the findings in them.
"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { after, before, test } = require("node:test");
const { ROOT, caselint, checker, faults, folder, launch, open, overhang, tabTo } = require("./browser.cjs");
const { unzip } = require("./zip.cjs");

const MADE = path.join("tests", "formats", "made");
const made = (...names) => names.map((name) => path.join(ROOT, MADE, name));
const ROW = "She puts herself at risk and will not keep herself safe when she goes out at night.";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const ready = (options) => checker(browser, options);

/** Opens files by the page's button and waits until all are read. */
async function choose(page, files) {
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Open files" }).click()]);
  const listed = page.locator("#file-list li");
  const before = await listed.count();
  await chooser.setFiles(files);
  // The list has them once they are read; what is told may still be of those before.
  await listed.nth(before + files.length - 1).waitFor();
  await isRead(page);
}

const isRead = (page) => page.locator("#told").getByText(/Nothing found|to look at|could not be read/).waitFor();

/** Does what saves a file, and gives its name and bytes. */
async function saved(page, work) {
  const [download] = await Promise.all([page.waitForEvent("download"), work()]);
  return { name: download.suggestedFilename(), bytes: fs.readFileSync(await download.path()) };
}

const lines = async (page) => (await page.locator("#file-list li").allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
const phrases = (page) => page.locator("#records .caselint-phrase").allTextContents();

/** The phrases that the program finds in files, record by record; each as the list shows it. */
const found = (...names) => foundIn("full", ...names);

function foundIn(profile, ...names) {
  const { stdout } = caselint("check", "--profile", profile, "--format", "json", ...names.map((name) => path.join(MADE, name)));
  const short = (text) => (text.length > 80 ? `${text.slice(0, 79).trimEnd()}…` : text);
  return JSON.parse(stdout).records.flatMap(({ findings }) => findings.map(({ text }) => short(text.replace(/\s+/g, " ").trim())));
}

const CRLF = (text) => text.replace(/\r/g, "");

test("files of each kind are read as the program reads them", async () => {
  const documents = ["visit.docx", "parts.docx", "visit-odfpy.odt", "visit-utf16le.txt", "visit-windows-1252.txt"];
  const names = [...documents, "chronology.csv", "chronology.tsv"];
  for (const name of names) {
    const page = await ready();
    await choose(page, made(name));
    const expected = found(name);
    assert.ok(expected.length > 0, name);
    assert.deepEqual(await phrases(page), expected, name);
    assert.deepEqual([page.requests, page.complaints], [[], []], name);
    await page.close();
  }
});

test("marks stand on the words, and lead to why, other words and questions", async () => {
  const page = await ready();
  await choose(page, made("chronology.csv"));
  const [line] = await lines(page);
  assert.match(line, /^chronology\.csv: \d+ places to look at in \d+ records chronology\.csv: text is read from .+ \(guessed from/);
  const record = page.locator("#records .record").first();
  assert.match(await record.locator("h2").innerText(), /^chronology\.csv, row \d+/);
  const mark = record.locator("mark").first();
  const item = record.locator(".caselint-list > li").first();
  assert.equal(await mark.innerText(), await item.locator(".caselint-phrase").innerText());
  await mark.click();
  await item.getByText("Ask yourself").waitFor();
  assert.match(await item.innerText(), / in row \d+, column /);
  await item.getByRole("button", { name: "Go to these words" }).click();
  assert.ok(await mark.evaluate((element) => element === document.activeElement && element.classList.contains("here")));
});

test("a file that cannot be read costs one line, and the others are read", async () => {
  const page = await ready();
  const bad = {
    "locked.docx": /^locked\.docx: it is protected by a password; save a copy without one$/,
    "visit.doc": /^visit\.doc: this is the old format of Office; save it as \.docx or \.csv$/,
    "hostile-bomb.docx": /^hostile-bomb\.docx: .+ is over the limit of .+; the program caselint takes larger ones$/,
    "hostile-laughs.docx": /^hostile-laughs\.docx: it declares entities of its own/,
    "scanned.pdf": /^scanned\.pdf: this page does not read this kind of file; save it as \.docx/,
  };
  const broken = { name: "broken.docx", mimeType: "", buffer: fs.readFileSync(made("visit.docx")[0]).subarray(0, 900) };
  const empty = { name: "empty.txt", mimeType: "", buffer: Buffer.alloc(0) };
  const large = { name: "large.txt", mimeType: "", buffer: Buffer.alloc(20 * 2 ** 20 + 1, "a") };
  await choose(page, made(...Object.keys(bad)));
  await choose(page, [broken, empty, large]);
  await choose(page, made("visit.docx"));
  const told = await lines(page);
  const madeHere = [/^broken\.docx: it is damaged or cut short/, /^empty\.txt: the file is empty$/, /^large\.txt: it is larger than 20 MB/];
  [...Object.values(bad), ...madeHere].forEach((line, number) => assert.match(told[number], line));
  assert.match(told.at(-1), /^visit\.docx: \d+ places? to look at/);
  assert.deepEqual(await phrases(page), found("visit.docx"));
  assert.match(await page.locator("#told").innerText(), /8 files could not be read: the list says why\.$/);
});

test("an engine that breaks down over a file costs that file, and another engine reads the next", async () => {
  const page = await ready();
  await page.evaluate(() => {
    // As worker.js says it after a trap.
    const send = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...rest) {
      if (message.request?.name !== "trap.txt") return send.call(this, message, ...rest);
      this.onmessage({ data: { number: message.number, problem: "unreachable", ended: true } });
    };
  });
  const text = (name) => ({ name, mimeType: "", buffer: Buffer.from("She puts herself at risk.") });
  await choose(page, [text("trap.txt"), text("sound.txt")]);
  const [trap, sound] = await lines(page);
  assert.match(trap, /^trap\.txt: its reader broke down over it/);
  assert.match(sound, /^sound\.txt: 1 place to look at/);
});

test("an open quotation mark costs its own row alone, and a table without notes says what it lacks", async () => {
  const page = await ready();
  await choose(page, made("hostile-quote.csv"));
  assert.match((await lines(page))[0], /row \d+ has a quotation mark that never closes/);
  await choose(page, [{ name: "codes.csv", mimeType: "", buffer: Buffer.from("A,B\n1,2\n") }]);
  const [, line] = await lines(page);
  assert.match(line, /^codes\.csv: no column looks like text; give the one that holds the notes a heading such as “Note”/);
});

test("files are dropped anywhere on the page, and the page stays where it is", async () => {
  const page = await ready();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(["She puts herself at risk."], "dropped.txt"));
    const event = (name) => new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true });
    const dragged = event("dragover");
    document.body.dispatchEvent(dragged);
    if (!dragged.defaultPrevented || !document.body.classList.contains("dropping")) throw new Error("the page takes no files");
    document.body.dispatchEvent(event("drop"));
  });
  await isRead(page);
  assert.deepEqual(await phrases(page), ["puts herself at risk"]);
  await page.getByRole("button", { name: "Close the files" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "note");
  assert.equal(await page.locator("#records").innerText(), "");
});

test("the report is the one of the program, and opens by itself", async (t) => {
  const page = await ready();
  await choose(page, made("chronology.csv", "visit.docx"));
  const { name, bytes } = await saved(page, () => page.getByRole("button", { name: "Save report" }).click());
  assert.equal(name, "caselint-report.html");
  const day = new Date().toLocaleDateString("en-CA");
  const { stdout } = caselint("report", "--date", day, path.join(MADE, "chronology.csv"), path.join(MADE, "visit.docx"));
  assert.equal(CRLF(bytes.toString()), CRLF(stdout).replaceAll(`${MADE}${path.sep}`, ""));
  const file = path.join(folder(t), name);
  fs.writeFileSync(file, bytes);
  const report = await open(browser, file, { offline: true });
  assert.ok((await report.locator("mark").count()) > 0);
  assert.deepEqual([await faults(report), report.requests], [[], []]);
});

test("a note that is written has a report too", async () => {
  const page = await ready();
  await page.fill("#note", "Sam, 15, said that she is promiscuous.");
  await page.locator("#note-findings").getByText("to look at.").waitFor();
  const { bytes } = await saved(page, () => page.getByRole("button", { name: "Save report" }).click());
  assert.match(bytes.toString(), /The note[\s\S]*<mark class="analyse">promiscuous<\/mark>/);
});

test("the Word file is saved with the program's comments, and all else in it stays", async (t) => {
  const page = await ready();
  await choose(page, made("parts.docx"));
  const { name, bytes } = await saved(page, () => page.getByRole("button", { name: "Save the Word file with comments" }).click());
  assert.equal(name, "parts-comments.docx");
  const file = path.join(folder(t), "program.docx");
  assert.equal(caselint("annotate", path.join(MADE, "parts.docx"), "-o", file).status, 0);
  const undated = (part) => part.toString("latin1").replace(/ w:date="[^"]*"/g, "");
  const [written, expected, before] = [bytes, fs.readFileSync(file), fs.readFileSync(made("parts.docx")[0])].map(unzip);
  assert.deepEqual([...written.keys()], [...expected.keys()]);
  for (const [part, content] of expected) assert.equal(undated(written.get(part)), undated(content), part);
  const comments = written.get("word/comments.xml").toString();
  assert.match(comments, /<w:comment [^>]*w:date="\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/);
  assert.match(comments, /Ask: /);
  // A comment parts a run in two; the words in them stay.
  const runs = (members) => members.get("word/document.xml").toString().match(/<w:t[ >][^<]*/g);
  const words = (members) => runs(members).map((run) => run.replace(/^[^>]*>/, "")).join("");
  assert.equal(words(written), words(before));
});

test("a text is saved with marks", async () => {
  const page = await ready();
  const text = "---\nid: visit-7\nsubject:\n  age: 14\n---\nShe puts herself at risk.\n";
  await choose(page, [{ name: "visit.v2.md", mimeType: "", buffer: Buffer.from(`\u{FEFF}${text}`) }]);
  const { name, bytes } = await saved(page, () => page.getByRole("button", { name: "Save a marked copy" }).click());
  assert.equal(name, "visit.v2-marked.md");
  assert.ok(bytes.toString().startsWith(text.replace("puts herself at risk", "[[1: puts herself at risk]]")), bytes.toString());
});

test("findings of files are copied", async () => {
  const page = await ready({ permissions: ["clipboard-read", "clipboard-write"] });
  await choose(page, made("visit.docx"));
  await page.getByRole("button", { name: "Copy findings" }).click();
  await page.getByText("The findings are copied.").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(copied.startsWith("visit.docx\n"), copied);
  for (const phrase of found("visit.docx")) assert.ok(copied.replace(/\s+/g, " ").includes(phrase), phrase);
});

test("many records are shown a few at a time", async () => {
  const page = await ready();
  const quiet = "Seen at school today; all was well with her.";
  const rows = Array.from({ length: 45 }, (_, number) => `R${number},${number % 3 === 2 ? quiet : ROW}`);
  await choose(page, [{ name: "export.csv", mimeType: "", buffer: Buffer.from(`Ref,Note\n${rows.join("\n")}\n`) }]);
  const records = page.locator("#records .record");
  assert.equal(await records.count(), 20);
  await page.getByRole("button", { name: "Show 10 more of 10 records with findings" }).click();
  assert.equal(await records.count(), 30);
  assert.equal(await page.evaluate(() => document.activeElement.innerText), await records.nth(20).locator("h2").innerText());
  await page.getByText("15 records: nothing found by these rules").waitFor();
});

test("another choice reads the files anew", async () => {
  const page = await ready();
  await choose(page, made("chronology.csv"));
  const [all, gravest] = ["full", "core"].map((profile) => foundIn(profile, "chronology.csv"));
  assert.ok(gravest.length > 0 && gravest.length < all.length);
  assert.deepEqual(await phrases(page), all);
  await page.selectOption("#profile", "core");
  await page.locator("#told").getByText(`${gravest.length} places to look at`).waitFor();
  assert.deepEqual(await phrases(page), gravest);
});

test("an age counts for a note that does not say it, and for no table", async () => {
  const page = await ready();
  await page.fill("#age", "12");
  const note = { name: "note.txt", mimeType: "", buffer: Buffer.from("She consented to sex.") };
  const table = { name: "notes.csv", mimeType: "", buffer: Buffer.from("Ref,Note\n1,She consented to sex.\n") };
  const message = async (file) => {
    await choose(page, [file]);
    return page.locator("#records .record").last().locator(".caselint-why p").first().textContent();
  };
  assert.notEqual(await message(note), await message(table));
});

test("everything can be done with the keyboard", async () => {
  const page = await ready();
  const reach = (wanted) => tabTo(page, wanted, 60);
  await reach(/^open$/);
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("Enter")]);
  await chooser.setFiles(made("visit.docx"));
  await isRead(page);
  await reach(/^Save the Word file with comments/);
  const copy = await saved(page, () => page.keyboard.press("Enter"));
  assert.equal(copy.name, "visit-comments.docx");
  await reach(/^save-report$/);
  assert.equal((await saved(page, () => page.keyboard.press("Enter"))).name, "caselint-report.html");
  // The text of the record comes first, which holds the words too; the list names what is asked before them.
  const [phrase] = found("visit.docx");
  await reach(new RegExp(`^Needs your own analysis\\s*${phrase}`));
  await page.keyboard.press("Enter");
  await reach(/^Go to these words$/);
  await page.keyboard.press("Enter");
  const at = await page.evaluate(() => [document.activeElement.nodeName, document.activeElement.textContent]);
  assert.deepEqual(at, ["MARK", phrase]);
});

test("nothing breaks WCAG 2.2 AA, at any size", async () => {
  for (const viewport of [{ width: 1280, height: 900 }, { width: 375, height: 720 }, { width: 320, height: 256 }]) {
    const page = await ready({ viewport });
    await choose(page, made("chronology.csv", "visit.docx", "locked.docx"));
    await page.locator("#records .caselint-list summary").first().click();
    assert.deepEqual(await faults(page), []);
    assert.ok((await overhang(page)) <= 0, `the page is wider than ${viewport.width} pixels`);
  }
});
