// The package: one engine a page, in a worker that is started when it is first needed.

import { attach as attachTo } from "./attach.js";
import { Client } from "./client.js";

export { Client } from "./client.js";

let shared;

/** The engine of the package, or one of another address. */
export function engine({ worker = new URL("./worker.js", import.meta.url), wasm = new URL("./caselint.wasm", import.meta.url) } = {}) {
  return new Client(() => new Worker(worker, { type: "module" }), String(wasm));
}

function own() {
  shared ??= engine();
  return shared;
}

/** Checks a record. */
export async function check(record, policy) {
  return own().check(record, policy);
}

/** Checks a form while somebody writes. */
export function attach(elements, options = {}) {
  return attachTo(options.engine ?? own(), elements, options);
}
