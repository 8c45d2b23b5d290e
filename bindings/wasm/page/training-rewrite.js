// Writing a note anew.

import { make } from "../js/dom.js";
import { note } from "./training-parts.js";

const NATURES = { done: "Done", mend: "To mend", think: "To think about" };

export function startRewriting({ exercise, work, judge, show }) {
  const written = make("textarea", { id: "training-written", rows: 9, spellcheck: true, value: exercise.note.text.trim() });
  const read = async (isOver) => {
    const judged = await judge({ ask: "rewrite", text: written.value, isKept: isOver });
    show({ parts: [...remarks(judged), ...(isOver ? model(exercise) : [])], isOver });
  };
  work.replaceChildren(
    make("p", {}, "Write the note anew. Leave what people said, and write beside it what it means for the child. Make nothing up."),
    make("details", {}, make("summary", {}, "The note as it was"), note(exercise.note.text)),
    make("label", { htmlFor: written.id, className: "title" }, "Your text"),
    written,
    make(
      "div",
      { className: "buttons" },
      make("button", { type: "button", onclick: () => read(false) }, "Read my text"),
      make("button", { type: "button", className: "plain", onclick: () => read(true) }, "I am done: show a model answer"),
    ),
  );
}

function remarks(judged) {
  const remark = ({ nature, says, ask }) =>
    make(
      "div",
      { className: nature === "mend" ? "answer open" : "answer" },
      make("p", {}, make("strong", {}, `${NATURES[nature]}: `), says),
      ask ? make("p", {}, make("strong", {}, "Ask: "), ask) : null,
    );
  return [
    ...judged.remarks.map(remark),
    make("details", {}, make("summary", {}, "What this cannot tell"), make("ul", {}, judged.cannot.map((text) => make("li", {}, text)))),
  ];
}

function model({ model }) {
  if (!model) return [];
  return [
    make("h3", {}, "One way to write it; there are others"),
    note(model.text),
    make("ul", {}, model.reasons.map((reason) => make("li", {}, reason))),
  ];
}
