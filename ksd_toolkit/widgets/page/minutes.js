// A scenario in the words of a Berita Acara: what was supposed, what it changes, and what it was computed from.

const NAMED = 3;

function minutesOf(facts, words, state, setting, answer, base, title) {
  const sentences = [words.say("minutes_asked", { title: title || words.say("this_scenario"), changes: changesOf(facts, words, state, setting, base) })];
  const [first] = answer.order;
  const before = base.order[0];
  const id = (usulan) => `${facts.usulan.id[usulan]} (${facts.usulan.title[usulan]})`;
  const points = words.decimal(answer.points[first], setting.decimals);
  if (first === before) sentences.push(words.say("minutes_same", { usulan: id(first), points }));
  else sentences.push(words.say("minutes_other", { usulan: id(first), before: id(before), points }));
  sentences.push(movedText(facts, words, answer, base));
  sentences.push(words.say("minutes_from", {
    dossier: facts.dossier.name, data: facts.dossier.data_sha256.slice(0, 12), method: setting.name, sha: setting.sha256.slice(0, 12),
  }));
  return sentences.join(" ");
}

// `bobot K3A 9,0 % menjadi 20,0 %, ...`: what differs from the method, or that nothing does.
function changesOf(facts, words, state, setting, base) {
  const profile = profileOf(facts, state);
  const parts = [];
  if (profile.name !== facts.profiles[0].name) parts.push(words.say("change_profile", { name: profile.title }));
  for (const { code, label } of facts.criteria) {
    const [from, to] = [profile.weights[code], setting.shares[code]];
    const chosen = code in state.points && state.points[code] !== profile.weights[code];
    if (state.off.includes(code)) parts.push(words.say("change_off", { code, label }));
    else if (chosen) parts.push(words.say("change_weight", { code, label, from: words.percent(from), to: words.percent(to) }));
  }
  const others = facts.criteria.filter(({ code }) => !state.off.includes(code) && !(code in state.points && state.points[code] !== profile.weights[code])
    && Math.abs(profile.weights[code] - setting.shares[code]) > 0.049);
  if (others.length) parts.push(words.say("change_others"));
  if (setting.aggregation !== profile.aggregation) parts.push(words.say("change_way", { way: words.say(`way_${setting.aggregation}`) }));
  for (const band of setting.classes) {
    const from = profile.classes.find((one) => one.name === band.name).lower;
    if (from !== band.lower) parts.push(words.say("change_border", { name: band.label, from: words.decimal(from, 1), to: words.decimal(band.lower, 1) }));
  }
  if (setting.coverage_minimum !== profile.coverage_minimum) {
    parts.push(words.say("change_coverage", { from: words.percent(100 * profile.coverage_minimum, 0), to: words.percent(100 * setting.coverage_minimum, 0) }));
  }
  return parts.length ? words.list(parts) : words.say("change_nothing");
}

// How many usulan rose, fell and changed class against the pinned list.
function movedText(facts, words, answer, base) {
  const listed = answer.order.filter((usulan) => base.rank[usulan]);
  const rose = listed.filter((usulan) => answer.rank[usulan] < base.rank[usulan]);
  const fell = listed.filter((usulan) => answer.rank[usulan] > base.rank[usulan]);
  const other = listed.filter((usulan) => answer.class[usulan] !== base.class[usulan]);
  if (!rose.length && !fell.length && !other.length) return words.say("moved_none");
  const told = words.say("moved", { rose: words.count(rose.length), fell: words.count(fell.length), other: words.count(other.length) });
  const most = [...rose].sort((a, b) => base.rank[b] - answer.rank[b] - (base.rank[a] - answer.rank[a])).slice(0, NAMED);
  if (!most.length) return told;
  const names = most.map((usulan) => words.say("rose_from", { usulan: facts.usulan.id[usulan], from: words.count(base.rank[usulan]), to: words.count(answer.rank[usulan]) }));
  return `${told} ${words.say("rose_most", { names: words.list(names) })}`;
}
