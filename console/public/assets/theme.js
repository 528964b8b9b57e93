// Sets the chosen color scheme and density before the first paint; without a choice the system's scheme stands.
(() => {
  try {
    const scheme = localStorage.getItem('scheme');
    if (scheme === 'light' || scheme === 'dark') document.documentElement.dataset.scheme = scheme;
    if (localStorage.getItem('density') === 'compact') document.documentElement.dataset.density = 'compact';
  } catch {
    // Storage may be closed to us; the system's scheme stands then.
  }
})();
