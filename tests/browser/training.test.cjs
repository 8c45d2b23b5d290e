// Training in the browser: the page of caselint.html, the folder for a shared drive, and the SCORM package in a stand-in for a learning system.
"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const http = require("node:http");
const path = require("node:path");
const zlib = require("node:zlib");
const { after, before, test } = require("node:test");
const { WEB, caselint, faults, folder, launch, open, overhang } = require("./browser.cjs");

const PAGE = path.join(WEB, "caselint.html");
const RUNTIME = fs.readFileSync(path.join(__dirname, "scorm.js"), "utf8");

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** The Training page of a file, with its list. */
async function training(file, options = {}) {
  const page = await open(browser, file, { offline: true, ...options });
  page.complaints = [];
  page.on("pageerror", (error) => page.complaints.push(error.message));
  const link = page.getByRole("link", { name: "Training" });
  if (await link.isVisible()) await link.click();
  await told(page, /exercises done/);
  return page;
}

const told = (page, text) => page.locator("#training-told").getByText(text).waitFor();
const button = (page, name) => page.getByRole("button", { name });
const answers = (page) => page.locator(".answers");

async function start(page, title) {
  await button(page, title).click();
  await page.getByRole("heading", { name: title, level: 2 }).waitFor();
}

/** Writes the package of a set to a folder and gives its files. */
function exported(t, ...more) {
  const made = folder(t);
  const { status, stderr } = caselint("train", "export", "--static", made, "--page", PAGE, ...more);
  assert.equal(status, 0, stderr);
  return { made, files: unzip(fs.readFileSync(path.join(made, "caselint-training-scorm12.zip"))) };
}

/** The files of a zip archive, by its central directory. */
function unzip(bytes) {
  const files = {};
  let at = bytes.readUInt32LE(bytes.lastIndexOf(Buffer.from("PK\x05\x06")) + 16);
  while (bytes.readUInt32LE(at) === 0x02014b50) {
    const [name, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place));
    const local = bytes.readUInt32LE(at + 42);
    const data = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(data, data + bytes.readUInt32LE(at + 20));
    files[bytes.toString("utf8", at + 46, at + 46 + name)] = bytes.readUInt16LE(at + 10) === 8 ? zlib.inflateRawSync(packed) : packed;
    at += 46 + name + extra + comment;
  }
  return files;
}

/** A learning system with one course, whose page is in a frame and whose run-time is above it. */
async function system(t, files) {
  const server = http.createServer((request, response) => {
    const name = request.url.slice(1);
    if (name === "") {
      response.setHeader("content-type", "text/html");
      return response.end(`<!doctype html><title>Courses</title><script>${RUNTIME}</script><iframe src="index.html" width="900" height="700"></iframe>`);
    }
    response.statusCode = files[name] ? 200 : 404;
    if (name.endsWith(".html")) response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(files[name] ?? "");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const context = await browser.newContext();
  t.after(async () => {
    await context.close();
    server.close();
  });
  return { address: `http://127.0.0.1:${server.address().port}/`, context };
}

/** Starts the course, and gives the window of the system and the frame of the course. */
async function launched({ address, context }) {
  const page = await context.newPage();
  await page.goto(address);
  const frame = page.frame({ url: /index\.html/ });
  await frame.locator("#training-told").getByText(/exercises done/).waitFor();
  return { page, frame, kept: () => page.evaluate(() => JSON.parse(localStorage.getItem("system") ?? "{}")) };
}

test("phrases are marked with the mouse and with the keyboard, and the key tells why", async () => {
  const page = await training(PAGE);
  assert.equal(await page.locator("#training-list li button").count(), 28);
  await start(page, "The bus station");
  await page.fill("#training-typed", "puts herself at danger");
  await page.press("#training-typed", "Enter");
  await page.getByText("These words are not in the note.").waitFor();
  await page.fill("#training-typed", "PUTS HERSELF");
  await page.press("#training-typed", "Enter");
  await page.locator(".marked").getByText("“puts herself”").waitFor();
  await page.locator(".training-note .word", { hasText: /^morning$/ }).click();
  await page.locator(".marked").getByText("“morning”").waitFor();
  await button(page, "Show what the key says").click();
  await answers(page).getByText("You saw: “puts herself at risk”").waitFor();
  await answers(page).getByText("“morning” is not in the key.").waitFor();
  await answers(page).getByText("Rightly left:").waitFor();
  assert.match(await page.evaluate(() => document.activeElement.textContent), /What the key says/);
  await button(page, /^Next: The clinic letter/).click();
  await button(page, "Show what the key says").click();
  await answers(page).getByText("Missed: “failed to attend”").waitFor();
  await button(page, "All exercises").click();
  await told(page, "2 of 28 exercises done.");
  await page.getByText("engagement: saw 0 of 1, left 1 of 1 that may stay").waitFor();
  await page.reload();
  await told(page, "2 of 28 exercises done.");
  assert.doesNotMatch(await page.evaluate(() => JSON.stringify(localStorage)), /morning|puts herself/);
  await button(page, "Delete what is kept").click();
  await told(page, "Deleted.");
  await page.reload();
  await told(page, "0 of 28 exercises done.");
  assert.deepEqual([page.requests, page.complaints], [[], []]);
});

test("phrases are sorted", async () => {
  const page = await training(PAGE);
  await start(page, "Sunday night");
  await page.getByLabel("“provoked him”").selectOption("9");
  await page.getByLabel("“toxic relationship”").selectOption("8");
  await page.getByLabel("“failed to engage”").selectOption("8");
  await button(page, "Show what the key says").click();
  await answers(page).getByText("Yes, flag: “provoked him”").waitFor();
  await answers(page).getByText("Rightly flagged, for another reason: “toxic relationship”").waitFor();
  await answers(page).getByText("The key says flag: “went back to him”").waitFor();
  await answers(page).getByText("Not so, leave: “failed to engage”").waitFor();
  assert.deepEqual(page.complaints, []);
});

test("a rewrite is read as often as one likes, and counts when one is done", async () => {
  const page = await training(PAGE);
  await start(page, "The older boyfriend");
  const note = await page.inputValue("#training-written");
  const read = async (text) => {
    await page.fill("#training-written", text);
    await button(page, "Read my text").click();
  };
  await read(note);
  await answers(page).getByText("The note stands as it was.").waitFor();
  await read(note.replace("her boyfriend", "a man, Darren,"));
  await answers(page).getByText("“boyfriend” is gone.").waitFor();
  await read(`${note} I am worried that this is child sexual exploitation, with an imbalance of power.`);
  await answers(page).getByText("would be as true beside any other note").waitFor();
  await read(`${note} He is 24 and she is 14: the gap in age and power worries me, and the phone may be part of grooming.`);
  await answers(page).getByText("“boyfriend” stays, and is answered: “He is 24").waitFor();
  assert.equal(await answers(page).getByText("To mend:").count(), 0);
  assert.equal(await answers(page).getByText("One way to write it").count(), 0);
  await button(page, "I am done").click();
  await answers(page).getByText("One way to write it").waitFor();
  await button(page, "All exercises").click();
  await page.getByText("relationships: saw 1 of 1").waitFor();
  assert.deepEqual(page.complaints, []);
});

test("pages are accessible and fit a narrow window", async () => {
  const page = await training(PAGE, { viewport: { width: 320, height: 640 } });
  const sound = async () => assert.deepEqual([await faults(page), await overhang(page)], [[], 0]);
  await sound();
  for (const [title, finish] of [
    ["The bus station", "Show what the key says"],
    ["Sunday night", "Show what the key says"],
    ["The older boyfriend", "I am done"],
  ]) {
    await start(page, title);
    await sound();
    await button(page, finish).click();
    await answers(page).getByRole("heading").first().waitFor();
    await sound();
    await button(page, "All exercises").click();
  }
});

test("a folder for a shared drive has the exercises that were asked for, and nothing else", async (t) => {
  const { made } = exported(t, "left-alone");
  const page = await training(path.join(made, "index.html"));
  assert.equal(await page.locator("#training-list li button").count(), 7);
  assert.equal(await page.getByRole("link", { name: "Check a note" }).isVisible(), false);
  await start(page, "Whose partner?");
  await button(page, "Show what the key says").click();
  await answers(page).getByText("Rightly left: “Mum's partner”").waitFor();
  assert.deepEqual([page.requests, page.complaints], [[], []]);
});

test("a page that is none is refused", (t) => {
  const made = folder(t);
  const other = path.join(made, "other.html");
  fs.writeFileSync(other, "<!doctype html><title>x</title>");
  const { status, stderr } = caselint("train", "export", "--static", made, "--page", other);
  assert.equal(status, 2);
  assert.match(stderr, /this is no caselint\.html with a page for training/);
});

test("a learning system launches the package, keeps progress, resumes and is told when all is done", async (t) => {
  const { files } = exported(t, "first-sight");
  const manifest = files["imsmanifest.xml"].toString();
  assert.match(manifest, /<schemaversion>1\.2<\/schemaversion>/);
  assert.match(manifest, /adlcp:scormtype="sco" href="index\.html"/);
  const course = await system(t, files);

  const first = await launched(course);
  assert.equal((await first.kept())["cmi.core.lesson_status"], "incomplete");
  await button(first.frame, "The bus station").click();
  await first.frame.fill("#training-typed", "puts herself at risk");
  await first.frame.press("#training-typed", "Enter");
  await first.frame.locator(".marked").getByText("“puts herself at risk”").waitFor();
  await button(first.frame, "Show what the key says").click();
  await answers(first.frame).getByText("You saw:").waitFor();
  const kept = await first.kept();
  assert.equal(kept["cmi.core.lesson_status"], "incomplete");
  assert.equal(kept["cmi.suspend_data"], "first-sight/01-the-bus-station:1:risk-and-choice=1.0.1.0");
  assert.equal(kept["cmi.core.lesson_location"], "first-sight/01-the-bus-station");
  await first.page.goto(`${course.address}imsmanifest.xml`);
  await first.page.close();

  const second = await launched(course);
  assert.equal((await second.kept()).finished, 1, "the first session was finished");
  await second.frame.locator("#training-told").getByText("1 of 7 exercises done.").waitFor();
  await second.frame.getByText("kept in your learning system").waitFor();
  const titles = ["The clinic letter", "Back by six", "The rucksack", "Period five", "The cubicle", "Number nineteen"];
  for (const title of titles) {
    await button(second.frame, title).click();
    await button(second.frame, "Show what the key says").click();
    await answers(second.frame).getByText("Missed:").first().waitFor();
    await button(second.frame, "All exercises").click();
  }
  const done = await second.kept();
  assert.equal(done["cmi.core.lesson_status"], "completed");
  assert.ok(done["cmi.suspend_data"].length <= 4096);
  assert.equal(done["cmi.core.score.raw"], undefined, "nobody is given a mark");
  assert.deepEqual(done.faults ?? [], []);
});
