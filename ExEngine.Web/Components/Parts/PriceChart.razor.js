// Draws what the component says. Numbers are for the eye here; money is counted on the server.
import { createChart, createSeriesMarkers, CandlestickSeries, ColorType,
  LineStyle } from '../../lib/lightweight-charts/lightweight-charts.js';

const pad = n => String(n).padStart(2, '0');
const day = d => `${d.getFullYear()}-${pad(d.getMonth() + 1)}-${pad(d.getDate())}`;
const clock = d => `${pad(d.getHours())}:${pad(d.getMinutes())}`;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const local = seconds => new Date(seconds * 1000);

export function open(place, tick) {
  const step = Number(tick) || 0.01;
  const precision = Math.max(0, Math.min(10, Math.round(-Math.log10(step))));
  const numbers = new Intl.NumberFormat('en-US', { minimumFractionDigits: precision, maximumFractionDigits: precision });
  const chart = createChart(place, {
    autoSize: true,
    localization: { priceFormatter: price => numbers.format(price), timeFormatter: time => `${day(local(time))} ${clock(local(time))}` },
    timeScale: {
      timeVisible: true, rightOffset: 4, borderVisible: false,
      tickMarkFormatter: (time, kind) => {
        const at = local(time);
        return kind === 0 ? String(at.getFullYear()) : kind === 1 ? months[at.getMonth()] : kind === 2
          ? `${at.getDate()} ${months[at.getMonth()]}` : clock(at);
      },
    },
    rightPriceScale: { borderVisible: false },
    handleScroll: { mouseWheel: false, vertTouchDrag: false },
    handleScale: { mouseWheel: false },
  });
  let prices = [];
  const series = chart.addSeries(CandlestickSeries, {
    priceFormat: { type: 'custom', minMove: step, formatter: price => numbers.format(price) },
    // Lines that are near are kept in sight; a far one would press the candles flat.
    autoscaleInfoProvider: original => {
      const info = original();
      if (info?.priceRange) {
        const { minValue: low, maxValue: high } = info.priceRange;
        const reach = Math.max(high - low, high * 0.005) * 1.5;
        const near = prices.filter(p => p > low - reach && p < high + reach);
        info.priceRange = { minValue: Math.min(low, ...near), maxValue: Math.max(high, ...near) };
      }
      return info;
    },
  });
  const markers = createSeriesMarkers(series, []);
  let drawn = [], said = { lines: [], marks: [] }, interval = 60, last = null;

  function colour(name) {
    const probe = document.createElement('span');
    probe.style.color = `var(--${name})`;
    place.append(probe);
    const value = getComputedStyle(probe).color;
    probe.remove();
    return value;
  }
  const toned = tone => colour({ good: 'good', bad: 'bad', attention: 'attention', working: 'working' }[tone] ?? 'text-soft');
  function paint() {
    const [good, bad, line, text] = ['good', 'bad', 'line', 'text-soft'].map(colour);
    chart.applyOptions({
      layout: { background: { type: ColorType.Solid, color: 'transparent' }, textColor: text,
        fontFamily: getComputedStyle(place).fontFamily, attributionLogo: true },
      grid: { vertLines: { color: line }, horzLines: { color: line } },
    });
    series.applyOptions({ upColor: good, downColor: bad, borderUpColor: good, borderDownColor: bad, wickUpColor: good,
      wickDownColor: bad });
    drawLines();
    drawMarks();
  }
  function drawLines() {
    drawn.forEach(d => series.removePriceLine(d));
    prices = said.lines.map(l => Number(l.price));
    drawn = said.lines.map(l => series.createPriceLine({
      price: Number(l.price), title: l.title, color: toned(l.tone), lineWidth: 1, lineStyle: l.dashed ? LineStyle.Dashed : LineStyle.Solid,
        axisLabelVisible: true,
    }));
  }
  function drawMarks() {
    markers.setMarkers(said.marks.map(m => ({
      time: m.time, position: m.isBuy ? 'belowBar' : 'aboveBar', shape: m.isBuy ? 'arrowUp' : 'arrowDown',
        color: toned(m.isBuy ? 'good' : 'bad'), text: m.text,
    })));
  }

  const themes = new MutationObserver(paint);
  themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', paint);
  paint();
  return {
    data(seconds, candles) {
      interval = seconds;
      const bars = candles.map(([time, o, h, l, c]) => ({ time, open: Number(o), high: Number(h), low: Number(l), close: Number(c) }));
      last = bars.at(-1) ?? null;
      series.setData(bars);
      chart.timeScale()
        .setVisibleLogicalRange({ from: bars.length - Math.min(bars.length, Math.max(40, place.clientWidth / 9)), to: bars.length + 4 });
    },
    lines(list) { said.lines = list; drawLines(); },
    marks(list) { said.marks = list; drawMarks(); },
    tick(seconds, price) {
      const time = seconds - seconds % interval, close = Number(price);
      if (last && time >= last.time) {
        last = time === last.time
          ? { ...last, high: Math.max(last.high, close), low: Math.min(last.low, close), close }
          : { time, open: last.close, high: Math.max(last.close, close), low: Math.min(last.close, close), close };
        series.update(last);
      }
    },
    stop() { themes.disconnect(); system.removeEventListener('change', paint); chart.remove(); },
  };
}
