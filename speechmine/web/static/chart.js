// Draws the table of values: years across, one colour a place; hollow is a goal, filled a result.
"use strict";

const PLACES = 8;

function valuesOf(table) {
  return [...table.querySelectorAll("tbody tr")]
    .map((row) => ({ ...row.dataset, link: row.querySelector("a").href }))
    .filter((row) => row.year && row.value && Number.isFinite(Number(row.value)));
}

function colours() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const style = getComputedStyle(document.documentElement);
  const ink = (name) => style.getPropertyValue(name).trim();
  const light = ["#8f2d1f", "#2f5d8a", "#4a7a3f", "#8a6a1f", "#6b4a86", "#2f7a78", "#a04a6a", "#5f594f"];
  const bright = ["#eb9a86", "#8fb8e0", "#a3cf96", "#d9bd6f", "#c0a3dc", "#85cfcc", "#e6a0bb", "#aaa295"];
  return { places: dark ? bright : light, ink: ink("--ink"), soft: ink("--soft"), line: ink("--line"), leaf: ink("--leaf") };
}

function seriesOf(values, words, paint) {
  const places = [...new Set(values.map((row) => row.place || words.nowhere))].slice(0, PLACES);
  return places.flatMap((place, number) =>
    ["goal", "result", "context"].map((role) => {
      const colour = paint.places[number % paint.places.length];
      const own = values.filter((row) => (row.place || words.nowhere) === place && row.role === role);
      return {
        name: place,
        type: "line",
        lineStyle: { type: role === "goal" ? "dashed" : "solid", width: own.length > 1 && role !== "context" ? 1.5 : 0 },
        symbol: role === "context" ? "diamond" : "circle",
        symbolSize: role === "goal" ? 11 : 9,
        showSymbol: true,
        itemStyle: role === "goal" ? { color: paint.leaf, borderColor: colour, borderWidth: 2 } : { color: colour },
        color: colour,
        data: own.map((row) => ({ value: [row.year, Number(row.value)], told: row, role })),
      };
    }).filter((series) => series.data.length),
  );
}

function draw(box, table) {
  const words = box.dataset;
  const values = valuesOf(table);
  const years = [...new Set(values.map((row) => row.year))].sort();
  const paint = colours();
  const chart = echarts.getInstanceByDom(box) || echarts.init(box, null, { renderer: "canvas" });
  const text = { color: paint.soft, fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 13 };
  chart.setOption({
    animation: false,
    textStyle: text,
    grid: { left: 8, right: 16, top: 44, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, textStyle: text, icon: "circle", itemWidth: 10, type: "scroll" },
    tooltip: {
      renderMode: "richText",
      backgroundColor: paint.leaf,
      borderColor: paint.line,
      textStyle: { ...text, color: paint.ink },
      formatter: ({ data }) => `${data.told.place || words.nowhere} ${data.told.year}\n${words[data.role]} ${data.told.shown}`,
    },
    xAxis: { type: "category", data: years, axisLine: { lineStyle: { color: paint.line } }, axisTick: { show: false }, axisLabel: text },
    yAxis: { type: "value", scale: true, splitLine: { lineStyle: { color: paint.line } }, axisLabel: text },
    series: seriesOf(values, words, paint),
  }, true);
  return chart;
}

document.addEventListener("DOMContentLoaded", () => {
  const box = document.querySelector("[data-chart]");
  const table = document.querySelector("[data-values]");
  if (!box || !table) return;
  const chart = draw(box, table);
  chart.on("click", ({ data }) => location.assign(data.told.link));
  addEventListener("resize", () => chart.resize());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw(box, table));
});
