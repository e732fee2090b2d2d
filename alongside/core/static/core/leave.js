// Leave this page: by its button, or by Shift pressed three times within five seconds.
const form = document.querySelector("[data-leave]");

function leave() {
  document.documentElement.classList.add("leaving");
  document.title = "";
  navigator.sendBeacon(form.action, new FormData(form));
  location.replace(form.action);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  leave();
});

let presses = [];
addEventListener("keydown", (event) => {
  if (event.repeat) return;
  presses = event.key === "Shift" ? [...presses, event.timeStamp].slice(-3) : [];
  if (presses.length === 3 && presses[2] - presses[0] < 5000) leave();
});
