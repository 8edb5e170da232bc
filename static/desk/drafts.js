// Texts that were typed and not stored yet, kept in this browser: a closed tab or a lost session loses nothing.
window.deskDrafts = (() => {
  "use strict";
  const key = (chapter) => `bookgen-draft-${chapter}`;
  return {
    get(chapter) {
      try {
        const kept = JSON.parse(localStorage.getItem(key(chapter)));
        const whole = kept && typeof kept.text === "string" && typeof kept.base === "string";
        return whole && Array.isArray(kept.cites) ? kept : null;
      } catch {
        return null;
      }
    },
    put(chapter, draft) {
      try {
        localStorage.setItem(key(chapter), JSON.stringify(draft));
        return true;
      } catch {
        return false; // full, or forbidden: the form itself still holds the text
      }
    },
    // A text that is on its way to the server; its page then says whether it got there.
    sent(chapter) {
      try {
        sessionStorage.setItem(key(chapter), "sent");
      } catch {
        // then the draft stays, and is offered once more
      }
    },
    arrived(chapter) {
      try {
        if (sessionStorage.getItem(key(chapter)) === "sent") this.drop(chapter);
        sessionStorage.removeItem(key(chapter));
      } catch {
        // as above
      }
    },
    drop(chapter) {
      try {
        localStorage.removeItem(key(chapter));
      } catch {
        // nothing was kept
      }
    },
  };
})();
