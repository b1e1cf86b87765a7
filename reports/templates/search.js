"use strict";
// Hides the clauses and scenarios without the words of the field. Without it everything is shown.
{
  const field = document.getElementById("search"), hits = document.getElementById("hits");
  // Letter case, accents and the vowel signs of Arabic make no difference.
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = () => plain(field.value).split(/\s+/).filter(Boolean);
  const articles = [...document.querySelectorAll("main article")].map((article) => {
    const parts = [...article.children].filter((part) => !part.matches(".ticket"));
    return { article, text: plain(parts.map((part) => part.textContent).join(" ")),
      folds: [...article.querySelectorAll("details:not(.ticket)")].map((fold) => ({ fold, text: plain(fold.textContent) })) };
  });
  const search = () => {
    const wanted = words(), holds = (text) => wanted.every((word) => text.includes(word));
    for (const { article, text, folds } of articles) {
      article.classList.toggle("not-found", !holds(text));
      for (const { fold, text } of folds) fold.open = wanted.length > 0 && holds(text);
    }
    tell();
  };
  const tell = () => {
    const shown = articles.filter(({ article }) => article.getClientRects().length).length;
    hits.textContent = words().length ? `${hits.dataset.found} ${shown}` : "";
  };
  field.addEventListener("input", search);
  document.querySelector(".filter").addEventListener("change", tell);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches("input:not([type=radio]), textarea")) return;
    event.preventDefault();
    field.focus();
  });
  // A link leads to its clause even if the search has hidden it.
  window.addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.closest(".not-found")) return;
    field.value = "";
    search();
    target.scrollIntoView();
  });
  document.querySelector(".search").hidden = false;
  field.value = new URLSearchParams(location.search).get("search") ?? "";
  if (field.value) search();
}
