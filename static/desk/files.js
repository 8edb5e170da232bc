// Files can be dropped, and those that were chosen are listed before they are sent. Without this file the
// plain field does the same work.
(() => {
  "use strict";
  const field = document.getElementById("id_files");
  const list = document.getElementById("chosen-files");
  const place = field?.closest("[data-drop]");
  if (!field || !list || !place) return;
  place.dataset.ready = "";
  let chosen = [];

  const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

  function add(files) {
    for (const file of files) {
      chosen = chosen.filter((one) => one.name !== file.name);
      chosen.push(file);
    }
    hold();
  }

  // The field itself holds the files, so that the form sends them like any others.
  function hold() {
    if (!field.multiple) chosen = chosen.slice(-1);
    const all = new DataTransfer();
    for (const file of chosen) all.items.add(file);
    field.files = all.files;
    list.replaceChildren(...chosen.map(row));
    list.hidden = !chosen.length;
    field.dispatchEvent(new CustomEvent("files-held", { bubbles: true }));
  }

  function row(file) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const bytes = document.createElement("small");
    const button = document.createElement("button");
    name.className = "grow";
    name.textContent = file.name;
    name.dir = "auto";
    bytes.className = "soft";
    bytes.textContent = size(file.size);
    button.type = "button";
    button.className = "button";
    button.textContent = list.dataset.wordsRemove;
    button.setAttribute("aria-label", `${list.dataset.wordsRemove}: ${file.name}`);
    button.addEventListener("click", () => {
      chosen = chosen.filter((one) => one !== file);
      hold();
      field.focus();
    });
    item.append(name, bytes, button);
    return item;
  }

  field.addEventListener("change", () => add([...field.files]));
  place.addEventListener("dragover", (drag) => {
    drag.preventDefault();
    place.dataset.over = "";
  });
  for (const end of ["dragleave", "drop"]) place.addEventListener(end, () => delete place.dataset.over);
  place.addEventListener("drop", (drop) => {
    drop.preventDefault();
    add([...drop.dataTransfer.files]);
  });
})();
