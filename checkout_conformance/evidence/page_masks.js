// Runs in a frame of the page: returns its texts and fields, masks some of them, removes masks.
//
// {look: true}    returns the frame's texts and fields, one entry each: [text, about, autocomplete, marked]
// {mask: [3]}     makes the elements of these entries invisible; returns their boxes
// {unmask: true}  makes them visible again
//
// The page cannot notice it: an element is masked by an animation.
(order) => {
  const SEEN = Symbol.for("checkout-conformance.seen");
  const MASKS = Symbol.for("checkout-conformance.masks");
  const TYPED_INTO = Symbol.for("checkout-conformance.typed-into");
  const NO_TEXT = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "TITLE", "TEXTAREA", "OPTION"]);
  const NO_VALUE = new Set(["hidden", "checkbox", "radio", "file", "color", "range", "image"]);
  const masks = document[MASKS] ?? new Map();

  const parentOf = (node) => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host ?? null;

  function isMasked(element) {
    for (let one = element; masks.size && one; one = parentOf(one)) if (masks.has(one)) return true;
    return false;
  }

  function about(field) {
    const labels = [...(field.labels ?? [])].map((label) => label.textContent);
    const named = (field.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
    const names = named.map((id) => field.getRootNode().getElementById?.(id)?.textContent);
    const own = ["name", "id", "autocomplete", "placeholder", "aria-label", "title", "class"];
    return [...own.map((name) => field.getAttribute(name)), ...labels, ...names].filter(Boolean).join(" ; ");
  }

  function valueOf(field) {
    if (field.tagName === "SELECT") {
      const shown = field.multiple || field.size > 1 ? field.options : field.selectedOptions;
      return [...shown].map((option) => option.text).join(" ");
    }
    if (field.tagName === "TEXTAREA") return field.value || field.placeholder;
    if (field.tagName === "INPUT") return NO_VALUE.has(field.type) ? "" : field.value || field.placeholder;
    return field.isContentEditable && !parentOf(field)?.isContentEditable ? field.textContent : "";
  }

  function look() {
    const entries = [];
    const elements = [];
    const note = (element, text, ...facts) => {
      if (isMasked(element)) return;
      entries.push([text, ...facts]);
      elements.push(element);
    };
    const notePseudo = (element) => {
      for (const part of ["::before", "::after"]) {
        const content = getComputedStyle(element, part).content;
        if (content && content !== "none" && content !== "normal" && content !== '""') note(element, content);
      }
    };
    const noteElement = (element) => {
      const marked = element.hasAttribute("data-secret") || (document[TYPED_INTO]?.has(element) ?? false);
      if (marked) note(element, element.textContent || " ", "", "", true);
      const value = valueOf(element);
      if (value) {
        const autocomplete = (element.getAttribute("autocomplete") ?? "").toLowerCase();
        note(element, value, about(element), autocomplete, element.type === "password");
      }
      notePseudo(element);
      if (element.shadowRoot) walk(element.shadowRoot);
    };
    const walk = (root) => {
      const nodes = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
      while (nodes.nextNode()) {
        const node = nodes.currentNode;
        if (node.nodeType === Node.ELEMENT_NODE) noteElement(node);
        else {
          const element = node.parentElement ?? root.host;
          const text = node.data.trim();
          if (text && element && !NO_TEXT.has(element.tagName)) note(element, text);
        }
      }
    };
    walk(document);
    document[SEEN] = elements;
    return entries;
  }

  function mask(element) {
    let shown = element.tagName === "OPTION" ? element.closest("select") ?? element : element;
    while (shown && getComputedStyle(shown).display === "contents") shown = parentOf(shown);
    if (!shown) throw new Error("a secret is in an element that cannot be masked");
    if (isMasked(parentOf(shown))) return null;
    if (!masks.has(shown)) {
      const animation = shown.animate([{ opacity: 0 }, { opacity: 0 }], { duration: 1e9, fill: "both" });
      animation.pause();
      masks.set(shown, animation);
    }
    if (Number(getComputedStyle(shown).opacity) !== 0) {
      throw new Error(`${shown.tagName.toLowerCase()} with a secret could not be masked`);
    }
    const box = shown.getBoundingClientRect();
    return [box.left, box.top, box.right, box.bottom];
  }

  function unmask() {
    for (const animation of masks.values()) animation.cancel();
    delete document[MASKS];
    delete document[SEEN];
  }

  const entries = order.look ? look() : [];
  if (order.unmask) unmask();
  if (!order.mask) return entries;
  document[MASKS] = masks;
  return order.mask.map((entry) => mask(document[SEEN][entry]));
}
