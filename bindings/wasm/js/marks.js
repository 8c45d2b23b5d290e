// Lines under phrases, while somebody writes. A textarea has no way to style a part of its text, so a layer of the same shape lies over it,
// with its own letters invisible; in editors the browser draws the lines itself (CSS Custom Highlight API), and where it cannot, the list
// says everything.

/** Marks for a box; `at(offset)` finds the mark that a place lies in. */
export function marksOf(box) {
  if ("value" in box.element) return new Layer(box);
  return globalThis.CSS?.highlights ? new Highlights(box) : new Marks(box);
}

/** A mark is `{ start, end, ask, key }`; offsets count the box's text. */
class Marks {
  marks = [];

  constructor(box) {
    this.box = box;
    this.text = box.text();
  }

  show(marks, text) {
    this.marks = marks;
    this.text = text;
    this.draw();
  }

  /** Moves the marks with the text while the next check is awaited; one that was written in is gone. */
  follow() {
    const text = this.box.text();
    this.marks = moved(this.marks, this.text, text);
    this.text = text;
    this.draw();
  }

  at(offset) {
    return this.marks.find(({ start, end }) => start <= offset && offset <= end);
  }

  draw() {}
  remove() {}
}

/** The marks as they stand after an edit that changed one stretch of the text. */
export function moved(marks, before, after) {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const shift = after.length - before.length;
  return marks.flatMap((mark) => {
    if (mark.end <= head) return [mark];
    if (mark.start >= before.length - tail) return [{ ...mark, start: mark.start + shift, end: mark.end + shift }];
    return [];
  });
}

/** What must be alike for letters to stand in the same places. */
const ALIKE = [
  ..."direction font-family font-feature-settings font-kerning font-size font-stretch font-style font-variant font-weight".split(" "),
  ..."hyphens letter-spacing line-break line-height overflow-wrap tab-size text-align text-indent text-transform".split(" "),
  ..."word-break word-spacing writing-mode padding-top padding-right padding-bottom padding-left".split(" "),
  ..."border-top-width border-right-width border-bottom-width border-left-width".split(" "),
];

class Layer extends Marks {
  #layer = document.createElement("div");
  #letters = document.createElement("div");
  #place = () => this.#align();
  #resized = new ResizeObserver(this.#place);

  constructor(box) {
    super(box);
    this.#layer.className = "caselint-layer";
    this.#layer.setAttribute("aria-hidden", "true");
    this.#letters.className = "caselint-letters";
    this.#layer.append(this.#letters);
    box.element.after(this.#layer);
    box.element.addEventListener("scroll", this.#place);
    addEventListener("resize", this.#place);
    this.#resized.observe(box.element);
  }

  draw() {
    const parts = [];
    let at = 0;
    for (const { start, end, ask } of [...this.marks].sort((a, b) => a.start - b.start)) {
      if (start < at) continue;
      const mark = document.createElement("mark");
      mark.className = `caselint-${ask}`;
      mark.textContent = this.text.slice(start, end);
      parts.push(this.text.slice(at, start), mark);
      at = end;
    }
    // A line end at the very end would otherwise take no room.
    this.#letters.replaceChildren(...parts, `${this.text.slice(at)}\n`);
    this.#align();
  }

  /** Lays the layer over the box, from wherever the page has put it. */
  #align() {
    const { element } = this.box;
    const style = getComputedStyle(element);
    this.#layer.hidden = this.marks.length === 0 || element.offsetParent === null;
    if (this.#layer.hidden) return;
    const letters = this.#letters.style;
    ALIKE.forEach((name) => letters.setProperty(name, style.getPropertyValue(name)));
    letters.whiteSpace = element.nodeName === "TEXTAREA" ? "pre-wrap" : "pre";
    const borders = parseFloat(style.borderLeftWidth) + parseFloat(style.borderRightWidth);
    letters.width = `${element.clientWidth + borders}px`;
    letters.transform = `translate(${-element.scrollLeft}px, ${-element.scrollTop}px)`;
    const layer = this.#layer.style;
    layer.width = `${element.clientWidth + borders}px`;
    layer.height = `${element.offsetHeight}px`;
    layer.transform = "none";
    const [own, its] = [this.#layer.getBoundingClientRect(), element.getBoundingClientRect()];
    layer.transform = `translate(${its.left - own.left}px, ${its.top - own.top}px)`;
  }

  remove() {
    this.#resized.disconnect();
    this.box.element.removeEventListener("scroll", this.#place);
    removeEventListener("resize", this.#place);
    this.#layer.remove();
  }
}

class Highlights extends Marks {
  #ranges = [];

  draw() {
    this.remove();
    for (const { start, end, ask } of this.marks) {
      const range = this.box.range(start, end);
      if (!range) continue;
      const name = `caselint-${ask}`;
      if (!CSS.highlights.has(name)) CSS.highlights.set(name, new Highlight());
      CSS.highlights.get(name).add(range);
      this.#ranges.push([name, range]);
    }
  }

  remove() {
    this.#ranges.forEach(([name, range]) => CSS.highlights.get(name)?.delete(range));
    this.#ranges = [];
  }
}
