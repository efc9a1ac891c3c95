// The list as it stands under the sliders: rank, how it moved against the pinned list, points with their
// interval, class, and between which ranks it lies when the weights are drawn.

const SHOWN = 20;

class List {
  constructor(facts, words, act) {
    this.facts = facts;
    this.words = words;
    this.act = act;
    this.all = false;
    this.rows = [];
    this.filters = this._filters();
    const heads = ["rank", "moved", "usulan", "points", "class", "ranks", "top"];
    this.caption = element("caption", {});
    this.body = element("tbody", {});
    this.more = button("", () => { this.all = !this.all; this.act.redraw(); }, { class: "more" });
    const head = element("tr", {}, heads.map((name) => element("th", { scope: "col", class: name }, words.say(`col_${name}`))));
    this.node = element("div", { class: "list" }, this.filters.node,
      element("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": words.say("list_region") },
        element("table", {}, this.caption, element("thead", {}, head), this.body)),
      this.more);
  }

  _filters() {
    const { facts, words } = this;
    const among = (values, names) => [...new Set(values)].filter(Boolean).sort().map((value) => [value, names[value] ?? value]);
    const select = (name, options) => {
      const node = choice([["", words.say("all")], ...options], () => this.act.redraw());
      return [name, node];
    };
    const chosen = new Map([
      select("opd", among(facts.usulan.opd, facts.offices)),
      select("isu", among(facts.usulan.isu, facts.issues)),
      select("urusan", among(facts.usulan.urusan, facts.affairs)),
      select("family", among(facts.usulan.family, facts.families)),
    ]);
    const search = element("input", { type: "search", oninput: () => this.act.redraw() });
    const node = element("div", { class: "filters" },
      [...chosen].map(([name, one]) => field(words.say(`filter_${name}`), one)), field(words.say("search"), search));
    const has = (usulan) => {
      const { id, title } = facts.usulan;
      const wanted = search.value.trim().toLowerCase();
      return [...chosen].every(([name, one]) => !one.value || facts.usulan[name][usulan] === one.value)
        && (!wanted || `${id[usulan]} ${title[usulan]}`.toLowerCase().includes(wanted));
    };
    return { node, has };
  }

  show(answer, base, setting, state, selected) {
    const found = answer.order.filter(this.filters.has);
    const shown = this.all ? found : found.slice(0, SHOWN);
    while (this.rows.length < shown.length) this._addRow();
    const funded = fundedUnder(this.facts, answer, state.budget);
    this.rows.forEach((row, place) => {
      row.node.hidden = place >= shown.length;
      if (place < shown.length) this._showRow(row, shown[place], answer, base, setting, funded, selected);
    });
    const facts = { shown: this.words.count(shown.length), found: this.words.count(found.length) };
    setText(this.caption, this.words.say(found.length ? "shown" : "nothing_found", facts));
    this.more.hidden = found.length <= SHOWN;
    setText(this.more, this.all ? this.words.say("fewer", { n: SHOWN }) : this.words.say("show_all", { n: facts.found }));
  }

  _addRow() {
    const cells = {};
    for (const name of ["rank", "moved", "points", "class", "ranks", "top"]) cells[name] = element("td", { class: name });
    const open = button("", () => this.act.select(row.usulan), { class: "open" });
    const title = element("span", { class: "title" });
    const bar = intervalBar();
    const number = element("span", { class: "number" });
    cells.points.append(number, bar.node);
    const head = element("th", { scope: "row", class: "usulan" }, open, title);
    const node = element("tr", {}, cells.rank, cells.moved, head, cells.points, cells.class, cells.ranks, cells.top);
    const row = { node, cells, open, title, bar, number, usulan: -1 };
    this.rows.push(row);
    this.body.append(node);
  }

  _showRow(row, usulan, answer, base, setting, funded, selected) {
    const { words, facts } = this;
    const { cells } = row;
    row.usulan = usulan;
    const id = facts.usulan.id[usulan];
    setText(cells.rank, words.count(answer.rank[usulan]));
    const move = moveOf(words, base.rank[usulan], answer.rank[usulan]);
    setText(cells.moved, move.text);
    cells.moved.className = `moved ${move.kind}`;
    setText(row.open, id);
    setText(row.title, facts.usulan.title[usulan]);
    row.open.setAttribute("aria-pressed", usulan === selected);
    setText(row.number, words.decimal(answer.points[usulan], setting.decimals));
    row.bar.show(answer, usulan);
    const name = answer.class[usulan];
    setText(cells.class, this._class(name, base.class[usulan], setting));
    setClass(cells.class, "changed", name !== base.class[usulan]);
    const { low, high, top } = answer;
    setText(cells.ranks, low[usulan] === high[usulan] ? words.count(low[usulan]) : `${words.count(low[usulan])}\u2013${words.count(high[usulan])}`);
    setText(cells.top, top[usulan] === null ? "" : words.percent(100 * top[usulan], 0));
    setClass(row.node, "selected", usulan === selected);
    setClass(row.node, "funded", funded.has(usulan));
  }

  _class(name, before, setting) {
    const label = (one) => setting.classes.find((band) => band.name === one)?.label ?? one;
    if (name === before || !before) return name === "-" ? this.words.say("no_class") : label(name);
    return `${label(before)} \u2192 ${label(name)}`;
  }
}

// The first three, always in sight on a narrow screen where the list lies far below the sliders.
class Peek {
  constructor(facts, words) {
    this.facts = facts;
    this.words = words;
    this.node = element("div", { class: "peek", "aria-hidden": "true" });
  }

  show(answer, base) {
    const texts = answer.order.slice(0, 3).map((usulan) => {
      const move = moveOf(this.words, base.rank[usulan], answer.rank[usulan]);
      return `${this.words.count(answer.rank[usulan])} ${this.facts.usulan.id[usulan]} ${move.kind === "same" ? "" : move.text}`.trim();
    });
    while (this.node.children.length < texts.length) this.node.append(element("span", {}));
    texts.forEach((text, place) => setText(this.node.children[place], text));
  }
}

// How a rank moved: an arrow for the eye and the number of places.
function moveOf(words, before, now) {
  if (!before || !now) return { kind: "new", text: before === now ? "" : words.say(now ? "entered" : "left") };
  if (before === now) return { kind: "same", text: "=" };
  const up = now < before;
  return { kind: up ? "up" : "down", text: `${up ? "\u25b2" : "\u25bc"}\u00a0${words.count(Math.abs(before - now))}` };
}

// The usulan from the top of the list whose known costs fit into a budget together; who has no cost is passed over.
function fundedUnder(facts, answer, budget) {
  const funded = new Set();
  if (budget === null) return funded;
  let spent = 0;
  for (const usulan of answer.order) {
    const cost = facts.usulan.cost[usulan];
    if (cost === null) continue;
    if (spent + cost > budget) break;
    spent += cost;
    funded.add(usulan);
  }
  return funded;
}

// Points as a dot on a line from the worst to the best they could be.
function intervalBar() {
  const line = drawing("line", { y1: 6, y2: 6, class: "interval" });
  const dot = drawing("line", { y1: 3, y2: 9, class: "dot" });
  const node = drawing("svg", { viewBox: "0 0 100 12", class: "bar", "aria-hidden": "true", preserveAspectRatio: "none" },
    drawing("line", { x1: 0, x2: 100, y1: 6, y2: 6, class: "axis" }), line, dot);
  const show = (answer, usulan) => {
    const place = (value) => Math.min(100, Math.max(0, value ?? 0));
    line.setAttribute("x1", place(answer.worst[usulan]));
    line.setAttribute("x2", place(answer.best[usulan]));
    for (const end of ["x1", "x2"]) dot.setAttribute(end, place(answer.points[usulan]));
  };
  return { node, show };
}
