// What else can be supposed: the method, the way of adding up, class borders, coverage, how unsure the weights are, a budget.

class Settings {
  constructor(facts, words, act) {
    this.facts = facts;
    this.words = words;
    this.act = act;
    const say = (code, told) => words.say(code, told);
    this.profile = choice(facts.profiles.map((one) => [one.name, one.title]), () => act.profile(this.profile.value));
    const ways = act.alone ? ["additive", "geometric"] : ["additive", "geometric", "promethee"];
    this.way = choice(ways.map((way) => [way, say(`way_${way}`)]), () => act.set({ aggregation: this.way.value }));
    this.borders = new Map(facts.profiles[0].classes.slice(0, -1).map((band) => [band.name, this._border(band)]));
    this.coverage = this._number(0, 100, 1, (value) => act.set({ coverage_minimum: value / 100 }));
    this.spread = choice(["dirichlet", "order", "none"].map((kind) => [kind, say(`spread_${kind}`)]), () => act.set({ spread: this.spread.value }));
    this.unsure = element("input", {
      type: "range", min: 5, max: 60, step: 1,
      oninput: () => act.set({ concentration: concentrationFor(Number(this.unsure.value)) }, false),
      onchange: () => act.set({ concentration: concentrationFor(Number(this.unsure.value)) }),
    });
    this.unsureTold = element("output", {});
    this.budget = this._number(0, "", 1, (value) => act.set({ budget: value * 1e6 }), () => act.set({ budget: null }));
    this.budgetTold = element("p", { class: "told", role: "status" });
    this.node = element("div", { class: "settings" },
      field(say("profile"), this.profile),
      field(say("way"), this.way),
      [...this.borders].map(([name, input]) => field(say("border", { name: this._label(name) }), input)),
      field(say("coverage"), this.coverage, say("coverage_hint")),
      field(say("spread"), this.spread),
      element("div", {}, field(say("unsure"), this.unsure, say("unsure_hint")), this.unsureTold),
      element("div", {}, field(say("budget"), this.budget, say("budget_hint")), this.budgetTold));
  }

  _label(name) {
    return this.facts.profiles[0].classes.find((band) => band.name === name).label;
  }

  _border(band) {
    return this._number(0, 100, 0.5, (value) => this.act.border(band.name, value));
  }

  _number(min, max, step, take, clear = () => {}) {
    const input = element("input", { type: "number", min, max, step, inputmode: "decimal" });
    input.addEventListener("change", () => {
      if (input.value === "") clear();
      else if (input.checkValidity()) take(Number(input.value));
      else input.reportValidity();
    });
    return input;
  }

  show(state, setting, funded) {
    this.profile.value = setting.name;
    this.way.value = setting.aggregation;
    const classed = setting.aggregation !== "promethee";
    for (const [name, input] of this.borders) {
      this._put(input, setting.classes.find((band) => band.name === name)?.lower ?? "");
      input.disabled = !classed;
    }
    this._put(this.coverage, Math.round(1000 * setting.coverage_minimum) / 10);
    this.spread.value = setting.spread;
    const part = Math.round(spreadOf(setting.concentration));
    if (Number(this.unsure.value) !== part) this.unsure.value = part;
    this.unsure.disabled = setting.spread !== "dirichlet";
    setText(this.unsureTold, `\u00b1 ${this.words.percent(part, 0)}`);
    this._put(this.budget, state.budget === null ? "" : state.budget / 1e6);
    setText(this.budgetTold, funded);
  }

  // What somebody is typing stays.
  _put(input, value) {
    if (document.activeElement !== input && input.value !== String(value)) input.value = value;
  }
}

const AVERAGE = 1 / 16;

// The concentration under which an average weight has a standard deviation of `part` percent of itself.
function concentrationFor(part) {
  return (1 - AVERAGE) / (AVERAGE * (part / 100) ** 2) - 1;
}

function spreadOf(concentration) {
  return 100 * Math.sqrt((1 - AVERAGE) / (AVERAGE * (concentration + 1)));
}
