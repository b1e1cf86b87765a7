// How Allure 3 makes the page. reports/allure_html.py calls it.
export default {
  name: "Checkout conformance",
  // True of every result, or the name of somebody's machine.
  hideLabels: ["framework", "host", "language", "package", "thread"],
  plugins: {
    awesome: {
      options: {
        singleFile: true,
        reportLanguage: "en",
        // document → procedure → clause
        groupBy: ["epic", "feature", "story"],
        stepTreeExpansion: "expanded",
      },
    },
  },
  // The first rule that matches wins. Allure 3 ignores a categories.json among the results.
  categories: [
    {
      name: "The site deviates from the document",
      matchers: { statuses: ["failed"] },
    },
    {
      // Playwright waited for something to press or fill. Either the site lacks it or a locator is wrong.
      name: "The page did not offer it in time",
      matchers: { statuses: ["broken"], message: "^(playwright\\S*)?TimeoutError" },
    },
    {
      name: "The harness broke",
      matchers: { statuses: ["broken"] },
    },
  ],
};
