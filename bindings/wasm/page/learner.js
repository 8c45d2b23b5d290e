// Where a learner's progress is kept: in the learning-management system that started the page, else in this browser, else in this window.

const PLACE = "caselint-training";

/** SCORM 1.2 guarantees no more. */
const SUSPEND_DATA = 4096;

const NOTHING = { format: 1, exercises: {} };

/** The store of this page. `all` is how many exercises there are. */
export function learner(all) {
  const api = findApi(window) ?? findApi(window.opener);
  if (api && String(api.LMSInitialize("")) === "true") return new System(api, all);
  return new Browser();
}

/** The run-time of SCORM 1.2, which lies in a window above. */
function findApi(start) {
  try {
    for (let from = start, steps = 0; from && steps < 10; steps += 1) {
      if (from.API) return from.API;
      if (from.parent === from) return null;
      from = from.parent;
    }
  } catch {
    // A window of another origin tells nothing.
  }
  return null;
}

/** Progress in a learning-management system. It is told what was done, and no score. */
class System {
  where = "in your learning system";
  #api;
  #all;

  constructor(api, all) {
    this.#api = api;
    this.#all = all;
    if (["not attempted", ""].includes(api.LMSGetValue("cmi.core.lesson_status"))) {
      this.#set("cmi.core.lesson_status", "incomplete");
      api.LMSCommit("");
    }
    addEventListener("pagehide", () => api.LMSFinish(""), { once: true });
  }

  read() {
    return unpacked(this.#api.LMSGetValue("cmi.suspend_data"));
  }

  write(progress) {
    this.#set("cmi.suspend_data", packed(progress));
    const isDone = Object.keys(progress.exercises).length >= this.#all;
    this.#set("cmi.core.lesson_status", isDone ? "completed" : "incomplete");
    this.#api.LMSCommit("");
  }

  place(exercise) {
    this.#set("cmi.core.lesson_location", exercise.slice(0, 255));
    this.#api.LMSCommit("");
  }

  #set(name, value) {
    this.#api.LMSSetValue(name, value);
  }
}

/** Progress in this browser, or for as long as the window is open where the browser keeps nothing. */
class Browser {
  where = "in this browser";
  #kept = "";

  read() {
    try {
      return sound(JSON.parse(localStorage.getItem(PLACE) ?? this.#kept));
    } catch {
      return structuredClone(NOTHING);
    }
  }

  write(progress) {
    this.#kept = JSON.stringify(progress);
    try {
      localStorage.setItem(PLACE, this.#kept);
    } catch {
      this.where = "in this window, until you close it";
    }
  }

  place() {}
}

const COUNTS = ["seen", "missed", "left", "overmarked"];

/** Progress in few letters: `id:times:family=1.0.2.0,…;…`. Where that is still too long, without the counts. */
function packed({ exercises }) {
  const counted = ([family, tally]) => `${family}=${COUNTS.map((name) => tally[name]).join(".")}`;
  const line = (isFull) => ([id, { times, families }]) => `${id}:${times}:${isFull ? Object.entries(families).map(counted).join(",") : ""}`;
  const written = (isFull) => Object.entries(exercises).map(line(isFull)).join(";");
  const full = written(true);
  return full.length <= SUSPEND_DATA ? full : written(false).slice(0, SUSPEND_DATA);
}

function unpacked(text) {
  const progress = structuredClone(NOTHING);
  for (const line of text.split(";").filter(Boolean)) {
    const [id, times, families = ""] = line.split(":");
    const tally = (numbers) => Object.fromEntries(COUNTS.map((name, at) => [name, Number(numbers.split(".")[at]) || 0]));
    const counted = families.split(",").filter(Boolean).map((part) => part.split("="));
    progress.exercises[id] = { times: Number(times) || 1, families: Object.fromEntries(counted.map(([family, n]) => [family, tally(n ?? "")])) };
  }
  return progress;
}

function sound(progress) {
  return progress?.format === 1 && typeof progress.exercises === "object" ? progress : structuredClone(NOTHING);
}
