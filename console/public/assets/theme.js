// Sets the chosen color scheme before the first paint; without a choice the system's stands.
(() => {
  try {
    const scheme = localStorage.getItem('scheme');
    if (scheme === 'light' || scheme === 'dark') document.documentElement.dataset.scheme = scheme;
  } catch {
    // Storage may be closed to us; the system's scheme stands then.
  }
})();
