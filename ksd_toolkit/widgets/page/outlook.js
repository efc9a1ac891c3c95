// What may follow when the sliders rest: how far one weight may move before a rank is lost, and what it is worth.

const AT_MOST = 100;

// By criterion the ends between which every tenth of a percent leaves `usulan` its rank or a better one. Tried are
// only weights from where somebody first catches up. The page may do other things between two criteria, and
// `isOld` says when nobody waits any more.
async function holdingOf(engine, setting, answer, usulan, isOld = () => false) {
  const rank = answer.rank[usulan];
  const weights = engine.codes.map((code) => setting.shares[code]);
  const root = engine.tree(setting.aggregation);
  const keeps = (draw) => {
    const points = roundHalfUp(engine.scores(draw, root, setting.lowest), setting.decimals);
    if (Number.isNaN(points[usulan])) return false;
    return answer.order.filter((other) => points[other] > points[usulan]).length + 1 <= rank;
  };
  const found = [];
  for (const [column, code] of engine.codes.entries()) {
    const weight = weights[column];
    if (weight <= 0 || weight >= AT_MOST) continue;
    await new Promise((go) => setTimeout(go));
    if (isOld()) return found;
    const met = caughtUp(engine, setting, root, weights, column, answer.order, usulan);
    const ends = [-1, 1].map((step) => {
      const now = Math.round(10 * weight);
      let reached = now;
      for (let tenth = now + step; tenth >= 0 && tenth <= 10 * AT_MOST; tenth += step) {
        const surely = step > 0 ? tenth / 10 + 0.1 < met.above : tenth / 10 - 0.1 > met.below;
        if (!surely && !keeps(withWeight(weights, column, tenth / 10))) break;
        reached = tenth;
      }
      return reached / 10;
    });
    found.push({ code, weight, low: ends[0], high: ends[1] });
  }
  return found;
}

// The nearest weights on both sides at which another usulan is level, by closed form: a score is a line in the
// weight over a line. Where groups add and multiply side by side, every weight has to be tried.
function caughtUp(engine, setting, root, weights, column, order, usulan) {
  const multiplies = (node) => node.kind === "geometric" && node.children.every(multiplies);
  const weight = weights[column];
  if (!root.added && !multiplies(root)) return { below: weight, above: weight };
  const unit = (value) => (root.added ? value : Math.log(setting.lowest + (1 - setting.lowest) * value));
  const own = lineOf(engine, weights, column, usulan, unit);
  const met = { below: -1, above: AT_MOST + 1 };
  for (const other of order) {
    if (other === usulan) continue;
    const line = lineOf(engine, weights, column, other, unit);
    for (const level of crossings(line, own)) {
      if (level > weight - NEAR) met.above = Math.min(met.above, level);
      if (level < weight + NEAR) met.below = Math.max(met.below, level);
    }
  }
  return met;
}

const NEAR = 0.05;
const FLAT = 1e-12;

// A score as (start + slope t) / (base + baseSlope t), t the weight of one criterion in percent.
function lineOf(engine, weights, column, usulan, unit) {
  let [gained, base, rest] = [0, 0, 0];
  const start = usulan * engine.m;
  for (let other = 0; other < engine.m; other += 1) {
    if (other === column) continue;
    rest += weights[other];
    if (!engine.has[start + other]) continue;
    gained += weights[other] * unit(engine.values[start + other]);
    base += weights[other];
  }
  if (!engine.has[start + column]) return { start: gained, slope: 0, base, baseSlope: 0 };
  const whole = (rest + weights[column]) / rest;
  return { start: whole * gained, slope: unit(engine.values[start + column]) - gained / rest, base: whole * base, baseSlope: 1 - base / rest };
}

// The weights at which two such scores are equal; none where never or everywhere.
function crossings(one, other) {
  const constant = one.start * other.base - other.start * one.base;
  const line = one.start * other.baseSlope + one.slope * other.base - other.start * one.baseSlope - other.slope * one.base;
  const square = one.slope * other.baseSlope - other.slope * one.baseSlope;
  const sizes = [Math.abs(constant), 100 * Math.abs(line), 1e4 * Math.abs(square)];
  const small = FLAT * Math.max(...sizes, 1);
  if (sizes[2] <= small) return sizes[1] <= small ? [] : [-constant / line];
  const inside = line * line - 4 * square * constant;
  if (inside < 0) return [];
  const half = -0.5 * (line + (line < 0 ? -1 : 1) * Math.sqrt(inside));
  return half ? [half / square, constant / half] : [half / square];
}

// One weight set, the others in their old proportions.
function withWeight(weights, column, after) {
  const factor = (AT_MOST - after) / (AT_MOST - weights[column]);
  return weights.map((weight, other) => (other === column ? after : weight * factor));
}

// The points and rank of an usulan with each weight a part of itself smaller and larger, widest first.
function tornadoOf(engine, setting, answer, usulan, changePercent) {
  const weights = engine.codes.map((code) => setting.shares[code]);
  const root = engine.tree(setting.aggregation);
  const stand = (draw) => {
    const points = roundHalfUp(engine.scores(draw, root, setting.lowest), setting.decimals);
    const above = answer.order.filter((other) => points[other] > points[usulan]).length;
    return [points[usulan], above + 1];
  };
  const rows = [];
  engine.codes.forEach((code, column) => {
    const weight = weights[column];
    if (weight <= 0 || weight >= AT_MOST) return;
    const less = stand(withWeight(weights, column, weight * (1 - changePercent / 100)));
    const more = stand(withWeight(weights, column, Math.min(weight * (1 + changePercent / 100), AT_MOST)));
    rows.push({ code, low: less[0], low_rank: less[1], high: more[0], high_rank: more[1] });
  });
  const span = (row) => Math.round(1e9 * Math.abs(row.high - row.low));
  return rows.sort((a, b) => span(b) - span(a));
}
