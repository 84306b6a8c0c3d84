/* A figure over time: line, band, target, and the value at the line's end. */
import { arrow, axis, AXIS_SIZE, every, evidence, fitted, frame, grid, marks, PHONE, spread, tip, width as textWidth, widest } from "./frame.js";
import { linear } from "./ticks.js";

const TOP = 26;
const BOTTOM = 28;
const GAP = 16; // between two labels at the lines' ends
const LONGEST = 116; // of a name at a line's end
const DOT = 20; // from the plot to such a name
const LEGEND_ROW = 20;
const HIGH = 18; // of the target's words
const ENOUGH = 40;
const ROOMY = 400; // of a plot, for the words of a line that stands and is not what matters

export function trend(data, theme, format, width, height) {
  const many = data.series.length > 1;
  const scale = scaleOf(data);
  const left = widest(marks(scale).map((v) => format.mark(v, data.unit, scale.step)), theme) + 12;
  const legend = many && width < PHONE;
  const ends = legend ? [] : endsOf(data, theme, format);
  const labels = data.periods.map((p) => p.short);
  const right = legend ? widest(labels, theme) / 2 + 2 : Math.max(0, ...ends.map((end) => end.room));
  const top = legend ? TOP - 8 + LEGEND_ROW * legendRows(data, theme, width) : TOP;
  const plot = { top, bottom: height - BOTTOM, left, right: width - right, scale };
  const step = every(labels, theme, width - left - right);
  return {
    ...frame(theme),
    grid: grid(top, right, BOTTOM, left),
    ...(legend ? { legend: legendOf(data, theme) } : {}),
    xAxis: axis(theme, {
      type: "category",
      boundaryGap: data.periods.length === 1,
      data: labels,
      splitLine: { show: false },
      axisLine: { show: true, onZero: false, lineStyle: { color: theme.line2 } },
      axisLabel: { interval: (i) => (data.periods.length - 1 - i) % step === 0, alignMinLabel: "left", hideOverlap: true },
    }),
    yAxis: axis(theme, {
      type: "value",
      min: scale.min,
      max: scale.max,
      interval: scale.step,
      axisLabel: { formatter: (v) => format.mark(v, data.unit, scale.step) },
    }),
    tooltip: {
      ...frame(theme).tooltip,
      trigger: "axis",
      axisPointer: { lineStyle: { color: theme.line2, type: "solid" } },
      formatter: (hit) => told(data, hit[0].dataIndex, format),
    },
    series: [...(many ? [] : [band(data, theme, plot)]), ...lines(data, theme, plot), names(ends, data, theme, plot), ...key(data, theme, plot)],
  };
}

/* The rows behind the point that is nearest to where was clicked. */
export function href(data, x, y) {
  const i = Math.round(x);
  const points = data.series.map((one) => one.points[i]).filter((point) => point && point.v !== null);
  points.sort((a, b) => Math.abs(a.v - y) - Math.abs(b.v - y));
  return points[0]?.href;
}

/* All values and the target; bands too, unless they are so wide that nothing else could be seen. */
function scaleOf(data) {
  const points = data.series.flatMap((one) => one.points).filter(Boolean);
  const values = points.map((p) => p.v).filter((v) => v !== null);
  if (data.target !== null) values.push(data.target);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = 1.5 * Math.max(high - low, Math.abs(high) * 0.2);
  const bands = data.series.length > 1 ? [] : points.flatMap((p) => [p.lo, p.hi]).filter((v) => v !== null);
  const kept = bands.map((v) => Math.min(Math.max(v, low - room), high + room));
  return linear([...values, ...kept], { unit: data.unit, least: data.least ?? -Infinity, most: data.most ?? Infinity });
}

function lastKnown(points) {
  return points.reduce((last, point, i) => (point && point.v !== null ? i : last), -1);
}

/* What stands at the lines' ends: the value of a single one, name and value of several. */
function endsOf(data, theme, format) {
  const many = data.series.length > 1;
  return data.series.flatMap(({ name, points }, k) => {
    const last = points[lastKnown(points)];
    if (!last) return [];
    const value = format.quantity(last.v, data.unit);
    if (!many) return [{ value, v: last.v, room: 18 + textWidth(value, theme, 14, 600) }];
    const shown = fitted(name, theme, LONGEST, 12, 500);
    const inset = DOT + textWidth(shown, theme, 12, 500) + 5;
    return [{ k, name: shown, value, inset, v: last.v, room: inset + textWidth(value, theme, 12, 600) + 6 }];
  });
}

function height(plot, v) {
  const { min, max } = plot.scale;
  return plot.bottom - ((v - min) / (max - min)) * (plot.bottom - plot.top);
}

function lines(data, theme, plot) {
  const many = data.series.length > 1;
  return data.series.map((one, k) => ({
    type: "line",
    name: one.name,
    z: 3,
    showAllSymbol: true,
    connectNulls: false,
    data: dots(one.points, colour(theme, k, many), theme),
    lineStyle: { color: colour(theme, k, many), width: many ? 2 : 2.5, cap: "round", join: "round" },
    itemStyle: { color: colour(theme, k, many) },
    emphasis: { disabled: true },
    ...(k === 0 ? { markLine: marked(data, theme, plot) } : {}),
  }));
}

function colour(theme, k, many) {
  return many ? theme.series[k % theme.series.length] : theme.brand;
}

/* Names and values in a column at the right, each as near to its line's end as the others allow. */
function names(ends, data, theme, plot) {
  const many = data.series.length > 1;
  const placed = spread(ends.map((end) => height(plot, end.v)), GAP, plot.top, plot.bottom - 4);
  return {
    type: "custom",
    silent: true,
    z: 6,
    tooltip: { show: false },
    data: ends.map((_, i) => [i]),
    renderItem: ({ dataIndex, coordSys }) => {
      const x = coordSys.x + coordSys.width;
      const children = many ? named(ends[dataIndex], x, placed[dataIndex], theme) : [alone(ends[dataIndex], x, placed[dataIndex], theme)];
      return { type: "group", children };
    },
  };
}

function alone({ value }, x, y, theme) {
  return { type: "text", style: { text: value, x: x + 12, y, fill: theme.brand, font: `600 14px ${theme.font}`, verticalAlign: "middle" } };
}

function named({ k, name, value, inset }, x, y, theme) {
  const text = { y, verticalAlign: "middle" };
  return [
    { type: "circle", shape: { cx: x + 13, cy: y, r: 3.5 }, style: { fill: colour(theme, k, true) } },
    { type: "text", style: { ...text, text: name, x: x + DOT, fill: theme.ink2, font: `500 12px ${theme.font}` } },
    { type: "text", style: { ...text, text: value, x: x + inset, fill: theme.ink, font: `600 12px ${theme.font}` } },
  ];
}

/* Only the last point and those with no neighbour are drawn as points. */
function dots(points, colour, theme) {
  const last = lastKnown(points);
  const known = (i) => points[i] && points[i].v !== null;
  return points.map((point, i) => {
    if (!known(i)) return { value: null, symbol: "none" };
    const alone = !known(i - 1) && !known(i + 1);
    if (i !== last && !alone) return { value: point.v, symbol: "none" };
    const shown = { value: point.v, symbol: "circle", symbolSize: i === last ? 9 : 7 };
    const itemStyle = { color: colour, borderColor: theme.surface, borderWidth: 2 };
    return { ...shown, itemStyle };
  });
}

/* The interval as a band, in as many pieces as there are stretches without a gap; alone it is a bar. */
function band(data, theme, plot) {
  const pieces = stretches(data.series[0]?.points ?? []);
  return {
    type: "custom",
    silent: true,
    clip: true,
    z: 2,
    data: pieces.map((_, i) => [i]),
    tooltip: { show: false },
    renderItem: ({ dataIndex, coordSys }, api) => {
      const piece = pieces[dataIndex];
      const children = [drawn(piece, api, coordSys, theme), ...beyond(piece, api, plot, theme)];
      return { type: "group", children };
    },
  };
}

function stretches(points) {
  const pieces = [[]];
  points.forEach((point, i) => {
    if (point && point.lo !== null) pieces.at(-1).push({ i, lo: point.lo, hi: point.hi });
    else pieces.push([]);
  });
  return pieces.filter((piece) => piece.length);
}

function drawn(piece, api, { y: top }, theme) {
  const low = piece.map(({ i, lo }) => api.coord([i, lo]));
  const high = piece.map(({ i, hi }) => (hi === null ? [api.coord([i, 0])[0], top] : api.coord([i, hi])));
  if (piece.length > 1) {
    const points = [...high, ...low.reverse()];
    return { type: "polygon", shape: { points }, style: { fill: theme.brand, opacity: 0.15 } };
  }
  const [[x, y1], [, y2]] = [low[0], high[0]];
  return { type: "line", shape: { x1: x, y1, x2: x, y2 }, style: { stroke: theme.brand, lineWidth: 6, opacity: 0.18, lineCap: "round" } };
}

/* Where the band goes on beyond the plot an arrow says so. */
function beyond(piece, api, { top, bottom, scale }, theme) {
  const style = { fill: theme.brand, opacity: 0.55 };
  const little = (scale.max - scale.min) * 1e-9;
  return piece.flatMap(({ i, lo, hi }) => {
    const [x] = api.coord([i, scale.min]);
    const up = hi === null || hi > scale.max + little ? [arrow([x, top], [0, -1], style)] : [];
    const down = lo < scale.min - little ? [arrow([x, bottom], [0, 1], style)] : [];
    return [...up, ...down];
  });
}

/* The target's line, and moments that matter as lines that stand. */
function marked(data, theme, plot) {
  const line = target(data, theme, plot);
  const standing = (data.marks ?? []).map(({ at, text, strong }) => ({
    xAxis: at,
    lineStyle: { color: strong ? theme.ink2 : theme.ink3, type: strong ? "solid" : [2, 4], width: strong ? 1.5 : 1 },
    label: { show: Boolean(text) && (strong || plot.right - plot.left > ROOMY), formatter: () => text, position: "end", distance: 4, color: theme.ink2, fontSize: AXIS_SIZE, fontWeight: strong ? 600 : 500, fontFamily: theme.font },
  }));
  return standing.length ? { silent: true, symbol: "none", animation: false, ...line, data: [...line.data, ...standing] } : line;
}

function target(data, theme, plot) {
  if (data.target === null) return { data: [] };
  return {
    silent: true,
    symbol: "none",
    animation: false,
    lineStyle: { color: theme.ink3, type: [3, 4], width: 1 },
    label: {
      show: Boolean(freePlace(data, theme, plot)),
      formatter: () => data.words.target,
      position: freePlace(data, theme, plot) ?? "insideStartTop",
      distance: [2, 3],
      color: theme.ink2,
      fontSize: AXIS_SIZE,
      fontWeight: 500,
      fontFamily: theme.font,
      textBorderColor: theme.surface,
      textBorderWidth: 3,
    },
    data: [{ yAxis: data.target }],
  };
}

/* Beside the target's line, where the figures are farthest from the words: begin, middle or end, above or below;
   nowhere if they would lie on each other. */
function freePlace(data, theme, plot) {
  const line = height(plot, data.target);
  const long = textWidth(data.words.target, theme, AXIS_SIZE, 500) + 6;
  const middle = (plot.left + plot.right - long) / 2;
  const places = [
    ["insideStart", plot.left],
    ["insideEnd", plot.right - long],
    ["insideMiddle", middle],
  ].flatMap(([at, x]) => [
    { place: `${at}Top`, room: clearance(data, plot, x, x + long, line - HIGH, line) },
    { place: `${at}Bottom`, room: clearance(data, plot, x, x + long, line, line + HIGH) },
  ]);
  const best = places.reduce((found, one) => (one.room > found.room + 1 ? one : found));
  return best.room > 3 ? best.place : null;
}

/* Where the figures leave no place for the target's words, they stand above the plot. */
function key(data, theme, plot) {
  if (data.target === null || freePlace(data, theme, plot)) return [];
  const y = plot.top - 14;
  const line = { shape: { x1: plot.left, x2: plot.left + 18, y1: y, y2: y }, style: { stroke: theme.ink3, lineWidth: 1, lineDash: [3, 4] } };
  const text = { text: data.words.target, x: plot.left + 24, y, fill: theme.ink2, verticalAlign: "middle", font: `500 ${AXIS_SIZE}px ${theme.font}` };
  const children = [{ type: "line", ...line }, { type: "text", style: text }];
  return [{ type: "custom", silent: true, tooltip: { show: false }, data: [[0]], renderItem: () => ({ type: "group", children }) }];
}

/* How far the lines stay away from a box; nothing where it leaves the plot. */
function clearance(data, plot, x1, x2, y1, y2) {
  if (y1 < plot.top - HIGH || y2 > plot.bottom) return -1;
  const step = (plot.right - plot.left) / Math.max(1, data.periods.length - 1);
  const places = Array.from({ length: 9 }, (_, i) => (x1 + ((x2 - x1) * i) / 8 - plot.left) / step);
  const heights = data.series.flatMap(({ points }) => places.map((at) => between(points, at))).filter((v) => v !== null);
  const gaps = heights.map((v) => height(plot, v)).map((y) => Math.max(0, y1 - y, y - y2));
  return Math.min(ENOUGH, ...gaps);
}

/* The height of a line between two of its points. */
function between(points, at) {
  const i = Math.min(Math.max(Math.floor(at), 0), points.length - 1);
  const [a, b] = [points[i]?.v ?? null, points[i + 1]?.v ?? null];
  if (a === null || b === null) return a;
  return a + (b - a) * (at - i);
}

/* In how many rows the names of all lines fit above the plot. */
function legendRows(data, theme, width) {
  let [rows, x] = [1, 0];
  for (const { name } of data.series) {
    const long = textWidth(name, theme, 12) + 25;
    if (x && x + long > width) [rows, x] = [rows + 1, 0];
    x += long;
  }
  return rows;
}

function legendOf(data, theme) {
  return {
    type: "plain",
    top: 0,
    left: 0,
    icon: "circle",
    itemWidth: 8,
    itemHeight: 8,
    itemGap: 12,
    selectedMode: false,
    data: data.series.map((one) => one.name),
    textStyle: { color: theme.ink2, fontSize: 12, fontFamily: theme.font },
  };
}

function told(data, i, format) {
  const rows = data.series.flatMap(({ name, points }) => {
    const point = points[i];
    if (!point) return [];
    const value = point.v ?? (point.lo === null ? null : Infinity);
    const own = [name || data.label, format.quantity(value, data.unit)];
    return data.series.length > 1 ? [own] : [own, ...evidence(point, data, format)];
  });
  return tip(data.periods[i].long, rows);
}
