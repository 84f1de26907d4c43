// Tells the table when its end comes into sight, and when new rows may join: its first edge is in sight and nobody reads a row,
// neither with the mouse over it nor with the keyboard in it. A row that is read never moves.
export function watch(scroller, top, bottom, table) {
  let atTop = false;
  let pointed = false;
  let told = null;
  const body = () => scroller.querySelector('tbody');
  function tell() {
    const may = atTop && !pointed && !body()?.querySelector(':focus-visible');
    if (may === told) return;
    told = may;
    table.invokeMethodAsync('OnEdge', 'top', may);
  }
  function point(event) {
    const now = event.pointerType === 'mouse' && event.type === 'pointermove' && !!body()?.contains(event.target);
    if (now === pointed) return;
    pointed = now;
    tell();
  }
  const observer = new IntersectionObserver(entries => {
    for (const entry of entries) {
      if (entry.target === top) { atTop = entry.isIntersecting; tell(); }
      else table.invokeMethodAsync('OnEdge', 'bottom', entry.isIntersecting);
    }
  }, { root: scroller, rootMargin: '0px 0px 600px 0px' });
  observer.observe(top);
  observer.observe(bottom);
  const later = () => setTimeout(tell);
  scroller.addEventListener('pointermove', point);
  scroller.addEventListener('pointerleave', point);
  scroller.addEventListener('focusin', later);
  scroller.addEventListener('focusout', later);
  return {
    lookAgain() { observer.unobserve(bottom); observer.observe(bottom); },
    // Also where the top is in sight already and the mouse still over it: the reader asked.
    toTop() { scroller.scrollTo({ top: 0 }); pointed = false; atTop = true; told = null; tell(); },
    stop() { observer.disconnect(); },
  };
}
