// Scenarios: kept under a name, opened again, renamed, doubled, compared two to four at a time.

const MOST = 4;
const COMPARED = 10;

class Scenarios {
  constructor(facts, words, act) {
    this.facts = facts;
    this.words = words;
    this.act = act;
    this.kept = [];
    this.chosen = new Set();
    this.mine = ""; // the one that was opened or saved last: it may be written over
    this.asked = "";
    this.title = element("input", { type: "text", maxlength: 80, autocomplete: "off" });
    this.note = element("input", { type: "text", maxlength: 300, autocomplete: "off" });
    this.told = element("p", { class: "told", role: "status" });
    this.items = element("ul", { class: "kept" });
    this.compare = button(words.say("compare"), () => this._compare(), { disabled: true });
    this.table = element("div", { class: "scroll compared", role: "region", tabindex: 0, "aria-label": words.say("compared_region"), hidden: true });
    this.copied = element("textarea", { readonly: true, rows: 5, "aria-label": words.say("minutes") });
    const form = element("form", { onsubmit: (event) => { event.preventDefault(); this._save(); } },
      field(words.say("scenario_title"), this.title), field(words.say("scenario_note"), this.note),
      element("button", { type: "submit", class: "main" }, words.say("save")));
    const tools = [button(words.say("minutes_make"), () => this._minutes())];
    if (act.alone) tools.push(button(words.say("download"), () => this._download()));
    this.node = element("div", { class: "scenarios" }, form, this.told, element("p", {}, tools), this.copied, this.items, this.compare, this.table);
    this.copied.hidden = true;
  }

  async load() {
    this._list(await this.act.backend.scenarios());
  }

  _list(kept) {
    const { words } = this;
    this.kept = kept;
    const names = new Set(kept.map((one) => one.name));
    for (const name of this.chosen) if (!names.has(name)) this.chosen.delete(name);
    this.items.replaceChildren(...kept.map((scenario) => this._item(scenario)));
    this.compare.disabled = this.chosen.size < 2;
    if (!kept.length) this.items.replaceChildren(element("li", { class: "hint" }, words.say("no_scenarios")));
  }

  _item(scenario) {
    const { words, act } = this;
    const title = scenario.title || scenario.name;
    const box = element("input", {
      type: "checkbox", checked: this.chosen.has(scenario.name), "aria-label": words.say("compare_this", { title }),
      onchange: () => this._choose(scenario.name, box),
    });
    const named = (code) => ({ "aria-label": words.say(`${code}_this`, { title }) });
    const madeOn = scenario.data?.data_sha256;
    const stale = madeOn && madeOn !== this.facts.dossier.data_sha256;
    return element("li", {}, box,
      element("span", { class: "name" }, title, " ", element("code", {}, scenario.name)),
      stale ? element("strong", { class: "warning" }, words.say("other_data")) : null,
      element("span", { class: "tools" },
        button(words.say("open"), () => { this.title.value = scenario.title ?? ""; this.note.value = scenario.note ?? ""; this.mine = scenario.name; act.open(stateOf(scenario)); }, named("open")),
        button(words.say("rename"), () => this._rename(scenario), named("rename")),
        button(words.say("double"), () => this._keep(this._free(scenario.name), { ...scenario, title: words.say("double_of", { title }) }), named("double")),
        button(words.say("remove"), async () => this._list(await act.backend.remove(scenario.name)), named("remove"))));
  }

  _choose(name, box) {
    if (!box.checked) this.chosen.delete(name);
    else if (this.chosen.size < MOST) this.chosen.add(name);
    else box.checked = false;
    this.compare.disabled = this.chosen.size < 2;
  }

  _free(name) {
    const names = new Set(this.kept.map((one) => one.name));
    let free = name;
    for (let n = 2; names.has(free); n += 1) free = `${name}-${n}`;
    return free;
  }

  async _save() {
    const title = this.title.value.trim();
    const name = fileName(title);
    if (!name) {
      setText(this.told, this.words.say("needs_title"));
      this.title.focus();
      return;
    }
    const taken = this.kept.some((one) => one.name === name);
    if (taken && this.mine !== name && this.asked !== name) {
      this.asked = name; // the same once more, and it is meant
      setText(this.told, this.words.say("name_taken", { title }));
      return;
    }
    await this._keep(name, this.act.scenario({ title, note: this.note.value.trim() }));
    [this.mine, this.asked] = [name, ""];
  }

  async _keep(name, { name: _, ...scenario }) {
    try {
      this._list(await this.act.backend.save(name, scenario));
      const code = this.act.backend.alone ? "kept_here" : "saved";
      setText(this.told, this.words.say(code, { title: scenario.title || name, name, dossier: this.facts.dossier.name }));
    } catch (error) {
      setText(this.told, error.message);
    }
  }

  // The title is typed over in place: a dialog would leave the page.
  _rename(scenario) {
    const input = element("input", { type: "text", value: scenario.title ?? "", maxlength: 80, "aria-label": this.words.say("scenario_title") });
    const done = async () => {
      const title = input.value.trim();
      const name = fileName(title);
      if (!name) return input.focus();
      if (name !== scenario.name) await this.act.backend.remove(scenario.name);
      if (this.chosen.delete(scenario.name)) this.chosen.add(name);
      return this._keep(name, { ...scenario, title });
    };
    const place = [...this.items.children][this.kept.indexOf(scenario)];
    place.querySelector(".name").replaceChildren(input, button(this.words.say("done"), done));
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") done();
      if (event.key === "Escape") this._list(this.kept);
    });
    input.focus();
  }

  _minutes() {
    this.copied.hidden = false;
    this.copied.value = this.act.minutes(this.title.value.trim());
    this.copied.select();
    const copied = navigator.clipboard?.writeText(this.copied.value) ?? Promise.reject(new Error());
    copied.then(() => setText(this.told, this.words.say("copied")), () => setText(this.told, this.words.say("copy_yourself")));
  }

  _download() {
    const title = this.title.value.trim();
    const name = fileName(title) || "skenario";
    const text = tomlOf(this.act.scenario({ title, note: this.note.value.trim() }));
    const href = URL.createObjectURL(new Blob([text], { type: "application/toml" }));
    element("a", { href, download: `${name}.toml` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1000);
    setText(this.told, this.words.say("downloaded", { name, dossier: this.facts.dossier.name }));
  }

  async _compare() {
    const { words, facts, act } = this;
    const chosen = this.kept.filter((scenario) => this.chosen.has(scenario.name));
    const answers = [];
    for (const scenario of chosen) answers.push(await act.backend.answer(stateOf(scenario)));
    const lists = [act.base(), ...answers];
    const heads = [words.say("pinned"), ...chosen.map((scenario) => scenario.title || scenario.name)];
    const usulan = [...new Set(lists.flatMap((list) => list.order.slice(0, COMPARED)))];
    usulan.sort((a, b) => (lists[0].rank[a] || Infinity) - (lists[0].rank[b] || Infinity) || a - b);
    const row = (one) => element("tr", {},
      element("th", { scope: "row" }, facts.usulan.id[one], " ", element("span", { class: "title" }, facts.usulan.title[one])),
      lists.map((list) => element("td", {}, list.rank[one] ? `${words.count(list.rank[one])} (${words.decimal(list.points[one], 2)})` : "\u2013")));
    const weight = ({ code, label }) => element("tr", {}, element("th", { scope: "row" }, `${code} ${label}`),
      lists.map((list) => element("td", {}, words.percent(list.shares[code]))));
    const part = (code, rows) => element("tbody", {}, element("tr", {}, element("th", { colspan: lists.length + 1, scope: "colgroup" }, words.say(code))), rows);
    this.table.hidden = false;
    this.table.replaceChildren(element("table", {},
      element("caption", {}, words.say("compared", { n: COMPARED })),
      element("thead", {}, element("tr", {}, element("td", {}), heads.map((head) => element("th", { scope: "col" }, head)))),
      part("ranks_points", usulan.map(row)), part("weights", facts.criteria.map(weight))));
  }
}

// A file name from a title: `Kemiskinan lebih berat` becomes `kemiskinan-lebih-berat`.
function fileName(title) {
  const plainText = title.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  return (plainText.match(/[a-z0-9]+/g) ?? []).join("-").slice(0, 60).replace(/-+$/, "");
}
