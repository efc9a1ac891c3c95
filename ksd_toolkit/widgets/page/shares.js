// Shares of 100 percent from points on sliders, in tenths of a percent: the arithmetic of scoring/shares.py,
// in the same order, so that a page and a run weigh the same.

const TENTHS = 1000;

function sharesOf(codes, points, locked, off) {
  const without = new Set(off);
  const fixed = new Map();
  for (const code of codes) {
    if (code in locked && !without.has(code)) fixed.set(code, Math.round(10 * locked[code]));
  }
  let free = codes.filter((code) => !fixed.has(code) && !without.has(code));
  let value = (code) => points[code];
  if (!free.some((code) => points[code] > 0)) value = () => 1;
  let rest = TENTHS;
  for (const part of fixed.values()) rest -= part;
  if (free.length === 0) {
    free = [...fixed.keys()];
    const held = new Map(fixed);
    value = (code) => held.get(code);
    fixed.clear();
    rest = TENTHS;
  }
  const parts = byLargestRemainder(free, value, rest);
  const found = {};
  for (const code of codes) found[code] = (parts.get(code) ?? fixed.get(code) ?? 0) / 10;
  return found;
}

function byLargestRemainder(codes, value, whole) {
  let total = 0;
  for (const code of codes) total += value(code);
  const exact = codes.map((code) => (value(code) * whole) / total);
  const parts = exact.map(Math.floor);
  const left = whole - parts.reduce((sum, part) => sum + part, 0);
  const order = codes.map((_, place) => place);
  order.sort((a, b) => parts[a] - exact[a] - (parts[b] - exact[b]) || a - b);
  for (const place of order.slice(0, left)) parts[place] += 1;
  return new Map(codes.map((code, place) => [code, parts[place]]));
}
