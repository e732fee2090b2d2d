// Waiting for a part to begin: whoever sits at a board hears it from there, anybody else looks again now and then.

const waiting = document.querySelector("[data-waiting]");
const NOW_AND_THEN = 20000;
const SPREAD = 2000;
const again = () => setTimeout(() => location.reload(), Math.random() * SPREAD);

function hear(stream) {
  stream.addEventListener("message", ({ data }) => {
    if (JSON.parse(data).some((one) => ["next", "phase", "merged"].includes(one.kind))) again();
  });
}

async function look() {
  const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } }).catch(() => null);
  if (answer?.ok && !(await answer.text()).includes("data-waiting")) location.reload();
}

if (waiting?.dataset.waiting) hear(new EventSource(waiting.dataset.waiting));
if (waiting) setInterval(look, NOW_AND_THEN + Math.random() * SPREAD);
