// Where a session has ended, the pages of it that are still open in other tabs are told. A page with a button that
// ends the session tells them as it goes, since then the server has ended it.
const tabs = new BroadcastChannel("session");
const tell = () => tabs.postMessage("ended");
const buttons = document.querySelectorAll("form[data-ends]");
for (const form of buttons) form.addEventListener("submit", () => addEventListener("pagehide", tell));
if (!buttons.length) tell();
