// Who answers a move: the kernel behind the notebook, or the page itself. One question is on its way at a time;
// of those asked meanwhile only the last is asked next, so that fast sliders leave no backlog.

// Milliseconds without a move after which the page says what happened.
const REST = 150;

class Latest {
  constructor(ask, show) {
    this.ask = ask;
    this.show = show;
    this.busy = false;
    this.next = null;
  }

  want(question) {
    this.next = question;
    if (!this.busy) this._run();
  }

  async _run() {
    this.busy = true;
    while (this.next !== null) {
      const question = this.next;
      this.next = null;
      try {
        this.show(await this.ask(question), question);
      } catch (error) {
        this.show({ error: error.message }, question);
      }
    }
    this.busy = false;
  }
}

class KernelBackend {
  constructor(model, facts) {
    this.model = model;
    this.facts = facts;
    this.waiting = new Map();
    this.number = 0;
    this.alone = false;
    this.heard = (content) => this._heard(content);
    model.on("msg:custom", this.heard);
  }

  close() {
    this.model.off("msg:custom", this.heard);
  }

  _heard({ number, error, ...content }) {
    const waiting = this.waiting.get(number);
    if (!waiting) return;
    this.waiting.delete(number);
    if (error) waiting.refuse(new Error(error));
    else waiting.take(content);
  }

  _ask(kind, content) {
    this.number += 1;
    const { number } = this;
    return new Promise((take, refuse) => {
      this.waiting.set(number, { take, refuse });
      this.model.send({ number, kind, ...content });
    });
  }

  answer(state) {
    return this._ask("answer", { scenario: scenarioOf(this.facts, state) });
  }

  reasons(state, usulan) {
    return this._ask("reasons", { scenario: scenarioOf(this.facts, state), usulan });
  }

  later(state, usulan) {
    return this._ask("later", { scenario: scenarioOf(this.facts, state), usulan });
  }

  async scenarios() {
    return (await this._ask("scenarios", {})).scenarios;
  }

  async save(name, scenario) {
    return (await this._ask("save", { name, scenario })).scenarios;
  }

  async remove(name) {
    return (await this._ask("remove", { name })).scenarios;
  }
}

// Scores in the page. Scenarios live as long as the page; a file keeps one.
class PageBackend {
  constructor(facts) {
    this.facts = facts;
    this.engine = new Engine(facts);
    this.kept = new Map();
    this.alone = true;
  }

  close() {}

  async answer(state) {
    this.laterAsked = null; // whatever was still worked out belongs to another state
    const setting = settingOf(this.facts, state);
    const found = this.engine.answer(setting);
    return { ...found, ...firmness(this.engine, setting, found) };
  }

  async reasons(state, usulan) {
    const setting = settingOf(this.facts, state);
    const place = this.facts.usulan.id.indexOf(usulan);
    const given = this.engine.contributions(setting, place);
    const parts = this.engine.codes.map((code, column) => ({ code, level: this.facts.levels[place][column], points: given[column] }));
    return { usulan, sentence: "", parts };
  }

  async later(state, usulan) {
    const number = {};
    this.laterAsked = number;
    const setting = settingOf(this.facts, state);
    const answer = this.engine.answer(setting);
    const asked = this.facts.usulan.id.indexOf(usulan);
    const place = answer.rank[asked] > 0 ? asked : answer.order[0];
    const change = this.facts.change_percent;
    return {
      usulan: this.facts.usulan.id[place],
      rank: answer.rank[place],
      points: answer.points[place],
      change_percent: change,
      holding: await holdingOf(this.engine, setting, answer, place, () => number !== this.laterAsked),
      tornado: tornadoOf(this.engine, setting, answer, place, change),
    };
  }

  async scenarios() {
    return [...this.kept].map(([name, scenario]) => ({ name, ...scenario }));
  }

  async save(name, scenario) {
    this.kept.set(name, scenario);
    return this.scenarios();
  }

  async remove(name) {
    this.kept.delete(name);
    return this.scenarios();
  }
}
