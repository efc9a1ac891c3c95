// The what-if page: sliders on one side, the list on the other, and below what changes places and why.

// `level` is that of its title among the headings around it.
function startWhatIf(root, facts, first, backend, level = 2) {
  const words = new Words(facts);
  const history = new History(AS_IT_IS);
  let answer = first;
  let base = first;
  let selected = -1;
  let resting = 0;
  let asked = 0;

  const latest = new Latest((state) => backend.answer(state), (found) => take(found));
  const act = {
    backend,
    alone: backend.alone,
    base: () => base,
    redraw: () => draw(),
    select: (usulan) => { selected = usulan; draw(); explain(); later(); },
    scenario: (told) => scenarioOf(facts, history.present, told),
    open: (state) => move(state),
    minutes: (title) => minutesOf(facts, words, history.present, setting(), answer, base, title),
    set: (changes, settled = true) => move({ ...history.present, ...changes }, settled),
    ...weighing(facts, history, (...moved) => move(...moved)),
    profile: (name) => move({ ...AS_IT_IS, budget: history.present.budget, profile: name }),
    border: (name, lower) => move({ ...history.present, classes: { ...history.present.classes, [name]: lower } }),
  };

  const sliders = new Sliders(facts, words, act);
  const settings = new Settings(facts, words, act);
  const list = new List(facts, words, act);
  const peek = new Peek(facts, words);
  const details = new Details(facts, words, level + 2);
  const bump = new Bump(facts, words);
  const outlook = new OutlookView(facts, words);
  const scenarios = new Scenarios(facts, words, act);
  const undo = button(words.say("undo"), () => step("undo"));
  const redo = button(words.say("redo"), () => step("redo"));
  const reset = button(words.say("reset"), () => move(AS_IT_IS));
  const pin = button(words.say("pin"), () => { base = answer; draw(); later(); say(words.say("pinned_now")); });
  const unpin = button(words.say("unpin"), () => { base = first; draw(); later(); });
  const status = element("p", { class: "status", role: "status" });
  const problem = element("p", { class: "problem", role: "alert", hidden: true });
  layOut();
  draw();
  scenarios.load().catch((error) => say(error.message));
  later();
  return () => { clearTimeout(resting); backend.close(); root.replaceChildren(); };

  function layOut() {
    const { dossier } = facts;
    root.classList.add("ksd-what-if");
    keepKeys(root);
    root.lang = facts.lang;
    root.append(
      element("div", { class: "head" },
        element(`h${level}`, { class: "main-title" }, words.say("title")),
        element("p", { class: "where" }, `${dossier.region} \u00b7 ${dossier.period}`),
        dossier.simulated ? element("p", { class: "simulated" }, words.say("simulated")) : null,
        element("p", { class: "first" }, words.say("first"))),
      element("div", { class: "toolbar", role: "toolbar", "aria-label": words.say("tools") }, undo, redo, reset, pin, unpin),
      status, problem,
      element("div", { class: "columns" },
        element("div", { class: "controls" },
          section(words.say("weights"), level + 1, undefined, sliders.node),
          section(words.say("more_settings"), level + 1, false, settings.node),
          peek.node),
        element("div", { class: "results" },
          section(words.say("list"), level + 1, undefined, list.node),
          section(words.say("why"), level + 1, undefined, details.node))),
      element("div", { class: "below" },
        section(words.say("bump"), level + 1, undefined, bump.node),
        section(words.say("outlook"), level + 1, undefined, outlook.node)),
      section(words.say("scenarios"), level + 1, undefined, scenarios.node));
  }

  function setting() {
    return settingOf(facts, history.present);
  }

  function move(state, settled = true, control = "") {
    if (settled) history.settle(state, control);
    else history.live(state);
    show();
    asked += 1;
    clearTimeout(resting);
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
    resting = setTimeout(() => { later(); say(movedText(facts, words, answer, base)); }, REST);
  }

  // What follows from the state alone: nobody has to be asked.
  function show() {
    const now = setting();
    const funded = fundedText(facts, words, answer, history.present.budget);
    sliders.show(history.present, now, base);
    settings.show(history.present, now, funded);
    undo.disabled = !history.past.length && history.present === history.settled;
    redo.disabled = !history.future.length;
    unpin.disabled = base === first;
  }

  function draw() {
    show();
    list.show(answer, base, setting(), history.present, selected);
    peek.show(answer, base);
  }

  async function explain() {
    if (selected < 0) return;
    const [state, usulan, shown] = [history.present, selected, answer];
    const found = await backend.reasons(state, facts.usulan.id[usulan]).catch((error) => say(error.message));
    if (found && usulan === selected && state === history.present) details.show(usulan, found, shown, base, setting());
  }

  async function later() {
    const [state, number] = [history.present, asked];
    bump.show(answer, base, selected);
    outlook.waiting();
    const wanted = selected >= 0 ? facts.usulan.id[selected] : "";
    const found = await backend.later(state, wanted).catch((error) => say(error.message));
    if (found && number === asked) outlook.show(found);
  }

  function say(text) {
    setText(status, text);
  }
}

function fundedText(facts, words, answer, budget) {
  if (budget === null) return "";
  const funded = fundedUnder(facts, answer, budget);
  const spent = [...funded].reduce((sum, usulan) => sum + facts.usulan.cost[usulan], 0);
  const unknown = answer.order.filter((usulan) => facts.usulan.cost[usulan] === null).length;
  return words.say("funded", { n: words.count(funded.size), spent: words.rupiah(spent), budget: words.rupiah(budget), unknown: words.count(unknown) });
}
