"""How the pages in exports/ look: one style sheet for light and dark screens, wide and narrow ones, and for print."""

CSS = """
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1f1f1f; --quiet: #595959; --rule: #d5d5d5; --shade: #f4f4f2; --link: #0b4a8f;
  --keyword: #8a1f5c; --text: #1f5f2e; --number: #8a4b08; --comment: #5f5f5f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16181b; --ink: #e8e6e3; --quiet: #b3b0ab; --rule: #3d4147; --shade: #202327; --link: #8fc1ff;
    --keyword: #f0a3cf; --text: #a5d6a7; --number: #f0c48a; --comment: #a8a8a8;
  }
}
* { box-sizing: border-box; }
html { font: 100%/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: break-word; }
a { color: var(--link); text-underline-offset: 0.15em; }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible {
  outline: 3px solid var(--link); outline-offset: 2px;
}
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: 0.5rem 1rem; z-index: 1; }
header, main, footer { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; }
nav ul {
  display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; margin: 0; padding: 0.9rem 0;
}
header nav { border-bottom: 1px solid var(--rule); }
nav ul { max-width: none; }
nav li { margin: 0; }
nav a { display: inline-block; padding: 0.2rem 0; }
nav a[aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; }
h1 {
  font-size: clamp(1.55rem, 4.5vw, 2.2rem); line-height: 1.2; margin: 2rem 0 1rem; max-width: 40rem;
  text-wrap: balance;
}
h2 { font-size: 1.35rem; line-height: 1.25; margin: 2.5rem 0 0.5rem; }
h3 { font-size: 1.1rem; margin: 1.75rem 0 0.25rem; }
p, ul, ol { max-width: 42rem; margin: 0.75rem 0; }
li { margin: 0.3rem 0; }
.anchor-link { display: none; }
figure { margin: 1.25rem 0 1.5rem; }
figure img {
  display: block; max-width: 100%; height: auto; background: #ffffff; border: 1px solid var(--rule);
  border-radius: 4px; padding: 6px;
}
figcaption { color: var(--quiet); font-size: 0.95rem; max-width: 42rem; margin-top: 0.5rem; }
details.code { margin: 0.5rem 0; }
details.code summary {
  color: var(--quiet); cursor: pointer; font-size: 0.9rem; width: max-content; padding: 0.15rem 0;
}
pre {
  margin: 0.4rem 0; padding: 0.75rem 1rem; background: var(--shade); border-radius: 4px; overflow-x: auto;
  font: 0.85rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace;
}
code {
  font: 0.9em ui-monospace, "DejaVu Sans Mono", monospace; background: var(--shade); border-radius: 3px;
  padding: 0.1em 0.25em;
}
pre code { padding: 0; font-size: 1em; }
.highlight .k, .highlight .kn, .highlight .kc, .highlight .ow { color: var(--keyword); }
.highlight [class^="s"] { color: var(--text); }
.highlight [class^="m"] { color: var(--number); }
.highlight [class^="c"] { color: var(--comment); }
.table { overflow-x: auto; margin: 1rem 0 1.5rem; }
.table > div { overflow: visible !important; }
.table table {
  margin: 0 !important; background: transparent !important; color: inherit !important;
  font-family: inherit !important; border-color: var(--rule) !important; font-variant-numeric: tabular-nums;
}
.table table * {
  background: transparent !important; color: inherit !important; border-color: var(--rule) !important;
}
.table td.gt_sourcenote { color: var(--quiet) !important; }
.table-title { font-weight: 600; margin: 1.5rem 0 0; }
.table-unit { color: var(--quiet); font-size: 0.95rem; margin: 0; }
.table-title + .table, .table-unit + .table { margin-top: 0; }
@media (max-width: 640px) { .table table { font-size: 13px !important; } }
mark { background: #ffe28a; color: #1f1f1f; padding: 0 0.1em; }
.note { color: var(--quiet); }
.charts {
  display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 28rem), 1fr)); gap: 2rem 1.5rem;
}
.charts figure { margin: 0; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 640px) {
  .charts .unseen {
    position: static; width: auto; height: auto; clip-path: none; white-space: normal; margin: 0 0 0.5rem;
  }
}
.charts details { font-size: 0.95rem; color: var(--quiet); margin-top: 0.4rem; }
.charts .files {
  margin: 0.5rem 0 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: 0.2rem 1rem;
}
footer {
  color: var(--quiet); border-top: 1px solid var(--rule); margin-top: 3rem; padding-bottom: 2rem;
  font-size: 0.9rem;
}
.turn {
  display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0.5rem 2rem; margin: 2.5rem 0 0;
}
@media print { header, .turn, details.code, .skip { display: none; } figure, .table { break-inside: avoid; } }
"""
