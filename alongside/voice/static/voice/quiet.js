// What is for one seat alone: a quiet offer of support, and why its notes wait. The stream of a board tells everybody
// the same, so this is asked for, now and then, and when a note of one’s own went off the board.

const panel = document.getElementById("quiet");
const said = document.getElementById("said");
const EVERY = 60000;

async function look() {
  if (document.hidden) return;
  const answer = await fetch(panel.dataset.quiet, { headers: { Accept: "application/json" }, redirect: "error" });
  if (!answer.ok) return;
  const { offered, waits } = await answer.json();
  if (offered && panel.hidden) said.textContent = "There is a line for you at the top of this page. Only you can see it.";
  panel.hidden = !offered;
  for (const item of document.querySelectorAll(".note--mine")) tell(item, waits[item.dataset.note]);
}

function tell(item, why) {
  let place = item.querySelector("[data-why]");
  if (!why) {
    place?.remove();
    return;
  }
  if (!place) {
    place = document.getElementById("why").content.firstElementChild.cloneNode(true);
    item.querySelector(".from").after(place);
    said.textContent = why.says;
  }
  place.querySelector("[data-says]").textContent = why.says;
  place.querySelector("[data-words]").textContent = why.words;
  place.querySelector("[data-clause]").textContent = why.clause ? `By “${why.clause}”.` : "";
  place.querySelector("[data-reason]").textContent = why.reason;
}

const quietly = () => look().catch(() => {}); // the line is away: the next time will do
const mine = ({ detail }) => document.getElementById(`n-${detail.note}`)?.hasAttribute("data-mine") && quietly();

document.addEventListener("board:gone", mine);
document.addEventListener("board:note", mine);
// not everybody at the same moment
setTimeout(() => setInterval(quietly, EVERY), Math.random() * EVERY);
