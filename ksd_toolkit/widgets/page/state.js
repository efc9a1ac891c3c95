// What is supposed, as one frozen value that can be kept, undone and saved; and the setting it comes to.

const AS_IT_IS = Object.freeze({
  profile: "", points: {}, locked: {}, off: [], aggregation: "", coverage_minimum: null, classes: {},
  spread: "", concentration: null, budget: null,
});

function profileOf(facts, state) {
  return facts.profiles.find((profile) => profile.name === state.profile) ?? facts.profiles[0];
}

function isTouched(state) {
  return Object.keys(state.points).length + Object.keys(state.locked).length + state.off.length > 0;
}

// The points on the sliders: the weights of the method while none was touched.
function pointsOf(facts, state) {
  return { ...profileOf(facts, state).weights, ...state.points };
}

function settingOf(facts, state) {
  const profile = profileOf(facts, state);
  const codes = facts.criteria.map((criterion) => criterion.code);
  const points = pointsOf(facts, state);
  return {
    ...profile,
    shares: isTouched(state) ? sharesOf(codes, points, state.locked, state.off) : profile.weights,
    aggregation: state.aggregation || profile.aggregation,
    coverage_minimum: state.coverage_minimum ?? profile.coverage_minimum,
    classes: profile.classes.map((band) => ({ ...band, lower: state.classes[band.name] ?? band.lower })),
    spread: state.spread || profile.spread,
    concentration: state.concentration ?? profile.concentration,
  };
}

// The scenario as `scoring/scenario.py` reads it, from a message or from a file.
function scenarioOf(facts, state, { title = "", note = "" } = {}) {
  const profile = profileOf(facts, state);
  const told = { based_on: profile.name, title, note, off: state.off, points: isTouched(state) ? pointsOf(facts, state) : {} };
  told.locked = state.locked;
  told.classes = state.classes;
  told.uncertainty = {};
  if (state.spread) told.uncertainty.weights = state.spread;
  if (state.concentration !== null) told.uncertainty.concentration = state.concentration;
  for (const name of ["coverage_minimum", "budget"]) if (state[name] !== null) told[name] = state[name];
  if (state.aggregation) told.aggregation = state.aggregation;
  told.data = { method_sha256: profile.sha256, data_sha256: facts.dossier.data_sha256 };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value) {
  return value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}

function stateOf(told) {
  return Object.freeze({
    ...AS_IT_IS,
    profile: told.based_on,
    points: { ...told.points },
    locked: { ...told.locked },
    off: [...(told.off ?? [])],
    aggregation: told.aggregation ?? "",
    coverage_minimum: told.coverage_minimum ?? null,
    classes: { ...told.classes },
    spread: told.uncertainty?.weights ?? "",
    concentration: told.uncertainty?.concentration ?? null,
    budget: told.budget ?? null,
  });
}

// The scenario as a TOML file a person can read.
function tomlOf(told) {
  const quoted = (text) => JSON.stringify(text).replace(/\u007f/g, "\\u007F");
  const value = (one) => {
    if (Array.isArray(one)) return `[${one.map(value).join(", ")}]`;
    return typeof one === "number" ? String(one) : quoted(one);
  };
  const lines = [];
  const tables = [];
  for (const [key, one] of Object.entries(told)) {
    if (typeof one === "object" && !Array.isArray(one)) tables.push([key, one]);
    else lines.push(`${key} = ${value(one)}`);
  }
  for (const [key, table] of tables) {
    lines.push("", `[${key}]`, ...Object.entries(table).map(([name, one]) => `${quoted(name)} = ${value(one)}`));
  }
  return `${lines.join("\n")}\n`;
}

// Presses of a key that follow each other sooner than this are one step to undo.
const TOGETHER = 1000;

// What was done before and after the present state; a slider's way counts as one step once it rests.
class History {
  constructor(state) {
    this.present = state;
    this.settled = state;
    this.past = [];
    this.future = [];
    this.last = { control: "", at: 0 };
  }

  // Where a slider is on its way; nothing to undo yet.
  live(state) {
    this.present = Object.freeze(state);
  }

  // `control` names what was moved, where many small moves of it are one.
  settle(state = this.present, control = "") {
    this.live(state);
    if (JSON.stringify(this.present) === JSON.stringify(this.settled)) return;
    const at = performance.now();
    const more = control && control === this.last.control && at - this.last.at < TOGETHER;
    if (!more) this.past.push(this.settled);
    this.last = { control, at };
    this.future = [];
    this.settled = this.present;
  }

  undo() {
    this._step(this.past, this.future);
  }

  redo() {
    this._step(this.future, this.past);
  }

  _step(from, to) {
    this.settle();
    if (!from.length) return;
    this.last = { control: "", at: 0 };
    to.push(this.settled);
    this.settled = from.pop();
    this.present = this.settled;
  }
}

// What the sliders do to a state: weigh a criterion, lock its share, use it or not. `move` takes the new state.
function weighing(facts, history, move) {
  const touched = (changes) => ({ ...history.present, points: pointsOf(facts, history.present), ...changes });
  return {
    weigh: (code, points, settled) => move(touched({ points: { ...pointsOf(facts, history.present), [code]: points } }), settled, code),
    lock: (code) => {
      const locked = { ...history.present.locked };
      if (code in locked) delete locked[code];
      else locked[code] = Math.round(10 * settingOf(facts, history.present).shares[code]) / 10;
      move(touched({ locked }));
    },
    use: (code, used) => {
      const off = history.present.off.filter((one) => one !== code);
      if (!used && off.length + 1 < facts.criteria.length) off.push(code);
      move(touched({ off }));
    },
  };
}
