// A form that asks caselint twice: in the page while somebody writes, and at its service before a note is finalised. Neither stands between a
// worker and saving: what cannot be asked in time is saved.

import { ask } from "./clients/caselint-client.mjs";

const at = (id) => document.getElementById(id);
const BOXES = ["said", "saw", "analysis"].map(at);

/** Marks and list; without the package the form works all the same. */
let attached;
try {
  const { attach } = await import("./caselint/index.js");
  attached = attach(BOXES, { panel: at("findings"), record: known, headingLevel: 2 });
  at("age").addEventListener("input", () => attached.check());
} catch {
  at("findings").textContent = "The check is not running. You can write and save as usual.";
}

at("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const stage = event.submitter?.value ?? "draft";
  if (stage === "draft") return saved("Saved as a draft");
  const { decision, display } = await ask(record(), stage, { url: "" });
  if (decision === "save") return saved("Finalised");
  const choice = await choose(display);
  if (choice !== "save") return at("said").focus();
  saved(decision === "block" ? "Saved as a draft" : "Finalised");
});

function known() {
  const age = Number.parseInt(at("age").value, 10);
  return Number.isNaN(age) ? {} : { subject: { age } };
}

function record() {
  const fields = BOXES.map((box) => ({ id: box.id, heading: box.labels[0].textContent, text: box.value }));
  return { ...known(), fields };
}

/** Shows what the service has to say. Gives "save", or anything else to go back. */
function choose({ title, text, save, back }) {
  at("ask-title").textContent = title;
  at("ask-text").textContent = text;
  at("ask-save").textContent = save;
  at("ask-back").textContent = back;
  const dialog = at("ask");
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true }));
}

/** A case system would write to its database here. */
function saved(how) {
  const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  at("outcome").textContent = `${how} at ${time}.`;
}
