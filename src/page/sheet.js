"use strict";
// Saves the answers to a file when asked to. Nothing is kept or sent.
(() => {
  const form = document.getElementById("sheet");
  const done = document.getElementById("done");
  const items = [...form.querySelectorAll("fieldset")].map((set) => set.id.slice(1));

  const answers = () =>
    items.flatMap((item) => {
      const chosen = form.querySelector(`input[name="a${item}"]:checked`);
      return chosen ? [{ item: Number(item), answer: chosen.value }] : [];
    });

  const count = () => {
    done.textContent = `${answers().length} of ${items.length} answered`;
  };

  const write = {
    json: () => JSON.stringify({ sheet: form.dataset.sheet, reader: document.getElementById("reader").value.trim(), answers: answers() }, null, 1) + "\n",
    csv: () => ["sheet,item,answer", ...answers().map(({ item, answer }) => `${form.dataset.sheet},${item},${answer}`), ""].join("\r\n"),
  };

  const save = (as) => {
    const link = document.createElement("a");
    const initials = document.getElementById("reader").value.replace(/[^\p{L}\p{N}]+/gu, "-");
    link.href = URL.createObjectURL(new Blob([write[as]()], { type: as === "csv" ? "text/csv" : "application/json" }));
    link.download = `answers-${form.dataset.sheet}${initials ? `-${initials}` : ""}.${as}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    done.textContent = `${answers().length} of ${items.length} answered; saved as ${link.download}`;
  };

  form.addEventListener("change", count);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelectorAll("button").forEach((button) => button.addEventListener("click", () => save(button.dataset.as)));
  form.querySelector(".save").hidden = false;
  count();
})();
