// The editor of a text: buttons and keys for marks, a preview made by the server, a search for what may be cited, and
// drafts kept in the browser. Without this file the form stores a text all the same.
(() => {
  "use strict";
  const form = document.getElementById("edit-form");
  const text = document.getElementById("edit-text");
  const cites = document.getElementById("cites");
  const state = document.getElementById("edit-state");
  const begun = text.defaultValue;
  const chapter = form.dataset.draft;
  let highest = Number(form.dataset.highest);
  let leaving = false;

  // --- drafts
  const sent = () => [...cites.querySelectorAll("[name=cite]")].map((one) => one.value);
  const changed = () => text.value !== begun || Boolean(form.dataset.conflict);

  function keep() {
    if (text.value === begun && !form.dataset.conflict) return;
    const draft = { base: document.getElementById("edit-base").value, text: text.value, cites: sent() };
    if (window.deskDrafts.put(chapter, draft)) state.textContent = state.dataset.kept;
  }

  function put(value, list) {
    text.value = value;
    if (list) {
      cites.replaceChildren();
      for (const one of list) cite(String(one));
    }
    soon();
    keep();
  }

  function cite(value) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "cite", value });
    cites.append(field);
    highest = Math.max(highest, Number(value.split(":")[0]) || 0);
  }

  const found = document.getElementById("draft-found");
  const draft = window.deskDrafts.get(chapter);
  if (draft && draft.text !== begun && !form.dataset.conflict) found.hidden = false;
  document.getElementById("draft-take").addEventListener("click", () => {
    document.getElementById("edit-base").value = draft.base; // storing it then tells of every text since
    put(draft.text, draft.cites);
    found.hidden = true;
    text.focus();
  });
  document.getElementById("draft-drop").addEventListener("click", () => {
    window.deskDrafts.drop(chapter);
    found.hidden = true;
    text.focus();
  });
  document.getElementById("edit-leave").addEventListener("click", () => {
    leaving = true;
    window.deskDrafts.drop(chapter);
  });
  form.addEventListener("submit", () => {
    leaving = true;
    keep();
    window.deskDrafts.sent(chapter);
  });
  window.addEventListener("beforeunload", (going) => {
    if (!leaving && changed()) going.preventDefault();
  });

  // --- the preview
  let timer = null;
  let newest = 0;

  async function show() {
    const asked = ++newest;
    const answer = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form) }).catch(() => null);
    if (!answer?.ok || answer.redirected || asked !== newest) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const place = document.getElementById("edit-preview");
    const top = place.scrollTop;
    place.replaceChildren(...[...fresh.body.childNodes].map((one) => document.adoptNode(one)));
    place.scrollTop = top;
    document.getElementById("edit-words").textContent = document.getElementById("preview-words")?.textContent ?? "";
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(show, 350);
  }

  text.addEventListener("input", () => {
    soon();
    keep();
  });

  // --- marks. `insertText` keeps the browser's own undo.
  function insert(words) {
    text.focus();
    const typed = document.activeElement === text && document.execCommand("insertText", false, words);
    if (!typed) text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
    soon();
    keep();
  }

  function wrap(mark) {
    const { selectionStart: from, selectionEnd: to } = text;
    insert(`${mark}${text.value.slice(from, to)}${mark}`);
    text.setSelectionRange(from + mark.length, to + mark.length);
  }

  for (const button of form.querySelectorAll("[data-wrap]")) {
    button.addEventListener("click", () => wrap(button.dataset.wrap));
  }
  form.addEventListener("keydown", (key) => {
    if (!(key.ctrlKey || key.metaKey) || key.altKey) return;
    const deed = {
      i: () => wrap("*"),
      b: () => wrap("**"),
      k: openSearch,
      s: () => form.requestSubmit(),
    }[key.key.toLowerCase()];
    if (!deed) return;
    key.preventDefault();
    deed();
  });

  // --- what may be cited
  const dialog = document.getElementById("cite-dialog");
  const search = document.getElementById("cite-search");
  const list = document.getElementById("cite-found");
  const told = document.getElementById("cite-told");
  let asking = null;
  let last = 0;
  let place = 0; // where the cursor stood: the browser forgets it behind the dialog

  function openSearch() {
    const chosen = text.value.slice(text.selectionStart, text.selectionEnd).trim();
    search.value = chosen.slice(0, 120);
    place = text.selectionEnd;
    dialog.showModal();
    search.focus();
    find();
  }

  async function find() {
    const asked = ++last;
    const query = new URLSearchParams({ q: search.value });
    const answer = await fetch(`${form.dataset.citable}?${query}`).catch(() => null);
    if (!answer?.ok || answer.redirected || asked !== last) return;
    const rows = (await answer.json()).found;
    told.textContent = rows.length ? told.dataset.some : told.dataset.none;
    list.replaceChildren(...rows.map(row));
  }

  function row(one) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const quote = document.createElement("span");
    const source = document.createElement("small");
    button.type = "button";
    quote.textContent = one.text;
    quote.dir = source.dir = "auto";
    source.textContent = `${list.dataset.source} ${one.source}: ${one.title}`;
    source.className = "soft";
    button.append(quote, source);
    button.addEventListener("click", () => {
      cite(`${highest + 1}:${one.source}:${one.start}:${one.end}`);
      dialog.close();
      const mark = `[^${highest}]`;
      // Until the next frame the text is still out of reach behind the dialog.
      requestAnimationFrame(() => {
        text.focus();
        text.setSelectionRange(place, place);
        insert(mark);
      });
    });
    item.append(button);
    return item;
  }

  document.getElementById("cite-open").addEventListener("click", openSearch);
  search.addEventListener("input", () => {
    clearTimeout(asking);
    asking = setTimeout(find, 250);
  });

  // --- two people at one text
  for (const button of document.querySelectorAll("[data-take]")) {
    button.addEventListener("click", () => {
      put(document.getElementById(button.dataset.take).value);
      text.focus();
    });
  }
  if (form.dataset.conflict) {
    document.getElementById("conflict-title").focus();
    keep();
  }
  show();
})();
