// Pressing the button twice would only show the same book, but a person should see that it was heard.
(() => {
  "use strict";
  const form = document.getElementById("new-book");
  form?.addEventListener("submit", () => {
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
  });
})();
