// What follows when the sliders rest: how far each weight may move before the rank is lost, and what each weight is worth.

class OutlookView {
  constructor(facts, words) {
    this.facts = facts;
    this.words = words;
    this.held = element("p", { class: "held" });
    this.holding = element("ul", { class: "holding" });
    this.worth = element("p", {});
    this.tornado = element("ul", { class: "tornado" });
    this.node = element("div", { class: "outlook" }, this.held, this.holding, this.worth, this.tornado);
  }

  waiting() {
    this.node.setAttribute("aria-busy", "true");
  }

  show(found) {
    this.node.removeAttribute("aria-busy");
    const { words } = this;
    const rank = words.count(found.rank);
    setText(this.held, words.say("held", { usulan: found.usulan, rank }));
    const rows = [...found.holding].sort((a, b) => room(a) - room(b));
    this.holding.replaceChildren(...rows.map((row) => this._range(row)));
    setText(this.worth, words.say("worth", { usulan: found.usulan, percent: words.percent(found.change_percent, 0) }));
    const points = found.tornado.flatMap((row) => [row.low, row.high, found.points]);
    const [low, high] = [Math.min(...points), Math.max(...points)];
    this.tornado.replaceChildren(...found.tornado.map((row) => this._bar(row, found.points, low, high)));
  }

  _label(code) {
    return `${code} ${this.facts.criteria.find((criterion) => criterion.code === code).label}`;
  }

  _range({ code, weight, low, high }) {
    const { words } = this;
    const free = low <= 0 && high >= 100;
    const told = free ? words.say("holds_always") : words.say("holds", { low: words.percent(low), high: words.percent(high), weight: words.percent(weight) });
    const svg = drawing("svg", { viewBox: "0 0 100 10", class: "range", "aria-hidden": "true", preserveAspectRatio: "none" },
      drawing("line", { x1: 0, x2: 100, y1: 5, y2: 5, class: "axis" }),
      drawing("line", { x1: low, x2: Math.max(high, low + 0.6), y1: 5, y2: 5, class: "interval" }),
      drawing("line", { x1: weight, x2: weight, y1: 0, y2: 10, class: "dot" }));
    return element("li", {}, element("span", { class: "name" }, this._label(code)), svg, element("span", { class: "told" }, told));
  }

  _bar({ code, low, high, low_rank: lowRank, high_rank: highRank }, now, least, most) {
    const { words } = this;
    const place = (value) => (most > least ? (100 * (value - least)) / (most - least) : 50);
    const svg = drawing("svg", { viewBox: "0 0 100 10", class: "range", "aria-hidden": "true", preserveAspectRatio: "none" },
      drawing("rect", { x: Math.min(place(low), place(now)), width: Math.abs(place(low) - place(now)), y: 1, height: 8, class: "less" }),
      drawing("rect", { x: Math.min(place(high), place(now)), width: Math.abs(place(high) - place(now)), y: 1, height: 8, class: "more" }),
      drawing("line", { x1: place(now), x2: place(now), y1: 0, y2: 10, class: "now" }));
    const facts = { low: words.decimal(low, 2), high: words.decimal(high, 2), low_rank: words.count(lowRank), high_rank: words.count(highRank) };
    return element("li", {}, element("span", { class: "name" }, this._label(code)), svg, element("span", { class: "told" }, words.say("worth_of", facts)));
  }
}

// How far the weight may move towards its nearer end; what never loses the rank comes last.
function room({ weight, low, high }) {
  const sides = [low > 0 ? weight - low : Infinity, high < 100 ? high - weight : Infinity];
  return Math.min(...sides);
}
