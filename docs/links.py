#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""links.py SITE: fails if a page of a static site links to a file or anchor that does not exist, or loads something
from another site."""
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Page(HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.anchors, self.links, self.loads = {""}, [], []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.anchors |= {attributes[name] for name in ("id", "name") if attributes.get(name)}
        if attributes.get("href") and tag == "a":
            self.links.append(attributes["href"])
        if tag == "link" and attributes.get("rel") != "canonical" and attributes.get("href"):
            self.loads.append(attributes["href"])
        if attributes.get("src"):
            self.loads.append(attributes["src"])


def faults(site):
    pages = {path: Page(path) for path in sorted(site.rglob("*.html"))}
    for path, page in pages.items():
        name = path.relative_to(site).as_posix()
        for link in page.links + page.loads:
            scheme, host, where, _, anchor = urlsplit(link)
            if scheme or host:
                if link in page.loads:
                    yield f"{name} loads {link}"
                continue
            target = (site / where.lstrip("/") if where.startswith("/") else path.parent / where) if where else path
            target = target.resolve() / "index.html" if target.is_dir() else target.resolve()
            if not target.is_file() or not target.is_relative_to(site):
                yield f"{name}: {link} leads nowhere"
            elif target in pages and name != "404.html" and unquote(anchor) not in pages[target].anchors:
                yield f"{name}: {link} has no anchor {anchor}"
    if len(pages) < 10:
        yield f"the site has only {len(pages)} pages"


found = sorted(set(faults(Path(sys.argv[1]).resolve())))
print(*found, f"{len(found)} dead links", sep="\n")
sys.exit(bool(found))
