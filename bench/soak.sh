#!/bin/sh
# The jar under load while its destinations, and it itself, are in all sorts of trouble:
#   sh bench/soak.sh [MINUTES [LINES_A_SECOND [SEED]]]
# Exit code 1 when a promise of docs/promises.md was broken. See bench/README.md.
set -eu
cd "$(dirname "$0")/.."
mvn -q -Dquick package
exec mvn -q -Psoak exec:exec -Dsoak="${*:-10}"
