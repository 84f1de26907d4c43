// How this device tells of what happened: a count in the tab's title, a sound, the browser's notifications. What the reader chose is
// kept in this browser, because permission and loudspeaker are its own.
(() => {
  const usual = { toasts: true, sound: false, notifications: false };
  function choices() {
    try {
      return { ...usual, ...JSON.parse(localStorage.getItem('tell') ?? '{}') };
    } catch {
      return usual;
    }
  }

  // The page's own text node is changed, not replaced, because the circuit writes the title through it.
  let unseen = 0;
  function count() {
    const text = document.querySelector('title')?.firstChild;
    if (!text) return;
    const plain = text.data.replace(/^\(\d+\) /, '');
    const wanted = unseen > 0 ? `(${unseen}) ${plain}` : plain;
    if (text.data !== wanted) text.data = wanted;
  }
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return;
    unseen = 0;
    count();
  });
  new MutationObserver(count).observe(document.head, { childList: true, subtree: true, characterData: true });

  function beep() {
    const context = new AudioContext();
    const tone = context.createOscillator();
    const volume = context.createGain();
    volume.gain.setValueAtTime(0.12, context.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + 0.25);
    tone.frequency.value = 880;
    tone.connect(volume).connect(context.destination);
    tone.onended = () => context.close();
    tone.start();
    tone.stop(context.currentTime + 0.25);
  }
  function notify(title, body, address) {
    const shown = new Notification(title, { body, icon: 'icon-180.png', tag: address });
    shown.onclick = () => { window.focus(); location.assign(address); shown.close(); };
  }

  function show() {
    for (const group of document.querySelectorAll('[data-tell]:not([data-shown])')) {
      group.dataset.shown = 'yes';
      for (const box of group.querySelectorAll('input')) box.checked = choices()[box.name];
    }
  }
  document.addEventListener('change', async event => {
    const box = event.target.closest?.('[data-tell] input');
    if (!box) return;
    if (box.name === 'notifications' && box.checked && await window.Notification?.requestPermission() !== 'granted') {
      box.checked = false;
      document.querySelector('[data-tell-refused]').hidden = false;
    }
    localStorage.setItem('tell', JSON.stringify({ ...choices(), [box.name]: box.checked }));
    if (box.name === 'sound' && box.checked) beep();
  });
  new MutationObserver(show).observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener('DOMContentLoaded', show);

  window.exTell = {
    /** Something happened. Whether the page is to say it in its corner. */
    news(many, title, body, address) {
      const chosen = choices();
      if (document.hidden) {
        unseen += many;
        count();
        if (chosen.notifications && window.Notification?.permission === 'granted') notify(title, body, address);
      }
      if (chosen.sound) try { beep(); } catch { /* No loudspeaker. */ }
      return chosen.toasts;
    },
  };
})();
