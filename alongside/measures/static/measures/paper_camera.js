// Takes a picture by itself when all four corners of a page are seen and held still.
import { find, wholePage } from "./markers.js";

const part = document.querySelector("[data-camera]");
const video = part.querySelector("[data-seen]");
const over = part.querySelector("[data-drawn]");
const said = part.querySelector("[data-said]");
const list = part.querySelector("[data-taken]");
const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
const small = document.createElement("canvas");
const WIDE = 1280; // pixels in which corners are looked for
const STEADY = 3; // looks in a row
const STILL = 0.012; // of the width
const EVERY = 180; // milliseconds

let before = null;
let steady = 0;
let away = true; // whether the page that was taken last has left
let busy = false;

async function begin() {
  const wanted = { facingMode: { ideal: "environment" }, width: { ideal: 3840 }, height: { ideal: 2160 } };
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
  part.hidden = false;
  await video.play();
  setTimeout(look, EVERY);
}

function look() {
  if (video.videoWidth && !busy) {
    const share = Math.min(1, WIDE / video.videoWidth);
    small.width = over.width = Math.round(video.videoWidth * share);
    small.height = over.height = Math.round(video.videoHeight * share);
    const brush = small.getContext("2d", { willReadFrequently: true });
    brush.drawImage(video, 0, 0, small.width, small.height);
    const found = find(brush.getImageData(0, 0, small.width, small.height));
    draw(found);
    judge(found);
  }
  setTimeout(look, EVERY);
}

function judge(found) {
  const whole = wholePage(found);
  if (!whole) {
    steady = 0;
    before = null;
    if (found.size < 2 && !away) {
      away = true;
      tell("Ready for the next page.");
    }
    return;
  }
  const still = before && before.page === whole.page && moved(before.corners, whole.corners) < STILL * small.width;
  steady = still ? steady + 1 : 0;
  before = whole;
  if (steady >= STEADY && away) take();
}

function moved(one, other) {
  return Math.max(...one.map(([x, y], place) => Math.hypot(x - other[place][0], y - other[place][1])));
}

function draw(found) {
  const brush = over.getContext("2d");
  brush.clearRect(0, 0, over.width, over.height);
  brush.lineWidth = Math.max(4, over.width / 160);
  brush.strokeStyle = "#ffd54a";
  for (const [x, y] of found.values()) {
    brush.beginPath();
    brush.arc(x, y, over.width / 40, 0, 2 * Math.PI);
    brush.stroke();
  }
}

async function take() {
  if (busy) return;
  busy = true;
  away = false;
  steady = 0;
  tell("Taken. Sending it…");
  const whole = document.createElement("canvas");
  whole.width = video.videoWidth;
  whole.height = video.videoHeight;
  whole.getContext("2d").drawImage(video, 0, 0);
  const picture = await new Promise((resolve) => whole.toBlob(resolve, "image/jpeg", 0.92));
  await send(picture);
  busy = false;
}

async function send(picture) {
  const form = new FormData();
  form.set("csrfmiddlewaretoken", token);
  form.set("scans", picture, `picture-${list.children.length + 1}.jpg`);
  const answer = await fetch(part.dataset.send, { method: "POST", body: form }).catch(() => null);
  if (answer?.ok && answer.redirected) {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = answer.url;
    link.textContent = `Picture ${list.children.length + 1}`;
    line.append(link);
    list.prepend(line);
    tell("Sent. Turn to the next page.");
  } else {
    away = true;
    tell("It could not be sent. Look whether you are online and signed in, and take it again.");
  }
}

function tell(words) {
  if (said.textContent !== words) said.textContent = words;
}

part.querySelector("[data-take]").addEventListener("click", take);
addEventListener("pagehide", () => video.srcObject?.getTracks().forEach((track) => track.stop()));
if (navigator.mediaDevices?.getUserMedia) begin().catch(() => { part.hidden = true; });
