// How files come to the page: by a button, or dropped anywhere on it.

/** Calls `take` with files that are chosen by the button, or dropped while the section is shown. */
export function acceptFiles(button, input, section, take) {
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    const files = [...input.files];
    // So that the same file can be chosen again after it has changed.
    input.value = "";
    take(files);
  });
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  const over = (isOver) => document.body.classList.toggle("dropping", isOver && !section.hidden);
  addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    // The browser would leave the page for the file, and what is written here would be gone.
    event.preventDefault();
    over(true);
  });
  addEventListener("dragleave", (event) => event.relatedTarget || over(false));
  addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    over(false);
    if (!section.hidden) take([...event.dataTransfer.files]);
  });
}
