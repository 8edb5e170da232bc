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
  let skipped = false;

  const bare = (html) => html.replace(/(name="csrfmiddlewaretoken" value=")[^"]*/g, "$1");

  const typing = (region) =>
    [...region.querySelectorAll("input:not([type=hidden]):not([type=checkbox]), textarea")].some(
      (field) => field.value !== field.defaultValue || field === document.activeElement,
    );

  function exchange(region, fresh) {
    if (bare(region.outerHTML) === bare(fresh.outerHTML)) return;
    if (typing(region)) {
      skipped = true; // nobody's words are swept away; the region follows when the field is left
      return;
    }
    const focused = region.contains(document.activeElement) ? document.activeElement.id : "";
    for (const open of region.querySelectorAll("details[open][id]")) {
      fresh.querySelector(`#${CSS.escape(open.id)}`)?.setAttribute("open", "");
    }
    region.replaceWith(document.adoptNode(fresh));
    if (focused) document.getElementById(focused)?.focus();
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

  async function refresh() {
    timer = null;
    last = Date.now();
    const answer = await ask(page.dataset.refresh);
    if (!answer) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const region of document.querySelectorAll("[data-live]")) {
      const twin = fresh.getElementById(region.id);
      if (twin) exchange(region, twin);
    }
    const main = fresh.querySelector("[data-live-page]");
    if (main) page.dataset.refresh = main.dataset.refresh;
  }

  function soon() {
    if (timer) return;
    timer = setTimeout(refresh, Math.max(150, last + LEAST_GAP - Date.now()));
  }

  function tell(now) {
    const place = document.getElementById("link-state");
    if (!place) return;
    place.hidden = false;
    place.dataset.now = now;
    place.textContent = place.getAttribute(`data-words-${now}`); // not data-live: that marks what is exchanged
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
    line.onclose = (closing) => {
      if (closing.code === 4403) return tell("closed");
      tell("away");
      poll();
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, 30000);
    };
  }

  document.addEventListener("focusout", () => {
    if (skipped) soon();
    skipped = false;
  });
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
