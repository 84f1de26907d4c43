// Tells the table when its first and its last edge come into sight.
export function watch(scroller, top, bottom, table) {
  const observer = new IntersectionObserver(entries => {
    for (const entry of entries) table.invokeMethodAsync('OnEdge', entry.target === top ? 'top' : 'bottom', entry.isIntersecting);
  }, { root: scroller, rootMargin: '0px 0px 600px 0px' });
  observer.observe(top);
  observer.observe(bottom);
  return {
    lookAgain() { observer.unobserve(bottom); observer.observe(bottom); },
    toTop() { scroller.scrollTo({ top: 0 }); },
    stop() { observer.disconnect(); },
  };
}
