/* What all charts share: fonts, axes, tooltips. */

export const AXIS_SIZE = 12;
export const PHONE = 460;

export function frame(theme) {
  return {
    animation: false,
    textStyle: { fontFamily: theme.font, color: theme.ink2 },
    tooltip: tooltip(theme),
  };
}

function tooltip(theme) {
  return {
    confine: true,
    className: "tip",
    padding: [8, 12],
    backgroundColor: theme.surface,
    borderColor: theme.line2,
    textStyle: { color: theme.ink, fontFamily: theme.font, fontSize: 12 },
    extraCssText: "box-shadow: 0 6px 24px rgb(0 0 0 / 16%); border-radius: 10px",
  };
}

/* A tooltip's text: a heading, then what and how much. Names come from people's data: nothing of them is markup. */
export function tip(heading, rows) {
  const lines = rows.map(([name, value]) => `${escaped(name)}${name ? "&ensp;" : ""}<b>${escaped(value)}</b>`);
  return [`<b>${escaped(heading)}</b>`, ...lines].join("<br>");
}

function escaped(text) {
  const marks = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return String(text ?? "").replace(/[&<>"']/g, (mark) => marks[mark]);
}

/* The interval, the evidence, and what else is known of a point. */
export function evidence(point, data, format) {
  const rows = [];
  if (point.lo !== null && point.lo !== undefined) {
    const ends = [point.lo, point.hi ?? Infinity].map((end) => format.quantity(end, data.unit));
    rows.push([data.words.interval, ends.join(" – ")]);
  }
  if (point.n !== null && point.n !== undefined) rows.push(["n", format.number(point.n, 0)]);
  return rows;
}

/* An axis without a line of its own; the marks' lines are what is seen. */
export function axis(theme, more = {}) {
  return {
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: theme.grid } },
    ...more,
    axisLabel: { color: theme.ink3, fontSize: AXIS_SIZE, fontFamily: theme.font, ...more.axisLabel },
  };
}

/* Where the marks stand is our choice, and so is the room for their labels: nothing moves between two drawings. */
export function grid(top, right, bottom, left) {
  return { top, right, bottom, left, outerBoundsMode: "none" };
}

/* How wide a text is, as the font has it: the browser's, or on the server what the build measured. */
export function width(text, theme, size = AXIS_SIZE, weight = 400) {
  return echarts.getTextRect(text, `${weight} ${size}px ${theme.font}`).width;
}

export function widest(texts, theme, size, weight) {
  return Math.max(0, ...texts.map((text) => width(text, theme, size, weight)));
}

/* A text, shortened where there is no room for all of it. */
export function fitted(text, theme, room, size, weight) {
  if (width(text, theme, size, weight) <= room) return text;
  let kept = text;
  while (kept && width(`${kept}…`, theme, size, weight) > room) kept = kept.slice(0, -1);
  return `${kept.trim()}…`;
}

/* The marks of a linear axis, from its least to its most. */
export function marks({ min, max, step }) {
  const count = Math.round((max - min) / step);
  return Array.from({ length: count + 1 }, (_, i) => min + i * step);
}

/* As many labels of a category axis as there is room for: every so-manyth. */
export function every(labels, theme, room) {
  return Math.max(1, Math.ceil((labels.length * (widest(labels, theme) + 18)) / room));
}

/* Moves labels apart that would lie on each other, keeping them inside; positions from the top. */
export function spread(wanted, gap, top, bottom) {
  const order = wanted.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  for (let k = 0; k < order.length; k += 1) {
    const floor = k ? order[k - 1].y + gap : top;
    order[k].y = Math.max(order[k].y, floor);
  }
  for (let k = order.length - 1; k >= 0; k -= 1) {
    const ceiling = k < order.length - 1 ? order[k + 1].y - gap : bottom;
    order[k].y = Math.min(order[k].y, ceiling);
  }
  const placed = [];
  for (const { y, i } of order) placed[i] = y;
  return placed;
}

/* The end of an interval that goes on beyond the plot: an arrow whose tip is there; `dx`, `dy` are where it points. */
export function arrow([x, y], [dx, dy], style) {
  const [back, wide] = [7, 4.5];
  const points = [
    [x, y],
    [x - back * dx - wide * dy, y - back * dy - wide * dx],
    [x - back * dx + wide * dy, y - back * dy + wide * dx],
  ];
  return { type: "polygon", shape: { points }, style };
}
