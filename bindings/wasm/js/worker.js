// The worker: it is given an engine first, and answers one call after the other.

import { Engine } from "./engine.js";

let give;
const loading = new Promise((resolve) => (give = resolve)).then((wasm) => Engine.load(typeof wasm === "string" ? fetch(wasm) : wasm));
// Each call tells of it.
loading.catch(() => {});

self.onmessage = async ({ data: { number, call, request, file, wasm } }) => {
  if (wasm !== undefined) return give(wasm);
  try {
    const engine = await loading;
    const answer = engine.call(call, request, file);
    self.postMessage({ number, answer }, [answer.buffer]);
  } catch (error) {
    // A trap leaves the engine in an unknown state: the client starts a new worker.
    self.postMessage({ number, problem: error.message, ended: error.name !== "Refused" });
  }
};
