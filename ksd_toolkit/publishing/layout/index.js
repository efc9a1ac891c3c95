// Finds and filters regions, says how many are shown, and keeps the view in the address.
(() => {
  "use strict";
  const at = (id) => document.getElementById(id);
  const fields = { q: at("kata"), prov: at("provinsi"), status: at("keadaan"), paper: at("naskah") };
  const rows = [...at("indeks").tBodies[0].rows].map((row) => ({ row, ...row.dataset }));
  const kinds = [...fields.paper.options].map((option) => option.value).slice(1);
  const number = new Intl.NumberFormat(document.documentElement.lang);

  // As `search_key` makes the texts that are searched.
  const folded = (text) => text.normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "").toLowerCase();

  const filter = () => {
    const words = folded(fields.q.value).split(/\s+/u).filter(Boolean);
    const paper = String(kinds.indexOf(fields.paper.value));
    let shown = 0;
    for (const { row, find, province, status, papers } of rows) {
      const fits =
        words.every((word) => find.includes(word)) &&
        (!fields.prov.value || province === fields.prov.value) &&
        (!fields.status.value || status === fields.status.value) &&
        (paper === "-1" || papers.split(" ").includes(paper));
      row.hidden = !fits;
      shown += fits;
    }
    at("kosong").hidden = shown > 0;
    const facts = { n: number.format(shown), m: number.format(rows.length) };
    const told = at("jumlah").dataset.text.replace(/\{(n|m)\}/g, (_, name) => facts[name]);
    if (at("jumlah").textContent !== told) at("jumlah").textContent = told;
  };

  // --- the view as an address: #q=...&prov=63; other places on the page keep theirs -----------------
  const keep = () => {
    const chosen = Object.entries(fields).filter(([, field]) => field.value.trim());
    const view = new URLSearchParams(chosen.map(([name, field]) => [name, field.value.trim()]));
    const place = view.size ? `#${view}` : location.pathname.split("/").pop();
    history.replaceState(null, "", place);
  };

  const recall = () => {
    const place = location.hash.slice(1);
    if (place && !place.includes("=")) return;
    const view = new URLSearchParams(place);
    for (const [name, field] of Object.entries(fields)) {
      field.value = view.get(name) ?? "";
      if (field.selectedIndex === -1) field.value = "";
    }
    filter();
  };

  let typing = 0; // a browser refuses to write the address at every letter
  at("cari").addEventListener("input", () => {
    filter();
    clearTimeout(typing);
    typing = setTimeout(keep, 300);
  });
  at("cari").addEventListener("change", () => {
    filter();
    keep();
  });
  at("semua").addEventListener("click", () => {
    for (const field of Object.values(fields)) field.value = "";
    filter();
    keep();
    fields.q.focus();
  });
  at("bahasa").addEventListener("click", (event) => {
    keep();
    event.currentTarget.hash = location.hash;
  });
  window.addEventListener("hashchange", recall);

  at("cari").hidden = false;
  at("loncat")?.setAttribute("hidden", "");
  recall();
})();
