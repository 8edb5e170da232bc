// A sentence shows at the side what it rests on, what the checks saw in it, and what was said of it. Without this file
// the links still lead to the evidence, and all findings and comments stand in lists.
window.deskReview = (() => {
  "use strict";
  const text = document.getElementById("chapter-text");
  const beside = document.getElementById("beside");
  const box = document.getElementById("evidence");
  const hint = document.getElementById("evidence-hint");
  const none = document.getElementById("evidence-none");
  const close = document.getElementById("evidence-close");
  let sentence = null;

  const sentences = () => [...text.querySelectorAll("a[id^=s]")];

  // One of the sentences can be reached with Tab, the others with arrows from there.
  function reachable(one) {
    for (const other of sentences()) other.tabIndex = other === one ? 0 : -1;
  }

  // Beside a chosen sentence stand its own findings and comments alone.
  function narrow() {
    const number = sentence?.id.slice(1);
    for (const item of beside.querySelectorAll(".findings > li, .comments > li")) {
      item.hidden = Boolean(sentence) && item.dataset.sentence !== number;
    }
    const field = document.getElementById("comment-sentence");
    const label = document.getElementById("comment-label");
    if (field) field.value = number ?? "";
    if (label) label.textContent = sentence ? label.dataset.sentence : label.dataset.chapter;
  }

  // The marks in the text follow the lists, which are kept true while the page is open.
  function mark() {
    const graver = ["info", "warning", "error"];
    const open = new Map();
    for (const item of beside.querySelectorAll(".findings > li[data-state=open][data-sentence]")) {
      const before = graver.indexOf(open.get(item.dataset.sentence));
      if (graver.indexOf(item.dataset.severity) > before) open.set(item.dataset.sentence, item.dataset.severity);
    }
    for (const one of sentences()) {
      const severity = open.get(one.id.slice(1));
      if (severity) one.dataset.severity = severity;
      else delete one.dataset.severity;
    }
    const again = new Set(document.getElementById("writing")?.dataset.paragraphs.split(" ") ?? []);
    const whole = document.getElementById("writing") && again.has("");
    for (const one of text.querySelectorAll("[data-paragraph]")) {
      one.toggleAttribute("data-writing", Boolean(whole) || again.has(one.dataset.paragraph));
    }
  }

  function clear() {
    for (const card of box.querySelectorAll(".shown")) card.classList.remove("shown");
    sentence?.removeAttribute("aria-current");
    sentence = null;
  }

  function hide() {
    const back = sentence;
    clear();
    delete beside.dataset.chosen;
    hint.hidden = false;
    close.hidden = none.hidden = true;
    narrow();
    back?.focus({ preventScroll: true });
  }

  function show(link) {
    clear();
    sentence = link;
    link.setAttribute("aria-current", "true");
    reachable(link);
    const cites = link.dataset.cites?.split(" ") ?? [];
    for (const number of cites) document.getElementById(`c${number}`)?.classList.add("shown");
    none.hidden = cites.length > 0;
    hint.hidden = true;
    close.hidden = false;
    beside.dataset.chosen = link.id;
    narrow();
    beside.scrollTo({ top: 0 });
    // On a small screen the panel lies over the page: the sentence must stay above it.
    const hidden = link.getBoundingClientRect().bottom - beside.getBoundingClientRect().top + 16;
    if (getComputedStyle(beside).position === "fixed" && hidden > 0) window.scrollBy({ top: hidden });
  }

  function go(link) {
    link.scrollIntoView({ block: "center" });
    link.focus({ preventScroll: true });
    show(link);
  }

  // The next of these after the sentence that has the focus or is shown; round at the ends.
  function step(all, by) {
    if (!all.length) return;
    const order = sentences();
    const here = text.contains(document.activeElement) ? document.activeElement.closest("a[id^=s]") : sentence;
    const at = order.indexOf(here);
    const rest = by > 0 ? all.filter((one) => order.indexOf(one) > at) : all.filter((one) => order.indexOf(one) < at);
    const next = by > 0 ? (rest[0] ?? all[0]) : ((at < 0 ? null : rest.at(-1)) ?? all.at(-1));
    go(next);
  }

  document.addEventListener("click", (click) => {
    const link = click.target.closest("#chapter-text a[id^=s]");
    const finding = click.target.closest(".to-sentence");
    if (link) {
      click.preventDefault();
      if (link === sentence) hide();
      else show(link);
    } else if (finding) {
      const place = document.querySelector(finding.getAttribute("href"));
      if (!place) return;
      click.preventDefault();
      go(place);
    }
  });
  close.addEventListener("click", hide);
  text.addEventListener("focusin", (focus) => {
    const link = focus.target.closest("a[id^=s]");
    if (link) reachable(link);
  });
  document.addEventListener("desk:refreshed", () => {
    narrow();
    mark();
  });

  const first = sentences()[0];
  if (first) reachable(first);
  mark();
  const named = /^#s\d+$/.test(location.hash) ? document.querySelector(location.hash) : null;
  if (named) go(named);
  if (new URLSearchParams(location.search).has("kept")) {
    window.deskDrafts.arrived(document.querySelector("[data-draft]").dataset.draft);
    history.replaceState(null, "", location.pathname);
  }

  return {
    chosen: () => sentence,
    hide,
    sentences,
    step,
    flagged: () => sentences().filter((one) => one.dataset.severity),
    text,
  };
})();
