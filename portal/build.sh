#!/bin/sh
# Builds the portal into target/site, when a source changed since the last build. Without Node 20.19 it says so and builds nothing; the
# program then runs without a portal.
set -eu
cd "$(dirname "$0")"

if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null; then
    echo "Left out: the portal. It is built with Node 20.19 or later and npm, which are not on the PATH." >&2
    exit 0
fi

texts=../services/src/main/resources/io/imaint/services/seed/Language.json
# What the build itself writes into src is left out.
sum=$(find package-lock.json openapi.json index.html ./*.ts ./build ./public ./src "$texts" -type f -not -path '*/delivered/*' -not -name schema.d.ts -print0 | sort -z | xargs -0 cksum | cksum)
[ "$(cat target/site.sum 2>/dev/null)" = "$sum" ] && exit 0

modules=$(cksum package-lock.json)
if [ "$(cat node_modules/.sum 2>/dev/null)" != "$modules" ]; then
    npm ci --no-audit --no-fund --loglevel=error >&2
    printf '%s' "$modules" >node_modules/.sum
fi
npm run --silent build >&2
printf '%s' "$sum" >target/site.sum
