// caselint.html, opened from a file with the network off.
"use strict";

const assert = require("node:assert/strict");
const { after, before, test } = require("node:test");
const { checker, faults, launch, overhang, tabTo } = require("./browser.cjs");

const NOTE = "Keeley told her tutor that she had consented to sex with a man of 23.";
const ANALYSIS = "\n\nMy view is that she cannot consent to this: she is 14 and he is an adult who holds the power over her.";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const ready = (options) => checker(browser, options);

const marks = (page) => page.locator(".caselint-layer mark");
const items = (page) => page.locator("#note-findings .caselint-list > li");

test("a note is marked and explained while it is written, and analysis settles it", async () => {
  const page = await ready();
  await page.fill("#note", NOTE);
  await page.getByText("to look at.").waitFor();
  assert.deepEqual(await marks(page).allTextContents(), ["consented to sex with a man"]);
  const first = items(page).first();
  await first.locator("summary").click();
  await first.getByText("Ask yourself").waitFor();
  assert.match(await first.innerText(), /Needs your own analysis “?consented to sex/);
  assert.match(await first.innerText(), /It could read/);
  await page.locator("#note").press("Control+End");
  await page.locator("#note").pressSequentially(ANALYSIS);
  await page.getByText("Nothing found by these rules.").waitFor();
  assert.equal(await marks(page).count(), 0);
  // The worker comes out of the page itself.
  const requests = page.requests.filter((address) => !address.startsWith("blob:"));
  assert.deepEqual([requests, page.complaints], [[], []]);
});

test("a mark lies on its words, also in a text that is scrolled", async () => {
  const page = await ready();
  await page.fill("#note", "Line.\n".repeat(40) + NOTE);
  await marks(page).first().waitFor({ state: "attached" });
  const places = await page.evaluate(() => {
    const note = document.getElementById("note");
    note.scrollTop = note.scrollHeight;
    note.dispatchEvent(new Event("scroll"));
    const [mark, box] = [document.querySelector(".caselint-layer mark"), note].map((element) => element.getBoundingClientRect());
    return { top: mark.top - box.top, bottom: box.bottom - mark.bottom, left: mark.left - box.left };
  });
  assert.ok(places.top > 0 && places.bottom > 0 && places.bottom < 60 && places.left > 0, JSON.stringify(places));
});

test("everything can be done with the keyboard", async () => {
  const page = await ready();
  const reach = (wanted) => tabTo(page, wanted, 30);
  await reach(/^note$/);
  await page.keyboard.type(NOTE);
  await page.getByText("to look at.").waitFor();
  await reach(/consented to sex/);
  await page.keyboard.press("Enter");
  await page.getByText("Ask yourself").first().waitFor();
  await reach(/^Go to these words$/);
  await page.keyboard.press("Enter");
  const selected = await page.evaluate(() => {
    const { value, selectionStart, selectionEnd } = document.activeElement;
    return value.slice(selectionStart, selectionEnd);
  });
  assert.equal(selected, "consented to sex with a man");
  await reach(/^copy$/);
});

test("a click on marked words opens their explanation", async () => {
  const page = await ready();
  await page.fill("#note", NOTE);
  await marks(page).first().waitFor({ state: "attached" });
  const { x, y, width, height } = await marks(page).first().boundingBox();
  await page.mouse.click(x + width / 2, y + height / 2);
  await items(page).first().getByText("Ask yourself").waitFor();
});

test("nothing breaks WCAG 2.2 AA, at any size", async () => {
  for (const viewport of [{ width: 1280, height: 900 }, { width: 375, height: 720 }, { width: 320, height: 256 }]) {
    const page = await ready({ viewport });
    await page.fill("#note", NOTE);
    await page.getByText("to look at.").waitFor();
    await items(page).first().locator("summary").click();
    assert.deepEqual(await faults(page), []);
    assert.ok((await overhang(page)) <= 0, `the page is wider than ${viewport.width} pixels`);
  }
});

test("marks are seen in forced colours, and letters are not seen twice", async () => {
  const page = await ready({ forcedColors: "active" });
  await page.fill("#note", NOTE);
  const mark = marks(page).first();
  await mark.waitFor({ state: "attached" });
  const style = await mark.evaluate((element) => {
    const { color, textDecorationLine, textDecorationColor } = getComputedStyle(element);
    return { color, textDecorationLine, textDecorationColor };
  });
  assert.equal(style.color, "rgba(0, 0, 0, 0)");
  assert.equal(style.textDecorationLine, "underline");
  assert.match(style.textDecorationColor, /^rgb\(/);
});

test("findings are copied", async () => {
  const page = await ready({ permissions: ["clipboard-read", "clipboard-write"] });
  await page.fill("#note", NOTE);
  await page.getByText("to look at.").waitFor();
  await page.getByRole("button", { name: "Copy findings" }).click();
  await page.getByText("The findings are copied.").waitFor();
});
