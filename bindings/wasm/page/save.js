// What leaves the page, where somebody asks for it: files that the browser saves, and text for the clipboard.

import { make } from "../js/dom.js";

/** Has the browser save bytes under a name. */
export function save(bytes, name, type) {
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** The clipboard may be closed to a page that comes from a file; then the older way is left. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const box = make("textarea", { value: text, readOnly: true });
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
  }
}

/** The day, as it is on this computer: `2026-03-12`. */
export function today() {
  const day = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** The time, as comments bear it: `2026-03-12T09:30:00Z`. */
export function now() {
  return new Date().toISOString().replace(/\.\d+Z$/, "Z");
}
