// Two minutes before somebody is signed out, ask whether they are still here. Typing counts as being here.
// The server notes a visit at most once a minute, so the time is counted from a minute less.
const dialog = document.querySelector("#session");
const token = dialog.querySelector("[name=csrfmiddlewaretoken]").value;
const tabs = new BroadcastChannel("session");
const minute = 60_000;
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

async function stay() {
  began = Date.now();
  const answer = await fetch(dialog.dataset.stay, { method: "POST", headers: { "X-CSRFToken": token } });
  if (answer.ok) {
    begin();
    tabs.postMessage("here");
  } else if (written) {
    written.submit(); // the server keeps what was written until the same person has signed in again
  } else {
    location.assign(location.pathname + location.search);
  }
}

tabs.addEventListener("message", begin);
dialog.querySelector("[data-stay]").addEventListener("click", stay);
dialog.addEventListener("cancel", stay);
addEventListener("input", ({ target }) => {
  if (target.form?.method === "post") written = target.form;
  if (Date.now() - began > minute) stay();
});
begin();
tabs.postMessage("here");
