// What the shell does without a circuit: theme, drawer, skip link, copying, local times and the state of the connection.
(() => {
  const root = document.documentElement;

  // ---- theme: the cookie tells the server, color-scheme switches what is shown now
  const media = {
    system: { light: '(prefers-color-scheme: light)', dark: '(prefers-color-scheme: dark)', scheme: 'light dark' },
    light: { light: 'all', dark: 'not all', scheme: 'light' },
    dark: { light: 'not all', dark: 'all', scheme: 'dark' },
  };
  function setTheme(name) {
    const choice = media[name];
    document.cookie = `theme=${name}; path=/; max-age=31536000; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`;
    for (const colour of document.querySelectorAll('[data-theme-color]')) colour.media = choice[colour.dataset.themeColor];
    document.querySelector('meta[name="color-scheme"]').content = choice.scheme;
    root.dataset.theme = name;
  }

  // ---- how the reader wants to be shown times and numbers: the document says it
  const pad = n => String(n).padStart(2, '0');
  const zone = root.dataset.zone;
  const inZone = zone && parts({ timeZone: zone });
  function parts(where) {
    try {
      return new Intl.DateTimeFormat('en-GB', { ...where, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric',
        hour: 'numeric', minute: 'numeric', second: 'numeric' });
    } catch {
      return null; // A zone that this browser does not know: its own is better than none.
    }
  }
  const [mark, group] = { Comma: [',', '.'], Space: [',', '\u00a0'] }[root.dataset.numbers] ?? ['.', ','];
  window.shown = {
    // The reader's wall clock, in the UTC fields of a date: the one arithmetic that no daylight saving of this machine disturbs.
    local(at) {
      if (!inZone) return new Date(at.getTime() - at.getTimezoneOffset() * 60000);
      const of = Object.fromEntries(inZone.formatToParts(at).map(p => [p.type, Number(p.value)]));
      return new Date(Date.UTC(of.year, of.month - 1, of.day, of.hour, of.minute, of.second));
    },
    numbers(options) {
      const plain = new Intl.NumberFormat('en-US', options);
      return { format: number => plain.format(number).replace(/[.,]/g, c => c === '.' ? mark : group) };
    },
  };
  const clock = wall => `${pad(wall.getUTCHours())}:${pad(wall.getUTCMinutes())}:${pad(wall.getUTCSeconds())}`;
  const day = wall => `${wall.getUTCFullYear()}-${pad(wall.getUTCMonth() + 1)}-${pad(wall.getUTCDate())}`;

  // ---- connection
  let lastKnown = new Date();
  function setConnection(state) {
    if (state === 'live') {
      delete root.dataset.connection;
      return;
    }
    if (!root.dataset.connection) {
      lastKnown = new Date();
      for (const time of document.querySelectorAll('[data-stale-since]')) {
        time.dateTime = lastKnown.toISOString();
        time.textContent = clock(shown.local(lastKnown));
      }
    }
    root.dataset.connection = state;
  }
  async function reconnect() {
    try {
      if (!await Blazor.reconnect()) location.reload();
    } catch {
      setConnection('failed');
    }
  }
  function watchReconnect() {
    const banner = document.getElementById('components-reconnect-modal');
    new MutationObserver(() => {
      const says = state => banner.classList.contains(`components-reconnect-${state}`);
      if (says('rejected')) { setConnection('failed'); location.reload(); }
      else if (says('failed')) setConnection('failed');
      else if (says('show')) setConnection('reconnecting');
      else setConnection('live');
    }).observe(banner, { attributes: true, attributeFilter: ['class'] });
    setInterval(() => { if (root.dataset.connection === 'failed') reconnect(); }, 5000);
  }

  // ---- clicks, for whatever is on the page now or later
  document.addEventListener('click', event => {
    const on = selector => event.target.closest?.(selector);
    const theme = on('[data-set-theme]');
    const copy = on('[data-copy]');
    if (theme) setTheme(theme.dataset.setTheme);
    else if (copy) { event.preventDefault(); copyText(copy); }
    else if (on('[data-skip-to]')) document.getElementById(on('[data-skip-to]').dataset.skipTo)?.focus();
    else if (on('[data-reconnect]')) reconnect();
    else if (on('[data-reload]')) location.reload();
    const opened = on('[popover] a');
    if (opened) opened.closest('[popover]').hidePopover?.();
  });
  async function copyText(button) {
    const text = button.dataset.copy || document.getElementById(button.dataset.copyFrom)?.textContent || '';
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without HTTPS there is no clipboard interface; the old command still works.
      const area = Object.assign(document.createElement('textarea'), { value: text });
      document.body.append(area);
      area.select();
      document.execCommand('copy');
      area.remove();
      button.focus();
    }
    button.dataset.copied = 'yes';
    setTimeout(() => delete button.dataset.copied, 1500);
  }

  // ---- times: the server writes UTC, the reader wants local time and "3 s ago" while fresh
  function words(at, now) {
    const seconds = Math.floor((now - at) / 1000);
    if (seconds >= 0 && seconds < 60) return seconds < 1 ? 'now' : `${seconds} s ago`;
    if (seconds >= 60 && seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
    const wall = shown.local(at);
    return day(wall) === day(shown.local(now)) ? clock(wall) : `${day(wall)} ${clock(wall)}`;
  }
  function tick() {
    const now = new Date();
    for (const time of document.querySelectorAll('time[data-ago]')) {
      const text = words(new Date(time.dateTime), now);
      if (time.firstChild?.nodeType === Node.TEXT_NODE) {
        if (time.firstChild.data !== text) time.firstChild.data = text;
      }
    }
  }
  setInterval(tick, 1000);
  new MutationObserver(tick).observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['datetime'] });

  // ---- focus: who closes a dialog or drawer goes on at what opened it; where that is gone, at the heading it belonged to
  const openers = new Map();
  let last = null;
  let expected = null;
  const isLost = () => !document.activeElement || document.activeElement === document.body;
  function takes(element) {
    element?.focus({ preventScroll: true });
    return !!element && document.activeElement === element;
  }
  function giveBack({ control: opener, id, inDrawer }) {
    if (!isLost()) return;
    // A list may show another row in the element by now.
    const control = id && opener?.id !== id ? document.getElementById(id) : opener;
    // What is in a folded menu stands behind the menu's button.
    const menu = control?.closest('[popover]:not(:popover-open)');
    const place = menu ? document.querySelector(`[popovertarget="${menu.id}"]`) : control;
    const drawer = inDrawer ? document.querySelector('.drawer h2') : null;
    const heading = document.querySelector('h1');
    heading?.setAttribute('tabindex', '-1');
    // The act itself may take the control away a moment later.
    expected = takes(place) ? { control: place, inDrawer } : null;
    if (!expected && !takes(drawer) && !takes(heading)) takes(document.getElementById('content'));
  }
  // A dialog's first field, also when the dialog opened before it knew its fields. Not once the reader chose another control.
  let waiting = null;
  function enter() {
    if (waiting && (!waiting.isConnected || ![waiting, document.body].includes(document.activeElement))) waiting = null;
    const first = waiting?.querySelector('.mud-dialog-content :is(a[href], button, input:not([type="hidden"]), select, textarea):not([disabled])');
    if (takes(first)) waiting = null;
  }
  // Not every browser focuses a button that is pressed with the mouse.
  document.addEventListener('click', event => { last = event.target.closest?.('button, a[href], input, select, summary') ?? last; }, true);
  document.addEventListener('focusin', event => {
    last = event.target;
    if (last !== expected?.control) expected = null;
  });
  new MutationObserver(() => {
    const open = new Set(document.querySelectorAll('.mud-dialog, .drawer'));
    for (const overlay of open) {
      if (openers.has(overlay)) continue;
      openers.set(overlay, { control: last, id: last?.id, inDrawer: !!last?.closest('.drawer') });
      // What is pressed or typed next belongs to the dialog, also while its own script is still on the way.
      if (overlay.matches('.mud-dialog')) waiting = takes(overlay) ? overlay : null;
    }
    enter();
    for (const [overlay, opener] of openers) {
      if (open.has(overlay)) continue;
      openers.delete(overlay);
      giveBack(opener);
    }
    if (expected && !expected.control.isConnected) giveBack(expected);
  }).observe(root, { childList: true, subtree: true });

  // MudBlazor's focus trap works a round trip late: by then the reader may type in another field, or have pressed the next control.
  // So it only sends the focus around at its own ends; who comes first and who gets it back is decided here, at once.
  function keepFocus() {
    if (!window.mudElementRef) return;
    mudElementRef.saveFocus = mudElementRef.restoreFocus = () => {};
    for (const name of ['focusFirst', 'focusLast']) {
      const focus = mudElementRef[name].bind(mudElementRef);
      mudElementRef[name] = (element, ...rest) => {
        const dialog = element?.closest?.('.mud-dialog');
        const now = document.activeElement;
        if (!dialog?.contains(now) || now.matches('.mud-focus-trap > div')) focus(element, ...rest);
      };
    }
  }

  document.addEventListener('DOMContentLoaded', () => { watchReconnect(); keepFocus(); tick(); });
})();
