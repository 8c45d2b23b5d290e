// The engine as a page sees it: calls that go to a worker, and never keep a page waiting without an end.

const decoder = new TextDecoder();

/** How long a call may take, in milliseconds. A call made while the engine is loaded waits for that, too. */
const PATIENCE = 60_000;

/**
 * @param makeWorker makes a worker of worker.js
 * @param wasm the engine's address, its bytes, a compiled module, or the promise of one
 */
export class Client {
  #makeWorker;
  #wasm;
  #worker;
  #waiting = new Map();
  #number = 0;

  constructor(makeWorker, wasm) {
    this.#makeWorker = makeWorker;
    this.#wasm = wasm;
  }

  /** Loads the engine, so that the first check need not wait for it. */
  async ready() {
    return JSON.parse(decoder.decode(await this.call("about", {})));
  }

  /** Checks a record under a policy, and gives the answer that the HTTP service gives, with offsets in UTF-16. */
  async check(record, policy = {}) {
    return JSON.parse(decoder.decode(await this.call("check", { record, policy })));
  }

  /** Calls a function of the engine and gives the bytes of its answer. */
  call(name, request, file) {
    return new Promise((resolve, reject) => {
      this.#number += 1;
      const number = this.#number;
      try {
        if (!this.#worker) this.#start();
        const timer = setTimeout(() => this.#end("it took too long"), PATIENCE);
        this.#waiting.set(number, { resolve, reject, timer });
        this.#worker.postMessage({ number, call: name, request, file });
      } catch (error) {
        this.#end(error.message);
        reject(error);
      }
    });
  }

  /** Ends the worker. Calls that wait fail; a later one starts anew. */
  close() {
    this.#end("it was closed");
  }

  #start() {
    const worker = this.#makeWorker();
    worker.onmessage = ({ data }) => worker === this.#worker && this.#take(data);
    worker.onerror = (event) => worker === this.#worker && this.#end(event.message ?? "the worker could not be started");
    this.#worker = worker;
    Promise.resolve(this.#wasm).then(
      (wasm) => worker.postMessage({ wasm }),
      (error) => worker === this.#worker && this.#end(error.message),
    );
  }

  #take({ number, answer, problem, ended }) {
    const call = this.#waiting.get(number);
    if (!call) return;
    this.#waiting.delete(number);
    clearTimeout(call.timer);
    if (answer) call.resolve(answer);
    else call.reject(Object.assign(new Error(problem), { name: ended ? "Error" : "Refused" }));
    if (ended) this.#end(problem);
  }

  #end(why) {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(new Error(`caselint: ${why}`));
    }
    this.#waiting.clear();
  }
}
