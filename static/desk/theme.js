// The choice of light or dark that was made on Unfold's pages holds here, too. Without one, the system's does.
(() => {
  "use strict";
  try {
    const theme = JSON.parse(localStorage.getItem("adminTheme"));
    if (theme === "light" || theme === "dark") document.documentElement.classList.add(theme);
  } catch {
    // No storage, or not ours: the system's choice is as good.
  }
})();
