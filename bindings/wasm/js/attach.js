// A form that is checked while somebody writes: its boxes are read as the fields of one record.

import { boxOf, headingOf } from "./boxes.js";
import { List } from "./list.js";
import { marksOf } from "./marks.js";

/** Milliseconds after the last key until the text is checked. */
const DELAY = 300;
/** Milliseconds that a decision may take. A worker who saves does not wait for longer. */
const PATIENCE = 300;

const NOT_RUNNING = "The check is not running. You can write and save as usual.";

/** The decision where there is no answer: the note is saved. */
const SAVE = Object.freeze({ decision: "save", display: null, findings: [], summary: null });

/** See index.d.ts. */
export function attach(client, elements, options = {}) {
  return new Attached(client, [...elements], options);
}

class Attached {
  answer = null;
  #client;
  #options;
  #fields;
  #list;
  #timer;
  #asked = 0;
  #ends = new AbortController();

  constructor(client, elements, options) {
    this.#client = client;
    this.#options = options;
    this.#fields = elements.map((element, number) => fieldOf(element, number));
    const container = options.panel ?? ownContainer(this.#fields.at(-1).box.element);
    this.#list = new List(container, options.headingLevel);
    this.#list.say("Getting ready…");
    const { signal } = this.#ends;
    for (const field of this.#fields) {
      const { element } = field.box;
      element.addEventListener("input", () => this.#typed(field), { signal });
      for (const moved of ["click", "keyup"]) element.addEventListener(moved, () => this.#opened(field), { signal });
    }
    this.check();
  }

  /** The record as it stands in the boxes. */
  record() {
    const { record = {} } = this.#options;
    const known = typeof record === "function" ? record() : record;
    const fields = this.#fields.map(({ id, heading, voice, box }) => ({ id, heading, voice, text: box.text() }));
    return { ...known, fields };
  }

  /** Checks now, and shows what was found. Gives the answer, or null where there is none. */
  async check() {
    clearTimeout(this.#timer);
    this.#asked += 1;
    const asked = this.#asked;
    const record = this.record();
    let answer = null;
    try {
      answer = await this.#client.check(record, { ...this.#options.policy, stage: "draft" });
    } catch {
      // Told below; what went wrong is no matter of whoever writes.
    }
    // What was typed meanwhile has a check of its own.
    if (asked !== this.#asked || this.#ends.signal.aborted) return answer;
    this.answer = answer;
    this.#show(answer, record);
    this.#options.onCheck?.(answer);
    return answer;
  }

  /** What to do with the note at a stage. A check that fails or takes over 300 ms says `save`. */
  async decide(stage) {
    const policy = { ...this.#options.policy, stage };
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, SAVE));
    const answer = this.#client.check(this.record(), policy).catch(() => SAVE);
    return Promise.race([answer, late]);
  }

  /** Takes marks, list and listeners away. */
  detach() {
    clearTimeout(this.#timer);
    this.#ends.abort();
    this.#fields.forEach(({ marks }) => marks.remove());
    this.#list.remove();
  }

  #typed({ marks }) {
    marks.follow();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.check(), this.#options.delay ?? DELAY);
  }

  #opened({ box, marks }) {
    const caret = box.caret();
    const mark = caret === undefined ? undefined : marks.at(caret);
    if (mark) this.#list.open(mark.key);
  }

  #show(answer, record) {
    const entries = (answer?.findings ?? []).map((finding) => this.#entry(finding));
    this.#fields.forEach((field, number) => {
      const own = entries.filter((entry) => entry.field === field);
      const marks = own.map(({ key, finding: { start, end, ask } }) => ({ key, start, end, ask }));
      field.marks.show(marks, record.fields[number].text);
    });
    this.#list.show(entries);
    if (!answer) this.#list.say(NOT_RUNNING);
  }

  #entry(finding) {
    const field = this.#fields.find(({ id }) => id === finding.field);
    const place = this.#fields.length > 1 ? field?.label : undefined;
    const go = () => field?.box.select(finding.start, finding.end);
    return { key: `${finding.rule} ${finding.fingerprint}`, finding, field, place, go };
  }
}

function fieldOf(given, number) {
  const { element, ...named } = given instanceof Element ? { element: given } : given;
  const box = boxOf(element);
  const id = named.id ?? (element.id || element.getAttribute("name") || String(number));
  // An empty heading is none.
  const label = headingOf(element);
  return { id, label, heading: (named.heading ?? label) || undefined, voice: named.voice, box, marks: marksOf(box) };
}

function ownContainer(last) {
  const container = document.createElement("div");
  // Behind the layer of marks, which stands right behind its box.
  const after = last.nextElementSibling?.classList.contains("caselint-layer") ? last.nextElementSibling : last;
  after.after(container);
  return container;
}
