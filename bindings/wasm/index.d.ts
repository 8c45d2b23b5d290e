/** A person whose words a box holds. */
export type Who = "author" | "child" | "parent" | "family" | "peer" | "public" | "professional" | "perpetrator" | "unknown";

/** One box of a form. */
export interface Field {
  id?: string;
  heading?: string;
  text: string;
  /** Whose words the box holds, where they are not the record's. */
  voice?: Who;
}

/** One note: either `text`, or `fields` that are read in order as one entry. Dates are day first, or as 2026-03-21. */
export interface CaseRecord {
  id?: string;
  text?: string;
  fields?: Field[];
  subject?: { age?: number; date_of_birth?: string; learning_disability?: boolean };
  date?: string;
  genre?: string;
  agency?: string;
  team?: string;
  author?: string;
  case?: string;
  meta?: { [key: string]: unknown };
}

export type Stage = "draft" | "autosave" | "finalise";
export type Ask = "reword" | "analyse" | "consider";

/** What is to happen where something is found. The keys are those of the HTTP service. */
export interface Policy {
  /** Only `finalise` is ever asked about; `draft` where nothing is said. */
  stage?: Stage;
  /** The mildest finding that is asked about; `analyse` where nothing is said. */
  fail_on?: Ask | "never";
  /** What such a finding does to finalising; `prompt` where nothing is said. */
  on_finalise?: "prompt" | "block";
  /** `core` where nothing is said; `full` is all. */
  profile?: string;
  /** `england-wales` where nothing is said. */
  jurisdiction?: string;
}

/** A stretch of the text of the finding's box, in UTF-16 code units, as `String.prototype.slice` takes them. */
export interface Span {
  start: number;
  end: number;
}

export interface Finding extends Span {
  kind: "phrase" | "gap";
  /** `family/id` of the concern. */
  rule: string;
  family: string;
  ask: Ask;
  /** From 1; higher is graver. */
  gravity: number;
  /** The id of the box, or its number from 0 where it has none; null where the record is one text. */
  field: string | null;
  line: number;
  column: number;
  text: string;
  voice: Span & { who: Who; form: "own" | "direct" | "indirect" };
  verdict: "flag" | "leave";
  row: number | null;
  reason: string;
  /** Why it was found. */
  message: string;
  reframe: string[];
  questions: string[];
  sources: string[];
  evidence: (Span & { kind: string; text: string })[];
  also: string[];
  /** Stays the same while the sentence does. */
  fingerprint: string;
}

export type Decision = "save" | "prompt" | "block";

/** A text ready to show, with the labels of its buttons; those are null where there is nothing to decide. */
export interface Display {
  title: string;
  text: string;
  save: string | null;
  back: string | null;
}

export interface Answer {
  id: string | null;
  decision: Decision;
  display: Display;
  findings: Finding[];
  summary: { findings: number; reword: number; analyse: number; consider: number; left: number };
}

/** What `decide` gives: an answer, or `save` with nothing to show where there was none in time. */
export type Decided = Answer | { decision: "save"; display: null; findings: never[]; summary: null };

/** The engine, in a worker. It is started by the first call. */
export interface Engine {
  /** Loads the engine, so that the first check need not wait for it. */
  ready(): Promise<{ name: string; version: string; lexicon: string }>;
  check(record: CaseRecord, policy?: Policy): Promise<Answer>;
  /** Ends the worker. Calls that wait fail; a later one starts anew. */
  close(): void;
}

/** An engine of its own, such as for files at other addresses. */
export function engine(addresses?: { worker?: string | URL; wasm?: string | URL }): Engine;

/** Checks a record with the engine that the page shares. */
export function check(record: CaseRecord, policy?: Policy): Promise<Answer>;

/** A box of a form. What is left out is read from the element: its id or name, and its label. */
export interface Box {
  element: HTMLElement;
  id?: string;
  heading?: string;
  voice?: Who;
}

export interface AttachOptions {
  /** The engine; the one that the page shares where none is given. */
  engine?: Engine;
  /** What else is known of the record, such as the subject's age. */
  record?: Omit<CaseRecord, "text" | "fields"> | (() => Omit<CaseRecord, "text" | "fields">);
  /** The policy; its stage is given by what is asked. */
  policy?: Omit<Policy, "stage">;
  /** Where the list is put; behind the last box where nothing is said. */
  panel?: HTMLElement;
  /** The level of the list's heading; 2 where nothing is said. */
  headingLevel?: 1 | 2 | 3 | 4 | 5 | 6;
  /** Milliseconds after the last key until the text is checked; 300 where nothing is said. */
  delay?: number;
  /** Is called after each check that is shown, with null where there was no answer. */
  onCheck?: (answer: Answer | null) => void;
}

export interface Attached {
  /** The last answer that is shown. */
  readonly answer: Answer | null;
  /** The record as it stands in the boxes. */
  record(): CaseRecord;
  /** Checks now and shows what was found. Call it after the page has changed a box itself. */
  check(): Promise<Answer | null>;
  /** What to do with the note. A check that fails or takes over 300 ms says `save`. */
  decide(stage: Stage): Promise<Decided>;
  /** Takes marks, list and listeners away. */
  detach(): void;
}

/** Reads textareas and elements with `contenteditable` as the fields of one record, and checks them while somebody writes. */
export function attach(elements: Iterable<HTMLElement | Box>, options?: AttachOptions): Attached;
