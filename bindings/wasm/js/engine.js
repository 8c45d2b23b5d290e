// The engine: WebAssembly, and the bytes that go in and come out. It runs in the worker; pages use client.js.

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A request that the engine could not answer. Its message says what is wrong with it, and repeats nothing of it. */
export class Refused extends Error {
  name = "Refused";
}

export class Engine {
  #exports;

  constructor(exports) {
    this.#exports = exports;
  }

  /** Makes an engine of a compiled module, of its bytes, or of the response that brings them. */
  static async load(source) {
    const found = await source;
    // Not compileStreaming, which refuses what a server sends under another type than application/wasm.
    const bytes = found instanceof Response ? await bytesOf(found) : found;
    const module = bytes instanceof WebAssembly.Module ? bytes : await WebAssembly.compile(bytes);
    const instance = await WebAssembly.instantiate(module, uncalled(module));
    return new Engine(instance.exports);
  }

  /** Calls a function of the engine: `request` goes in as JSON, and `file`, where there is one, as bytes. Gives the bytes of the answer. */
  call(name, request, file) {
    this.#write("request_room", encoder.encode(JSON.stringify(request)));
    if (file) this.#write("file_room", file);
    this.#exports[name]();
    const place = this.#exports.answer_place();
    const answer = new Uint8Array(this.#exports.memory.buffer, place, this.#exports.answer_length()).slice();
    if (this.#exports.is_refused()) throw new Refused(decoder.decode(answer));
    return answer;
  }

  #write(room, bytes) {
    const place = this.#exports[room](bytes.length);
    new Uint8Array(this.#exports.memory.buffer, place, bytes.length).set(bytes);
  }
}

/**
 * The engine calls nothing of the page. A library that can also lock zip files names the browser's random numbers, and never comes to that.
 */
function uncalled(module) {
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = () => {
      throw new Error(`${name} is not there`);
    };
  }
  return imports;
}

async function bytesOf(response) {
  if (!response.ok) throw new Error(`${response.url} answers ${response.status}`);
  return response.arrayBuffer();
}
