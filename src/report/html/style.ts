/** The report's style sheet: system fonts, one accent, tabular figures; light, dark, phone and paper. */
export const STYLE = `
:root { color-scheme: light dark;
  --bg: #fff; --panel: #f6f7f8; --fg: #1b1f24; --soft: #565e68; --rule: #d9dde2; --accent: #14548c;
  --info: #565e68; --low: #0f6675; --medium: #8a5a00; --high: #b3420a; --critical: #a5162b;
  --c1: #1f6fb2; --c2: #d9822b; --c3: #3d8f5f; --c4: #8a5fb0; --c5: #b8475c; --c6: #2b9aa0; --c7: #8d7a35;
  --c8: #c06aa6; --c9: #98a1ab; }
@media (prefers-color-scheme: dark) { :root {
  --bg: #14171b; --panel: #1c2026; --fg: #e4e7eb; --soft: #a2abb6; --rule: #343b44; --accent: #7db7ec;
  --info: #a2abb6; --low: #6cc5d6; --medium: #e5b454; --high: #f2955c; --critical: #f47b8a;
  --c1: #5ea5e0; --c2: #e8a35c; --c3: #6cc08e; --c4: #b392d6; --c5: #e07f92; --c6: #5cc3c9; --c7: #c2ad62;
  --c8: #dd97c8; --c9: #7f8994; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--bg); color: var(--fg);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
body > header, main, body > footer { max-width: 64rem; margin: 0 auto; padding: 0 1.5rem; }
body > header { padding-top: 2.5rem; }
.brand { margin: 0; color: var(--soft); font-size: .875rem; letter-spacing: .02em; }
h1 { font-size: 1.75rem; line-height: 1.25; font-weight: 650; letter-spacing: -.01em; margin: .75rem 0
  .75rem; }
h2 { font-size: 1.25rem; line-height: 1.3; font-weight: 650; margin: 0 0 1rem; }
h3 { font-size: 1rem; font-weight: 650; margin: 1.75rem 0 .5rem; }
section { margin: 3.25rem 0 0; padding-top: 1.5rem; border-top: 1px solid var(--rule); }
p, ul, ol, dl { margin: 0 0 1rem; max-width: 46rem; }
li { margin: .25rem 0; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
code, pre, .id { font: .875em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
code, .id { overflow-wrap: anywhere; }
pre { margin: .5rem 0 0; padding: .75rem .875rem; background: var(--panel); border: 1px solid var(--rule);
  border-radius: 4px; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 24rem; overflow: auto; }
.note, .soft { color: var(--soft); }
.note { font-size: .875rem; }
.severity { display: inline-block; font-size: .8125rem; line-height: 1; font-weight: 650; padding: .3em
  .6em .35em;
  border: 1px solid currentColor; border-radius: 3px; white-space: nowrap; }
.info { color: var(--info); } .low { color: var(--low); } .medium { color: var(--medium); }
.high { color: var(--high); } .critical { color: var(--critical); }
.verdict { border-left: 4px solid currentColor; padding-left: 1.25rem; margin: 1.25rem 0 0; }
.verdict > * { color: var(--fg); }
.verdict > .severity { color: inherit; }
.verdict p { font-size: 1.0625rem; margin-bottom: .5rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(13.5rem, 1fr)); gap: 1px;
  max-width: none;
  margin: 2rem 0 0; }
.figures > div { outline: 1px solid var(--rule); padding: .875rem 1rem; }
.figures dt { color: var(--soft); font-size: .875rem; }
.figures dd { margin: .125rem 0 0; font-size: 1.25rem; line-height: 1.35; font-weight: 600; }
.figures dd + dd { font-size: .875rem; font-weight: 400; color: var(--soft); }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; margin: 1.5rem
  0 0;
  max-width: none; font-size: .875rem; }
.scroll { overflow-x: auto; margin: 0 0 1rem; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; line-height: 1.45; }
caption { text-align: left; color: var(--soft); padding: 0 0 .5rem; }
caption span { display: inline-block; max-width: min(46rem, calc(100vw - 2rem)); }
th, td { text-align: left; vertical-align: top; padding: .45rem .75rem; border-bottom: 1px solid
  var(--rule); }
th:first-child, td:first-child { padding-left: 0; } th:last-child, td:last-child { padding-right: 0; }
thead th { font-weight: 600; color: var(--soft); border-bottom-color: var(--soft); vertical-align: bottom; }
tbody th { font-weight: 400; }
.n { text-align: right; }
td .range, th .range, .range { display: block; color: var(--soft); font-size: .8125rem; white-space: nowrap; }
td.n, .time { white-space: nowrap; }
.small { display: block; max-width: 14rem; color: var(--soft); font-size: .8125rem; white-space: normal; }
.place { min-width: 13rem; }
.n .small { max-width: 9rem; margin-left: auto; }
.wide { display: inline-block; min-width: 11rem; overflow-wrap: anywhere; }
article { margin: 0 0 2rem; }
article h3 { margin: 0 0 .5rem; font-size: 1.0625rem; line-height: 1.4; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .125rem 1rem; font-size: .875rem; }
.facts dt { color: var(--soft); } .facts dd { margin: 0; overflow-wrap: anywhere; }
h4 { font-size: .9375rem; font-weight: 650; margin: 1rem 0 .25rem; }
.story { list-style: none; padding: 0; margin: .75rem 0 1rem; }
.story > li { border-left: 3px solid var(--accent); padding: .1rem 0 .6rem 1rem; margin: 0; }
.story > li.missing { border-left-style: dotted; color: var(--soft); }
.story p { margin: 0; } .story ul { padding-left: 1.1rem; margin: .1rem 0 0; }
.stage { font-weight: 650; margin-right: .5rem; }
details { border: 1px solid var(--rule); border-radius: 4px; padding: .5rem .875rem; margin: .5rem 0; }
summary { cursor: pointer; font-weight: 600; font-size: .9375rem; }
details > ol { padding-left: 1.5rem; margin: .75rem 0 .25rem; max-width: none; }
details > ol > li { margin: 0 0 1rem; }
.how { font-weight: 600; }
figure { margin: 0 0 1.5rem; }
figcaption { font-size: .875rem; color: var(--soft); margin: 0 0 .5rem; }
figure svg { display: block; width: 100%; height: auto; min-width: 36rem; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .125rem 1rem; padding: 0; margin: .25rem 0 0;
  font-size: .8125rem; max-width: none; }
.legend span { display: inline-block; width: .7em; height: .7em; margin-right: .4em; border-radius: 2px; }
${Array.from({ length: 9 }, (_, at) => `.s${at + 1} { background: var(--c${at + 1}); }`).join(" ")}
dl.words dt { font-weight: 600; } dl.words dd { margin: 0 0 .75rem; }
footer { color: var(--soft); font-size: .875rem; padding-top: 3rem !important; padding-bottom: 3rem
  !important; }
@media (max-width: 40rem) {
  body > header, main, body > footer { padding-left: 1rem; padding-right: 1rem; }
  body > header { padding-top: 1.5rem; } h1 { font-size: 1.375rem; }
  .figures { grid-template-columns: 1fr 1fr; } .figures > div { padding: .75rem; } .figures dd { font-size:
  1.0625rem; }
  .figures .whole { grid-column: 1 / -1; }
  .facts { grid-template-columns: 1fr; } .facts dd { margin-bottom: .375rem; }
  section { margin-top: 2.25rem; } }
@page { size: A4; margin: 18mm 16mm; }
@media print {
  :root { --bg: #fff; --panel: #fff; --fg: #000; --soft: #444; --rule: #bbb; --accent: #000; --info: #444;
    --low: #0f6675; --medium: #8a5a00; --high: #b3420a; --critical: #a5162b; color-scheme: light; }
  body { font-size: 10pt; } body > header, main, body > footer { max-width: none; padding: 0; }
  nav { display: none; } section { margin-top: 9mm; padding-top: 4mm; }
  h2, h3, summary, figcaption, caption { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
  tr, figure, li, .figures { break-inside: avoid; } thead { display: table-header-group; }
  .scroll { overflow: visible; } table { font-size: 8pt; } pre { max-height: none; font-size: 8pt; }
  th, td { padding: .3rem .4rem; } .wide { min-width: 0; } td.n, .range { white-space: normal; }
  figure svg { min-width: 0; } a { text-decoration: none; } }
`;
