/* How often each score, or each span of time, occurs. */
import { axis, AXIS_SIZE, frame, grid, marks, tip, width as textWidth, widest } from "./frame.js";
import { linear } from "./ticks.js";

const TOP = 24;
const BOTTOM = 28;
const RIGHT = 14;

export function distribution(data, theme, format, width) {
  const scale = linear([0, ...data.bins.map((bin) => bin.n)], { unit: "", least: 0, count: 4 });
  const left = widest(marks(scale).map((v) => format.mark(v, "", scale.step)), theme) + 12;
  const edges = data.edges.length > 0;
  return {
    ...frame(theme),
    grid: grid(TOP + (data.marks.length > 1 ? 12 : 0), RIGHT, BOTTOM, left),
    xAxis: edges ? edgeAxis(data, theme, width - left - RIGHT) : scoreAxis(data, theme),
    yAxis: axis(theme, { type: "value", min: 0, max: scale.max, interval: scale.step, axisLabel: { formatter: (v) => format.mark(v, "", scale.step) } }),
    tooltip: {
      ...frame(theme).tooltip,
      trigger: "axis",
      axisPointer: { type: "shadow", shadowStyle: { color: theme.ink, opacity: 0.04 } },
      formatter: (hit) => told(data, hit[0].dataIndex, format),
    },
    series: [
      {
        type: "bar",
        barCategoryGap: edges ? "4%" : "22%",
        emphasis: { disabled: true },
        data: data.bins.map((bin) => ({ value: bin.n, itemStyle: { color: colour(bin, theme), borderRadius: [3, 3, 0, 0] } })),
      },
      markers(data, theme),
    ],
  };
}

/* The rows of a bar. */
export function href(data, x) {
  return data.bins[Math.round(x)]?.href;
}

function colour(bin, theme) {
  return { good: theme.pos, bad: theme.neg, neutral: theme.neutral }[bin.tone] || theme.brand;
}

function scoreAxis(data, theme) {
  const line = { show: true, lineStyle: { color: theme.line2 } };
  return axis(theme, { type: "category", data: data.bins.map((bin) => bin.label), axisLine: line, axisLabel: { interval: 0, hideOverlap: true } });
}

/* Between two bars stands the time that parts them: a second axis that only carries labels. */
function edgeAxis(data, theme, room) {
  const every = Math.max(1, Math.ceil((data.edges.length * (widest(data.edges, theme) + 16)) / room));
  const line = { show: true, lineStyle: { color: theme.line2 } };
  return [
    axis(theme, { type: "category", data: data.bins.map((bin) => bin.label), axisLine: line, axisLabel: { show: false } }),
    axis(theme, {
      type: "value",
      position: "bottom",
      min: 0,
      max: data.bins.length,
      interval: 1,
      splitLine: { show: false },
      axisPointer: { show: false },
      axisLabel: { alignMaxLabel: "right", formatter: (v) => (v % every === 0 ? data.edges[v] : "") },
    }),
  ];
}

/* Median, 90th percentile, target: where they lie among the bars. */
function markers(data, theme) {
  return {
    type: "custom",
    silent: true,
    z: 5,
    tooltip: { show: false },
    data: data.marks.map((mark) => [mark.x, 0]),
    renderItem: ({ dataIndex, coordSys }) => {
      const places = data.marks.map((mark) => coordSys.x + (mark.x / data.bins.length) * coordSys.width);
      const [x, y] = [places[dataIndex], coordSys.y - 8 - 14 * dataIndex];
      const { label } = data.marks[dataIndex];
      return { type: "group", children: [line(x, y - 6, coordSys.y + coordSys.height, theme), words(label, x, y, places, coordSys, theme)] };
    },
  };
}

function line(x, y1, y2, theme) {
  return { type: "line", shape: { x1: x, y1, x2: x, y2 }, style: { stroke: theme.ink2, lineWidth: 1, lineDash: [3, 4] } };
}

/* At the right of its line, unless another line or the chart's edge is there. */
function words(text, x, y, places, coordSys, theme) {
  const end = x + 8 + textWidth(text, theme, AXIS_SIZE, 500);
  const flip = end > coordSys.x + coordSys.width + RIGHT || places.some((other) => other > x && other < end);
  const place = { x: x + (flip ? -5 : 5), y, align: flip ? "right" : "left", verticalAlign: "middle" };
  return { type: "text", style: { ...place, text, fill: theme.ink2, font: `500 ${AXIS_SIZE}px ${theme.font}`, stroke: theme.surface, lineWidth: 3 } };
}

function told(data, i, format) {
  const bin = data.bins[i];
  const total = data.bins.reduce((sum, one) => sum + one.n, 0);
  return tip(bin.label, [[data.words.count, format.number(bin.n, 0)], [data.words.share, format.quantity((100 * bin.n) / total, "%")]]);
}
