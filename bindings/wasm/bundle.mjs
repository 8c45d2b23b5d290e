// Puts modules together to one script, and the page to one file. It knows as much of JavaScript as these modules use of it: `import { a } from`
// at the head, and `export` before what is declared.

import fs from "node:fs";
import path from "node:path";

/** The script of a module and of all that it imports. */
export function bundle(entry) {
  const parts = [];
  const names = new Map();
  const add = (file) => {
    if (names.has(file)) return names.get(file);
    const name = `module${names.size}`;
    names.set(file, name);
    const exported = [];
    const text = fs
      .readFileSync(file, "utf8")
      .replace(/^import \{([^}]*)\} from "([^"]+)";$/gm, (_, wanted, from) => {
        const imported = add(path.resolve(path.dirname(file), from));
        return `const {${wanted.replace(/ as /g, ": ")}} = ${imported};`;
      })
      .replace(/^export (async function|function|class|const) (\w+)/gm, (_, kind, name) => {
        exported.push(name);
        return `${kind} ${name}`;
      });
    const left = /^(import|export)\b.*/m.exec(text);
    if (left) throw new Error(`${file}: this cannot be bundled: ${left[0]}`);
    parts.push(`const ${name} = (() => {\n${text}\nreturn { ${exported.join(", ")} };\n})();`);
    return name;
  };
  add(path.resolve(entry));
  return `"use strict";\n(() => {\n${parts.join("\n")}\n})();\n`;
}
