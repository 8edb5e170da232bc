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

  // The boxes stand in the margin of the text; the form says which are ticked.
  function chosen() {
    const list = document.getElementById("again-chosen");
    const ticked = new Set();
    for (const box of document.querySelectorAll("#chapter-text [name=paragraph]")) {
      box.closest(".paragraph").toggleAttribute("data-chosen", box.checked);
      if (box.checked) ticked.add(box.value);
    }
    for (const item of list?.children ?? []) item.hidden = !ticked.has(item.dataset.paragraph);
  }

  const form = () => document.getElementById("again-form");
  document.addEventListener("change", (change) => {
    if (change.target.matches("[name=paragraph]")) chosen();
    if (change.target.matches("[name=paragraph], #again-model") && form()) tell(form());
  });
  document.addEventListener("focusin", (focus) => {
    const place = document.getElementById("again-cost");
    if (form()?.contains(focus.target) && place && !place.textContent) tell(form());
  });
  document.addEventListener("desk:refreshed", chosen);
  chosen();
  if (form()) tell(form());
})();
