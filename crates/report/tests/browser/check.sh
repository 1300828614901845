#!/bin/sh
# Opens a dossier in headless Chromium: WCAG 2.2 AA by axe-core, no requests, keyboard moves, and
# pictures at phone and desktop width, light and dark, and on paper.
#
#   crates/report/tests/browser/check.sh [PAGE.html] [PICTURES]
#
# Without a page, the sample of the tests is written and checked. What it needs from npm is
# installed beside the build; without Node or Chromium it says so and is skipped.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../../.." && pwd)
work=${CARGO_TARGET_DIR:-$root/target}/browser
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$chromium" ] && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    (apt-get update -qq && apt-get install -y -qq chromium) >/dev/null 2>&1 || true
    chromium=$(command -v chromium || true)
fi
if [ -z "$chromium" ] || ! command -v npm >/dev/null; then
    echo "SKIPPED: browser check of the dossier (needs Node with npm, and Chromium)" >&2
    exit 0
fi
mkdir -p "$work"
cp "$here/package.json" "$here/check.mjs" "$work/"
(cd "$work" && npm install --silent --no-audit --no-fund) || {
    echo "SKIPPED: browser check of the dossier (npm could not install playwright-core and axe-core)" >&2
    exit 0
}
page=${1:-}
if [ -z "$page" ]; then
    (cd "$root" && cargo run -q -p stemma-report --example sample_dossier -- "$work/sample")
    page=$work/sample/sample.html
fi
page=$(cd "$(dirname "$page")" && pwd)/$(basename "$page")
pictures=${2:-}
[ -z "$pictures" ] || { mkdir -p "$pictures" && pictures=$(cd "$pictures" && pwd); }
cd "$work" && CHROMIUM="$chromium" exec node check.mjs "$page" "$pictures"
