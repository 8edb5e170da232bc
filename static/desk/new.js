// The estimate follows the form. Without this file the button "Estimate" asks for it.
(() => {
  "use strict";
  const form = document.getElementById("new-book");
  const button = document.getElementById("ask-estimate");
  const files = document.getElementById("id_files");
  if (!form) return;
  let timer = null;
  let asked = 0;
  let heard = false;

  // Pressing the button twice would only show the same book, but a person should see that it was heard.
  form.addEventListener("submit", () => {
    for (const one of form.querySelectorAll("button")) one.setAttribute("aria-disabled", "true");
  });
  // A page that comes back from the browser's memory can be sent again.
  window.addEventListener("pageshow", () => {
    for (const one of form.querySelectorAll("button")) one.removeAttribute("aria-disabled");
  });

  // Everything but the files themselves: their names and sizes are enough.
  function asks() {
    const sent = new FormData(form);
    sent.delete("files");
    for (const file of files?.files ?? []) sent.append("chosen", `${file.size}:${file.name}`);
    return sent;
  }

  async function estimate() {
    const mine = ++asked;
    try {
      const answer = await fetch(form.dataset.estimate, { method: "POST", body: asks() });
      if (!answer.ok || answer.redirected || mine !== asked) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("estimate");
      const old = document.getElementById("estimate");
      if (!fresh || !old) return;
      if (fresh.innerHTML !== old.innerHTML) old.replaceChildren(...document.adoptNode(fresh).childNodes);
      if (!heard) button.hidden = true; // it isn't needed any more
      heard = true;
    } catch {
      // The network is away: the button is still there.
      button.hidden = false;
      heard = false;
    }
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(estimate, 400);
  }

  for (const kind of ["input", "change", "files-held"]) form.addEventListener(kind, soon);
  soon();
})();
