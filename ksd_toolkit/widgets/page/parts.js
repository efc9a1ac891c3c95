// Elements of a page, made without ever reading a text as markup.

const SVG = "http://www.w3.org/2000/svg";

// An element with attributes and children; texts become text nodes.
function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

function drawing(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

// Change a text only where it differs, so that a screen reader and the layout are left in peace.
function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function setClass(node, name, wanted) {
  if (node.classList.contains(name) !== wanted) node.classList.toggle(name, wanted);
}

function button(text, onclick, attributes = {}) {
  return element("button", { type: "button", onclick, ...attributes }, text);
}

// An id no other widget on the page has.
function freshId(name) {
  freshId.last = (freshId.last ?? 0) + 1;
  return `ksd-${name}-${freshId.last}-${Math.random().toString(36).slice(2, 7)}`;
}

// A labelled field: the label above, a hint below.
function field(label, input, hint = "") {
  const id = freshId("field");
  input.id = id;
  const told = hint ? element("small", { id: `${id}-hint` }, hint) : null;
  if (told) input.setAttribute("aria-describedby", told.id);
  return element("div", { class: "field" }, element("label", { for: id }, label), input, told);
}

function choice(options, onchange) {
  return element("select", { onchange }, options.map(([value, text]) => element("option", { value }, text)));
}

// A section with a heading; `open` is given where it can be folded.
function section(title, level, open, ...children) {
  const heading = element(`h${level}`, {}, title);
  if (open === undefined) {
    heading.id = freshId("heading");
    return element("section", { "aria-labelledby": heading.id }, heading, ...children);
  }
  return element("details", { open }, element("summary", {}, heading), ...children);
}

// Keys pressed inside `root` are the page's: JupyterLab would take them for shortcuts and move the focus to a cell.
function keepKeys(root) {
  root.dataset.lmSuppressShortcuts = "true";
  for (const kind of ["keydown", "keyup", "keypress"]) root.addEventListener(kind, (event) => event.stopPropagation());
}
