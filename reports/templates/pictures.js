// A picture that is open: the arrow keys lead to the one before and after it, Escape closes it.
{
  const shown = () => [...document.querySelectorAll("figure[id]")].filter((figure) => figure.getClientRects().length);
  document.addEventListener("keydown", (event) => {
    const open = document.querySelector("figure:target");
    if (!open || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.key === "Escape") {
      event.preventDefault();
      location.hash = open.querySelector(".close").hash;
      return;
    }
    const onward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    const figures = shown(), next = figures.indexOf(open) + (event.key === onward ? 1 : -1);
    if (figures[next]) location.replace(`#${figures[next].id}`);
  });
}
