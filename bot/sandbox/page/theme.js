// A classic script in the head: modules run after the first paint, which would flash the other theme.
const stored = localStorage.getItem("aftermile-theme");
if (stored === "light" || stored === "dark") document.documentElement.dataset.theme = stored;
