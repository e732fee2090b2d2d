// Two minutes before somebody is signed out, ask whether they are still here. Typing counts as being here.
// The server notes a visit at most once a minute, so the time is counted from a minute less.
const dialog = document.querySelector("#session");
const token = dialog.querySelector("[name=csrfmiddlewaretoken]").value;
const tabs = new BroadcastChannel("session");
const minute = 60_000;
const OVER = 401;
let warning, ending, began, written;

function begin() {
  clearTimeout(warning);
  clearTimeout(ending);
  if (dialog.open) dialog.close();
  began = Date.now();
  const left = dialog.dataset.seconds * 1000;
  warning = setTimeout(() => dialog.showModal(), left - 3 * minute);
  ending = setTimeout(stay, left + 2000);
}

async function ask() {
  began = Date.now();
  const answer = await fetch(dialog.dataset.stay, { method: "POST", headers: { "X-CSRFToken": token } });
  if (answer.ok) begin();
  else if (answer.status === OVER && written) written.submit(); // the server keeps it until the same person is back
  else if (answer.status === OVER) location.replace(location.pathname + location.search);
  return answer.ok;
}

async function stay() {
  if (await ask()) tabs.postMessage("here");
}

tabs.addEventListener("message", ({ data }) => (data === "ended" ? ask() : begin()));
dialog.querySelector("[data-stay]").addEventListener("click", stay);
dialog.addEventListener("cancel", stay);
addEventListener("input", ({ target }) => {
  const form = target.form;
  const wrote = form?.method === "post" && form.getAttribute("role") !== "search";
  if (wrote && (form.closest("main") || !written)) written = form;
  if (Date.now() - began > minute) stay();
});
begin();
tabs.postMessage("here");
