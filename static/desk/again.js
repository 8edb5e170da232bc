// What another text will cost, told before it is asked for. Without this file the form works all the same.
(() => {
  "use strict";
  let newest = 0;

  async function tell(form) {
    const asked = ++newest;
    const chosen = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (name === "paragraph" || name === "model") chosen.append(name, value);
    }
    const answer = await fetch(`${form.dataset.cost}?${chosen}`).catch(() => null);
    if (!answer?.ok || answer.redirected || asked !== newest) return;
    const place = document.getElementById("again-cost");
    if (place) place.textContent = (await answer.json()).told;
  }

  const form = () => document.getElementById("again-form");
  document.addEventListener("change", (change) => {
    if (change.target.matches("[name=paragraph], #again-model")) tell(change.target.form);
  });
  document.addEventListener("focusin", (focus) => {
    const place = document.getElementById("again-cost");
    if (form()?.contains(focus.target) && place && !place.textContent) tell(form());
  });
  if (form()) tell(form());
})();
