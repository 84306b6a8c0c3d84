/* Draws every chart of the page, again when the theme, the size or the page changes.

   <div data-chart="trend" data-source="nps"> reads its data from <script type="application/json" id="d-nps">. */

const COLOURS = ["surface", "line", "line2", "ink", "ink2", "ink3", "brand", "pos", "neg", "neutral", "grid"];
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");
const own = document.currentScript;
let library = null;

/* ECharts is fetched when the first chart is to be drawn. */
function echartsReady() {
  if (globalThis.echarts) return Promise.resolve();
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(ECHARTS, own.src); // the build knows its name
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
  return library;
}

function theme() {
  const style = getComputedStyle(root);
  const value = (name) => style.getPropertyValue(`--${name}`).trim();
  const several = (name, count) => Array.from({ length: count }, (_, i) => value(`${name}-${i}`));
  const colours = Object.fromEntries(COLOURS.map((name) => [name, value(name)]));
  return { ...colours, series: several("series", 6), scale: several("scale", 7), font: value("font") };
}

function dataOf(element) {
  const source = document.getElementById(`d-${element.dataset.source || element.dataset.chart}`);
  return source && JSON.parse(source.textContent);
}

const resized = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const chart = globalThis.echarts?.getInstanceByDom(target);
    if (chart && Math.abs(chart.getWidth() - target.clientWidth) > 1) draw(target);
  }
});

function draw(element) {
  const data = dataOf(element);
  if (!data || !element.clientWidth) return;
  const kind = element.dataset.chart;
  const wanted = latidoCharts.height(kind, data);
  if (wanted) element.style.height = `${wanted}px`;
  const chart = echarts.getInstanceByDom(element) || begin(element);
  const format = latidoCharts.formatter(root.lang);
  chart.resize();
  chart.setOption(latidoCharts.build(kind, data, theme(), format, element.clientWidth, element.clientHeight), true);
}

function begin(element) {
  const chart = echarts.init(element, null, { renderer: "svg" });
  resized.observe(element);
  chart.getZr().on("click", ({ offsetX, offsetY }) => {
    const place = [offsetX, offsetY];
    if (!chart.containPixel("grid", place)) return;
    const [x, y] = chart.convertFromPixel({ gridIndex: 0 }, place);
    const address = latidoCharts.href(element.dataset.chart, dataOf(element), x, y);
    if (address) location.assign(address);
  });
  return chart;
}

const charts = () => [...document.querySelectorAll("[data-chart]")];

async function drawSome(found) {
  if (!found.length) return;
  await Promise.all([echartsReady(), document.fonts.load('500 12px "Inter Variable"').catch(() => null)]);
  found.forEach(draw);
  performance.mark("charts-ready");
}

function drawAll() {
  return drawSome(charts());
}

/* A part of the page came: those that came with it. */
function drawNew() {
  return drawSome(charts().filter((element) => !globalThis.echarts?.getInstanceByDom(element)));
}

/* A panel that was shut has no size: what is in it is drawn when it opens. */
function opened(event) {
  if (event.target.open && event.target.querySelector("[data-chart]")) drawAll();
}

/* A menu shuts when something else is clicked, and with Escape. */
function shutMenus(event) {
  for (const menu of document.querySelectorAll("details.drop[open], .more details[open]")) {
    if (event.type === "keydown" ? event.key === "Escape" : !menu.contains(event.target)) {
      menu.open = false;
      if (event.type === "keydown") menu.querySelector("summary").focus();
    }
  }
}

/* A row of filters offers the values of its dimension. */
function offerValues({ target }) {
  if (target.name !== "dimension") return;
  target.closest(".line")?.querySelector("[name=values], [name=group]")?.setAttribute("list", `v-${target.value}`);
}

/* Of more tabs than the screen is wide, the one that is shown. */
function showTab() {
  for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
    const tabs = tab.closest(".tabs");
    tabs.scrollLeft = tab.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - tab.offsetWidth) / 2;
  }
}

document.addEventListener("change", offerValues);
document.addEventListener("htmx:after:swap", drawNew);
document.addEventListener("toggle", opened, true);
document.addEventListener("click", shutMenus);
document.addEventListener("keydown", shutMenus);
dark.addEventListener("change", drawAll);
new MutationObserver(drawAll).observe(root, { attributeFilter: ["data-theme"] });
drawAll();
showTab();
