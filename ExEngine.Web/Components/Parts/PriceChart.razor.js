// Draws what the component says. Numbers are for the eye here; money is counted on the server.
import { createChart, createSeriesMarkers, CandlestickSeries, ColorType, HistogramSeries,
  LineStyle } from '../../lib/lightweight-charts/lightweight-charts.js';

const pad = n => String(n).padStart(2, '0');
const day = d => `${d.getUTCFullYear()}-${pad(d.getUTCMonth() + 1)}-${pad(d.getUTCDate())}`;
const clock = d => `${pad(d.getUTCHours())}:${pad(d.getUTCMinutes())}`;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const local = seconds => shown.local(new Date(seconds * 1000));

const KEPT = 'chart:interval';

/** The interval that was last chosen in this browser, in seconds; null for none. */
export function kept() {
  try { return Number(localStorage.getItem(KEPT)) || null; } catch { return null; }
}
export function keep(seconds) {
  try { localStorage.setItem(KEPT, seconds); } catch { /* Then it holds as long as the page does. */ }
}

export function open(place, tick, told) {
  const step = Number(tick) || 0.01;
  const precision = Math.max(0, Math.min(10, Math.round(-Math.log10(step))));
  const numbers = shown.numbers({ minimumFractionDigits: precision, maximumFractionDigits: precision });
  const scrolls = { mouseWheel: false, vertTouchDrag: false, pressedMouseMove: true, horzTouchDrag: true };
  const chart = createChart(place, {
    autoSize: true,
    localization: { priceFormatter: price => numbers.format(price), timeFormatter: time => `${day(local(time))} ${clock(local(time))}` },
    timeScale: {
      timeVisible: true, rightOffset: 4, borderVisible: false,
      tickMarkFormatter: (time, kind) => {
        const at = local(time);
        return kind === 0 ? String(at.getUTCFullYear()) : kind === 1 ? months[at.getUTCMonth()] : kind === 2
          ? `${at.getUTCDate()} ${months[at.getUTCMonth()]}` : clock(at);
      },
    },
    rightPriceScale: { borderVisible: false },
    handleScroll: scrolls,
    handleScale: { mouseWheel: false },
  });
  let prices = [];
  const series = chart.addSeries(CandlestickSeries, {
    priceFormat: { type: 'custom', minMove: step, formatter: price => numbers.format(price) },
    // Lines that are near are kept in sight; a far one would press the candles flat, and is told at the edge with its price.
    autoscaleInfoProvider: original => {
      const info = original();
      if (info?.priceRange) {
        const { minValue: low, maxValue: high } = info.priceRange;
        const reach = Math.max(high - low, high * 0.01) * 2;
        const near = prices.filter(p => p > low - reach && p < high + reach);
        info.priceRange = { minValue: Math.min(low, ...near), maxValue: Math.max(high, ...near) };
      }
      return info;
    },
  });
  const volumes = chart.addSeries(HistogramSeries, { priceScaleId: 'volume', priceFormat: { type: 'volume' }, lastValueVisible: false,
    priceLineVisible: false });
  chart.priceScale('volume').applyOptions({ scaleMargins: { top: 0.86, bottom: 0 } });
  const markers = createSeriesMarkers(series, []);
  const edge = document.createElement('div');
  edge.className = 'edges';
  place.append(edge);
  // A frame or an answer of the server that comes after the page was left finds no chart any more.
  let gone = false;
  let drawn = [], said = { lines: [], marks: [] }, interval = 60, last = null;

  function colour(name) {
    const probe = document.createElement('span');
    probe.style.color = `var(--${name})`;
    place.append(probe);
    const value = getComputedStyle(probe).color;
    probe.remove();
    return value;
  }
  const toned = tone => colour(['up', 'down', 'good', 'bad', 'attention', 'working'].includes(tone) ? tone : 'text-soft');
  function paint() {
    const [up, down, line, text] = ['up', 'down', 'line', 'text-soft'].map(colour);
    chart.applyOptions({
      layout: { background: { type: ColorType.Solid, color: 'transparent' }, textColor: text,
        fontFamily: getComputedStyle(place).fontFamily, attributionLogo: true },
      grid: { vertLines: { color: line }, horzLines: { color: line } },
    });
    series.applyOptions({ upColor: up, downColor: down, borderUpColor: up, borderDownColor: down, wickUpColor: up,
      wickDownColor: down });
    volumes.applyOptions({ color: line });
    drawLines();
    drawMarks();
  }
  function drawLines() {
    if (held || gone) return;
    drawn.forEach(d => series.removePriceLine(d));
    prices = said.lines.map(l => Number(l.price));
    drawn = said.lines.map(l => series.createPriceLine({
      price: Number(l.price), title: l.title, color: toned(l.tone), lineWidth: 1, lineStyle: l.dashed ? LineStyle.Dashed : LineStyle.Solid,
        axisLabelVisible: true,
    }));
    requestAnimationFrame(drawEdges);
  }

  // Which lines are out of sight, above or below, with their prices.
  function drawEdges() {
    if (gone) return;
    const bottom = place.clientHeight - chart.timeScale().height();
    const out = said.lines.map(l => ({ ...l, y: series.priceToCoordinate(Number(l.price)) }))
      .filter(l => l.y !== null && (l.y < 0 || l.y > bottom));
    edge.replaceChildren(...['up', 'down'].map(way => {
      const list = document.createElement('p');
      list.className = way;
      list.textContent = out.filter(l => (l.y < 0) === (way === 'up'))
        .map(l => `${way === 'up' ? '\u25B2' : '\u25BC'} ${l.title} ${numbers.format(l.price)}`).join('   ');
      return list;
    }));
  }

  // A line that has a key is taken hold of, and let go where it is to be: the server asks before anything changes.
  let held = null;
  const priceAt = event => series.coordinateToPrice(event.clientY - place.getBoundingClientRect().top);
  function lineAt(event) {
    const y = event.clientY - place.getBoundingClientRect().top, reach = event.pointerType === 'touch' ? 18 : 7;
    const near = said.lines.map((l, i) => ({ i, key: l.key, off: Math.abs((series.priceToCoordinate(Number(l.price)) ?? -1e6) - y) }))
      .filter(l => l.key && l.off <= reach).sort((a, b) => a.off - b.off);
    return told && near.length ? near[0].i : null;
  }
  function take(event) {
    const i = event.button ? null : lineAt(event);
    if (i === null) return;
    event.preventDefault();
    event.stopPropagation();
    held = { i, at: null, from: event.clientY };
    chart.applyOptions({ handleScroll: false });
    place.setPointerCapture(event.pointerId);
  }
  function move(event) {
    if (held === null) {
      place.classList.toggle('movable', lineAt(event) !== null);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const price = priceAt(event);
    if (price === null || price <= 0 || (held.at === null && Math.abs(event.clientY - held.from) < 4)) return;
    const line = said.lines[held.i];
    held.at = Math.round(price / step) * step;
    drawn[held.i]?.applyOptions({ price: held.at, title: `${line.title} ${numbers.format(line.price)} \u2192` });
  }
  function drop(event) {
    if (held === null) return;
    const { i, at } = held;
    held = null;
    chart.applyOptions({ handleScroll: scrolls });
    drawLines();
    if (event.type === 'pointerup' && at !== null) told.invokeMethodAsync('MovedAsync', said.lines[i].key, at);
  }
  const ways = [['pointerdown', take], ['pointermove', move], ['pointerup', drop], ['pointercancel', drop]];
  for (const [name, way] of ways) place.addEventListener(name, way, { capture: true });
  place.addEventListener('touchstart', event => {
    const [{ clientY }] = event.touches;
    if (lineAt({ clientY, pointerType: 'touch' }) !== null) event.preventDefault();
  }, { capture: true, passive: false });
  const leave = event => { if (event.key === 'Escape') drop(event); };
  addEventListener('keydown', leave);
  const sized = new ResizeObserver(() => requestAnimationFrame(drawEdges));
  sized.observe(place);
  chart.timeScale().subscribeVisibleLogicalRangeChange(() => requestAnimationFrame(drawEdges));

  function drawMarks() {
    markers.setMarkers(said.marks.map(m => ({
      time: m.time, position: m.isBuy ? 'belowBar' : 'aboveBar', shape: m.isBuy ? 'arrowUp' : 'arrowDown',
        color: toned(m.isBuy ? 'up' : 'down'), text: m.text,
    })));
  }

  const themes = new MutationObserver(paint);
  themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', paint);
  paint();
  return {
    data(seconds, candles) {
      if (gone) return;
      interval = seconds;
      const bars = candles.map(([time, o, h, l, c]) => ({ time, open: Number(o), high: Number(h), low: Number(l), close: Number(c) }));
      last = bars.at(-1) ?? null;
      series.setData(bars);
      volumes.setData(candles.map(([time, , , , , v]) => ({ time, value: Number(v) })));
      chart.timeScale()
        .setVisibleLogicalRange({ from: bars.length - Math.min(bars.length, Math.max(40, place.clientWidth / 9)), to: bars.length + 4 });
    },
    lines(list) { said.lines = list; drawLines(); },
    marks(list) { said.marks = list; if (!gone) drawMarks(); },
    tick(seconds, price) {
      const time = seconds - seconds % interval, close = Number(price);
      if (!gone && last && time >= last.time) {
        last = time === last.time
          ? { ...last, high: Math.max(last.high, close), low: Math.min(last.low, close), close }
          : { time, open: last.close, high: Math.max(last.close, close), low: Math.min(last.close, close), close };
        series.update(last);
        requestAnimationFrame(drawEdges);
      }
    },
    stop() {
      gone = true;
      sized.disconnect();
      removeEventListener('keydown', leave);
      themes.disconnect();
      system.removeEventListener('change', paint);
      chart.remove();
    },
  };
}
