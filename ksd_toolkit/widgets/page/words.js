// Every word and number a page says, in its language. Texts are only ever put in as text.

class Words {
  constructor(facts) {
    this.words = facts.words;
    this.lang = facts.lang;
    [this.point, this.thousand] = facts.lang === "en" ? [".", ","] : [",", "."];
  }

  say(code, facts = {}) {
    const text = this.words[`what_if.${code}`];
    if (text === undefined) throw new Error(`no word: ${code}`);
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? String(facts[name]) : whole));
  }

  // The sentence about a number of things: `code_none` and `code_one` where they exist.
  counted(code, number, facts = {}) {
    const special = { 0: `${code}_none`, 1: `${code}_one` }[number] ?? code;
    return this.say(`what_if.${special}` in this.words ? special : code, { n: this.count(number), ...facts });
  }

  count(value) {
    return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, this.thousand);
  }

  decimal(value, places) {
    const [whole, part] = Math.abs(value).toFixed(places).split(".");
    const sign = value < 0 && Number(value.toFixed(places)) !== 0 ? "\u2212" : "";
    return sign + this.count(Number(whole)) + (part ? this.point + part : "");
  }

  percent(value, places = 1) {
    return this.decimal(value, places) + (this.lang === "en" ? "%" : "\u00a0%");
  }

  rupiah(value) {
    const unit = [[1e12, "trillion"], [1e9, "billion"], [1e6, "million"]].find(([size]) => Math.abs(value) >= size);
    if (!unit) return `Rp${this.count(value)}`;
    const short = this.decimal(value / unit[0], 1).replace(new RegExp(`\\${this.point}0$`), "");
    return `Rp${short}\u00a0${this.say(unit[1])}`;
  }

  list(parts) {
    if (parts.length < 2) return parts.join("");
    const comma = parts.length > 2 ? "," : "";
    return `${parts.slice(0, -1).join(", ")}${comma} ${this.say("and")} ${parts.at(-1)}`;
  }
}
