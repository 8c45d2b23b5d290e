// The page that checks a note that is written here, or files that are opened.

import { attach } from "../js/attach.js";
import { plainText } from "../js/finding.js";
import { acceptFiles } from "./drop.js";
import { Files } from "./files.js";
import { fileItem, showRecords } from "./reading.js";
import { copyText, now, save, today } from "./save.js";

const at = (id) => document.getElementById(id);

export function startChecking(client) {
  new CheckPage(client);
}

class CheckPage {
  #client;
  #note;
  /** Those that are open; while there are none, a note is written. */
  #files;

  constructor(client) {
    this.#client = client;
    this.#files = new Files(client, (text) => this.#say(text));
    this.#note = attach(client, [{ element: at("note"), heading: "" }], {
      panel: at("note-findings"),
      record: () => this.#known(),
      policy: this.#policyWhenAsked(),
    });
    at("age").addEventListener("input", () => this.#again());
    at("profile").addEventListener("change", () => this.#again());
    at("copy").addEventListener("click", () => this.#copy());
    at("save-report").addEventListener("click", () => this.#saveReport());
    at("close").addEventListener("click", () => this.#close());
    acceptFiles(at("open"), at("files"), at("check"), (files) => this.#open(files));
  }

  /** What the page knows of a record besides its text. */
  #known() {
    const age = Number.parseInt(at("age").value, 10);
    return Number.isNaN(age) ? {} : { subject: { age } };
  }

  /** The policy with the profile that is chosen at the time. */
  #policyWhenAsked() {
    return {
      get profile() {
        return at("profile").value;
      },
    };
  }

  /** What the engine is told of what is chosen. */
  #chosen() {
    return { profile: at("profile").value, age: this.#known().subject?.age };
  }

  /** What is on the page is checked with what is chosen now. */
  async #again() {
    if (this.#files.isEmpty) return this.#note.check();
    this.#files.forget();
    await this.#read();
  }

  async #open(files) {
    if (files.length === 0) return;
    await this.#files.add(files);
    at("writing").hidden = true;
    at("reading").hidden = false;
    at("close").hidden = false;
    await this.#read();
  }

  /** Reads the files that were not read yet, and shows them all. */
  async #read() {
    const isWhole = await this.#files.read(this.#chosen());
    // Something else was opened, chosen or closed meanwhile.
    if (!isWhole) return;
    at("file-list").replaceChildren(...this.#files.all.map((file) => fileItem(file, () => this.#saveCopy(file))));
    showRecords(at("records"), this.#files.records);
    this.#say(this.#files.summary());
  }

  #close() {
    this.#files.clear();
    at("file-list").replaceChildren();
    at("records").replaceChildren();
    at("reading").hidden = true;
    at("close").hidden = true;
    at("writing").hidden = false;
    this.#say("");
    at("note").focus();
    this.#note.check();
  }

  /** What is on the page: the files, or else the note as if it were one. */
  #onPage() {
    if (!this.#files.isEmpty) return this.#files.all;
    const text = at("note").value;
    if (!text.trim()) return [];
    const findings = (this.#note.answer?.findings ?? []).map((finding) => ({ ...finding, place: `line ${finding.line}` }));
    return [{ name: "The note", problems: [], records: [{ name: "The note", record: { ...this.#known(), text }, origin: {}, findings }] }];
  }

  async #copy() {
    const records = this.#onPage().flatMap((file) => file.records).filter(({ findings }) => findings.length > 0);
    if (records.length === 0) return this.#say("There is nothing to copy: nothing was found by these rules.");
    const told = records.map(({ name, findings }) => [name, ...findings.map((finding) => plainText(finding, finding.place))].join("\n\n"));
    await copyText(told.join("\n\n"));
    this.#say("The findings are copied. They hold words of the record.");
  }

  async #saveReport() {
    const shown = this.#onPage();
    const files = shown
      .map(({ name, records }) => ({ name, records: records.map(({ record, origin }) => ({ record, origin })) }))
      .filter(({ records }) => records.length > 0);
    if (files.length === 0) return this.#say("There is nothing to report on yet.");
    const problems = shown.flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`));
    await this.#saving("The report", async () => {
      const report = await this.#client.call("report", { files, problems, date: today(), profile: at("profile").value });
      save(report, "caselint-report.html", "text/html");
      return "The report is saved where this browser puts files. It holds the text of the records.";
    });
  }

  async #saveCopy({ name, bytes, copy }) {
    await this.#saving(`A copy of ${name}`, async () => {
      const written = await this.#client.call("annotate", { name, time: now(), ...this.#chosen() }, bytes);
      const stem = name.replace(/\.[^.]*$/, "");
      const ending = name.slice(stem.length);
      if (copy === "docx") save(written, `${stem}-comments.docx`, DOCX);
      else save(written, `${stem}-marked${ending || ".txt"}`, "text/plain");
      return copy === "docx"
        ? `A copy of ${name} with comments is saved where this browser puts files. The text in it is unchanged.`
        : `A marked copy of ${name} is saved where this browser puts files.`;
    });
  }

  /** Does something that ends in a file, and says what came of it. */
  async #saving(what, work) {
    try {
      this.#say(await work());
    } catch (error) {
      const why = error.name === "Refused" ? error.message : "please try again";
      this.#say(`${what} could not be made: ${why}`);
    }
  }

  #say(text) {
    at("told").textContent = text;
  }
}

const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
