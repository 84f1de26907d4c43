// What is typed belongs to the browser: the server computes behind it, and may be a second late.
(() => {
  // ---- texts that the server sets: only over the text that it knows of, and not under the reader's hands
  const isTaken = (field, evenFocused) => field === document.activeElement && !evenFocused;

  // Null when it was written, otherwise what stands there instead.
  function write(field, known, text, evenFocused) {
    if (!field?.isConnected || field.value === text) return null;
    if (field.value !== known || isTaken(field, evenFocused)) return field.value;
    field.value = text;
    return null;
  }
  const read = fields => fields.map(field => field?.isConnected ? field.value : null);

  // ---- a form that is half filled outlives a reload, in this tab only and for this address only; passwords are never kept
  const prefix = 'kept:';
  // A number that was typed in one format is not read in another.
  const keyOf = name => `${prefix}${name}:${document.documentElement.dataset.numbers}:${location.pathname}${location.search}`;
  function keep(form) {
    const fields = { ...form.dataset };
    for (const field of form.querySelectorAll('input[id]:not([type=password]), select[id], textarea[id]')) {
      fields[field.id] = field.type === 'checkbox' ? String(field.checked) : field.value;
    }
    try {
      sessionStorage.setItem(keyOf(form.dataset.keep), JSON.stringify(fields));
    } catch { /* Without storage nothing is kept, and everything else works. */ }
  }
  const kept = name => {
    try { return sessionStorage.getItem(keyOf(name)); } catch { return null; }
  };
  function forget(name) {
    for (const form of document.querySelectorAll(`[data-keep="${name}"]`)) form.removeAttribute('data-keep');
    forgetAll(key => key.startsWith(`${prefix}${name}:`));
  }
  function forgetAll(which) {
    try {
      for (const key of Object.keys(sessionStorage).filter(which)) sessionStorage.removeItem(key);
    } catch { /* Nothing was kept. */ }
  }
  for (const kind of ['input', 'change']) {
    document.addEventListener(kind, event => {
      const form = event.target.closest?.('[data-keep]');
      if (form) keep(form);
    });
  }
  addEventListener('pagehide', () => document.querySelectorAll('[data-keep]').forEach(keep));
  // Whoever signs in next in this tab is perhaps someone else.
  if (location.pathname.startsWith('/account/')) forgetAll(key => key.startsWith(prefix));

  // ---- keys: n opens the ticket, for the symbol of the page where it has one; j and k go to the next and the previous row in the drawer
  const acts = {
    n: () => Blazor.navigateTo(document.querySelector('a[href^="orders/new"]')?.getAttribute('href') ?? 'orders/new'),
    j: () => document.querySelector('.drawer [data-step=after]')?.click(),
    k: () => document.querySelector('.drawer [data-step=before]')?.click(),
  };
  document.addEventListener('keydown', event => {
    const { key, target } = event;
    if (!Object.hasOwn(acts, key) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (event.repeat && key === 'n') return;
    if (target.closest?.('input, textarea, select, [contenteditable]')) return;
    if (document.querySelector('dialog[open], [role=dialog]:not(.drawer), [popover]:popover-open')) return;
    if (!document.querySelector('.connection[data-interactive=yes]')) return;
    event.preventDefault();
    acts[key]();
  });

  window.typing = { write, read, kept, forget };
})();
