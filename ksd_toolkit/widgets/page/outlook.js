// What may follow when the sliders rest: how far one weight may move before a rank is lost, and what it is worth.

const AT_MOST = 100;

// By criterion the ends between which every tenth of a percent leaves `usulan` its rank or a better one. The page
// may do other things between two criteria.
async function holdingOf(engine, setting, answer, usulan) {
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
    const ends = [-1, 1].map((step) => {
      let reached = Math.round(10 * weight);
      for (let tenth = reached + step; tenth >= 0 && tenth <= 10 * AT_MOST; tenth += step) {
        if (!keeps(withWeight(weights, column, tenth / 10))) break;
        reached = tenth;
      }
      return reached / 10;
    });
    found.push({ code, weight, low: ends[0], high: ends[1] });
  }
  return found;
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
