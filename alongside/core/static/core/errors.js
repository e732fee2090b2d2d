// What needs correcting is heard first.
const summary = document.querySelector(".nhsuk-error-summary");
if (summary) {
  summary.tabIndex = -1;
  summary.focus();
}
