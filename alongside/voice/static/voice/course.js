// What comes next: a quiet line for the time that is left, and the way to the part that has begun.
// Only lengths of time are used, so a clock that is wrong changes nothing. Nothing happens when the time is over.

const main = document.querySelector("[data-live]");
const coming = document.getElementById("coming");
const left = document.querySelector("[data-left]");
const A_MINUTE = 60;
const SOON = 6000;
const SPREAD = Number(main?.dataset.spread); // not everybody at the same moment

// --- how long

function say() {
  const minutes = Math.ceil((ends - performance.now() / 1000) / A_MINUTE);
  const many = `About ${minutes} ${minutes === 1 ? "minute" : "minutes"} left for this.`;
  const text = minutes > 0 ? many : "The planned time is over.";
  if (left.textContent !== text) left.textContent = text;
}

document.addEventListener("board:phase", ({ detail }) => {
  const line = document.querySelector(".course");
  if (detail.state === "closed" && line) line.textContent = "This part is over.";
});

const ends = left ? Number(left.dataset.left) + performance.now() / 1000 : 0;
if (left) setInterval(say, 5000);

// --- what has begun

const fields = () => [...document.querySelectorAll("textarea, main input:not([type=hidden], [type=checkbox]), main select")];
const writes = () =>
  fields().some((field) => field === document.activeElement || (field.matches("textarea") && field.value.trim())) ||
  document.querySelector(".note--waiting") !== null;

let going;
function stay() {
  clearTimeout(going);
  delete main.dataset.leaving;
  coming.querySelector("button")?.remove();
}

function go() {
  if (writes()) stay();
  else location.assign(coming.dataset.go);
}

// The words come first, so that they are read out once; what can be pressed follows them.
function tell(part) {
  const words = document.createElement("p");
  const name = document.createElement("strong");
  name.textContent = part;
  words.append("The next part has begun: ", name, ".");
  const link = document.createElement("a");
  link.className = "button";
  link.href = coming.dataset.go;
  link.textContent = "Go there";
  coming.replaceChildren(words, link);
  clearTimeout(going);
  if ("stays" in main.dataset || writes()) return;
  main.dataset.leaving = "";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet";
  button.textContent = "Stay here";
  button.addEventListener("click", () => {
    link.focus();
    stay();
  });
  coming.append(button);
  words.append(" The page goes there in a moment.");
  going = setTimeout(go, SOON + Math.random() * SPREAD);
}

// A page that was loaded anew when its part ended may have missed that another began meanwhile.
const anew = performance.getEntriesByType("navigation")[0]?.type === "reload";
if (coming?.dataset.now && anew) tell(coming.dataset.now);

if (coming) {
  document.addEventListener("board:next", ({ detail }) => tell(detail.part));
  // what opens again here is here: nobody has to go
  document.addEventListener("board:phase", ({ detail }) => {
    if (detail.state === "open") coming.replaceChildren();
  });
}
