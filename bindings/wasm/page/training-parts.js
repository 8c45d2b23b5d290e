// What the three kinds of exercise share.

import { make } from "../js/dom.js";

const encoder = new TextEncoder();

/** A place in UTF-8 bytes for one in UTF-16. */
export function byteAt(text, at) {
  return encoder.encode(text.slice(0, at)).length;
}

/** The text between two places in UTF-8 bytes. */
export function between(text, { start, end }) {
  return new TextDecoder().decode(encoder.encode(text).slice(start, end));
}

export function note(text) {
  return make("div", { className: "text training-note" }, text.trim());
}

/** What a row says. Rows 6 and 7 are one. */
export function rowSays(rows, row) {
  return rows.find(([number]) => number === (row === 7 ? 6 : row))?.[1] ?? "";
}

/** A phrase of the key with its reasons. */
export function keyPart(outcome, isRight, key, rows) {
  return make(
    "div",
    { className: isRight ? "answer" : "answer open" },
    make("h4", {}, `${outcome}: “${key.phrase}”`),
    make("p", { className: "hint" }, `${key.family}: ${rowSays(rows, key.row)}`),
    make("p", {}, key.why),
    key.write ? make("p", {}, make("strong", {}, "You may write: "), key.write) : null,
    key.linter ? make("p", {}, make("strong", {}, "The linter judges otherwise: "), key.linter) : null,
  );
}
