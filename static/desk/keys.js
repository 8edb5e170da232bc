// The keys of the reviewing page; every one does what a button or link of the page does. `?` lists them.
(() => {
  "use strict";
  const review = window.deskReview;
  const help = document.getElementById("help");
  const approving = document.getElementById("approve-dialog");
  const fields = "input:not([type=checkbox]), textarea, select, [contenteditable]";
  const byId = (id) => document.getElementById(id);
  const press = (id) => byId(id)?.click();

  function write(id) {
    const field = byId(id);
    if (!field) return;
    field.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  }

  // From finding to finding; where there is none, from one cited sentence to the next.
  function finding(by) {
    const flagged = review.flagged();
    review.step(flagged.length ? flagged : review.sentences().filter((one) => one.dataset.cites), by);
  }

  function again() {
    if (review.chosen()) review.hide(); // the form stands below, and is out of the way while a sentence is shown
    write("instruction");
  }

  const deeds = {
    j: () => finding(1),
    n: () => finding(1),
    k: () => finding(-1),
    p: () => finding(-1),
    "]": () => press("next"),
    "[": () => press("previous"),
    e: () => press("edit"),
    r: again,
    c: () => write("comment-text"),
    a: () => byId("approve") && approving.showModal(),
    "?": () => help.showModal(),
    Escape: () => review.chosen() && review.hide(),
  };
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  document.addEventListener("keydown", (key) => {
    if (key.ctrlKey || key.altKey || key.metaKey || document.querySelector("dialog[open]")) return;
    const target = key.target;
    if (key.key === "Escape" && target.closest?.("#beside")) return review.hide();
    if (target.closest?.(fields)) return;
    const by = steps[key.key];
    if (by && target.closest?.("#chapter-text a[id^=s]")) {
      key.preventDefault();
      const all = review.sentences();
      const next = all[Math.min(Math.max(all.indexOf(target.closest("a")) + by, 0), all.length - 1)];
      if (review.chosen()) review.step(all, by);
      else next.focus();
      return;
    }
    const deed = Object.hasOwn(deeds, key.key) ? deeds[key.key] : null;
    if (!deed) return;
    key.preventDefault();
    deed();
  });

  approving.addEventListener("close", () => {
    if (approving.returnValue === "yes") byId("approve-form")?.requestSubmit();
  });
  document.addEventListener("click", (click) => {
    const id = click.target.closest("button")?.id;
    if (id === "finding-next") finding(1);
    else if (id === "finding-previous") finding(-1);
    else if (id === "help-open") help.showModal();
  });

  function shown() {
    for (const id of ["finding-next", "finding-previous", "help-open"]) {
      const button = byId(id);
      if (button) button.hidden = false;
    }
  }
  document.addEventListener("desk:refreshed", shown);
  shown();
})();
