// A slider per criterion, grouped as the method groups them: points, share, lock, and whether it counts at all.

class Sliders {
  constructor(facts, words, act) {
    this.facts = facts;
    this.words = words;
    this.act = act;
    this.rows = new Map();
    const groups = facts.groups.filter((group) => facts.criteria.some((one) => one.group === group.code));
    this.total = element("output", { class: "total" });
    this.node = element("div", { class: "sliders" },
      groups.map((group) => this._group(group)),
      element("p", { class: "sum" }, `${words.say("sum")} `, this.total));
  }

  _group(group) {
    const mine = this.facts.criteria.filter((criterion) => criterion.group === group.code);
    return element("fieldset", {}, element("legend", {}, `${group.code} ${group.label}`.trim()), mine.map((one) => this._row(one)));
  }

  _row(criterion) {
    const { words } = this;
    const { code, label, why } = criterion;
    const id = freshId("weight");
    const range = element("input", {
      type: "range", id, min: 0, max: 100, step: 1, "aria-describedby": `${id}-share`,
      oninput: () => this._moved(code, Number(range.value), false),
      onchange: () => this._moved(code, Number(range.value), true),
    });
    const share = element("output", { id: `${id}-share`, for: id });
    const lock = button(padlock(), () => this.act.lock(code), { class: "lock", "aria-pressed": "false", "aria-label": words.say("lock", { code: criterion.name ?? code, label }) });
    const used = element("input", { type: "checkbox", checked: true, "aria-label": words.say("used", { code: criterion.name ?? code, label }), onchange: () => this.act.use(code, used.checked) });
    const node = element("div", { class: "slider" },
      element("label", { for: id, title: why }, element("b", {}, criterion.name ?? code), ` ${label}`),
      range, share, element("span", { class: "tools" }, lock, used));
    this.rows.set(code, { node, range, share, lock, used });
    return node;
  }

  _moved(code, points, settled) {
    this.act.weigh(code, points, settled);
  }

  show(state, setting, base) {
    const points = pointsOf(this.facts, state);
    let tenths = 0;
    for (const [code, row] of this.rows) {
      const share = setting.shares[code];
      const off = state.off.includes(code);
      const held = code in state.locked;
      tenths += Math.round(10 * share);
      if (Number(row.range.value) !== points[code]) row.range.value = points[code];
      row.range.disabled = off || held;
      row.used.checked = !off;
      row.lock.disabled = off;
      row.lock.setAttribute("aria-pressed", held);
      setClass(row.lock, "held", held);
      const before = base.shares[code];
      const told = this.words.percent(share);
      const changed = Math.abs(before - share) > 0.049;
      row.range.setAttribute("aria-valuetext", this.words.say("weight_told", { points: this.words.decimal(points[code], 0), share: told }));
      setText(row.share, changed ? `${told} (${this.words.percent(before)})` : told);
      setClass(row.node, "changed", changed);
      setClass(row.node, "off", off);
    }
    setText(this.total, this.words.percent(tenths / 10));
  }
}

// Drawn: not every machine has a letter for it. The bow stands open until the lock is pressed.
function padlock() {
  return drawing("svg", { viewBox: "0 0 16 16", width: 16, height: 16, class: "padlock", "aria-hidden": "true" },
    drawing("path", { class: "bow", d: "M5 8V5a3 3 0 0 1 6 0v3" }), drawing("rect", { x: 3, y: 7.5, width: 10, height: 7, rx: 1.2 }));
}
