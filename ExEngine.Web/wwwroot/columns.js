// Columns of a table that the reader hid: kept in this browser and, because this runs in the head, gone before the first paint.
// Only on wide screens; on a phone rows are cards, and these show what they always do.
(() => {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheet);
  const hidden = new Map();
  const prefix = 'columns:';
  const isName = text => /^[a-z]+$/.test(text);
  const menuOf = element => element.closest?.('[data-columns-menu]');

  function read() {
    hidden.clear();
    try {
      for (const [key, value] of Object.entries(localStorage)) {
        const table = key.slice(prefix.length);
        if (key.startsWith(prefix) && isName(table)) hidden.set(table, new Set(value.split(' ').filter(isName)));
      }
    } catch {
      // A browser that keeps nothing shows every column.
    }
  }
  function apply() {
    const rules = [...hidden].flatMap(([table, columns]) => [...columns].map(c => `[data-columns="${table}"] :is(th, td).${c} { display: none; }`));
    sheet.replaceSync(`@media (min-width: 1024px) { ${rules.join(' ')} }`);
  }
  function keep(table, columns) {
    hidden.set(table, columns);
    apply();
    try {
      localStorage.setItem(prefix + table, [...columns].join(' '));
    } catch {
      // Then it holds as long as the page does.
    }
  }

  // ---- the menu, whichever table it belongs to
  function fill(menu) {
    const table = menu.dataset.columnsMenu;
    const isNarrow = column => {
      const head = document.querySelector(`[data-columns="${table}"] th.${column}`);
      return !!head && getComputedStyle(head).display === 'none';
    };
    sheet.disabled = true;
    for (const box of menu.querySelectorAll('[data-column]')) box.disabled = isNarrow(box.dataset.column);
    sheet.disabled = false;
    for (const box of menu.querySelectorAll('[data-column]')) box.checked = !box.disabled && !hidden.get(table)?.has(box.dataset.column);
  }
  document.addEventListener('beforetoggle', event => {
    const menu = menuOf(event.target);
    if (!menu || event.newState !== 'open') return;
    const button = document.querySelector(`[popovertarget="${menu.id}"]`).getBoundingClientRect();
    menu.style.top = `${button.bottom + 4}px`;
    menu.style.right = `${document.documentElement.clientWidth - button.right}px`;
    fill(menu);
  }, true);
  document.addEventListener('change', event => {
    const menu = menuOf(event.target);
    if (!menu) return;
    const columns = new Set(hidden.get(menu.dataset.columnsMenu));
    columns[event.target.checked ? 'delete' : 'add'](event.target.dataset.column);
    keep(menu.dataset.columnsMenu, columns);
  });
  document.addEventListener('click', event => {
    const menu = event.target.closest?.('[data-columns-all]') && menuOf(event.target);
    if (!menu) return;
    keep(menu.dataset.columnsMenu, new Set());
    fill(menu);
  });
  window.addEventListener('storage', () => { read(); apply(); });

  read();
  apply();
})();
