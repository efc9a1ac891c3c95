// Who changes places: the pinned list on the left, the list under the sliders on the right, a line for each usulan.

const LINES = 15;
const STEP = 22;
const NAMES = 150; // room for the names at either side
const GAP = 6;
const [SHEET, NARROW_SHEET, NARROW] = [480, 360, 420];

class Bump {
  constructor(facts, words) {
    this.facts = facts;
    this.words = words;
    this.title = drawing("title", { id: freshId("bump") });
    this.lines = drawing("g", {});
    this.svg = drawing("svg", { class: "bump", role: "img", "aria-labelledby": this.title.id }, this.title, this.lines);
    this.caption = element("figcaption", {});
    this.node = element("figure", {}, this.svg, this.caption);
  }

  show(answer, base, selected) {
    const { words, facts } = this;
    const left = base.order.slice(0, LINES);
    const right = answer.order.slice(0, LINES);
    const height = STEP * (LINES + 1);
    const width = this.node.clientWidth && this.node.clientWidth < NARROW ? NARROW_SHEET : SHEET;
    const [start, end] = [NAMES, width - NAMES];
    const middle = width / 2;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const y = (order, usulan) => {
      const place = order.indexOf(usulan);
      return place < 0 || place >= LINES ? height - 4 : STEP * (place + 0.7);
    };
    const drawn = [...new Set([...left, ...right])].map((usulan) => {
      const [from, to] = [y(base.order, usulan), y(answer.order, usulan)];
      const kind = usulan === selected ? "chosen" : Math.abs(from - to) < 1 ? "same" : to < from ? "up" : "down";
      const told = (order, rank, x, anchor, text) => {
        const inside = order.indexOf(usulan) >= 0 && order.indexOf(usulan) < LINES;
        return inside ? drawing("text", { x, y: y(order, usulan) + 4, "text-anchor": anchor, class: kind }, text) : null;
      };
      const id = facts.usulan.id[usulan];
      return drawing("g", {},
        drawing("path", { d: `M${start} ${from}C${middle} ${from} ${middle} ${to} ${end} ${to}`, class: kind }),
        told(base.order, base.rank, start - GAP, "end", `${words.count(base.rank[usulan])}  ${id}`),
        told(answer.order, answer.rank, end + GAP, "start", `${words.count(answer.rank[usulan])}  ${id}`));
    });
    this.lines.replaceChildren(...drawn);
    const moved = right.filter((usulan) => base.rank[usulan] !== answer.rank[usulan]).length;
    setText(this.title, words.say("bump_title", { n: LINES, moved: words.count(moved) }));
    setText(this.caption, words.say("bump_caption", { n: LINES }));
  }
}
