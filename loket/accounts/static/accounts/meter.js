// Strength of a new password while it is typed. The server judges, by the rule it will apply to the form.
"use strict";

const PAUSE = 350; // ms without a key before the server is asked

for (const box of document.querySelectorAll("[data-meter]")) {
  const input = document.getElementById(box.dataset.meter);
  const [colour, meter, hints] = ["[data-meter-colour]", "meter", "[data-meter-hints]"].map((part) => box.querySelector(part));
  let waiting, asked;

  const say = (lines) => hints.replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));

  const paint = (verdict) => {
    meter.value = Math.max(verdict.level, 0.5); // an empty bar has no colour
    colour.textContent = meter.textContent = verdict.colour;
    say(verdict.hints);
    box.hidden = false;
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const token = input.form.elements.csrfmiddlewaretoken.value;
    const said = { password: input.value, rule: box.dataset.rule, csrfmiddlewaretoken: token };
    try {
      const answer = await fetch(box.dataset.url, { method: "POST", body: new URLSearchParams(said), signal: asked.signal });
      if (answer.ok) paint(await answer.json());
      else say([box.dataset.busy]);
    } catch (failure) {
      if (failure.name !== "AbortError") say([box.dataset.busy]);
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    if (input.value) waiting = setTimeout(ask, PAUSE);
    else {
      asked?.abort();
      box.hidden = true;
    }
  });
}
