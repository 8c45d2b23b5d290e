// The report and the sheet of a trial, as a reader has them.
"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");
const { caselint, faults, folder, launch, open, overhang } = require("./browser.cjs");

const WIDTHS = [320, 375, 768, 1280];

test("pages", async (t) => {
  const browser = await launch();
  t.after(() => browser.close());
  const made = folder(t);
  const report = path.join(made, "report.html");
  const sheet = path.join(made, "sheet.html");

  const written = caselint("report", "examples/notes", "examples/case-julia", "--show-left", "--date", "2026-11-29", "-o", report);
  assert.equal(written.status, 0, written.stderr);
  const drawn = caselint("trial", "examples/notes", "-n", "12", "--date", "2026-11-29", "-o", sheet);
  assert.equal(drawn.status, 0, drawn.stderr);

  await t.test("are sound by WCAG 2.2 AA, fit their window and load nothing", async () => {
    for (const file of [report, sheet]) {
      for (const width of WIDTHS) {
        const page = await open(browser, file, { viewport: { width, height: 900 } });
        await page.evaluate(() => document.querySelectorAll("details").forEach((part) => (part.open = true)));
        assert.equal(await overhang(page), 0, `${file} at ${width}`);
        if (width === 375 || width === 1280) assert.deepEqual(await faults(page), [], `${file} at ${width}`);
        assert.deepEqual(page.requests, []);
        await page.context().close();
      }
    }
  });

  await t.test("the report is whole without scripts, and its links lead to their places", async () => {
    const page = await open(browser, report, { javaScriptEnabled: false });
    const first = page.locator("a.ref").first();
    const note = page.locator(await first.getAttribute("href"));
    assert.match(await note.textContent(), /To ask/);
    assert.equal(await page.locator("script").count(), 0);
    assert.ok((await page.locator("mark").count()) > 100);
    await page.context().close();
  });

  await t.test("the report can be walked through by keyboard", async () => {
    const page = await open(browser, report);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to main content");
    await page.keyboard.press("Enter");
    assert.equal(new URL(page.url()).hash, "#main");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "What was checked");
    const first = page.locator("a.ref").first();
    await first.focus();
    await page.keyboard.press("Enter");
    const shown = await page.evaluate(() => {
      const place = document.querySelector(":target").getBoundingClientRect();
      return place.top >= -1 && place.top < window.innerHeight;
    });
    assert.ok(shown, "the note is in view");
    await page.context().close();
  });

  await t.test("what a phrase asks can be told without colour", async () => {
    const page = await open(browser, report);
    const styles = await page.evaluate(() =>
      ["reword", "analyse", "consider"].map((ask) => {
        const { textDecorationLine, textDecorationStyle } = getComputedStyle(document.querySelector(`mark.${ask}`));
        const said = document.querySelector(`.ref.${ask}`).textContent;
        return { line: textDecorationLine, style: textDecorationStyle, said: said.endsWith(ask) };
      }),
    );
    assert.ok(styles.every(({ line, said }) => line === "underline" && said));
    assert.equal(new Set(styles.map(({ style }) => style)).size, 3);
    await page.context().close();
  });

  await t.test("text of a record runs nothing", async () => {
    const hostile = path.join(made, "hostile.txt");
    const out = path.join(made, "hostile.html");
    fs.writeFileSync(hostile, "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script> She is promiscuous.\n");
    assert.equal(caselint("report", hostile, "-o", out).status, 0);
    const page = await open(browser, out);
    assert.equal(await page.title(), "Case records: report");
    assert.equal(await page.locator("mark").innerText(), "promiscuous");
    assert.equal(await page.locator("img, script").count(), 0);
    assert.deepEqual(page.requests, []);
    await page.context().close();
  });

  await t.test("answers are saved, and read", async () => {
    const page = await open(browser, sheet);
    assert.equal(await page.locator("fieldset").count(), 12);
    await page.locator("#reader").fill("AB");
    for (const number of [1, 2, 3]) await page.locator(`#i${number} input[value=agree]`).check();
    await page.locator("#i4 input[value=cannot-tell]").focus();
    await page.keyboard.press("Space");
    assert.match(await page.locator("#done").innerText(), /^4 of 12 answered/);
    const files = [];
    for (const button of await page.locator("button").all()) {
      const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
      const file = path.join(made, download.suggestedFilename());
      assert.match(file, /answers-[0-9a-f]{12}-AB\.(json|csv)$/);
      await download.saveAs(file);
      files.push(file);
    }
    await page.context().close();
    const key = path.join(made, "sheet.key.json");
    const [json, csv] = files.map((file) => caselint("trial", "read", "--key", key, "--format", "json", file));
    assert.equal(json.status, 0, json.stderr);
    const { reading } = JSON.parse(json.stdout);
    assert.deepEqual(JSON.parse(csv.stdout).reading, reading);
    assert.equal(reading.flagged.all.judged + reading.left.judged, 3);
    assert.equal(reading.flagged.all.agreed, reading.flagged.all.judged, "who agrees would flag");
    assert.equal(reading.left.agreed, 0);
    assert.equal(reading.unjudged, 9);
  });
});
