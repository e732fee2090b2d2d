// The wall: themes that come and go by themselves, and notes that are dragged into them or moved by a form.
// Without this file every move is a form that is sent, and the page is loaded again.

const canvas = document.querySelector(".canvas");
const moves = "moves" in canvas.dataset;
const said = document.getElementById("said");
const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
const NEW = "new";
const LONG = 60;

const columnOf = (theme) => canvas.querySelector(`[data-column="${theme}"]`);
const titleOf = (theme) => columnOf(theme)?.querySelector("h2").textContent ?? "no theme";
const selects = () => document.querySelectorAll("[data-move] select");
const all = () => [...document.querySelectorAll("[data-move]"), ...templateForms()];
const templateForms = () => document.getElementById("note")?.content.querySelectorAll("[data-move]") ?? [];

// --- themes that come, are called something else, and go

function option(select, theme, title) {
  const there = select.querySelector(`option[value="${theme}"]`);
  if (there) {
    there.textContent = title;
    return;
  }
  const made = document.createElement("option");
  made.value = theme;
  made.textContent = title;
  select.querySelector(`option[value="${NEW}"]`).before(made);
}

document.addEventListener("board:theme", ({ detail: { theme, title } }) => {
  const column = columnOf(theme) ?? made(theme);
  const heading = column.querySelector("h2");
  (heading.querySelector("a") ?? heading).textContent = title;
  for (const form of all()) option(form.querySelector("select"), theme, title);
});

function made(theme) {
  const column = document.getElementById("column").content.firstElementChild.cloneNode(true);
  column.dataset.column = theme;
  column.setAttribute("aria-labelledby", `t-${theme}`);
  column.querySelector(".notes").dataset.theme = theme;
  const heading = column.querySelector("h2");
  heading.id = `t-${theme}`;
  if ("leads" in document.getElementById("main").dataset) {
    const link = document.createElement("a");
    link.href = `/workshops/themes/${theme}/`;
    heading.append(link);
  }
  canvas.querySelector(".themes").append(column);
  return column;
}

document.addEventListener("board:theme.gone", ({ detail: { theme, into } }) => {
  const column = columnOf(theme);
  const to = into && columnOf(into);
  if (column && to) to.querySelector(".notes").append(...column.querySelectorAll(".note"));
  column?.remove();
  for (const form of all()) form.querySelector(`option[value="${theme}"]`)?.remove();
});

document.addEventListener("board:note", ({ detail }) => {
  const item = document.getElementById(`n-${detail.note}`);
  const select = item?.querySelector("[data-move] select");
  if (!select || item.contains(document.activeElement)) return;
  select.value = detail.theme ?? "";
  prepare(item);
});

// --- moving

async function move(item, theme, title = "") {
  const form = item.querySelector("[data-move]");
  const from = item.closest(".notes").dataset.theme;
  const words = item.querySelector(".text").textContent;
  const short = words.length > LONG ? `${words.slice(0, LONG)}…` : words;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": token },
      body: new URLSearchParams({ theme, title }),
      redirect: "error",
    });
    const told = await answer.json();
    if (!answer.ok) {
      said.textContent = told.error;
      return;
    }
    arrive(item, told.theme ?? "");
    shut(item.querySelector(".mover"));
    said.textContent = `“${short}” is in ${told.title || "no theme"} now. `;
    if (from !== (told.theme ?? "")) said.append(back(item, from));
  } catch {
    said.textContent = "That could not be sent. Try once more in a moment.";
  }
}

// Put it there at once; what is sent to everybody says the same.
function arrive(item, theme) {
  const list = canvas.querySelector(`.notes[data-theme="${theme}"]`);
  if (!list || item.parentElement === list) return;
  const held = item.contains(document.activeElement) ? document.activeElement : null;
  list.append(item);
  held?.focus();
  for (const column of canvas.querySelectorAll("[data-column]")) {
    column.querySelector(".ct").textContent = column.querySelectorAll(".note").length;
  }
}

// The list of themes goes away, and the keyboard stays where it was opened.
function shut(mover) {
  const inside = mover.contains(document.activeElement);
  mover.open = false;
  if (inside) mover.querySelector("summary").focus();
}

function back(item, theme) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain";
  button.textContent = "Put it back";
  button.addEventListener("click", () => move(item, theme));
  return button;
}

function prepare(item) {
  const form = item.querySelector("[data-move]");
  if (!moves || !form) return;
  item.draggable = true;
  form.querySelector("[data-title]").hidden = form.elements.theme.value !== NEW;
}

document.addEventListener("change", ({ target }) => {
  const form = target.closest?.("[data-move]");
  if (!form || target.name !== "theme") return;
  const title = form.querySelector("[data-title]");
  title.hidden = target.value !== NEW;
  if (!title.hidden) form.elements.title.focus();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-move]")) return;
  event.preventDefault();
  const { theme, title } = form.elements;
  if (theme.value === NEW && !title.value.trim()) {
    said.textContent = "Give the new theme a name first.";
    title.focus();
    return;
  }
  move(form.closest(".note"), theme.value, theme.value === NEW ? title.value : "");
  title.value = "";
});

let dragged;
canvas.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(".note");
  if (dragged) event.dataTransfer.effectAllowed = "move";
});
canvas.addEventListener("dragend", () => {
  dragged = null;
  unmark();
});
canvas.addEventListener("dragover", (event) => {
  const list = where(event);
  if (!dragged || !list) return;
  event.preventDefault();
  unmark();
  list.classList.add("over");
});
canvas.addEventListener("drop", (event) => {
  const list = where(event);
  if (!dragged || !list) return;
  event.preventDefault();
  unmark();
  if (dragged.parentElement !== list) move(dragged, list.dataset.theme);
});

const where = (event) => event.target.closest?.(".theme, .tray")?.querySelector(".notes");
const unmark = () => canvas.querySelectorAll(".over").forEach((list) => list.classList.remove("over"));

// notes that come later are prepared as they are put on the board
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) for (const node of addedNodes) if (node.matches?.(".note")) prepare(node);
}).observe(canvas, { childList: true, subtree: true });
for (const item of canvas.querySelectorAll(".note")) prepare(item);
for (const select of selects()) select.value = select.closest(".notes").dataset.theme;
