// Elements, made without a word of HTML, so that no text of a record is ever read as one.

/** An element with properties, and children that are elements or texts; `null` is left out. */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Puts these children into a parent in this order; those that stay are not touched, so that focus stays. */
export function arrange(parent, children) {
  for (const child of [...parent.children]) {
    if (!children.includes(child)) child.remove();
  }
  children.forEach((child, number) => {
    if (parent.children[number] !== child) parent.insertBefore(child, parent.children[number] ?? null);
  });
}
