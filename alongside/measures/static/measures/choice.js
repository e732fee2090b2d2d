// A choice and "Prefer not to answer" exclude each other; help shows at once where the question is there for it.
const choices = document.querySelector("[data-choices]");
const declined = document.querySelector("[data-declined]");
const support = document.querySelector("[data-support]");

function chosen() {
  return choices?.querySelector("input:checked");
}

function show() {
  if (support) support.hidden = !chosen() || Number.parseFloat(chosen().value) <= Number(choices.dataset.low);
}

choices?.addEventListener("change", () => {
  declined.checked = false;
  show();
});
declined?.addEventListener("change", () => {
  if (declined.checked && chosen()) chosen().checked = false;
  show();
});
