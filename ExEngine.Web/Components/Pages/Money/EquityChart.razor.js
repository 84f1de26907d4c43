// Draws what the component says. Numbers are for the eye here; money is counted on the server.
import { createChart, LineSeries, ColorType, LineStyle } from '../../../lib/lightweight-charts/lightweight-charts.js';

const pad = n => String(n).padStart(2, '0');
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const local = seconds => shown.local(new Date(seconds * 1000));
const clock = d => `${pad(d.getUTCHours())}:${pad(d.getUTCMinutes())}`;
const day = d => `${d.getUTCFullYear()}-${pad(d.getUTCMonth() + 1)}-${pad(d.getUTCDate())}`;
const numbers = shown.numbers({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
const fine = shown.numbers({ maximumSignificantDigits: 6 });
const write = value => (Math.abs(value) >= 10 || value === 0 ? numbers : fine).format(value);

export function open(place) {
  const chart = createChart(place, {
    autoSize: true,
    localization: { priceFormatter: write, timeFormatter: time => `${day(local(time))} ${clock(local(time))}` },
    timeScale: {
      timeVisible: true, borderVisible: false, fixLeftEdge: true, fixRightEdge: true,
      tickMarkFormatter: (time, kind) => {
        const at = local(time);
        return kind === 0 ? String(at.getUTCFullYear()) : kind === 1 ? months[at.getUTCMonth()]
          : kind === 2 ? `${at.getUTCDate()} ${months[at.getUTCMonth()]}` : clock(at);
      },
    },
    rightPriceScale: { borderVisible: false },
    handleScroll: { mouseWheel: false, vertTouchDrag: false },
    handleScale: { mouseWheel: false },
  });
  // What the server draws after the page was left finds no chart any more.
  let gone = false;
  let lines = [];

  function colour(name) {
    const probe = document.createElement('span');
    probe.style.color = `var(--${name})`;
    place.append(probe);
    const value = getComputedStyle(probe).color;
    probe.remove();
    return value;
  }
  function paint() {
    const [accent, line, text] = ['accent', 'line', 'text-soft'].map(colour);
    chart.applyOptions({
      layout: { background: { type: ColorType.Solid, color: 'transparent' }, textColor: text,
        fontFamily: getComputedStyle(place).fontFamily, attributionLogo: true },
      grid: { vertLines: { color: line }, horzLines: { color: line } },
    });
    lines.forEach(l => l.series.applyOptions({ color: l.isEquity ? accent : text }));
  }
  function add(points, isEquity) {
    const series = chart.addSeries(LineSeries, {
      lineWidth: isEquity ? 2 : 1, lineStyle: isEquity ? LineStyle.Solid : LineStyle.Dashed, priceLineVisible: false,
      lastValueVisible: false, pointMarkersVisible: points.length === 1, priceFormat: { type: 'custom', minMove: 1e-8, formatter: write },
    });
    series.setData(points);
    lines.push({ series, isEquity });
  }

  const themes = new MutationObserver(paint);
  themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', paint);
  paint();
  return {
    draw(times, runs) {
      if (gone) return;
      lines.forEach(l => chart.removeSeries(l.series));
      lines = [];
      add(times.map(time => ({ time })), false);
      for (const run of runs) {
        add(run.map(([time, , deposits]) => ({ time, value: Number(deposits) })), false);
        add(run.map(([time, equity]) => ({ time, value: Number(equity) })), true);
      }
      paint();
      chart.timeScale().fitContent();
    },
    stop() { gone = true; themes.disconnect(); system.removeEventListener('change', paint); chart.remove(); },
  };
}
