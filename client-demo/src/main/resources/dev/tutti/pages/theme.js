// Runs before the first paint, so that a chosen theme never flashes.
try {
  const theme = localStorage.getItem('tutti.theme');
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // Without storage the system's choice stands.
}
