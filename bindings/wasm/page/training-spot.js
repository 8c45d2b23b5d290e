// Marking phrases: by clicking words, or by typing them.

import { make } from "../js/dom.js";
import { between, byteAt, keyPart } from "./training-parts.js";

const OUTCOMES = { seen: "You saw", missed: "Missed", left: "Rightly left", overmarked: "You marked, and it may stay" };

export function startSpotting({ exercise, work, rows, ask, judge, show }) {
  const text = exercise.note.text;
  const words = [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}'’]*/gu)].map((found) => ({
    start: found.index,
    end: found.index + found[0].length,
    isMarked: false,
  }));
  const written = make("div", { className: "text training-note" });
  const marked = make("ul", { className: "marked" });
  const told = make("p", { className: "told", role: "status" });
  const typed = make("input", { type: "text", id: "training-typed", autocomplete: "off", size: 40 });

  const draw = () => {
    written.replaceChildren(...pieces(text, words, draw));
    const items = marks(words).map(({ start, end }) => {
      const phrase = text.slice(start, end);
      const unmark = () => {
        words.forEach((word) => start <= word.start && word.end <= end && (word.isMarked = false));
        draw();
        typed.focus();
      };
      return make("li", {}, `“${phrase}” `, make("button", { type: "button", className: "plain", "aria-label": `Take away “${phrase}”`, onclick: unmark }, "Take away"));
    });
    marked.replaceChildren(...items);
  };
  const add = async () => {
    const places = await ask({ ask: "find", exercise: exercise.id, phrase: typed.value });
    words.forEach((word) => {
      const [start, end] = [byteAt(text, word.start), byteAt(text, word.end)];
      if (places.some((place) => place.start <= start && end <= place.end)) word.isMarked = true;
    });
    told.textContent = places.length > 0 ? `Marked: “${typed.value}”` : "These words are not in the note. Type them as they stand there; a part of a sentence will do.";
    if (places.length > 0) typed.value = "";
    draw();
  };
  const finish = async () => {
    const ranges = marks(words).map(({ start, end }) => ({ start: byteAt(text, start), end: byteAt(text, end) }));
    const judged = await judge({ ask: "spot", marks: ranges });
    show({ parts: results(judged, text, rows) });
  };
  typed.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    add();
  });
  work.replaceChildren(
    make("p", {}, "Which words would you mark, because they blame or because they stand with nothing beside them? Click them, or type them below. There may be none."),
    written,
    make("div", { className: "group" }, make("label", { htmlFor: typed.id }, "Words to mark"), typed, " ", make("button", { type: "button", className: "plain", onclick: add }, "Mark")),
    told,
    marked,
    make("div", { className: "buttons" }, make("button", { type: "button", onclick: finish }, "Show what the key says")),
  );
  draw();
}

/** The text with its words; a click marks one, and another takes the mark away. The field below does the same for those without a mouse. */
function pieces(text, words, draw) {
  const found = [];
  let at = text.length - text.trimStart().length;
  const isJoined = (number) => words[number]?.isMarked && words[number + 1]?.isMarked;
  words.forEach((word, number) => {
    found.push(make("span", { className: isJoined(number - 1) ? "joined" : "" }, text.slice(at, word.start)));
    const toggle = () => {
      word.isMarked = !word.isMarked;
      draw();
    };
    found.push(make(word.isMarked ? "mark" : "span", { className: "word", onclick: toggle }, text.slice(word.start, word.end)));
    at = word.end;
  });
  found.push(text.slice(at).trimEnd());
  return found;
}

/** Marked words that follow one another are one phrase. */
function marks(words) {
  const found = [];
  words.forEach((word, number) => {
    if (!word.isMarked) return;
    if (words[number - 1]?.isMarked) found.at(-1).end = word.end;
    else found.push({ start: word.start, end: word.end });
  });
  return found;
}

function results({ items, wide, elsewhere }, text, rows) {
  const say = (before, range, behind) => make("p", {}, `${before}“${between(text, range)}”${behind}`);
  return [
    ...items.map(({ outcome, key }) => keyPart(OUTCOMES[outcome], ["seen", "left"].includes(outcome), key, rows)),
    ...wide.map((range) => say("", range, " takes in several things at once. Mark the words that carry the concern, no more.")),
    ...elsewhere.map((range) => say("", range, " is not in the key. If you see something in it, talk it over with a colleague.")),
  ];
}
