// Files that were opened: what came of each, and each record with its text, marked, and what was found in it.

import { make } from "../js/dom.js";
import { List } from "../js/list.js";
import { counted } from "./files.js";

/** So many records are shown at a time, and so many names of those without findings. */
const SHOWN = 20;
const NAMED = 500;

/** A line on a file. `saveCopy` is called where a copy of it is wanted. */
export function fileItem({ name, records, notices, problems, copy }, saveCopy) {
  const findings = records.reduce((sum, record) => sum + record.findings.length, 0);
  const said = findings === 0 ? "nothing found by these rules" : `${counted(findings, "place")} to look at`;
  const rows = records.length > 1 ? ` in ${counted(records.length, "record")}` : "";
  const told = (className) => (text) => make("p", { className }, named(name), text);
  return make(
    "li",
    {},
    records.length > 0 ? make("p", {}, named(name), `${said}${rows}`) : null,
    notices.map(told("hint")),
    problems.map(told("problem")),
    copy && findings > 0 ? copyButton(name, copy, saveCopy) : null,
  );
}

/** A name may hold letters that run from right to left. */
const named = (name) => make("span", {}, make("bdi", { className: "file-name" }, name), ": ");

function copyButton(name, copy, saveCopy) {
  const words = copy === "docx" ? ["Save the Word file with comments", ` (${name})`] : ["Save a marked copy", ` (${name})`];
  const button = make("button", { type: "button", className: "plain" }, words[0], make("span", { className: "unseen" }, words[1]));
  button.addEventListener("click", saveCopy);
  return button;
}

/** Shows records with findings, a few at a time, and names the others. */
export function showRecords(container, records) {
  const found = records.filter(({ findings }) => findings.length > 0);
  const others = records.filter(({ findings }) => findings.length === 0);
  const more = make("button", { type: "button", className: "plain" });
  const holder = make("div");
  let shown = 0;
  const show = () => {
    const sections = found.slice(shown, shown + SHOWN).map((record, number) => recordSection(record, shown + number));
    holder.append(...sections);
    const first = shown > 0 ? sections[0]?.querySelector("h2") : undefined;
    shown += sections.length;
    const left = found.length - shown;
    more.hidden = left === 0;
    more.textContent = `Show ${Math.min(left, SHOWN)} more of ${counted(left, "record")} with findings`;
    first?.focus();
  };
  more.addEventListener("click", show);
  show();
  container.replaceChildren(holder, more, ...(records.length > 1 && others.length > 0 ? [namesOf(others)] : []));
}

function namesOf(records) {
  const names = records.slice(0, NAMED).map(({ name }) => make("li", {}, name));
  const left = records.length - names.length;
  if (left > 0) names.push(make("li", {}, `and ${left} more`));
  return make(
    "details",
    { className: "others" },
    make("summary", {}, `${counted(records.length, "record")}: nothing found by these rules`),
    make("ul", {}, names),
  );
}

/** A section for a record: its text, and the list of what was found. */
function recordSection({ name, record, findings }, number) {
  const heading = `record-${number}`;
  const beside = make("div");
  const list = new List(beside, 3);
  list.element.setAttribute("aria-label", `Words to look at in ${name}`);
  list.show(findings.map((finding, at) => entryOf(finding, markId(number, at))));
  const region = { className: "text", tabIndex: 0, role: "region", "aria-label": `Text of ${name}` };
  const text = make("div", region, textsOf(record, findings, number));
  text.addEventListener("click", ({ target }) => {
    const mark = target.closest("mark");
    if (mark) list.open(mark.id);
  });
  const columns = make("div", { className: "columns" }, text, beside);
  const title = make("h2", { id: heading, tabIndex: -1 }, name);
  return make("section", { className: "record", "aria-labelledby": heading }, title, columns);
}

const markId = (record, finding) => `mark-${record}-${finding}`;

function entryOf(finding, id) {
  const go = () => {
    const mark = document.getElementById(id);
    document.querySelectorAll("mark.here").forEach((other) => other.classList.remove("here"));
    mark?.classList.add("here");
    mark?.scrollIntoView({ block: "center" });
    mark?.focus({ preventScroll: true });
  };
  return { key: id, finding, place: finding.place, go };
}

/** The text of a record, or of each of its boxes below its heading. */
function textsOf(record, findings, number) {
  const numbered = findings.map((finding, at) => ({ ...finding, id: markId(number, at) }));
  if (!record.fields?.length) return marked(record.text ?? "", numbered);
  return record.fields.flatMap(({ id, heading, text }, at) => [
    heading ? make("h3", {}, heading) : null,
    make("div", {}, marked(text, numbered.filter(({ field }) => field === (id ?? String(at))))),
  ]);
}

function marked(text, findings) {
  const parts = [];
  let at = 0;
  for (const { start, end, ask, id } of [...findings].sort((a, b) => a.start - b.start || b.end - a.end)) {
    // A gap that begins in a phrase has no mark of its own: the place is marked already.
    if (start < at) {
      parts.push(make("span", { id, tabIndex: -1 }));
      continue;
    }
    parts.push(text.slice(at, start), make("mark", { id, tabIndex: -1, className: `caselint-${ask}` }, text.slice(start, end)));
    at = end;
  }
  return [...parts, text.slice(at)];
}
