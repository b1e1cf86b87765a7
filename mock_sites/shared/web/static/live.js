"use strict";
// Three conveniences; every page works without them.

// A button that waits for a field: it can be pressed only once something is entered there.
for (const button of document.querySelectorAll("button[data-waits-for]")) {
  const field = document.getElementById(button.dataset.waitsFor);
  const settle = () => { button.disabled = field.value.trim() === ""; };
  field.addEventListener("input", settle);
  window.addEventListener("pageshow", settle);
  settle();
}

// A button that opens a little later: without this, the page has to be loaded again.
for (const button of document.querySelectorAll("button[data-opens-after]")) {
  setTimeout(() => { button.disabled = false; }, Number(button.dataset.opensAfter) * 1000);
}

// A part of the page that follows what the server knows: it is asked for again each second.
for (const part of document.querySelectorAll("[data-follows]")) {
  const ask = async () => {
    try {
      const answer = await fetch(part.dataset.follows, { headers: { Accept: "text/html" } });
      if (answer.ok && !answer.redirected) {
        // Compared as the browser writes it: an unchanged part keeps its focus and its nodes.
        const fresh = document.createElement("template");
        fresh.innerHTML = await answer.text();
        if (fresh.innerHTML !== part.innerHTML) part.innerHTML = fresh.innerHTML;
      }
    } catch { /* The site is unreachable for a moment; the next turn asks again. */ }
    setTimeout(ask, 1000);
  };
  setTimeout(ask, 1000);
}
