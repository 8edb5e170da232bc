// Words that were typed and not sent stay with their page, for as long as its tab is open: another button, a link, a
// refusal or a lost session doesn't sweep them away. The editor of a text has drafts of its own.
(() => {
  "use strict";
  const page = document.querySelector("[data-live-page], [data-keeps-words]");
  if (!page) return;
  const key = `bookgen-typed-${location.pathname}`;
  const GOING = "bookgen-typed-going"; // the page whose words are on their way
  // Fields that come empty: what is typed over a text of the server must not outlive that text. A form that makes
  // something new has no text of the server: what it brings back filled was typed as well.
  const whole = page.matches("[data-keeps-words]");
  const FIELDS = "textarea[id], input[id]:not([type]), input[id]:is([type=text], [type=email], [type=url])";
  const fields = () => [...page.querySelectorAll(FIELDS)].filter((one) => (whole || !one.defaultValue) && !one.readOnly);

  function stored() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(key));
      return kept && typeof kept.words === "object" ? kept : { words: {}, sent: [] };
    } catch {
      return { words: {}, sent: [] };
    }
  }

  function store(kept) {
    try {
      if (Object.keys(kept.words).length) sessionStorage.setItem(key, JSON.stringify(kept));
      else sessionStorage.removeItem(key);
    } catch {
      // full, or forbidden: then the page alone holds the words
    }
  }

  // What was sent has arrived when the page says that something was done, and nothing was refused.
  function arrived() {
    const levels = [...document.querySelectorAll(".messages .message")].map((one) => one.dataset.level);
    return levels.length > 0 && !levels.some((level) => level === "error" || level === "warning");
  }

  // What a form has made has a page of its own, and that form begins anew. Other pages have more forms than the sent one.
  function settle() {
    try {
      const going = sessionStorage.getItem(GOING);
      sessionStorage.removeItem(GOING);
      if (going && going !== key && arrived()) sessionStorage.removeItem(going);
    } catch {
      // forbidden: then nothing was kept
    }
  }

  function keep(sent = []) {
    const words = Object.fromEntries(fields().filter((one) => one.value).map((one) => [one.id, one.value]));
    store({ words, sent });
  }

  settle();
  const { words, sent } = stored();
  for (const field of fields()) {
    if (typeof words[field.id] !== "string" || field.value || (sent.includes(field.id) && arrived())) continue;
    field.value = words[field.id];
    field.closest("details")?.setAttribute("open", "");
  }
  keep();
  page.addEventListener("input", () => keep());
  page.addEventListener("submit", (going) => {
    if (going.target.method !== "post") return;
    keep([...going.target.elements].map((one) => one.id).filter(Boolean));
    try {
      if (whole) sessionStorage.setItem(GOING, key);
    } catch {
      // as above
    }
  });
})();
