// One file, several pages: each is a section, and the address behind the # says which is seen.

const MAIN = document.getElementById("main");
let pages = [...document.querySelectorAll(".page")];

/** Makes the links, where there is more than one page to go to, and shows the page that the address names. `only` names the pages that stay. */
export function startPages(only = pages.map(({ id }) => id)) {
  pages.filter(({ id }) => !only.includes(id)).forEach((page) => page.remove());
  pages = pages.filter(({ id }) => only.includes(id));
  const nav = document.querySelector("nav");
  for (const { id, dataset } of pages) {
    const link = document.createElement("a");
    link.href = `#${id}`;
    link.textContent = dataset.title;
    const item = document.createElement("li");
    item.append(link);
    nav.firstElementChild.append(item);
  }
  nav.hidden = pages.length < 2;
  addEventListener("hashchange", () => showPage(true));
  showPage(false);
}

/** The page that is seen moves the focus, so that who does not see it hears that it changed. */
function showPage(isMove) {
  const wanted = pages.find(({ id }) => location.hash === `#${id}`);
  // Other addresses lead to places within a page.
  if (isMove && !wanted) return;
  const shown = wanted ?? pages[0];
  pages.forEach((page) => (page.hidden = page !== shown));
  document.title = `${shown.dataset.title} – caselint`;
  for (const link of document.querySelectorAll(".pages a")) {
    if (link.hash === `#${shown.id}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (isMove) MAIN.focus();
}
