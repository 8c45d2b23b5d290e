// The form of examples/presave, served by the program: checked in the page while somebody writes, asked about when it is finalised.
"use strict";

const assert = require("node:assert/strict");
const path = require("node:path");
const { after, before, test } = require("node:test");
const { WEB, faults, launch, overhang, served } = require("./browser.cjs");

const SAID = "Keeley said that she had consented to sex with a man of 23.";
const ANALYSIS = "She cannot consent to this: she is 14, he is an adult and holds the power over her.";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** The form, ready, with its service. */
async function form(t, options = {}) {
  const service = await served(t, "--demo", path.join(WEB, "presave"));
  const page = await (await browser.newContext(options)).newPage();
  page.setDefaultTimeout(60_000);
  page.complaints = [];
  page.on("console", (message) => message.type() === "error" && page.complaints.push(message.text()));
  await page.goto(service.address);
  await page.getByText("Nothing found by these rules.").waitFor();
  return { page, service };
}

const marks = (page) => page.locator(".caselint-layer mark");

test("a phrase is marked in its box, and analysis in another box settles it", async (t) => {
  const { page } = await form(t);
  await page.getByLabel("What was said").fill(SAID);
  await marks(page).first().waitFor({ state: "attached" });
  assert.deepEqual(await marks(page).allTextContents(), ["consented to sex with a man"]);
  await page.locator(".caselint-list summary").first().click();
  await page.getByText("Ask yourself").first().waitFor();
  assert.match(await page.locator(".caselint-list").innerText(), /in What was said/);
  assert.deepEqual(await faults(page), []);
  await page.getByLabel("Analysis").fill(ANALYSIS);
  await page.getByText("Nothing found by these rules.").waitFor();
  assert.equal(await marks(page).count(), 0);
  assert.deepEqual(page.complaints.filter((text) => text.includes("Content Security Policy")), []);
});

test("a draft is saved at once; finalising asks, and passes in one action", async (t) => {
  const { page } = await form(t);
  await page.getByLabel("What was said").fill(SAID);
  await page.getByRole("button", { name: "Save as a draft" }).click();
  await page.getByText("Saved as a draft at").waitFor();
  await page.getByRole("button", { name: "Finalise" }).click();
  const ask = page.getByRole("dialog");
  await ask.waitFor();
  assert.match(await ask.innerText(), /consented to sex/);
  assert.deepEqual(await faults(page), []);
  await ask.getByRole("button", { name: "Go back to the note" }).click();
  await page.waitForFunction(() => document.activeElement.id === "said");
  await page.getByRole("button", { name: "Finalise" }).click();
  await ask.waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("Finalised at").waitFor();
});

test("without the service a note is saved", async (t) => {
  const { page, service } = await form(t);
  await page.getByLabel("What was said").fill(SAID);
  await service.stop();
  await page.getByRole("button", { name: "Finalise" }).click();
  await page.getByText("Finalised at").waitFor();
});

test("the form fits a small screen", async (t) => {
  for (const width of [375, 320]) {
    const { page } = await form(t, { viewport: { width, height: 640 } });
    await page.getByLabel("What was said").fill(SAID);
    await marks(page).first().waitFor({ state: "attached" });
    assert.ok((await overhang(page)) <= 0, `the form is wider than ${width} pixels`);
  }
});
