// Leave this page: by its link, or by Shift pressed three times within five seconds.
const link = document.querySelector("[data-leave]");

function leave() {
  document.documentElement.classList.add("leaving");
  document.title = "";
  location.replace(link.href);
}

link.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

let presses = [];
addEventListener("keydown", (event) => {
  if (event.repeat) return;
  presses = event.key === "Shift" ? [...presses, event.timeStamp].slice(-3) : [];
  if (presses.length === 3 && presses[2] - presses[0] < 5000) leave();
});
