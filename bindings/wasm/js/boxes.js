// The boxes of a form: textareas, inputs of text, and elements that can be edited in place. Each gives its text and can select a stretch of it.

/** A box for an element that is written in. */
export function boxOf(element) {
  return "value" in element ? new TextBox(element) : new RichBox(element);
}

/** What a box is called: as its label says. */
export function headingOf(element) {
  const named = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
  const labels = named.length > 0 ? named.map((id) => document.getElementById(id)) : [...(element.labels ?? [])];
  const text = labels.map((label) => label?.textContent ?? "").join(" ");
  return (text || element.getAttribute("aria-label") || "").replace(/\s+/g, " ").trim() || undefined;
}

class TextBox {
  constructor(element) {
    this.element = element;
  }

  text() {
    return this.element.value;
  }

  select(start, end) {
    this.element.focus();
    this.element.setSelectionRange(start, end);
  }

  /** Where the caret is, if it is in the box. */
  caret() {
    return document.activeElement === this.element ? this.element.selectionStart : undefined;
  }
}

const LINES = new Set("ADDRESS ARTICLE BLOCKQUOTE DD DIV DL DT FIGURE H1 H2 H3 H4 H5 H6 HR LI OL P PRE SECTION TABLE TR UL".split(" "));

class RichBox {
  #pieces = [];

  constructor(element) {
    this.element = element;
  }

  /** The text as it is seen, with line ends where blocks begin and end; where each piece of it stands in the document is kept. */
  text() {
    const pieces = [];
    let text = "";
    const breakLine = () => {
      if (text && !text.endsWith("\n")) text += "\n";
    };
    const walk = (node) => {
      if (node.nodeType === Node.TEXT_NODE) {
        pieces.push({ node, start: text.length });
        text += node.data;
      } else if (node.nodeName === "BR") {
        text += "\n";
      } else {
        const isBlock = LINES.has(node.nodeName) && node !== this.element;
        if (isBlock) breakLine();
        node.childNodes.forEach(walk);
        if (isBlock) breakLine();
      }
    };
    walk(this.element);
    this.#pieces = pieces;
    return text;
  }

  /** A stretch of the text that was given last. */
  range(start, end) {
    const from = this.#at(start, (piece) => start < piece.start + piece.node.data.length);
    const to = this.#at(end, (piece) => end <= piece.start + piece.node.data.length);
    if (!from || !to) return undefined;
    const range = document.createRange();
    range.setStart(...from);
    range.setEnd(...to);
    return range;
  }

  #at(offset, reaches) {
    const piece = this.#pieces.find(reaches);
    if (!piece?.node.isConnected) return undefined;
    const within = Math.max(0, offset - piece.start);
    return within <= piece.node.data.length ? [piece.node, within] : undefined;
  }

  select(start, end) {
    const range = this.range(start, end);
    this.element.focus();
    if (!range) return;
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  }

  caret() {
    const selection = getSelection();
    if (!this.element.contains(selection.anchorNode)) return undefined;
    const piece = this.#pieces.find(({ node }) => node === selection.anchorNode);
    return piece && piece.start + selection.anchorOffset;
  }
}
