// Puts the npm package, caselint.html and the demonstration together: node assemble.mjs FOLDER, which holds
// engine.wasm and page.wasm.

import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import { bundle } from "./bundle.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.join(HERE, "..", "..");
const out = process.argv[2];
/** A page that marks notes while they are written is to load so many bytes at most. */
const MOST = 1_000_000;
const read = (...parts) => fs.readFileSync(path.join(HERE, ...parts), "utf8");

const packed = path.join(out, "caselint");
makePackage(packed);
fs.writeFileSync(path.join(out, "caselint.html"), page());
makeDemo(path.join(out, "presave"));
tellSizes();

function makePackage(folder) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  fs.cpSync(path.join(HERE, "js"), folder, { recursive: true });
  for (const name of ["package.json", "index.d.ts", "README.md"]) fs.copyFileSync(path.join(HERE, name), path.join(folder, name));
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) fs.copyFileSync(path.join(ROOT, name), path.join(folder, name));
  fs.copyFileSync(path.join(out, "engine.wasm"), path.join(folder, "caselint.wasm"));
}

function makeDemo(folder) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.cpSync(path.join(ROOT, "examples", "presave"), folder, { recursive: true });
  fs.cpSync(packed, path.join(folder, "caselint"), { recursive: true });
}

/** The page in one file. Its policy allows its own script and nothing else: it could not load or send anything if it tried. */
function page() {
  const script = closed(bundle(path.join(HERE, "page", "main.js")));
  const style = read("js", "caselint.css") + read("page", "style.css");
  const policy = [
    "default-src 'none'",
    `script-src '${hash(script)}' 'wasm-unsafe-eval'`,
    `style-src '${hash(style)}'`,
    "worker-src blob:",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  const values = {
    policy: policy.join("; "),
    style,
    pages: ["check.html", "training.html"].filter((name) => fs.existsSync(path.join(HERE, "page", name))).map((name) => read("page", name)).join("\n"),
    version: JSON.parse(read("package.json")).version,
    wasm: zlib.gzipSync(fs.readFileSync(path.join(out, "page.wasm")), { level: 9 }).toString("base64"),
    worker: closed(bundle(path.join(HERE, "js", "worker.js"))),
    script,
  };
  return read("page", "shell.html").replace(/\{\{(\w+)\}\}/g, (_, key) => values[key]);
}

/** A script that cannot end the element that it stands in. */
function closed(script) {
  return script.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
}

function hash(text) {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

function tellSizes() {
  const wasm = fs.readFileSync(path.join(out, "engine.wasm"));
  const brotli = zlib.brotliCompressSync(wasm, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } });
  const sizes = { "caselint.wasm": wasm.length, "with brotli": brotli.length, "with gzip": zlib.gzipSync(wasm, { level: 9 }).length };
  sizes["caselint.html"] = fs.statSync(path.join(out, "caselint.html")).size;
  for (const [what, size] of Object.entries(sizes)) console.log(`${what}: ${size} bytes`);
  if (brotli.length > MOST) throw new Error(`caselint.wasm has ${brotli.length} bytes with brotli, and may have ${MOST}`);
}
