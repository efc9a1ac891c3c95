// Sorts tables and tells where a figure comes from. The page is complete without it.
(() => {
  "use strict";
  const news = document.getElementById("ksd-news");
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const tell = (code, column) => news.dataset[code].replace("{column}", () => column);

  // --- tables: a button in each header cell; a third press brings back the printed order ------------
  const printed = new Map();
  const buttons = new Map();

  const valueOf = (row, place, isNumber) => {
    const cell = row.cells[place];
    const key = cell.dataset.key ?? cell.textContent.trim();
    return key === "" ? null : isNumber ? Number(key) : key;
  };

  const compare = (a, b) => (typeof a === "number" ? a - b : collator.compare(a, b));

  const sorted = (rows, place, isNumber, sign) => {
    const keyed = rows.map((row) => [valueOf(row, place, isNumber), row]);
    const blank = keyed.filter(([key]) => key === null);
    const full = keyed.filter(([key]) => key !== null);
    full.sort(([a], [b]) => sign * compare(a, b)); // stable: equal values keep the printed order
    return [...full, ...blank].map(([, row]) => row);
  };

  const lay = (table, rows, head, order) => {
    table.tHead.querySelectorAll("[aria-sort]").forEach((cell) => cell.removeAttribute("aria-sort"));
    if (order) head.setAttribute("aria-sort", order);
    table.tBodies[0].append(...rows);
  };

  const press = (table, head, name) => {
    const rows = printed.get(table);
    const now = head.getAttribute("aria-sort");
    const order = { ascending: "descending", descending: "" }[now] ?? "ascending";
    const sign = order === "descending" ? -1 : 1;
    const isNumber = head.dataset.sort === "number";
    lay(table, order ? sorted(rows, head.cellIndex, isNumber, sign) : rows, head, order);
    news.textContent = tell({ ascending: "up", descending: "down" }[order] ?? "printed", name);
  };

  for (const head of document.querySelectorAll("thead th[data-sort]")) {
    const table = head.closest("table");
    printed.set(table, [...table.tBodies[0].rows]);
    const name = head.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ksd-sort";
    button.title = tell("sort", name);
    button.append(...head.childNodes);
    button.addEventListener("click", () => press(table, head, name));
    head.append(button);
    buttons.set(head, button);
  }
  // Paper shows the printed order, and repeats a header on every page only where no button is in it.
  window.addEventListener("beforeprint", () => {
    printed.forEach((rows, table) => lay(table, rows));
    buttons.forEach((button, head) => {
      head.append(...button.childNodes);
      button.remove();
    });
  });
  window.addEventListener("afterprint", () => {
    buttons.forEach((button, head) => {
      button.append(...head.childNodes);
      head.append(button);
    });
  });

  // --- figures: one note for all; a table, and the text of a section, is one stop for the tab key ----
  const note = document.createElement("div");
  note.id = "ksd-note";
  note.className = "ksd-bubble";
  note.setAttribute("role", "tooltip");
  note.hidden = true;
  document.body.append(note);
  let told = null;

  const hide = () => {
    told?.removeAttribute("aria-describedby");
    told = null;
    note.hidden = true;
  };

  const show = (figure) => {
    if (figure === told) return;
    hide();
    told = figure;
    note.textContent = figure.dataset.note;
    note.hidden = false;
    figure.setAttribute("aria-describedby", note.id);
    const at = figure.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(at.left, width - note.offsetWidth - 8));
    const above = at.bottom + note.offsetHeight > window.innerHeight && at.top > note.offsetHeight;
    note.style.left = `${left + window.scrollX}px`;
    note.style.top = `${(above ? at.top - note.offsetHeight : at.bottom) + window.scrollY}px`;
  };

  const groups = new Map();
  let section = 0;
  for (const node of document.querySelectorAll("main h2, main [id^='angka-'][title]")) {
    if (node.tagName === "H2") section += 1;
    if (!node.title) continue;
    const group = node.closest("table") ?? section;
    node.dataset.note = node.title;
    node.removeAttribute("title");
    node.tabIndex = groups.has(group) ? -1 : 0;
    if (!groups.has(group)) groups.set(group, []);
    groups.get(group).push(node);
  }

  const next = (figure, key) => {
    const table = figure.closest("table");
    if (table && (key === "ArrowUp" || key === "ArrowDown")) {
      const way = key === "ArrowUp" ? "previousElementSibling" : "nextElementSibling";
      let row = figure.parentElement[way];
      while (row && !row.cells[figure.cellIndex].dataset.note) row = row[way];
      return row?.cells[figure.cellIndex];
    }
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[key];
    const group = table ? [...table.querySelectorAll("[data-note]")] : [...groups.values()].find((all) => all.includes(figure));
    return step && group[group.indexOf(figure) + step];
  };

  const figureOf = (event) => event.target.closest?.("[data-note]");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return hide();
    const other = figureOf(event) && next(figureOf(event), event.key);
    if (!other) return undefined;
    event.preventDefault();
    figureOf(event).tabIndex = -1;
    other.tabIndex = 0;
    return other.focus();
  });
  document.addEventListener("focusin", (event) => (figureOf(event) ? show(figureOf(event)) : hide()));
  document.addEventListener("mouseover", (event) => {
    if (figureOf(event)) show(figureOf(event));
    else if (!note.contains(event.target) && document.activeElement !== told) hide();
  });
  document.addEventListener("click", (event) => figureOf(event)?.focus());
})();
