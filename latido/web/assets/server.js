/* Draws a chart as SVG where there is no document: latido/report/charts/draw.py runs it. */
import "./charts/stand-ins.js";
import "./echarts-entry.js";
import "./charts.js";

const BOLD = 550; // from this weight on a text is measured as semibold
const UNKNOWN = 0.6;

globalThis.latidoServer = {
  /* Learn how wide each letter is: by weight, in shares of the font's size. */
  learn(widths) {
    echarts.setPlatformAPI({
      measureText(text, font) {
        const size = Number(/([\d.]+)px/.exec(font)?.[1] ?? 12);
        const weight = Number(/\b[1-9]00\b/.exec(font)?.[0] ?? (/bold/.test(font) ? 700 : 400));
        const letters = weight >= BOLD ? widths.semibold : widths.regular;
        const shares = [...(text || "")].map((letter) => letters[letter] ?? UNKNOWN);
        return { width: size * shares.reduce((sum, share) => sum + share, 0) };
      },
    });
  },

  svg(kind, data, theme, language, width, height) {
    const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
    const format = latidoCharts.formatter(language);
    chart.setOption(latidoCharts.build(kind, data, theme, format, width, height));
    const drawn = chart.renderToSVGString();
    chart.dispose();
    return drawn;
  },
};
