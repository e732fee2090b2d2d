// The 10 cm line. The typed number is the real field; the line is another way to fill it, and stays empty until
// somebody acts. A mark says how it was made: on the line, with keys, as a number, or with the small buttons.
const vas = document.querySelector("[data-line]");
const track = vas.querySelector("[data-track]");
const mark = vas.querySelector("[data-mark]");
const waiting = vas.querySelector("[data-waiting]");
const words = vas.querySelector("[data-waiting-words]");
const marked = vas.querySelector("[data-marked]");
const number = document.querySelector("[data-number]");
const declined = document.querySelector("[data-declined]");
const how = document.querySelector("[data-how]");
const mistake = document.querySelector("[data-mistake]");
const support = document.querySelector("[data-support]");

const low = Number(vas.dataset.low);
const high = Number(vas.dataset.high);
const step = Number(vas.dataset.step);
const ends = `from ${vas.dataset.lowWords} to ${vas.dataset.highWords}`;
const example = (low + 0.64 * (high - low)).toFixed(1);
const NONE = words.textContent;
let value = null;

function draw() {
  const none = value === null;
  mark.hidden = none;
  waiting.hidden = !none;
  marked.hidden = none;
  if (!none) mark.style.left = `${((value - low) / (high - low)) * 100}%`;
  words.textContent = declined.checked ? "You chose not to answer. That is all right." : NONE;
  track.setAttribute("aria-valuenow", value ?? low);
  track.setAttribute("aria-valuetext", none ? `${declined.checked ? "You chose not to answer" : "No mark yet"}, ${ends}` : `${value.toFixed(1)} out of ${high}, ${ends}`);
  if (support) support.hidden = none || value <= low;
}

function complain(sentence) {
  mistake.textContent = sentence;
  number.setAttribute("aria-invalid", String(sentence !== ""));
}

// Put the mark somewhere, or take it off with null; the number and the rest of the page follow.
function put(wanted, way) {
  const steps = wanted === null ? null : Math.round((Math.min(high, Math.max(low, wanted)) - low) / step);
  value = steps === null ? null : Number((low + steps * step).toFixed(6));
  number.value = value === null ? "" : value.toFixed(1);
  if (value !== null) declined.checked = false;
  complain("");
  made(way);
  draw();
}

function made(way) {
  how.value = value === null ? "" : way;
  how.dispatchEvent(new Event("input", { bubbles: true })); // so that the page knows somebody is here
}

// What the typed number says: a value, null where nothing is typed, undefined where it is not on the line.
function read() {
  const typed = number.value.trim().replace(",", ".");
  if (typed === "") return null;
  const said = /^\d*\.?\d*$/.test(typed) && /\d/.test(typed) ? Number(typed) : NaN;
  const steps = (said - low) / step;
  const fits = said >= low && said <= high && Math.abs(steps - Math.round(steps)) < 1e-6;
  return fits ? said : undefined;
}

function typed() {
  const said = read();
  complain(said === undefined ? `Type a number from ${low} to ${high}, such as ${example}` : "");
  value = said ?? null;
  if (number.value.trim() !== "") declined.checked = false;
  draw();
}

number.addEventListener("input", () => {
  typed();
  how.value = value === null ? "" : "number";
});

declined.addEventListener("change", () => {
  if (declined.checked) put(null);
  draw();
});

// By touch or mouse. A finger that turns out to be scrolling leaves everything as it was.
let before;

function follow(event) {
  const { left, width } = track.getBoundingClientRect();
  put(low + ((event.clientX - left) / width) * (high - low), "line");
}

track.addEventListener("pointerdown", (event) => {
  if (event.button !== 0) return;
  before = { number: number.value, how: how.value, declined: declined.checked };
  track.setPointerCapture(event.pointerId);
  follow(event);
});
track.addEventListener("pointermove", (event) => {
  if (!before) return;
  track.dataset.held = "";
  follow(event);
});
track.addEventListener("pointerup", release);
track.addEventListener("pointercancel", () => {
  if (!before) return;
  number.value = before.number;
  declined.checked = before.declined;
  how.value = before.how;
  release();
  typed();
});

function release() {
  before = undefined;
  delete track.dataset.held;
}

// By keyboard. The first arrow puts the mark in the middle, as there is nowhere to move it from.
const moves = { ArrowRight: step, ArrowUp: step, ArrowLeft: -step, ArrowDown: -step, PageUp: 10 * step, PageDown: -10 * step };

track.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key in moves) put(value === null ? (low + high) / 2 : value + moves[event.key], "keys");
  else if (event.key === "Home") put(low, "keys");
  else if (event.key === "End") put(high, "keys");
  else if (event.key === "Delete" || event.key === "Backspace") put(null);
  else return;
  event.preventDefault();
});

for (const button of vas.querySelectorAll("[data-move]")) {
  button.addEventListener("click", () => put(value + button.dataset.move * step, "taps"));
}
vas.querySelector("[data-off]").addEventListener("click", () => {
  put(null);
  track.focus();
});

track.setAttribute("role", "slider");
track.tabIndex = 0;
track.setAttribute("aria-valuemin", low);
track.setAttribute("aria-valuemax", high);
const complaint = mistake.textContent; // what the server said of this number stays until it is changed
typed();
if (complaint) complain(complaint);
vas.dataset.ready = "";
