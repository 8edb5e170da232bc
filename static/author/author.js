// Keeps the page of the book true: every few seconds, while somebody looks, it is fetched and its parts exchanged.
(() => {
  "use strict";
  const EVERY = 15000; // ms
  // Whether somebody writes, stands or marks something in a part: it then follows another time.
  const taken = (part) =>
    part.contains(document.activeElement) ||
    (document.getSelection()?.isCollapsed === false && document.getSelection().getRangeAt(0).intersectsNode(part)) ||
    [...part.querySelectorAll("textarea")].some((field) => field.value);

  async function refresh() {
    if (document.hidden) return;
    let answer;
    try {
      answer = await fetch(location.pathname, { credentials: "omit", referrerPolicy: "no-referrer" });
    } catch {
      return; // the next time may be better
    }
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live]")) {
      const twin = fresh.getElementById(part.id);
      if (twin && !taken(part) && twin.outerHTML !== part.outerHTML) part.replaceWith(document.adoptNode(twin));
    }
    const main = document.getElementById("content");
    const files = fresh.getElementById("files");
    if (files && !document.getElementById("files")) main.insertBefore(document.adoptNode(files), main.children[1]);
  }

  setInterval(refresh, EVERY);
  document.addEventListener("visibilitychange", refresh);
})();
