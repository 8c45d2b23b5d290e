// Sorting phrases: which row of the table fits.

import { make } from "../js/dom.js";
import { keyPart, note } from "./training-parts.js";

const SAID = {
  right: (answer) => `Yes, ${answer}`,
  "other-reason": (answer) => `Rightly ${answer === "flag" ? "flagged" : "left"}, for another reason`,
  wrong: (answer) => `Not so, ${answer}`,
  open: (answer) => `The key says ${answer}`,
};

export function startSorting({ exercise, work, keys, rows, judge, show }) {
  const selects = keys.map(([, key], number) => {
    const select = make("select", { id: `training-row-${number}` }, make("option", { value: "" }, "Choose a row"));
    for (const [row, says] of rows) select.append(make("option", { value: String(row) }, `${row < 8 ? "Leave" : "Flag"}: ${says}`));
    return { select, group: make("div", { className: "group" }, make("label", { htmlFor: select.id }, `“${key.phrase}”`), select) };
  });
  const finish = async () => {
    const chosen = selects.map(({ select }) => (select.value ? Number(select.value) : null));
    const judged = await judge({ ask: "sort", rows: chosen });
    const part = ({ choice, answer, key }) => keyPart(SAID[choice](answer), ["right", "other-reason"].includes(choice), key, rows);
    show({ parts: judged.map(part) });
  };
  work.replaceChildren(
    note(exercise.note.text),
    make("p", {}, "For each phrase: flag or leave, and why?"),
    ...selects.map(({ group }) => group),
    make("div", { className: "buttons" }, make("button", { type: "button", onclick: finish }, "Show what the key says")),
  );
}
