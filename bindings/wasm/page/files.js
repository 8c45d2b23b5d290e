// Files that are open: each is read by the engine, one after the other, and what is wrong with one does not end the others.

const DECODER = new TextDecoder();

/** Bytes of a file that this page opens. */
const LARGEST = 20 * 2 ** 20;

const TOO_LARGE = "it is larger than 20 MB; the program caselint takes larger ones";
const UNREADABLE = "this browser could not read it; copy it to this computer and open it again";
const BROKE = "its reader broke down over it, or took over a minute; open it and save it again, or save its text";

export class Files {
  /** What came of each: `{ name, bytes, isRead, records, notices, problems, copy }`. */
  all = [];
  #client;
  #say;
  #reads = 0;

  /** `say` is told how far it is. */
  constructor(client, say) {
    this.#client = client;
    this.#say = say;
  }

  get isEmpty() {
    return this.all.length === 0;
  }

  get records() {
    return this.all.flatMap(({ records }) => records);
  }

  async add(files) {
    this.all.push(...(await Promise.all(files.map(opened))));
  }

  /** All are to be read again. */
  forget() {
    for (const file of this.all) file.isRead = !file.bytes;
  }

  clear() {
    this.all = [];
    this.#reads += 1;
  }

  /** Reads what is not read yet; false where another reading began meanwhile, which does the rest. */
  async read(chosen) {
    this.#reads += 1;
    const reads = this.#reads;
    for (const [number, file] of this.all.entries()) {
      if (file.isRead) continue;
      this.#say(`Reading ${file.name} (${number + 1} of ${this.all.length})…`);
      const read = await this.#one(file, chosen);
      if (reads !== this.#reads) return false;
      Object.assign(file, read, { isRead: true });
    }
    return reads === this.#reads;
  }

  async #one({ name, bytes }, chosen) {
    try {
      return JSON.parse(DECODER.decode(await this.#client.call("read", { name, ...chosen }, bytes)));
    } catch (error) {
      return { ...NOTHING, problems: [error.name === "Refused" ? error.message : BROKE] };
    }
  }

  /** What came of all of them, in a sentence or two. */
  summary() {
    const findings = this.records.reduce((sum, record) => sum + record.findings.length, 0);
    const read = this.all.filter(({ records }) => records.length > 0).length;
    const unread = this.all.length - read;
    const places = findings === 0 ? "Nothing found by these rules" : `${counted(findings, "place")} to look at`;
    const parts = read === 0 ? [] : [`${places}, in ${counted(this.records.length, "record")} of ${counted(read, "file")}.`];
    if (unread > 0) parts.push(`${counted(unread, "file")} could not be read: the list says why.`);
    return parts.join(" ");
  }
}

const NOTHING = { records: [], notices: [], problems: [], copy: null };

/** A file with its bytes, unless it is too large. */
async function opened(file) {
  const failed = (problem) => ({ name: file.name, ...NOTHING, problems: [problem], isRead: true });
  if (file.size > LARGEST) return failed(TOO_LARGE);
  try {
    return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()), ...NOTHING, isRead: false };
  } catch {
    // A folder, or a file that is gone.
    return failed(UNREADABLE);
  }
}

export function counted(number, what) {
  return number === 1 ? `1 ${what}` : `${number} ${what}s`;
}
