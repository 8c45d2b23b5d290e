// The Training page: exercises in sets, one at a time. What is judged is judged by the engine.

import { make } from "../js/dom.js";
import { learner } from "./learner.js";
import { startRewriting } from "./training-rewrite.js";
import { startSorting } from "./training-sort.js";
import { startSpotting } from "./training-spot.js";

const TASKS = { spot: startSpotting, sort: startSorting, rewrite: startRewriting };
const decoder = new TextDecoder();
const element = (id) => document.getElementById(id);

/** Whether exercises were put into the page, so that it is for them alone. */
export function hasOwnExercises() {
  return ownExercises().length > 0;
}

/** The exercises that were put into the page; none where it has those of caselint. */
function ownExercises() {
  const text = element("caselint-exercises")?.textContent.trim();
  return text ? JSON.parse(text) : [];
}

/** Starts the page. The engine is asked for the exercises once somebody looks at it. */
export function startTraining(client) {
  const section = element("training");
  const begin = async () => {
    if (section.hidden) return;
    removeEventListener("hashchange", begin);
    const files = ownExercises();
    const ask = async (request) => JSON.parse(decoder.decode(await client.call("train", { files, ...request })));
    try {
      const course = await ask({ ask: "course" });
      new Training(course, ask).showList();
    } catch (error) {
      element("training-told").textContent = `The exercises could not be read: ${error.message}`;
    }
  };
  addEventListener("hashchange", begin);
  begin();
}

class Training {
  constructor(course, ask) {
    this.course = course;
    this.ask = ask;
    this.store = learner(course.exercises.length);
    this.progress = this.store.read();
  }

  isDone(exercise) {
    return exercise.id in this.progress.exercises;
  }

  /** The sets with their exercises. `focus` names what to go to. */
  showList(focus) {
    const list = element("training-list");
    const sets = this.course.sets.map((set) => this.#set(set)).filter(Boolean);
    const done = this.course.exercises.filter((exercise) => this.isDone(exercise)).length;
    list.replaceChildren(...sets, ...this.#kept());
    element("training-told").textContent = `${done} of ${this.course.exercises.length} exercises done.`;
    this.#turn(list);
    if (focus) (list.querySelector(`[data-id="${CSS.escape(focus)}"]`) ?? list).focus();
  }

  #set(set) {
    const exercises = this.course.exercises.filter(({ id }) => id.startsWith(`${set.id}/`));
    if (exercises.length === 0) return null;
    const item = (exercise) => {
      const open = make("button", { type: "button", className: "plain", onclick: () => this.open(exercise) }, exercise.title);
      open.dataset.id = exercise.id;
      return make("li", {}, open, this.isDone(exercise) ? make("span", { className: "hint" }, " done") : null);
    };
    return make("section", {}, make("h2", {}, set.title), make("p", {}, set.teaches), make("ul", { className: "exercises" }, exercises.map(item)));
  }

  /** What was seen so far, and how to be rid of it. */
  #kept() {
    const hint = make("p", { className: "hint" }, `Which exercises you did, and counts by family, are kept ${this.store.where}. Your words are not kept.`);
    const families = Object.entries(byFamily(this.progress));
    if (families.length === 0) return [hint];
    const forget = () => {
      this.progress = { format: 1, exercises: {} };
      this.store.write(this.progress);
      this.showList();
      element("training-told").textContent = "Deleted. Nothing is kept of your training.";
      element("training-list").focus();
    };
    return [
      make("h2", {}, "What you have seen so far"),
      make("ul", {}, families.map(([family, tally]) => make("li", {}, `${family}: ${counted(tally)}`))),
      hint,
      make(
        "div",
        { className: "buttons" },
        make("button", { type: "button", className: "plain", onclick: () => save(this.progress) }, "Save a copy for a group summary"),
        make("button", { type: "button", className: "plain", onclick: forget }, "Delete what is kept"),
      ),
    ];
  }

  /** Shows an exercise. */
  open(exercise) {
    const { note } = exercise;
    const heading = make("h2", { tabIndex: -1 }, exercise.title);
    const work = make("div", {});
    const answers = make("div", { className: "answers" });
    element("training-exercise").replaceChildren(
      make("div", { className: "buttons" }, this.#back(exercise, "Back")),
      heading,
      // The aim of a spotting task would tell what there is to spot.
      exercise.task === "spot" ? "" : aim(exercise),
      make("p", { className: "hint" }, `About ${note.subject}. ${note.agency}, ${note.genre}.`),
      work,
      answers,
    );
    element("training-told").textContent = "";
    this.store.place(exercise.id);
    this.#turn(element("training-exercise"));
    heading.focus();
    const number = this.course.exercises.indexOf(exercise);
    TASKS[exercise.task]({ exercise, work, keys: this.course.keys[number], rows: this.course.rows, ask: this.ask, judge: (ask) => this.judge(exercise, ask), show: (parts) => this.show(exercise, answers, parts) });
  }

  /** Has something judged; `isKept` tells whether it counts. */
  async judge(exercise, { isKept = true, ...request }) {
    const { judged, progress } = await this.ask({ exercise: exercise.id, progress: this.progress, ...request });
    if (isKept) {
      this.progress = progress;
      this.store.write(progress);
    }
    return judged;
  }

  /** Shows what came of an exercise, and leads on. */
  show(exercise, answers, { parts, isOver = true }) {
    const heading = make("h3", { tabIndex: -1 }, isOver ? "What the key says" : "What can be said of it");
    answers.replaceChildren(heading, ...parts);
    if (isOver) answers.append(...(exercise.task === "spot" ? [aim(exercise)] : []), ...this.#ending(exercise));
    heading.focus();
  }

  #ending(exercise) {
    const number = this.course.exercises.indexOf(exercise);
    const reading = this.course.reading[number].map((line) => make("li", {}, line));
    const next = this.course.exercises.slice(number + 1).find((other) => !this.isDone(other));
    return [
      make("h3", {}, "To read"),
      make("ul", {}, reading),
      make(
        "div",
        { className: "buttons" },
        next ? make("button", { type: "button", onclick: () => this.open(next) }, `Next: ${next.title}`) : null,
        this.#back(exercise, "All exercises"),
      ),
    ];
  }

  #back(exercise, text) {
    return make("button", { type: "button", className: "plain", onclick: () => this.showList(exercise.id) }, text);
  }

  #turn(shown) {
    for (const part of [element("training-list"), element("training-exercise")]) part.hidden = part !== shown;
    element("training-list").tabIndex = -1;
    scrollTo(0, 0);
  }
}

function aim(exercise) {
  return make("p", {}, make("strong", {}, "Aim: "), `${exercise.aim}.`);
}

/** All counts by family. */
function byFamily(progress) {
  const all = {};
  for (const { families } of Object.values(progress.exercises)) {
    for (const [family, tally] of Object.entries(families)) {
      all[family] ??= { seen: 0, missed: 0, left: 0, overmarked: 0 };
      for (const name of Object.keys(all[family])) all[family][name] += tally[name];
    }
  }
  return all;
}

function counted({ seen, missed, left, overmarked }) {
  const said = [];
  if (seen + missed > 0) said.push(`saw ${seen} of ${seen + missed}`);
  if (left + overmarked > 0) said.push(`left ${left} of ${left + overmarked} that may stay`);
  return said.join(", ");
}

/** The file that caselint train group adds up. */
function save(progress) {
  const address = URL.createObjectURL(new Blob([JSON.stringify(progress, null, 2)], { type: "application/json" }));
  make("a", { href: address, download: "training.json" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
