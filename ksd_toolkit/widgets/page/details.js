// Why one usulan stands where it stands: a sentence, and what every criterion gives it.

class Details {
  constructor(facts, words, level) {
    this.facts = facts;
    this.words = words;
    this.head = element(`h${level}`, {});
    this.about = element("p", { class: "about" });
    this.sentence = element("p", { class: "sentence" });
    this.body = element("tbody", {});
    this.caption = element("caption", {});
    const heads = ["criterion", "level", "share", "gives"].map((name) => element("th", { scope: "col" }, words.say(`col_${name}`)));
    this.table = element("table", { class: "parts" }, this.caption, element("thead", {}, element("tr", {}, heads)), this.body);
    this.empty = element("p", { class: "hint" }, words.say("choose"));
    const region = { class: "scroll", role: "region", tabindex: 0, "aria-label": words.say("parts_region") };
    this.full = element("div", { hidden: true }, this.head, this.about, this.sentence, element("div", region, this.table));
    this.node = element("div", { class: "details", "aria-live": "polite" }, this.empty, this.full);
  }

  show(usulan, found, answer, base, setting) {
    const { words, facts } = this;
    this.empty.hidden = true;
    this.full.hidden = false;
    const { id, title, opd, isu, type, partner } = facts.usulan;
    setText(this.head, `${id[usulan]} ${title[usulan]}`);
    const told = [facts.offices[opd[usulan]] ?? opd[usulan], facts.issues[isu[usulan]], facts.types[type[usulan]], partner[usulan]];
    setText(this.about, told.filter(Boolean).join(" \u00b7 "));
    setText(this.sentence, found.sentence || this._sentence(usulan, found, answer, base, setting));
    setText(this.caption, words.say("parts_of", { usulan: id[usulan], points: words.decimal(answer.points[usulan], setting.decimals) }));
    const most = Math.max(...found.parts.map((part) => Math.abs(part.points ?? 0)), 1e-9);
    this.body.replaceChildren(...found.parts.map((part) => this._part(part, setting, most)));
  }

  _part({ code, level, points }, setting, most) {
    const { words } = this;
    const { label } = this.facts.criteria.find((criterion) => criterion.code === code);
    const width = (100 * Math.abs(points ?? 0)) / most;
    const bar = drawing("svg", { viewBox: "0 0 100 8", class: "part", "aria-hidden": "true", preserveAspectRatio: "none" },
      drawing("rect", { width, height: 8, class: points < 0 ? "less" : "more" }));
    return element("tr", {},
      element("th", { scope: "row" }, `${code} ${label}`),
      element("td", {}, level === null ? words.say("unanswered") : words.decimal(level, Number.isInteger(level) ? 0 : 1)),
      element("td", {}, words.percent(setting.shares[code])),
      element("td", { class: "gives" }, element("span", {}, points === null ? "\u2013" : words.decimal(points, 2)), bar));
  }

  // What the page itself can say where no kernel explains: rank, points, and the criteria that give most.
  _sentence(usulan, found, answer, base, setting) {
    const { words, facts } = this;
    const id = facts.usulan.id[usulan];
    if (!answer.rank[usulan]) return words.say("not_ranked", { usulan: id });
    const given = found.parts.filter((part) => part.points > 0).sort((a, b) => b.points - a.points).slice(0, 3);
    const parts = given.map((part) => `${facts.criteria.find((one) => one.code === part.code).label} (${words.decimal(part.points, 2)})`);
    const told = { usulan: id, rank: words.count(answer.rank[usulan]), n: words.count(answer.order.length), points: words.decimal(answer.points[usulan], setting.decimals), parts: words.list(parts) };
    const before = base.rank[usulan];
    const moved = before && before !== answer.rank[usulan] ? ` ${words.say("was_at", { rank: words.count(before) })}` : "";
    return words.say("stands", told) + moved;
  }
}
