// The list of findings: enough by itself for somebody who sees no marks.

import { arrange, make } from "./dom.js";
import { findingItem } from "./finding.js";

export class List {
  #items = new Map();
  #heading;
  #status = make("p", { className: "caselint-status", role: "status" });
  #list = make("ol", { className: "caselint-list" });

  /** `level` is that of the heading. */
  constructor(container, level = 2) {
    this.#heading = make(`h${level}`, { className: "caselint-heading", tabIndex: -1 }, "Words to look at");
    this.element = make("section", { className: "caselint-panel" }, this.#heading, this.#status, this.#list);
    this.element.setAttribute("aria-label", "Words to look at");
    container.append(this.element);
  }

  /** Says something instead of a list, such as that the check is not there. */
  say(text) {
    // Set only where it changes, so that nobody hears the same again and again.
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }

  /** Shows entries `{ key, finding, place, go }`. An item that stays keeps its state and its focus. */
  show(entries) {
    const holdsFocus = this.#list.contains(document.activeElement);
    const items = new Map();
    for (const { key, finding, place, go } of entries) {
      const known = this.#items.get(key);
      const isSame = known?.message === finding.message && known.text === finding.text;
      const shown = isSame ? known : { message: finding.message, text: finding.text };
      shown.go = go;
      if (!isSame) {
        shown.item = findingItem(finding, place, () => shown.go());
        if (known) shown.item.firstChild.open = known.item.firstChild.open;
      }
      items.set(key, shown);
    }
    this.#items = items;
    arrange(this.#list, [...items.values()].map(({ item }) => item));
    if (holdsFocus && !this.#list.contains(document.activeElement)) this.#heading.focus();
    this.say(counted(entries.length));
  }

  /** Opens an item and brings it into view; the focus stays where somebody writes. */
  open(key) {
    const item = this.#items.get(key)?.item;
    if (!item) return;
    for (const { item: other } of this.#items.values()) other.firstChild.open = other === item;
    item.scrollIntoView({ block: "nearest" });
  }

  remove() {
    this.element.remove();
  }
}

function counted(number) {
  if (number === 0) return "Nothing found by these rules.";
  return number === 1 ? "1 place to look at." : `${number} places to look at.`;
}
