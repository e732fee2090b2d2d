// Says that somebody proposed a key issue. The page is not loaded anew by itself: somebody may be writing.
const said = document.getElementById("said");

function tell(text) {
  const link = document.createElement("a");
  link.href = location.pathname;
  link.textContent = "Show it";
  const writes = [...document.querySelectorAll("textarea, input:not([type=hidden])")].some((field) => field.value.trim());
  said.textContent = writes ? `${text} Send what you are writing first. ` : `${text} `;
  if (!writes) said.append(link);
}

document.addEventListener("board:issue", () => tell("The key issues have changed."));
document.addEventListener("board:phase", ({ detail }) =>
  tell(detail.state === "open" ? "You can propose key issues now." : "This part is over."),
);
