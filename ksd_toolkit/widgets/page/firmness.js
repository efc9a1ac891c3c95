// How firm ranks are: the weights drawn a thousand times around the stated ones, ranks counted per usulan.

const DRAWS = 1000;
const CLEAR = 1e-300;
const BITS = 11;
const HALF = 1 << BITS;
const LAST = HALF * HALF - 1;

// Ranks of the middle of all draws and how often an usulan is first or among the top; arrays by usulan.
function firmness(engine, setting, answer) {
  const listed = answer.order;
  const weights = engine.codes.map((code) => setting.shares[code] / 100);
  const root = engine.tree(setting.aggregation);
  const counts = new Uint16Array(engine.n * (listed.length + 1));
  const dice = new Dice(setting.seed);
  const scored = scorer(engine, root, setting.lowest, listed);
  const keys = new Float64Array(listed.length);
  const width = listed.length + 1;
  const count = rankCounter(listed, counts, width);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    scored(drawn(weights, setting, dice), keys);
    count(keys);
  }
  return summed(engine.n, listed, counts, width, setting);
}

// Weights as they might also have been; see scoring/uncertainty/draws.py for what is meant.
function drawn(weights, setting, dice) {
  if (setting.spread === "none") return weights;
  if (setting.spread === "order") return inOrder(weights, dice);
  const found = weights.map((weight) => (weight > 0 ? dice.gamma(setting.concentration * weight) : 0));
  const total = found.reduce((sum, one) => sum + one, 0);
  return total > CLEAR ? found.map((one) => one / total) : weights;
}

function inOrder(weights, dice) {
  const used = [...weights.keys()].filter((column) => weights[column] > 0);
  const sizes = used.map(() => -Math.log(1 - dice.next())).sort((a, b) => b - a);
  const ties = new Map(used.map((column) => [column, dice.next()]));
  used.sort((a, b) => weights[b] - weights[a] || ties.get(a) - ties.get(b));
  const found = weights.map(() => 0);
  const total = sizes.reduce((sum, one) => sum + one, 0);
  used.forEach((column, place) => { found[column] = sizes[place] / total; });
  return found;
}

// A function that writes the score of every listed usulan under a draw of weights.
function scorer(engine, root, lowest, listed) {
  const { m } = engine;
  if (!root.added) {
    return (weights, into) => {
      const scores = engine.scores(weights, root, lowest);
      listed.forEach((usulan, place) => { into[place] = scores[usulan] / 100; });
    };
  }
  const values = new Float64Array(listed.length * m);
  const has = new Float64Array(listed.length * m);
  let complete = true;
  listed.forEach((usulan, place) => {
    for (let column = 0; column < m; column += 1) {
      const known = engine.has[usulan * m + column];
      has[place * m + column] = known;
      values[place * m + column] = known ? engine.values[usulan * m + column] : 0;
      complete = complete && Boolean(known);
    }
  });
  return (weights, into) => {
    for (let place = 0, at = 0; place < listed.length; place += 1) {
      let gained = 0;
      let answered = 0;
      for (let column = 0; column < m; column += 1, at += 1) {
        gained += weights[column] * values[at];
        if (!complete) answered += weights[column] * has[at];
      }
      into[place] = complete ? gained : answered > 0 ? gained / answered : 0;
    }
  };
}

// A function that counts each usulan's rank in one draw: equal scores share the smaller rank. Scores are sorted as
// whole numbers of 22 bits, eleven at a time, so that two closer than a quarter of a millionth count as equal.
function rankCounter(listed, counts, width) {
  const n = listed.length;
  const whole = new Uint32Array(n);
  const byLow = new Uint32Array(n);
  const sorted = new Uint32Array(n);
  const low = new Uint32Array(HALF);
  const high = new Uint32Array(HALF);
  return (keys) => {
    low.fill(0);
    high.fill(0);
    for (let place = 0; place < n; place += 1) {
      const key = Math.min(LAST, Math.max(0, ((1 - keys[place]) * LAST + 0.5) | 0));
      whole[place] = key;
      low[key & (HALF - 1)] += 1;
      high[key >> BITS] += 1;
    }
    starts(low);
    starts(high);
    for (let place = 0; place < n; place += 1) byLow[low[whole[place] & (HALF - 1)]++] = place;
    for (let position = 0; position < n; position += 1) {
      const place = byLow[position];
      sorted[high[whole[place] >> BITS]++] = place;
    }
    let rank = 1;
    let before = -1;
    for (let position = 0; position < n; position += 1) {
      const place = sorted[position];
      if (whole[place] !== before) rank = position + 1;
      before = whole[place];
      counts[listed[place] * width + rank] += 1;
    }
  };
}

// How many come before each, in place of how many there are of each.
function starts(numbers) {
  let before = 0;
  for (let place = 0; place < numbers.length; place += 1) {
    const here = numbers[place];
    numbers[place] = before;
    before += here;
  }
}

function summed(n, listed, counts, width, setting) {
  const found = { low: new Array(n).fill(0), high: new Array(n).fill(0), first: new Array(n).fill(null), top: new Array(n).fill(null) };
  const [from, to] = setting.interval.map((edge) => Math.max(1, Math.ceil(Number((edge * DRAWS).toFixed(9)))));
  for (const usulan of listed) {
    let reached = 0;
    let top = 0;
    for (let rank = 1; rank < width; rank += 1) {
      const times = counts[usulan * width + rank];
      if (reached < from && reached + times >= from) found.low[usulan] = rank;
      if (reached < to && reached + times >= to) found.high[usulan] = rank;
      reached += times;
      if (rank <= setting.top) top += times;
    }
    found.first[usulan] = counts[usulan * width + 1] / DRAWS;
    found.top[usulan] = top / DRAWS;
  }
  return found;
}

// Random numbers that are the same every time: the same sliders always show the same band.
class Dice {
  constructor(seed) {
    this.state = seed >>> 0;
    this.spare = null;
  }

  // Uniform on 0 to 1 (Mulberry32).
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  // Standard normal (Marsaglia's polar method).
  normal() {
    if (this.spare !== null) {
      const kept = this.spare;
      this.spare = null;
      return kept;
    }
    for (;;) {
      const x = 2 * this.next() - 1;
      const y = 2 * this.next() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) {
        const factor = Math.sqrt((-2 * Math.log(square)) / square);
        this.spare = y * factor;
        return x * factor;
      }
    }
  }

  // Gamma of a shape above 0 (Marsaglia and Tsang 2000).
  gamma(shape) {
    if (shape < 1) return this.gamma(shape + 1) * (1 - this.next()) ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - this.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  }
}
