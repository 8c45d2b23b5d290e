// A finding, as it is shown in a list: what was found, and under it why, what could stand there and what to ask oneself.

import { make } from "./dom.js";

/** What a finding asks, in words. The mark differs by its line and not by colour alone. */
export const ASKS = {
  reword: "Could be put in other words",
  analyse: "Needs your own analysis",
  consider: "Something may be missing",
};

/**
 * An item of the list. `place` says which box it stands in, or nothing where there is one alone; `go` leads to the words and is left out
 * where they cannot be selected.
 */
export function findingItem(finding, place, go) {
  const summary = make(
    "summary",
    {},
    make("span", { className: `caselint-ask caselint-${finding.ask}` }, ASKS[finding.ask]),
    " ",
    make("q", { className: "caselint-phrase" }, shorten(finding.text)),
    place ? make("span", { className: "caselint-place" }, ` in ${place}`) : null,
  );
  const lead = go && make("button", { type: "button", className: "caselint-go" }, "Go to these words");
  if (lead) lead.addEventListener("click", go);
  return make(
    "li",
    {},
    make("details", {}, summary, make("div", { className: "caselint-why" }, explanation(finding), lead)),
  );
}

/** Why, how it could read, and what to ask. */
export function explanation(finding) {
  return [
    make("p", {}, finding.message),
    ...part("It could read", finding.reframe),
    ...part("Ask yourself", finding.questions),
  ];
}

function part(title, texts) {
  if (texts.length === 0) return [];
  const items = texts.map((text) => make("li", {}, text));
  return [make("p", { className: "caselint-part" }, title), make("ul", {}, items)];
}

/** A finding as plain text, to be copied. */
export function plainText(finding, place) {
  const part = (title, texts) => (texts.length ? [`${title}: ${texts.join(" ")}`] : []);
  const head = `${ASKS[finding.ask]}: “${finding.text}”${place ? ` (${place})` : ""}`;
  return [head, finding.message, ...part("It could read", finding.reframe), ...part("Ask yourself", finding.questions)].join("\n");
}

function shorten(text) {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 80 ? `${line.slice(0, 79).trimEnd()}…` : line;
}
