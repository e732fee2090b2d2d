// A vote that moves by itself: how many have chosen, and what came of it, are in what is sent; nothing is fetched.
// Without this file the choices are sent as a form, and the page shows the rest when it is loaded again.

const main = document.getElementById("main");
const form = document.querySelector("form[data-choose]");
const said = document.getElementById("said");
const people = document.querySelector("[data-voters]");

const counted = (n, one, more) => `${n} ${n === 1 ? one : more}`;

function voters(count, over) {
  people.textContent = `${counted(count, "person has", "people have")} chosen${over ? "" : " so far"}.`;
}

document.addEventListener("board:voters", ({ detail }) => voters(detail.voters, false));

document.addEventListener("board:tally", ({ detail }) => {
  voters(detail.voters, true);
  const list = document.querySelector("[data-results]") ?? results();
  const items = [...list.children].filter((item) => item.dataset.option in detail.votes);
  for (const item of items) {
    const count = detail.votes[item.dataset.option];
    item.querySelector(".votes").textContent = counted(count, "vote", "votes");
  }
  items.sort((a, b) => detail.votes[b.dataset.option] - detail.votes[a.dataset.option]);
  list.append(...items);
  document.querySelector("[data-until]")?.remove();
  document.querySelector("[data-after-vote]")?.removeAttribute("hidden");
  const held = form?.contains(document.activeElement);
  form?.remove();
  said.textContent = "The vote is over. Here is what came of it.";
  if (held) main.focus();
});

// The form becomes the list of results; the sentence below it stays.
function results() {
  const list = document.createElement("ol");
  list.className = "options";
  list.dataset.results = "";
  const one = document.getElementById("result").content.firstElementChild;
  for (const box of form.querySelectorAll("[name=choice]")) {
    const item = one.cloneNode(true);
    item.dataset.option = box.value;
    item.querySelector("h2").textContent = form.querySelector(`label[for="${box.id}"]`).textContent;
    const words = box.closest(".option");
    item.append(...[...words.children].slice(1));
    list.append(item);
  }
  form.before(said, list);
  return list;
}

// Opened or opened again: everybody needs the page anew, and not all at the same moment.
document.addEventListener("board:phase", ({ detail }) => {
  if (detail.state === "open") setTimeout(() => location.reload(), Math.random() * Number(main.dataset.spread));
});

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const wrong = form.querySelector("[data-error]");
  wrong.textContent = said.textContent = "";
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams(new FormData(form)),
      redirect: "error",
    });
    const told = await answer.json();
    if (answer.ok) {
      said.textContent = told.said;
    } else {
      wrong.textContent = told.error;
      wrong.focus();
    }
  } catch {
    said.textContent = "That could not be sent. Your choices are still here: press the button again.";
  }
});
