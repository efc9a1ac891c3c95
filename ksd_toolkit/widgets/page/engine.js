// Scoring in the page: additive and geometric trees as scoring/tree.py adds them up, leaf after leaf.
// The one deliberate second implementation; a browser test holds it to Python's ranks.

const HALF_UP_GUARD = 1e-9;
const SUM_GUARD = 1e-9;

class Engine {
  constructor(facts) {
    this.facts = facts;
    this.codes = facts.criteria.map((criterion) => criterion.code);
    this.column = new Map(this.codes.map((code, place) => [code, place]));
    this.n = facts.levels.length;
    this.m = this.codes.length;
    this.open = facts.usulan.gate.map((gate) => gate !== "fail");
    this.applies = Uint8Array.from(facts.applicable.flat());
    this.has = new Uint8Array(this.n * this.m);
    this.values = new Float64Array(this.n * this.m);
    facts.levels.forEach((row, usulan) => row.forEach((level, column) => this._take(usulan, column, level)));
  }

  _take(usulan, column, level) {
    const place = usulan * this.m + column;
    if (level === null) return;
    const { low, high, rising } = this.facts.criteria[column];
    const value = (level - low) / (high - low);
    this.values[place] = rising ? value : 1 - value;
    this.has[place] = this.applies[place];
  }

  tree(aggregation) {
    const added = aggregation !== "geometric";
    const { groups, criteria } = this.facts;
    const node = (code, kind) => {
      const leaves = [];
      criteria.forEach((criterion, column) => criterion.group === code && leaves.push(column));
      const below = groups.filter((group) => group.parent === code);
      const children = below.map((group) => node(group.code, group.aggregation));
      return { code, kind, leaves, children, added: kind === "additive" && children.every((child) => child.added) };
    };
    const root = node("", added ? "additive" : "geometric");
    root.leaves = [];
    return root;
  }

  // The printed points, ranks, classes and order under a setting: { shares, aggregation, ... } of `settingOf`.
  answer(setting) {
    const weights = this.codes.map((code) => setting.shares[code]);
    const root = this.tree(setting.aggregation);
    const scores = this.scores(weights, root, setting.lowest);
    const { worst, best, coverage } = this._around(weights, root, setting.lowest, scores);
    const points = roundHalfUp(scores, setting.decimals);
    const rank = sharedRanks(points, (usulan) => this.open[usulan]);
    const classes = this._classes(points, coverage, rank, setting);
    return {
      shares: setting.shares,
      points: plain(points),
      rank: [...rank],
      ...classes,
      worst: plain(roundHalfUp(worst, setting.decimals)),
      best: plain(roundHalfUp(best, setting.decimals)),
      coverage: [...coverage],
      order: this._printed(rank, weights, setting, root),
    };
  }

  // Unrounded points 0 to 100 of every usulan, NaN where nothing that weighs was answered.
  scores(weights, root, lowest) {
    if (root.added) return this._added(weights, this.values, this.has);
    const { value } = this._walk(root, weights, lowest, this.values, this.has);
    return value.map((one) => 100 * one);
  }

  _added(weights, values, has) {
    const found = new Float64Array(this.n);
    for (let usulan = 0; usulan < this.n; usulan += 1) {
      let gained = 0;
      let answered = 0;
      const start = usulan * this.m;
      for (let column = 0; column < this.m; column += 1) {
        if (!has[start + column]) continue;
        gained += weights[column] * values[start + column];
        answered += weights[column];
      }
      found[usulan] = (100 * gained) / answered;
    }
    return found;
  }

  _around(weights, root, lowest, scores) {
    const { n, m } = this;
    const worst = new Float64Array(n);
    const best = new Float64Array(n);
    const coverage = new Float64Array(n);
    for (let usulan = 0; usulan < n; usulan += 1) {
      let [gained, answered, base] = [0, 0, 0];
      for (let place = usulan * m, column = 0; column < m; column += 1, place += 1) {
        if (this.has[place]) {
          gained += weights[column] * this.values[place];
          answered += weights[column];
        }
        if (this.applies[place]) base += weights[column];
      }
      worst[usulan] = (100 * gained) / base;
      best[usulan] = (100 * (gained + base - answered)) / base;
      coverage[usulan] = base > 0 ? answered / base : 0;
    }
    if (!root.added) {
      [worst, best].forEach((ends, end) => ends.set(this._filled(weights, root, lowest, end)));
      scores.forEach((score, usulan) => {
        worst[usulan] = least(worst[usulan], score);
        best[usulan] = most(best[usulan], score);
      });
    }
    return { worst, best, coverage };
  }

  // The scores if everything unanswered were answered worst (0) or best (1).
  _filled(weights, root, lowest, end) {
    const values = this.values.map((value, place) => (this.has[place] ? value : end));
    return this._walk(root, weights, lowest, values, this.applies).value.map((one) => 100 * one);
  }

  _walk(node, weights, lowest, values, has, found) {
    const { n, m } = this;
    const gained = new Float64Array(n);
    const total = new Float64Array(n);
    const add = (valueOf, weightOf) => {
      for (let usulan = 0; usulan < n; usulan += 1) {
        const weight = weightOf(usulan);
        let known = weight > 0 ? valueOf(usulan) : 0;
        if (node.kind === "geometric") known = Math.log(lowest + (1 - lowest) * known);
        gained[usulan] += weight * known;
        total[usulan] += weight;
      }
    };
    for (const column of node.leaves) {
      add((usulan) => (has[usulan * m + column] ? values[usulan * m + column] : 0),
        (usulan) => (has[usulan * m + column] ? weights[column] : 0));
    }
    for (const child of node.children) {
      const below = this._walk(child, weights, lowest, values, has, found);
      add((usulan) => below.value[usulan], (usulan) => below.total[usulan]);
    }
    const value = gained.map((sum, usulan) => (total[usulan] > 0 ? sum / total[usulan] : NaN));
    const mean = node.kind === "geometric" ? value.map((one) => lowered(one, lowest)) : value;
    if (found) found[node.code] = mean;
    return { value: mean, total };
  }

  _classes(points, coverage, rank, setting) {
    const names = setting.classes.map((band) => band.name);
    const cap = names.indexOf(setting.cap_class);
    const floor = names.indexOf(setting.floor_class);
    const found = { class: [], change: [] };
    for (let usulan = 0; usulan < this.n; usulan += 1) {
      let level = setting.classes.slice(0, -1).filter((band) => points[usulan] < band.lower).length;
      let change = "";
      if (this.facts.usulan.cap[usulan] && level < cap) [level, change] = [cap, "cap"];
      if (this.facts.usulan.floor[usulan] && level > floor) [level, change] = [floor, "floor"];
      const thin = coverage[usulan] < setting.coverage_minimum - SUM_GUARD;
      const listed = rank[usulan] > 0;
      found.class.push(listed ? (thin ? "-" : names[level]) : "");
      found.change.push(listed ? (thin ? "coverage" : change) : "");
    }
    return found;
  }

  // Places of the ranked usulan in printed order: by rank, equal ranks as the method says.
  _printed(rank, weights, setting, root) {
    const groups = {};
    if (setting.ties.some((tie) => tie.kind === "group")) {
      this._walk(root, weights, setting.lowest, this.values, this.has, groups);
    }
    const keys = setting.ties.map((tie) => this._tie(tie, groups, setting.decimals));
    const listed = [...rank.keys()].filter((usulan) => rank[usulan] > 0);
    return listed.sort((a, b) => {
      if (rank[a] !== rank[b]) return rank[a] - rank[b];
      for (const key of keys) {
        const order = key(a, b);
        if (order) return order;
      }
      return 0;
    });
  }

  _tie({ kind, name, falls }, groups, decimals) {
    if (kind === "id") {
      const { id } = this.facts.usulan;
      return (a, b) => (id[a] < id[b] ? -1 : id[a] > id[b] ? 1 : 0);
    }
    const column = this.column.get(name);
    const points = kind === "group" ? roundHalfUp(groups[name].map((one) => 100 * one), decimals) : null;
    const of = (usulan) => (points ? points[usulan] : this.facts.levels[usulan][column] ?? NaN);
    return (a, b) => blanksLast(of(a), of(b), falls);
  }

  // What every criterion gives an usulan, in points that add up to its score.
  contributions(setting, usulan) {
    const weights = this.codes.map((code) => setting.shares[code]);
    const root = this.tree(setting.aggregation);
    if (root.added) {
      let answered = 0;
      const start = usulan * this.m;
      for (let column = 0; column < this.m; column += 1) if (this.has[start + column]) answered += weights[column];
      return this.codes.map((_, column) =>
        this.has[start + column] ? (100 * this.values[start + column] * weights[column]) / answered : null);
    }
    return this._parted(root, weights, setting.lowest, usulan);
  }

  // A geometric node is parted by the logarithmic mean, as scoring/contributions.py does.
  _parted(root, weights, lowest, usulan) {
    const found = {};
    this._walk(root, weights, lowest, this.values, this.has, found);
    const start = usulan * this.m;
    const answered = weights.map((weight, column) => (this.has[start + column] ? weight : 0));
    const below = (node) => node.leaves.reduce((sum, column) => sum + answered[column], 0)
      + node.children.reduce((sum, child) => sum + below(child), 0);
    const term = (node, value) => (node.kind === "geometric" ? Math.log1p(((1 - lowest) / lowest) * value) : value);
    const shares = new Array(this.m).fill(0);
    const share = (node, factor) => {
      const total = below(node);
      const raised = lowest + (1 - lowest) * (found[node.code][usulan] || 0);
      const stretch = node.kind === "geometric" ? logarithmicMean(raised, lowest) / (1 - lowest) : 1;
      for (const column of node.leaves) {
        const value = this.has[start + column] ? this.values[start + column] : 0;
        shares[column] = total > 0 ? (factor * stretch * term(node, value) * answered[column]) / total : 0;
      }
      for (const child of node.children) {
        const value = found[child.code][usulan] || 0;
        const part = total > 0 && value !== 0 ? (term(node, value) * stretch * below(child)) / total / value : 0;
        share(child, factor * part);
      }
    };
    share(root, 1);
    return shares.map((one, column) => (this.has[start + column] ? 100 * one : null));
  }
}

function roundHalfUp(points, decimals) {
  const factor = 10 ** decimals;
  return Float64Array.from(points, (one) => Math.floor(one * factor + 0.5 + HALF_UP_GUARD) / factor);
}

// Rank 1 is the highest; equal points share the smaller rank; 0 for what is not ranked.
function sharedRanks(points, isOpen) {
  const listed = [...points.keys()].filter((place) => isOpen(place) && !Number.isNaN(points[place]));
  listed.sort((a, b) => points[b] - points[a]);
  const ranks = new Int32Array(points.length);
  listed.forEach((place, position) => {
    const above = listed[position - 1];
    ranks[place] = position && points[above] === points[place] ? ranks[above] : position + 1;
  });
  return ranks;
}

function blanksLast(a, b, falls) {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) - Number.isNaN(b);
  return falls ? b - a : a - b;
}

function lowered(mean, lowest) {
  return Math.min(1, Math.max(0, (Math.exp(mean) - lowest) / (1 - lowest)));
}

function logarithmicMean(a, b) {
  return Math.abs(a - b) < 1e-12 * Math.max(a, b) ? (a + b) / 2 : (a - b) / Math.log(a / b);
}

function least(a, b) {
  return Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.min(a, b);
}

function most(a, b) {
  return Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.max(a, b);
}

function plain(values) {
  return Array.from(values, (value) => (Number.isNaN(value) ? null : value));
}
