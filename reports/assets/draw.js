// Runs inside a JavaScript engine without a page: ECharts draws an option as SVG, with no timers and no canvas.

globalThis.setTimeout = () => 0;
globalThis.clearTimeout = () => {};

/** The SVG of an option (JSON), as a JSON string: longer plain strings do not survive the way to Python. */
globalThis.draw = (option, width, height) => {
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
  chart.setOption(JSON.parse(option));
  const svg = chart.renderToSVGString();
  chart.dispose();
  return JSON.stringify(svg);
};
