// A board that moves by itself. Without this file the page works by being loaded again.
// Notes that cannot be sent wait in this tab alone, and are sent once when the line is back.

const board = document.querySelector("[data-live]");
const said = document.getElementById("said");
const waitingLine = document.getElementById("waiting");
const form = document.querySelector("form.write[data-write]");
const leads = "leads" in board.dataset;
const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
const SPREAD = Number(board.dataset.spread); // not everybody at the same moment
const PATIENCE = 15000;
const LATER = 3000;
let last = Number(board.dataset.after);

const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const noteOf = (key) => document.getElementById(`n-${key}`);
const listOf = (theme) => board.querySelector(`.notes[data-theme="${theme ?? ""}"]`) ?? board.querySelector(".notes");

// --- what the page says aloud: one sentence for all that came in a moment

let heard = 0;
let telling;
function announce(text) {
  said.textContent = text;
}
function tell() {
  clearTimeout(telling);
  telling = setTimeout(() => {
    if (heard) announce(heard === 1 ? "1 new note." : `${heard} new notes.`);
    heard = 0;
  }, 1000);
}

// --- notes

function controls(item, name, key) {
  const copy = document.getElementById(name).content.cloneNode(true);
  address(copy, key);
  item.append(copy);
}

// A template stands in no document with an address, so its links are read as they were written.
function address(copy, key) {
  for (const one of copy.querySelectorAll("[href], [action], [formaction]")) {
    for (const what of ["href", "action", "formaction"]) {
      if (one.hasAttribute(what)) one.setAttribute(what, one.getAttribute(what).replace("0".repeat(32), key));
    }
  }
}

function made(key, mine) {
  const item = document.getElementById("note").content.firstElementChild.cloneNode(true);
  item.id = `n-${key}`;
  item.dataset.note = key;
  address(item, key);
  if (mine) {
    item.dataset.mine = "";
    item.classList.add("note--mine");
    controls(item, "own", key);
  }
  return item;
}

const STATES = { held: " · Waiting for a facilitator", set_aside: " · Set aside" };

function show(one, mine = false) {
  let item = noteOf(one.note);
  const list = listOf(one.theme);
  if (!item) {
    item = made(one.note, mine);
    if (!mine) heard += 1;
  }
  item.dataset.place = one.place ?? item.dataset.place ?? "";
  item.classList.remove("note--waiting");
  item.querySelector(".text").textContent = one.text;
  item.dataset.state = one.state ?? "shown";
  const from = one.for ? `${one.from}, entered by a facilitator` : one.from;
  item.querySelector(".from").textContent = from + (STATES[one.state] ?? "");
  if (item.parentElement !== list) put(item, list);
}

function put(item, list) {
  const place = Number(item.dataset.place) || Infinity;
  const after = [...list.children].find((other) => Number(other.dataset.place) > place);
  list.insertBefore(item, after ?? null);
  count();
}

function count() {
  for (const column of board.querySelectorAll("[data-column]")) {
    column.querySelector(".ct").textContent = column.querySelectorAll(".note").length;
  }
  const none = board.querySelector("[data-none]");
  if (none) none.hidden = none.parentElement.querySelector(".note") !== null;
}

function away(key) {
  const item = noteOf(key);
  if (!item || "mine" in item.dataset) return; // one’s own stays until it is loaded again
  if (item.contains(document.activeElement)) document.getElementById("main").focus();
  item.remove();
  count();
}

// --- what comes

const DO = {
  note: (one) => show(one, Boolean(noteOf(one.note)?.hasAttribute("data-mine"))),
  gone: (one) => away(one.note),
  phase: (one) => "stays" in board.dataset || reload(one.state === "closed" ? OVER : CHANGED),
  anew: () => reload(),
  merged: () => reload(),
};

const CHANGED = "This board has changed. Load the page again when you have sent your note.";
const OVER = "This part is over, so no note can be added now. What you wrote is still in the box.";

function take(items) {
  for (const one of items) DO[one.kind]?.(one);
  for (const one of items) document.dispatchEvent(new CustomEvent(`board:${one.kind}`, { detail: one }));
  if (heard) tell();
}

// Something about the whole board changed: it is loaded again, when nobody is in the middle of writing, and not by
// everybody at the same moment.
function reload(otherwise = CHANGED) {
  const written = form?.elements.text.value.trim();
  if (written || queue().length) {
    announce(otherwise);
    return;
  }
  setTimeout(() => "leaving" in board.dataset || location.reload(), Math.random() * SPREAD);
}

function listen() {
  const stream = new EventSource(`${board.dataset.live}?after=${last}`);
  let lived = false;
  const giveUp = setTimeout(() => {
    if (!lived) {
      stream.close();
      ask();
    }
  }, PATIENCE);
  const alive = () => {
    lived = true;
    clearTimeout(giveUp);
  };
  stream.addEventListener("open", () => {
    alive();
    send();
  });
  stream.addEventListener("message", (event) => {
    alive();
    last = Number(event.lastEventId) || last;
    take(JSON.parse(event.data));
  });
  stream.addEventListener("resync", () => reload());
  stream.addEventListener("error", () => {
    if (stream.readyState === EventSource.CLOSED) {
      clearTimeout(giveUp);
      setTimeout(listen, LATER + Math.random() * LATER);
    }
  });
}

// For a line on which streams do not come through: one question after another.
async function ask() {
  for (;;) {
    try {
      const answer = await fetch(`${board.dataset.live}?poll=1&after=${last}`, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const { last: reached, items, event } = await answer.json();
      last = reached;
      if (event === "resync") reload();
      take(items);
      send();
    } catch {
      await new Promise((done) => setTimeout(done, LATER));
    }
  }
}

// --- writing

const HELD = `waiting:${location.pathname}`;
const queue = () => JSON.parse(sessionStorage.getItem(HELD) ?? "[]");
const keep = (notes) => {
  notes.length ? sessionStorage.setItem(HELD, JSON.stringify(notes)) : sessionStorage.removeItem(HELD);
  const many = notes.length === 1 ? "1 note is waiting to be sent." : `${notes.length} notes are waiting to be sent.`;
  waitingLine.textContent = notes.length ? `${many} Keep this page open.` : "";
};

let sending = false;
async function send() {
  if (sending || !form) return;
  sending = true;
  try {
    while (queue().length) {
      const [one] = queue();
      const answer = await post(form.action, one);
      keep(queue().filter((other) => other.key !== one.key));
      if (answer.ok) {
        noteOf(one.key)?.classList.remove("note--waiting");
        const { state } = await answer.json();
        announce(state === "held" ? "Your note is sent. A facilitator reads it first." : "Your note is on the board.");
      } else {
        await refused(one, answer);
      }
    }
  } catch {
    // the line is away: it is tried again when it is back
  } finally {
    sending = false;
  }
}

function post(address, fields) {
  return fetch(address, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": token },
    body: new URLSearchParams(fields),
    redirect: "error",
  });
}

async function refused(one, answer) {
  noteOf(one.key)?.remove();
  count();
  const { error } = await answer.json().catch(() => ({ error: "That could not be sent. Please load the page again." }));
  form.querySelector("[data-error]").textContent = error;
  const field = form.elements.text;
  field.value = field.value ? `${one.text}\n${field.value}` : one.text;
  field.focus();
}

form?.addEventListener("submit", (event) => {
  const text = form.elements.text.value.trim();
  if (!text) return;
  event.preventDefault();
  const one = { text, key: newKey() };
  form.querySelector("[data-error]").textContent = "";
  form.elements.text.value = "";
  const from = document.querySelector("h1").textContent;
  show({ note: one.key, text, from, place: "" }, true);
  noteOf(one.key).classList.add("note--waiting");
  keep([...queue(), one]);
  send();
});

form?.elements.text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

// a facilitator’s buttons and taking back work in place
document.addEventListener("submit", async (event) => {
  const way = event.target;
  if (!way.matches("[data-put], [data-take-back]")) return;
  event.preventDefault();
  const pressed = event.submitter?.hasAttribute("formaction") ? event.submitter.formAction : way.action;
  try {
    const answer = await post(pressed, new FormData(way));
    if (answer.status === 400 || answer.status === 409) {
      const { error } = await answer.json();
      const place = way.querySelector("[data-error]");
      if (place) place.textContent = error;
      return announce(error);
    }
    if (!answer.ok) throw new Error();
    if (way.matches("[data-put]")) tidy(way, (await answer.json()).said);
    if (way.matches("[data-take-back]")) {
      const item = way.closest(".note");
      delete item.dataset.mine;
      away(item.dataset.note);
      announce("Your note is taken back.");
    }
  } catch {
    way.action = pressed;
    way.submit();
  }
});

function tidy(way, sentence) {
  const kept = way.closest("details");
  if (kept) kept.open = false;
  way.reset();
  const place = way.querySelector("[data-error]");
  if (place) place.textContent = "";
  announce(sentence || "Done.");
}

// somebody who is on their way to another page is not called back by a load of this one
addEventListener("beforeunload", () => (board.dataset.leaving = ""));
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
addEventListener("online", send);
for (const one of queue()) {
  if (!noteOf(one.key)) show({ note: one.key, text: one.text, from: document.querySelector("h1").textContent }, true);
  noteOf(one.key).classList.add("note--waiting");
}
keep(queue());
send();
listen();
setInterval(send, LATER);
