// Reads the chosen file on this computer: a workbook is packed into the form, any other into the box.
const part = document.querySelector("[data-file]");
const said = document.querySelector("[data-file-said]");
const text = document.querySelector("#text");
const packed = document.querySelector("#packed");
const MOST = 1_000_000;

part.hidden = false;

document.querySelector("#file").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  text.value = packed.value = said.textContent = "";
  if (!file) return;
  if (file.size > MOST) {
    said.textContent = `${file.name} is larger than 1 MB. Cut it into several files.`;
  } else if (file.name.toLowerCase().endsWith(".xlsx")) {
    const address = await read(file);
    packed.value = address.slice(address.indexOf(",") + 1);
    said.textContent = `${file.name} is ready.`;
  } else {
    text.value = await file.text();
    said.textContent = `${file.name} stands in the box below.`;
  }
});

text.addEventListener("input", () => {
  packed.value = "";
});

function read(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
