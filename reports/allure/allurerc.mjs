// How Allure 3 makes the page. checkout_conformance/reporting/allure_html.py calls it.
export default {
  name: process.env.CONFORMANCE_NAME ?? "Checkout conformance",
  // True of every result, or the name of somebody's machine.
  hideLabels: [
    ...["framework", "host", "language", "package", "thread"],
    // Shown as parameters, or for the conformance report only.
    ...["target", "locale", "device", "browser", "feature_file", "scenario"],
  ],
  historyPath: process.env.CONFORMANCE_HISTORY,
  // Known deviations of the target file, as Allure's rules.
  resolutions: { rules: JSON.parse(process.env.CONFORMANCE_RESOLUTIONS ?? "[]") },
  // `allure quality-gate RESULTS --config allurerc.mjs` ends with 1 unless every scenario passed,
  // apart from the known deviations above. It needs Node 22.
  qualityGate: { rules: [{ minTestsCount: 1, maxFailures: 0 }] },
  plugins: {
    awesome: {
      options: {
        singleFile: true,
        reportLanguage: process.env.CONFORMANCE_LANGUAGE ?? "en",
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
      name: "A site could not be reached",
      matchers: { statuses: ["broken"], message: "a site could not be reached:" },
    },
    {
      name: "Could not be tried",
      matchers: { statuses: ["broken"], message: "could not be tried:" },
    },
    {
      name: "The harness broke",
      matchers: { statuses: ["broken"] },
    },
    {
      name: "Not offered by the target",
      matchers: { statuses: ["skipped"], message: "not offered by the target" },
    },
    {
      name: "Not tried by this driver",
      matchers: { statuses: ["skipped"], message: "not tried by this driver" },
    },
  ],
};
