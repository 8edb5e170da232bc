// Keeps a page true without a reload. News come over the WebSocket; while it is away, a small JSON view is
// polled. Whatever the news, the page is fetched again and its live regions are exchanged: there is one
// way in which a page is made, and that is the server's templates.
(() => {
  "use strict";
  const page = document.querySelector("[data-live-page]");
  if (!page) return;
  document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  const { socket, state, chapter, every } = page.dataset;
  const LEAST_GAP = 1000; // ms between two fetches of the page
  const POLL = 5000;
  let seq = Number(page.dataset.seq || 0);
  let wait = 1000;
  let timer = null;
  let last = 0;
  let held = false; // whether a region waits for somebody who is at work in it
  let link = ""; // what is known of the connection
  let waits = false; // whether there is no line, and none is tried until somebody comes back to this page

  const bare = (html) => html.replace(/(name="csrfmiddlewaretoken" value=")[^"]*/g, "$1");

  const FIELDS = "input:not([type=hidden]):not([type=submit]), textarea, select";
  const REACHED = "a[href], button, summary, [tabindex], input:not([type=hidden]), textarea, select";

  // Whether a field holds what nobody has sent yet: words, a tick, a choice.
  function touched(field) {
    if (field.matches("select")) {
      const options = [...field.options];
      if (!options.some((one) => one.defaultSelected)) return field.selectedIndex > 0;
      return options.some((one) => one.selected !== one.defaultSelected);
    }
    if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
    return field.value !== field.defaultValue || field === document.activeElement;
  }

  // Whether somebody is at work in a region: it then follows when they have finished.
  function taken(region) {
    const chosen = document.getSelection();
    if (chosen && !chosen.isCollapsed && chosen.rangeCount && chosen.getRangeAt(0).intersectsNode(region)) return true;
    if (document.activeElement?.matches("select") && region.contains(document.activeElement)) return true;
    return [...region.querySelectorAll(FIELDS)].some(touched);
  }

  // Where the focus is, in words that hold for the fresh region too: the n-th thing to reach under the next id.
  function place(region) {
    const here = document.activeElement;
    if (!region.contains(here)) return null;
    const named = here.closest("[id]");
    if (named === here) return () => document.getElementById(here.id);
    const at = [...named.querySelectorAll(REACHED)].indexOf(here);
    return () => document.getElementById(named.id)?.querySelectorAll(REACHED)[at];
  }

  // What the server made of each region, before scripts and people changed anything in it.
  const made = new Map([...document.querySelectorAll("[data-live]")].map((one) => [one.id, bare(one.outerHTML)]));

  // True when the region had to wait: nobody's words, ticks or selection are swept away.
  function exchange(region, fresh) {
    const news = bare(fresh.outerHTML);
    if (made.get(region.id) === news) return false;
    if (taken(region)) return true;
    made.set(region.id, news);
    const focused = place(region);
    for (const open of region.querySelectorAll("details[open][id]")) {
      fresh.querySelector(`#${CSS.escape(open.id)}`)?.setAttribute("open", "");
    }
    region.replaceWith(document.adoptNode(fresh));
    focused?.()?.focus({ preventScroll: true });
    return false;
  }

  // The answer, or null when there is nothing to be had: what failed on the way is asked for again later.
  async function ask(address) {
    let answer;
    try {
      answer = await fetch(address, { headers: { "X-Desk-Refresh": "1" } });
    } catch {
      return null;
    }
    if (answer.redirected) tell("login");
    else if (answer.status === 403 || answer.status === 404) tell("closed");
    else if (answer.ok) return answer;
    return null;
  }

  // A login anew has another token: the forms that are here already, also those that nobody exchanges, send it as well.
  function sign(fresh) {
    const token = fresh.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (!token) return;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  }

  async function refresh() {
    timer = null;
    last = Date.now();
    const answer = await ask(page.dataset.refresh);
    if (!answer) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    let holds = false;
    for (const region of document.querySelectorAll("[data-live]")) {
      const twin = fresh.getElementById(region.id);
      if (twin && exchange(region, twin)) holds = true;
    }
    sign(fresh);
    if (holds !== held) {
      held = holds;
      tell(link);
    }
    const main = fresh.querySelector("[data-live-page]");
    if (main) page.dataset.refresh = main.dataset.refresh;
    document.dispatchEvent(new Event("desk:refreshed"));
  }

  function soon() {
    if (timer) return;
    timer = setTimeout(refresh, Math.max(150, last + LEAST_GAP - Date.now()));
  }

  function tell(now) {
    const line = document.getElementById("link-state");
    link = now;
    if (!line || !now) return;
    const words = line.getAttribute(`data-words-${now}`); // not data-live: that marks what is exchanged
    line.hidden = false;
    line.dataset.now = now;
    line.textContent = held ? `${words} · ${line.dataset.wordsHeld}` : words;
  }

  function show(progress) {
    const bar = document.getElementById("progress");
    if (!bar || typeof progress !== "number") return;
    bar.value = progress;
    document.getElementById("progress-text").textContent = `${Math.round(progress * 10) / 10} %`;
  }

  function concerns(event) {
    if (!chapter) return true;
    return event.kind === "status_change" || String(event.payload.chapter) === chapter;
  }

  function heard(event) {
    if (event.seq <= seq) return;
    seq = event.seq;
    if (event.kind === "progress") show(event.payload.progress);
    if (concerns(event)) soon();
  }

  async function poll() {
    const answer = await ask(state);
    if (!answer) return;
    const now = await answer.json();
    show(now.progress);
    if (now.seq > seq) {
      seq = now.seq;
      soon();
    }
  }

  function connect() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const line = new WebSocket(`${scheme}//${location.host}${socket}?after=${seq}`);
    line.onopen = () => {
      wait = 1000;
      tell("live");
    };
    line.onmessage = (message) => heard(JSON.parse(message.data));
    line.onclose = (closing) => again(closing.code === 4403);
  }

  // A line ends with the login by which it was opened. Whether the page may still be seen, by a login since then, is
  // asked anew; who may see it no longer is told so, and asked again when they come back to the page.
  async function again(refused) {
    tell("away");
    await poll();
    waits = link === "login" || link === "closed"; // a handshake that is refused has no code by which to know it
    if (waits) return;
    if (refused) soon();
    setTimeout(connect, wait);
    wait = Math.min(wait * 2, 30000);
  }

  function back() {
    if (!waits || document.hidden) return;
    waits = false;
    wait = 1000;
    again(true);
  }

  // Whoever leaves a field, takes a tick back or lets a selection go may have finished.
  for (const kind of ["focusout", "change", "selectionchange"]) {
    document.addEventListener(kind, () => {
      if (held) soon();
    });
  }
  document.addEventListener("visibilitychange", back);
  window.addEventListener("focus", back);
  if (socket) connect();
  // While the WebSocket waits for its next try, and on pages without one.
  setInterval(
    () => {
      if (document.hidden) return;
      if (every) soon();
      else if (document.getElementById("link-state").dataset.now === "away") poll();
    },
    every ? Number(every) * 1000 : POLL,
  );
})();
