// Keys for judging a mark, while its number has the focus; and its place, drawn where the number says.
const form = document.querySelector("[data-judge]");
const box = form.querySelector("input.input");
const strip = document.querySelector("svg.strip");
const drawn = strip?.querySelector("[data-place]");

function draw() {
  const value = Number(box.value.replace(",", "."));
  const shown = box.value.trim() !== "" && value >= 0 && value <= 10;
  drawn.setAttribute("visibility", shown ? "visible" : "hidden");
  if (!shown) return;
  const { zero, one, low } = strip.dataset;
  drawn.setAttribute("transform", `translate(${Number(zero) + (value - Number(low)) * Number(one)} 0)`);
  follow();
}

function follow() {
  // on a small screen the place may lie outside
  const round = strip.parentElement;
  const place = drawn.getBoundingClientRect();
  const seen = round.getBoundingClientRect();
  if (place.left < seen.left + 24 || place.right > seen.right - 24) {
    round.scrollLeft += (place.left + place.right) / 2 - (seen.left + seen.right) / 2;
  }
}

function move(by) {
  const now = box.value.trim() === "" ? 5 : Number(box.value.replace(",", "."));
  if (Number.isNaN(now)) return;
  box.value = Math.min(10, Math.max(0, now + by)).toFixed(1);
  draw();
}

function pressed(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const arrows = { ArrowLeft: -0.1, ArrowDown: -0.1, ArrowRight: 0.1, ArrowUp: 0.1 };
  const by = arrows[event.key];
  const does = form.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (by === undefined && !does) return;
  event.preventDefault();
  if (does) does.click();
  else move(by);
}

if (box && strip) {
  box.addEventListener("keydown", pressed);
  box.addEventListener("input", draw);
  strip.addEventListener("click", (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(strip.getScreenCTM().inverse());
    const { zero, one, low } = strip.dataset;
    box.value = Math.min(10, Math.max(0, (at.x - Number(zero)) / Number(one) + Number(low))).toFixed(1);
    draw();
    box.focus();
  });
  box.focus();
  box.select();
  draw();
}
