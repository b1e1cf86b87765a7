module.exports = {
  extends: ["html-validate:recommended"],
  rules: {
    "doctype-style": ["error", { style: "lowercase" }],
    // Ids have dots, as clauses do.
    "valid-id": ["error", { relaxed: true }],
    // ARIA 1.2 lets a list have a name of its own.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    // Nobody sees blanks at the end of a line: a part of a form without an error leaves them.
    "no-trailing-whitespace": "off",
    // A button in a form sends it: that is what ours are for.
    "no-implicit-button-type": "off",
    // An order's state brings the button of a form beside it only when it is needed.
    "wcag/h32": "off",
    // Two pages show themselves again for readers without scripts; nothing typed is on them.
    "meta-refresh": "off",
  },
};
