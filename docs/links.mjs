// Checks the links of a built book: node docs/links.mjs FOLDER. Each that stays within the book leads to a file, and to a heading of it where
// it names one. Addresses elsewhere are not asked.
import fs from "node:fs";
import path from "node:path";

const root = path.resolve(process.argv[2]);
const pages = fs.readdirSync(root, { recursive: true }).filter((file) => file.endsWith(".html"));
const texts = new Map(pages.map((file) => [path.join(root, file), fs.readFileSync(path.join(root, file), "utf8")]));
const ids = new Map([...texts].map(([file, text]) => [file, new Set([...text.matchAll(/\bid="([^"]+)"/g)].map((found) => found[1]))]));

/** What is amiss with a link of a page; nothing where it leads somewhere. */
function fault(page, link) {
  const [address, heading] = link.replaceAll("&amp;", "&").split("#").map(decodeURIComponent);
  let target = address === "" ? page : path.resolve(path.dirname(page), address.split("?")[0]);
  if (!target.startsWith(root)) return "leads out of the book";
  if (fs.existsSync(target) && fs.statSync(target).isDirectory()) target = path.join(target, "index.html");
  if (!fs.existsSync(target)) return "leads nowhere";
  if (heading && texts.has(target) && !ids.get(target).has(heading)) return "leads to a heading that is not there";
}

const faults = [];
let links = 0;
for (const [page, text] of texts) {
  // The page that is shown for a wrong address, and the one for printing, stand elsewhere than their links think; examples are not pages.
  if (/\/(404|print|toc)\.html$/.test(page) || /\/examples\/presave\//.test(page)) continue;
  for (const [, link] of text.matchAll(/<(?:a|img|link|script)\b[^>]*?\b(?:href|src)="([^"]+)"/g)) {
    if (/^[a-z]+:/i.test(link)) continue;
    links += 1;
    const what = fault(page, link);
    if (what) faults.push(`${path.relative(root, page)}: ${link} ${what}`);
  }
}
console.log(`${texts.size} pages, ${links} links within the book`);
for (const line of new Set(faults)) console.error(line);
process.exit(faults.length > 0 || links < 1000 ? 1 : 0);
