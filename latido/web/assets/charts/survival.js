/* How many still wait after each time: a step curve with its band. */
import { axis, AXIS_SIZE, frame, grid, tip, width as textWidth } from "./frame.js";
import { linear, logarithmic, logEnds } from "./ticks.js";

const TOP = 40;
const BOTTOM = 28;
const LEFT = 48;
const RIGHT = 20;

export function survival(data, theme, format, width, height) {
  const room = width - LEFT - RIGHT;
  const x = timeAxis(data, format, room);
  const curve = data.steps.map((step) => [x.at(step.t), step.s]);
  const begin = [x.min, 100];
  return {
    ...frame(theme),
    grid: grid(TOP, RIGHT, BOTTOM, LEFT),
    xAxis: axis(theme, { type: "value", min: x.min, max: x.max, splitLine: { show: false }, axisLine: { show: true, lineStyle: { color: theme.line2 } }, axisLabel: x.label }),
    yAxis: axis(theme, { type: "value", min: 0, max: 100, interval: 25, axisLabel: { formatter: (v) => format.mark(v, "%", 25) } }),
    tooltip: {
      ...frame(theme).tooltip,
      trigger: "axis",
      axisPointer: { lineStyle: { color: theme.line2, type: "solid" } },
      formatter: (hit) => told(data, x.back(hit[0].axisValue), format),
    },
    series: [
      band(data, theme, x),
      {
        type: "line",
        step: "end",
        z: 3,
        symbol: "none",
        data: [begin, ...curve],
        lineStyle: { color: theme.brand, width: 2.5, cap: "round", join: "round" },
        emphasis: { disabled: true },
      },
      markers(data, theme, format, x, { width: room, height: height - TOP - BOTTOM }),
    ],
  };
}

function timeAxis(data, format, room) {
  const times = data.steps.map((step) => step.t);
  const count = Math.max(2, Math.floor(room / 76));
  if (data.scale === "log") {
    const { low, high } = logEnds([...times, ...data.marks.map((mark) => mark.t)]);
    const ticks = logarithmic(low, high, count).map(Math.log10);
    return {
      min: Math.log10(low),
      max: Math.log10(high),
      at: (t) => Math.log10(Math.max(t, low)),
      back: (v) => 10 ** v,
      label: { customValues: ticks, formatter: (v) => format.duration(Math.round(10 ** v)) },
    };
  }
  const scale = linear([0, ...times], { unit: "s", count, least: 0 });
  const named = Object.fromEntries(data.ticks.map((tick) => [tick.t, tick.label]));
  const custom = data.ticks.length ? { customValues: thinned(data.ticks, count).map((tick) => tick.t) } : {};
  return {
    min: 0,
    max: data.ticks.length ? Math.max(...times) : scale.max,
    at: (t) => t,
    back: (v) => v,
    label: { ...custom, hideOverlap: true, formatter: (v) => named[v] ?? format.duration(v) },
  };
}

function thinned(ticks, count) {
  const step = Math.ceil(ticks.length / count);
  return ticks.filter((_, i) => i % step === 0);
}

function band(data, theme, x) {
  return {
    type: "custom",
    silent: true,
    clip: true,
    z: 2,
    tooltip: { show: false },
    data: [[0]],
    renderItem: (_, api) => {
      const low = stairs(data.steps, "lo", x).map((point) => api.coord(point));
      const high = stairs(data.steps, "hi", x).map((point) => api.coord(point));
      return { type: "polygon", shape: { points: [...high, ...low.reverse()] }, style: { fill: theme.brand, opacity: 0.15 } };
    },
  };
}

/* Each value holds until the next time. */
function stairs(steps, end, x) {
  const points = [];
  let before = 100;
  for (const step of steps) {
    const value = step[end] ?? step.s;
    points.push([x.at(step.t), before], [x.at(step.t), value]);
    before = value;
  }
  return points;
}

/* The share that still waits after times that people agreed upon: a line down, its time and its share. */
function markers(data, theme, format, x, plot) {
  const shown = apart(data.marks, x, plot, theme);
  return {
    type: "custom",
    silent: true,
    z: 5,
    tooltip: { show: false },
    data: shown.map((mark) => [x.at(mark.t), mark.s]),
    renderItem: ({ dataIndex, coordSys }, api) => {
      const mark = shown[dataIndex];
      const [px, py] = api.coord([x.at(mark.t), mark.s]);
      const right = coordSys.x + coordSys.width + RIGHT;
      const bottom = coordSys.y + coordSys.height;
      return { type: "group", children: [...pin(px, py, bottom, theme), ...words(mark, format, px, py, right, theme)] };
    },
  };
}

function pin(x, y, bottom, theme) {
  return [
    { type: "line", shape: { x1: x, y1: y, x2: x, y2: bottom }, style: { stroke: theme.ink3, lineWidth: 1, lineDash: [3, 4] } },
    { type: "circle", shape: { cx: x, cy: y, r: 4.5 }, style: { fill: theme.brand, stroke: theme.surface, lineWidth: 2 } },
  ];
}

/* Above and to the right, where a falling curve is not; to the left only where there is no room. */
function words(mark, format, x, y, right, theme) {
  const share = format.quantity(mark.s, "%");
  const flip = x + 6 + Math.max(textWidth(share, theme, AXIS_SIZE, 600), textWidth(mark.label, theme)) > right;
  const place = { x: x + (flip ? 2 : 4), align: flip ? "right" : "left", verticalAlign: "bottom", stroke: theme.surface, lineWidth: 3 };
  return [
    { type: "text", style: { ...place, text: mark.label, y: y - 22, fill: theme.ink3, font: `400 ${AXIS_SIZE}px ${theme.font}` } },
    { type: "text", style: { ...place, text: share, y: y - 8, fill: theme.ink, font: `600 ${AXIS_SIZE}px ${theme.font}` } },
  ];
}

/* The marks whose words do not lie on those of the one before. */
function apart(marks, x, plot, theme) {
  const kept = [];
  for (const mark of marks) {
    const place = { mark, x: ((x.at(mark.t) - x.min) / (x.max - x.min)) * plot.width, y: (mark.s / 100) * plot.height };
    const before = kept.at(-1);
    const room = Math.max(40, before ? textWidth(before.mark.label, theme) + 12 : 0);
    if (!before || place.x - before.x > room || before.y - place.y > 34) kept.push(place);
  }
  return kept.map((place) => place.mark);
}

function told(data, t, format) {
  let step = null;
  for (const one of data.steps) if (one.t <= t) step = one;
  const heading = data.words.after.replace("{time}", data.scale === "log" ? format.quantity(t, "s") : format.duration(Math.round(t)));
  if (!step) return tip(heading, [[data.words.waiting, format.quantity(100, "%")]]);
  const ends = [step.lo, step.hi].map((end) => format.quantity(end, "%")).join(" – ");
  return tip(heading, [[data.words.waiting, format.quantity(step.s, "%")], [data.words.interval, ends], [data.words.risk, format.number(step.n, 0)]]);
}
