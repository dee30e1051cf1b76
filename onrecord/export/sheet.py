"""The frame and the style of the page: for a screen, a phone and paper, light and dark, with the fonts at hand."""

from __future__ import annotations

# The policy keeps even words that got past the escaping from loading or running anything.
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="$policy">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>$title</title>
<style>$style</style>
</head>
<body>
$header
<main>
$main
</main>
$footer
</body>
</html>
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
# Colours have a contrast of at least 4.5 to their ground (WCAG 2.2, AA): reckoned in tests/export/test_page.py.
STYLE = """
:root {
  --ground: #fdfdfb; --words: #1d1d1b; --quiet: #5c5c57; --rule: #d6d6cf; --link: #0b4f8a; --mark: #8a2a0b;
  --band: #f2f1ec;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #171717; --words: #e9e8e4; --quiet: #aaa9a2; --rule: #3d3d3a; --link: #8ec5f5; --mark: #f0a98c;
    --band: #232322;
  }
}
* { box-sizing: border-box; }
html { background: var(--ground); color: var(--words); font: 100%/1.5 Georgia, "Times New Roman", serif; }
body { max-width: 50rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.5rem 0 .75rem; padding-bottom: .25rem;
  border-bottom: 1px solid var(--rule); }
p { margin: 0 0 .75rem; }
a { color: var(--link); }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
ol, ul { margin: 0; padding: 0; list-style: none; }
nav, .label, .when, sup, footer { font-family: system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: .9rem; }
.warning { font-weight: bold; color: var(--mark); }
.quiet, .id, footer { color: var(--quiet); font-size: .85rem; }
.id { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .75rem; white-space: nowrap; }
.row { display: grid; grid-template-columns: 9rem minmax(0, 1fr); gap: 0 1rem; padding: .5rem 0;
  border-bottom: 1px solid var(--rule); }
.row:target, .note:target { background: var(--band); outline: .25rem solid var(--band); }
.when { font-size: .85rem; color: var(--quiet); padding-top: .15rem; }
.status { font-weight: bold; color: var(--mark); }
.row ul { margin: .35rem 0 0; font-size: .93rem; }
.row ul li { padding-left: 1rem; text-indent: -1rem; margin: .1rem 0; }
.row ul ul { margin: 0 0 .25rem 1rem; }
.label { font-size: .85em; color: var(--quiet); }
sup { font-size: .7em; line-height: 0; }
sup a { padding: .1em .15em; text-decoration: none; }
sup a:hover { text-decoration: underline; }
.note { display: grid; grid-template-columns: 2.5rem minmax(0, 1fr); padding: .3rem 0; font-size: .9rem; }
.back { white-space: nowrap; }
footer { margin-top: 3rem; }
@media (max-width: 36rem) {
  .row { grid-template-columns: minmax(0, 1fr); }
  h1 { font-size: 1.5rem; }
  sup a { padding: .5em .35em; }
}
@media print {
  :root {
    --ground: #fff; --words: #000; --quiet: #444; --rule: #bbb; --link: #000; --mark: #000; --band: #fff;
  }
  @page { margin: 2cm; }
  html { font-size: 10pt; }
  body { max-width: none; padding: 0; }
  nav, .back { display: none; }
  a { text-decoration: none; }
  h2, section > p { break-after: avoid; }
  h2 { margin-top: 1.75rem; }
  .row { padding: .3rem 0; }
  .row, .note { break-inside: avoid; }
}
"""
