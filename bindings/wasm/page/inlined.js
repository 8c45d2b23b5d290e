// The engine that this very file holds.

import { Client } from "../js/client.js";

/** A client whose worker and engine come out of the page. */
export function inlinedClient() {
  const worker = new Blob([document.getElementById("caselint-worker").textContent], { type: "text/javascript" });
  const address = URL.createObjectURL(worker);
  return new Client(() => new Worker(address), unpacked(document.getElementById("caselint-wasm").textContent));
}

async function unpacked(base64) {
  const packed = Uint8Array.from(atob(base64.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}
