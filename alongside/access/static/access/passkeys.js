// Forms that a passkey fills in: the browser asks the device, and what it answers is sent.
const { create, get, supported } = window.webauthnJSON;
const STOPPED = "Nothing was sent. Your device stopped, or you did. Try again, or choose another way.";
const HAVE_IT = "This device has a passkey for you already.";

async function options(form) {
  const written = form.querySelector("script[type='application/json']");
  if (written) return JSON.parse(written.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).request_options;
}

async function ask(form) {
  const asked = await options(form);
  if (form.dataset.passkey === "get") return get(asked);
  const chosen = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
  Object.assign((asked.publicKey.authenticatorSelection ??= {}), chosen);
  return create(asked);
}

function say(form, words) {
  const place = form.querySelector("[role=alert]");
  place.textContent = words;
  place.hidden = !words;
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    say(form, "");
    try {
      form.elements.credential.value = JSON.stringify(await ask(form));
      form.submit();
    } catch (error) {
      say(form, error.name === "InvalidStateError" ? HAVE_IT : STOPPED);
    }
  });
}
if (supported()) for (const part of document.querySelectorAll("[data-passkeys]")) part.hidden = false;
