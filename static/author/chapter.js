// A sentence that is chosen, by mouse, finger or keyboard, is what the comment below speaks of.
(() => {
  "use strict";
  const form = document.querySelector("#say form");
  if (!form) return;
  const about = document.getElementById("about");
  const other = document.getElementById("other");
  const label = form.querySelector("label");
  const field = form.querySelector("textarea");

  function choose(sentence) {
    for (const one of document.querySelectorAll(".sentence[aria-pressed]")) one.setAttribute("aria-pressed", "false");
    sentence?.setAttribute("aria-pressed", "true");
    form.elements.sentence.value = sentence ? sentence.dataset.sentence : "";
    about.textContent = sentence ? sentence.textContent : "";
    about.hidden = other.hidden = !sentence;
    label.textContent = sentence ? label.dataset.sentence : label.dataset.chapter;
    field.focus({ preventScroll: Boolean(sentence) });
  }

  for (const sentence of document.querySelectorAll(".sentence")) {
    sentence.tabIndex = 0;
    sentence.setAttribute("role", "button");
    sentence.setAttribute("aria-pressed", "false");
    sentence.addEventListener("click", () => choose(sentence));
    sentence.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(sentence);
    });
  }
  other.addEventListener("click", () => choose(null));
})();
