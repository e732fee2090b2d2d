// Shows how far reading is, without loading the page anew.
const place = () => document.querySelector("#progress");

async function look() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (answer?.ok && !answer.redirected) {
    const there = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#progress");
    if (there && there.innerHTML !== place().innerHTML) place().replaceWith(there);
  }
  if (place().dataset.goingOn === "yes") setTimeout(look, 2500);
}

setTimeout(look, 1500);
