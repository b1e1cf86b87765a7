const ours = require("./html_validate.cjs");

module.exports = {
  ...ours,
  rules: {
    ...ours.rules,
    // From here on: what MkDocs' theme writes into every page, and we cannot change.
    "unique-landmark": "off", // the menus of the theme have no names
    "valid-autocomplete": "off", // its tick boxes, which open menus, turn autocomplete off
    "attribute-allowed-values": "off", // its labels have an empty tabindex; vnu looks at all others
    // Markdown writes the side of a table's column in this way, and closes a picture as XML does.
    "no-inline-style": ["error", { allowedProperties: ["text-align"] }],
    "void-style": "off",
    // A heading and the name of the site together are longer than a search engine shows.
    "long-title": "off",
  },
};
