#!/usr/bin/env bash
# Installs the programs that Tessera is compared with into a folder of their own: tests/load/peers/install.sh target/peers
# Their versions are those of this file and of requirements.txt beside it. What is there already stays.
set -euo pipefail

MARTIN=1.14.0
NODE_PACKAGES=(mapshaper@0.7.70 simple-statistics@7.12.1)

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$1"
cd "$1"

if ! cmp --silent "$here/requirements.txt" venv/requirements.txt; then
  python3 -m venv venv
  venv/bin/pip install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
  cp "$here/requirements.txt" venv/
fi

if [[ $(cat node/installed 2>/dev/null) != "${NODE_PACKAGES[*]}" ]]; then
  npm install --prefix node --no-save --no-audit --no-fund --silent "${NODE_PACKAGES[@]}"
  echo "${NODE_PACKAGES[*]}" >node/installed
fi

# To serve the tiles of an edition it needs none of its other sources.
if [[ $(martin/bin/martin --version 2>/dev/null) != "martin $MARTIN" ]]; then
  CARGO_TARGET_DIR=martin/build cargo install martin --version "$MARTIN" --locked --no-default-features --features pmtiles --root martin
  rm -r martin/build
fi
