// The partner page: four criteria, a lens, the candidates on a list and a map, and what one region shares with home.

const EDGE = 60;
const NAMED_REGIONS = 12;

class PartnerBackend extends KernelBackend {
  answer(state) {
    return this._ask("answer", this._told(state));
  }

  reasons(state, partner) {
    return this._ask("reasons", { ...this._told(state), partner });
  }

  _told(state) {
    const points = isTouched(state) ? pointsOf(this.facts, state) : {};
    return { points, locked: state.locked, off: state.off, lens: state.lens };
  }
}

class PartnerList {
  constructor(facts, words, act) {
    this.facts = facts;
    this.words = words;
    this.act = act;
    this.rows = [];
    this.body = element("tbody", {});
    this.caption = element("caption", {});
    this.search = element("input", { type: "search", oninput: () => act.redraw() });
    const heads = ["rank", "moved", "region", "points", "top_five"].map((name) => element("th", { scope: "col", class: name }, words.say(`col_${name}`)));
    this.node = element("div", { class: "list" }, field(words.say("search"), this.search),
      element("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": words.say("candidates_region") },
        element("table", {}, this.caption, element("thead", {}, element("tr", {}, heads)), this.body)));
  }

  show(answer, base, selected) {
    const { facts, words } = this;
    const wanted = this.search.value.trim().toLowerCase();
    const found = answer.order.filter((place) => !wanted || facts.names[place].toLowerCase().includes(wanted));
    const shown = found.slice(0, SHOWN);
    while (this.rows.length < shown.length) this._addRow();
    this.rows.forEach((row, position) => {
      row.node.hidden = position >= shown.length;
      if (position < shown.length) this._showRow(row, shown[position], answer, base, selected);
    });
    setText(this.caption, words.say(found.length ? "shown_regions" : "nothing_found", { shown: words.count(shown.length), found: words.count(found.length) }));
  }

  _addRow() {
    const cells = Object.fromEntries(["rank", "moved", "points", "top"].map((name) => [name, element("td", { class: name })]));
    const open = button("", () => this.act.select(row.place), { class: "open" });
    const about = element("span", { class: "title" });
    const bar = intervalBar();
    const number = element("span", { class: "number" });
    cells.points.append(number, bar.node);
    const node = element("tr", {}, cells.rank, cells.moved, element("th", { scope: "row", class: "usulan" }, open, about), cells.points, cells.top);
    const row = { node, cells, open, about, bar, number, place: -1 };
    this.rows.push(row);
    this.body.append(node);
  }

  _showRow(row, place, answer, base, selected) {
    const { words, facts } = this;
    row.place = place;
    const rank = answer.rank[place];
    setText(row.cells.rank, rank ? words.count(rank) : "\u2013");
    const move = moveOf(words, base.rank[place], rank);
    setText(row.cells.moved, move.text);
    row.cells.moved.className = `moved ${move.kind}`;
    setText(row.open, facts.names[place]);
    row.open.setAttribute("aria-pressed", place === selected);
    setText(row.about, facts.relations[place] === "none" ? "" : words.say(`relation_${facts.relations[place]}`));
    setText(row.number, answer.points[place] === null ? words.say("unknown") : words.decimal(answer.points[place], 2));
    row.bar.show(answer, place);
    setText(row.cells.top, answer.top[place] === null ? "" : words.percent(100 * answer.top[place], 0));
    setClass(row.node, "selected", place === selected);
  }
}

class PartnerMap {
  constructor(facts, words, act) {
    this.facts = facts;
    this.words = words;
    const { width, height, shapes, lines } = facts.map;
    this.places = new Map(facts.codes.map((code, place) => [code, place]));
    this.shapes = shapes.map((shape) => this._shape(shape, act));
    const drawnLines = lines.map(([x1, y1, x2, y2]) => drawing("line", { x1, y1, x2, y2, class: "border" }));
    this.title = drawing("title", { id: freshId("map") }, words.say("map_title", { home: facts.home.name }));
    this.svg = drawing("svg", { viewBox: `0 0 ${width} ${height}`, class: "map", role: "group", "aria-labelledby": this.title.id },
      this.title, this.shapes.map((shape) => shape.node), drawnLines, this.shapes.map((shape) => shape.text));
    this.key = element("ul", { class: "key" }, this._key());
    this.node = element("figure", {}, this.svg, element("figcaption", {}, words.say("map_hint")), this.key);
  }

  _shape({ code, name, x, y, path, radius, home, land }, act) {
    const place = this.places.get(code) ?? -1;
    const marks = [];
    if (path) marks.push(drawing("path", { d: path }));
    if (radius > 0) marks.push(drawing("circle", { cx: x, cy: y, r: radius }));
    const told = drawing("title", {}, name);
    const node = drawing("g", { class: "shape" }, told, marks);
    if (place >= 0 && !land) {
      fill(node, { tabindex: 0, role: "button", "aria-label": name, onclick: () => act.select(place),
        onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); act.select(place); } } }, []);
    }
    const anchor = x < EDGE ? "start" : x > this.facts.map.width - EDGE ? "end" : "middle";
    const text = drawing("text", { x, y: y + (radius > 0 ? radius + 9 : 3), "text-anchor": anchor, class: "map-name", "aria-hidden": "true" });
    return { place, name, home, land, node, text, told };
  }

  _key() {
    const { borders } = this.facts;
    const ends = [0, ...borders, 100];
    const classes = ends.slice(0, -1).map((low, place) => [`class-${place + 1}`, this.words.say("points_range", { low, high: ends[place + 1] })]);
    return [["home", this.facts.home.name], ...classes, ["unknown", this.words.say("unknown")]]
      .map(([tone, text]) => element("li", {}, element("span", { class: `swatch ${tone}` }), text));
  }

  show(answer, selected) {
    const { words, facts } = this;
    for (const shape of this.shapes) {
      const { place, name, home, land } = shape;
      const points = place >= 0 ? answer.points[place] : null;
      const tone = home ? "home" : land ? "land" : points === null ? "unknown" : `class-${1 + facts.borders.filter((border) => points >= border).length}`;
      shape.node.setAttribute("class", `shape ${tone}${place === selected && place >= 0 ? " selected" : ""}`);
      const rank = place >= 0 ? answer.rank[place] : 0;
      const short = name.replace(/^(Kabupaten|Kota) /, "");
      const named = home || place === selected || (rank > 0 && rank <= NAMED_REGIONS && !land);
      setText(shape.text, !named ? "" : home || !rank ? short : `${words.count(rank)}. ${short}`);
      if (place >= 0 && !land) {
        const label = words.say(rank ? "region_told" : "region_unknown", { name, rank: words.count(rank), points: points === null ? "" : words.decimal(points, 2) });
        shape.node.setAttribute("aria-label", label);
        setText(shape.told, label);
      }
    }
  }
}

class SharedProblems {
  constructor(facts, words, level) {
    this.facts = facts;
    this.words = words;
    this.head = element(`h${level}`, {});
    this.sentence = element("p", { class: "sentence" });
    this.body = element("tbody", {});
    const heads = ["problem", "part", "need_home", "need_partner"].map((name) => element("th", { scope: "col" }, words.say(`col_${name}`)));
    const region = { class: "scroll", role: "region", tabindex: 0, "aria-label": words.say("shared_region") };
    this.caption = element("caption", {});
    this.full = element("div", { hidden: true }, this.head, this.sentence,
      element("div", region, element("table", { class: "parts" }, this.caption, element("thead", {}, element("tr", {}, heads)), this.body)));
    this.empty = element("p", { class: "hint" }, words.say("choose_region"));
    this.node = element("div", { class: "details", "aria-live": "polite" }, this.empty, this.full);
  }

  show(place, found) {
    const { words, facts } = this;
    this.empty.hidden = true;
    this.full.hidden = false;
    setText(this.head, facts.names[place]);
    setText(this.sentence, found.sentence);
    setText(this.caption, words.counted("shared_problems", found.shared.length, { name: facts.names[place] }));
    const cell = (value) => element("td", {}, value === null ? "\u2013" : words.decimal(value, 2));
    this.body.replaceChildren(...found.shared.map((row) => element("tr", {},
      element("th", { scope: "row" }, row.problem), element("td", {}, words.percent(100 * row.share)), cell(row.need_home), cell(row.need_partner))));
  }
}

function startPartners(root, facts, first, backend, level = 2) {
  const words = new Words(facts);
  const history = new History(Object.freeze({ ...AS_IT_IS, lens: "" }));
  let answer = first;
  let selected = -1;
  let resting = 0;
  const latest = new Latest((state) => backend.answer(state), (found) => take(found));
  const act = {
    redraw: () => draw(),
    select: (place) => { selected = place; draw(); explain(); },
    ...weighing(facts, history, (...moved) => move(...moved)),
  };
  const sliders = new Sliders(facts, words, act);
  const lens = choice(facts.lenses, () => move({ ...history.present, lens: lens.value }));
  const list = new PartnerList(facts, words, act);
  const map = new PartnerMap(facts, words, act);
  const shared = new SharedProblems(facts, words, level + 2);
  const undo = button(words.say("undo"), () => step("undo"));
  const redo = button(words.say("redo"), () => step("redo"));
  const reset = button(words.say("reset"), () => move({ ...AS_IT_IS, lens: "" }));
  const status = element("p", { class: "status", role: "status" });
  const problem = element("p", { class: "problem", role: "alert", hidden: true });
  layOut();
  draw();
  return () => { clearTimeout(resting); backend.close(); root.replaceChildren(); };

  function layOut() {
    root.classList.add("ksd-what-if");
    keepKeys(root);
    root.lang = facts.lang;
    root.append(
      element("div", { class: "head" },
        element(`h${level}`, { class: "main-title" }, words.say("partner_title", { home: facts.home.name })),
        facts.simulated ? element("p", { class: "simulated" }, words.say("simulated")) : null,
        element("p", { class: "first" }, words.say("partner_first"))),
      element("div", { class: "toolbar", role: "toolbar", "aria-label": words.say("tools") }, undo, redo, reset),
      status, problem,
      element("div", { class: "columns" },
        element("div", { class: "controls" },
          section(words.say("partner_weights"), level + 1, undefined, field(words.say("lens"), lens), sliders.node),
          section(words.say("why_region"), level + 1, undefined, shared.node)),
        element("div", { class: "results" },
          section(words.say("map"), level + 1, undefined, map.node),
          section(words.say("candidates"), level + 1, undefined, list.node))));
  }

  function move(state, settled = true, control = "") {
    if (settled) history.settle(state, control);
    else history.live(state);
    show();
    latest.want(history.present);
  }

  function step(name) {
    history[name]();
    move(history.present, false);
  }

  function take(found) {
    problem.hidden = !found.error;
    setText(problem, found.error ?? "");
    if (found.error) return;
    answer = found;
    draw();
    explain();
    clearTimeout(resting);
    resting = setTimeout(() => setText(status, movedRegions()), REST);
  }

  function movedRegions() {
    const listed = answer.order.filter((place) => answer.rank[place] && first.rank[place]);
    const rose = listed.filter((place) => answer.rank[place] < first.rank[place]).length;
    const fell = listed.filter((place) => answer.rank[place] > first.rank[place]).length;
    const leader = facts.names[answer.order[0]];
    return words.say(rose || fell ? "regions_moved" : "regions_same", { rose: words.count(rose), fell: words.count(fell), first: leader });
  }

  function show() {
    sliders.show(history.present, settingOf(facts, history.present), first);
    lens.value = history.present.lens;
    undo.disabled = !history.past.length && history.present === history.settled;
    redo.disabled = !history.future.length;
  }

  function draw() {
    show();
    list.show(answer, first, selected);
    map.show(answer, selected);
  }

  async function explain() {
    if (selected < 0) return;
    const [state, place] = [history.present, selected];
    const found = await backend.reasons(state, facts.codes[place]).catch((error) => setText(status, error.message));
    if (found && place === selected && state === history.present) shared.show(place, found);
  }
}
