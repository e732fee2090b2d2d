// Reads a file of this computer into a box of the page: the site itself takes words, and no files.
for (const part of document.querySelectorAll("[data-file-into]")) {
  const { fileInto, fileLargest, fileTooLarge } = part.dataset;
  const box = document.getElementById(fileInto);
  const wrong = part.querySelector("[data-file-wrong]");
  part.hidden = false;
  part.querySelector("input").addEventListener("change", async ({ target }) => {
    const [file] = target.files;
    if (!file) return;
    wrong.textContent = "";
    try {
      if (file.size > Number(fileLargest)) throw new RangeError();
      box.value = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    } catch (error) {
      wrong.textContent = error instanceof RangeError
        ? fileTooLarge
        : "This file is not UTF-8 text. Save it again as UTF-8, or paste its text.";
    }
    target.value = "";
  });
}
