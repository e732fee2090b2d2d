// Two minutes before somebody is signed out, ask whether they are still here. Typing counts as being here.
const dialog = document.querySelector("#session");
const token = dialog.querySelector("[name=csrfmiddlewaretoken]").value;
const tabs = new BroadcastChannel("session");
const minute = 60_000;
let warning, ending, began;

function begin() {
  clearTimeout(warning);
  clearTimeout(ending);
  if (dialog.open) dialog.close();
  began = Date.now();
  const left = dialog.dataset.seconds * 1000;
  warning = setTimeout(() => dialog.showModal(), left - 2 * minute);
  ending = setTimeout(() => location.assign(location.pathname + location.search), left);
}

async function stay() {
  began = Date.now();
  const answer = await fetch(dialog.dataset.stay, { method: "POST", headers: { "X-CSRFToken": token }, redirect: "error" });
  if (!answer.ok) return;
  begin();
  tabs.postMessage("here");
}

tabs.addEventListener("message", begin);
dialog.querySelector("[data-stay]").addEventListener("click", stay);
dialog.addEventListener("cancel", stay);
addEventListener("input", () => Date.now() - began > minute && stay());
begin();
tabs.postMessage("here");
