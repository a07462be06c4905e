#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# build.sh: builds the documentation as a static site in build/docs/site, with mkdocs (Debian package mkdocs). Fails on a link
# to a page, to a file of the repository or to an anchor that does not exist. Exits with 77 if there is no mkdocs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

command -v mkdocs >/dev/null || { echo "skipped: there is no mkdocs here (Debian package mkdocs)"; exit 77; }

# The pages and what they link to, at the same paths as in the repository, so that the links stay valid.
pages=(*.md docs/*.md examples/*/*.md fuzz/*.md)
rm -rf build/docs
mkdir -p build/docs/pages
cp --parents "${pages[@]}" docs/site.css build/docs/pages
for page in "${pages[@]}"; do
    { grep -oP '\]\(\K(?![a-z]+:|#)[^)#\s]+' "$page" || true; } | while read -r target; do
        file=$(realpath --canonicalize-missing --relative-to=. "$(dirname "$page")/$target")
        # A missing one is for mkdocs to report.
        [ ! -f "$file" ] || cp --parents "$file" build/docs/pages
    done
done

mkdocs build --strict --config-file docs/mkdocs.yml
python3 docs/links.py build/docs/site
