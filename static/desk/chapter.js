// A cited sentence shows its evidence at the side. Without this file the links still lead to it.
(() => {
  "use strict";
  const box = document.getElementById("evidence");
  const hint = document.getElementById("evidence-hint");
  const close = document.getElementById("evidence-close");
  if (!box) return;
  let sentence = null;

  function clear() {
    for (const card of box.querySelectorAll(".shown")) card.classList.remove("shown");
    sentence?.removeAttribute("aria-current");
    sentence = null;
  }

  function hide() {
    const back = sentence;
    clear();
    box.classList.remove("open");
    hint.hidden = false;
    close.hidden = true;
    back?.focus();
  }

  function show(link) {
    clear();
    sentence = link;
    link.setAttribute("aria-current", "true");
    for (const number of link.dataset.cites.split(" ")) {
      document.getElementById(`c${number}`)?.classList.add("shown");
    }
    hint.hidden = true;
    close.hidden = false;
    box.classList.add("open");
    box.parentElement.scrollTo({ top: 0 });
    // On a small screen the evidence lies over the page: the sentence must stay above it.
    const hidden = link.getBoundingClientRect().bottom - box.getBoundingClientRect().top + 16;
    if (getComputedStyle(box).position === "fixed" && hidden > 0) window.scrollBy({ top: hidden });
  }

  document.addEventListener("click", (click) => {
    const link = click.target.closest("#chapter-text .cited");
    const finding = click.target.closest(".to-sentence");
    if (link) {
      click.preventDefault();
      if (link === sentence) hide();
      else show(link);
    } else if (finding) {
      const place = document.querySelector(finding.getAttribute("href"));
      if (!place) return;
      click.preventDefault();
      place.scrollIntoView({ block: "center" });
      place.focus({ preventScroll: true });
      show(place);
    }
  });
  close.addEventListener("click", hide);

  const fields = "input, textarea, select, [contenteditable]";
  document.addEventListener("keydown", (key) => {
    if (key.ctrlKey || key.altKey || key.metaKey || key.target.closest?.(fields)) return;
    if (key.key === "Escape" && sentence) hide();
    else if (key.key === "j" || key.key === "k") step(key.key === "j" ? 1 : -1);
  });

  // j and k go from sentence to sentence, as in other tools for reviewing.
  function step(by) {
    const all = [...document.querySelectorAll("#chapter-text .cited")];
    if (!all.length) return;
    const at = sentence ? all.indexOf(sentence) + by : 0;
    const next = all[Math.min(Math.max(at, 0), all.length - 1)];
    next.scrollIntoView({ block: "nearest" });
    next.focus({ preventScroll: true });
    show(next);
  }
})();
