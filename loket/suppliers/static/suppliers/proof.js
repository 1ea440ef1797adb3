// Does the proof of work of a form while its first field is filled in. A form that is sent without
// one is answered with a question in words, so nothing here has to succeed.
"use strict";

const AT_ONCE = 4; // derivations under way: the browser spreads them over its cores
const PATIENCE = 20000; // milliseconds a person waits at most

const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
const bytes = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));

async function derive({ nonce, salt, cost, keyLength }, counter) {
  const password = new Uint8Array(nonce.length / 2 + 4);
  password.set(bytes(nonce));
  new DataView(password.buffer).setUint32(nonce.length / 2, counter);
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
  return { counter, derivedKey: hex(await crypto.subtle.deriveBits(how, key, keyLength * 8)) };
}

async function solve(challenge) {
  for (let first = 0; ; first += AT_ONCE) {
    const tries = Array.from({ length: AT_ONCE }, (_, n) => derive(challenge.parameters, first + n));
    const found = (await Promise.all(tries)).find((each) => each.derivedKey.startsWith(challenge.parameters.keyPrefix));
    if (found) return btoa(JSON.stringify({ challenge, solution: found }));
  }
}

function prepare(field) {
  const { form } = field;
  let work;
  const begin = () => (work ??= solve(JSON.parse(field.dataset.challenge)).then((proof) => (field.value = proof)));
  form.addEventListener("focusin", begin, { once: true });
  form.addEventListener("submit", async (event) => {
    if (field.value || form.dataset.waited) return;
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    document.querySelector("[data-proof-state]").textContent = field.dataset.wait;
    await Promise.race([begin().catch(() => ""), new Promise((done) => setTimeout(done, PATIENCE))]);
    form.dataset.waited = "yes";
    form.ariaBusy = "false";
    form.requestSubmit();
  });
}

const field = document.querySelector("[data-challenge]");
if (field && globalThis.crypto?.subtle) prepare(field);
