"""What a host page has to load: small, safe for any charset, and free of what a strict page forbids."""

import gzip
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "bot" / "static"
LOADER, APP = "widget.js", "widget-app.js"
KIB = 1024


def bundle(name: str) -> bytes:
    path = STATIC / name
    assert path.is_file(), f"{name} is not built; run `python hatch_build.py`"
    return path.read_bytes()


def zipped(name: str) -> int:
    return len(gzip.compress(bundle(name), compresslevel=9))


def test_the_loader_is_at_most_3_kb_on_the_wire() -> None:
    assert zipped(LOADER) <= 3 * KIB


def test_the_whole_widget_is_at_most_25_kb_on_the_wire() -> None:
    assert zipped(LOADER) + zipped(APP) <= 25 * KIB


@pytest.mark.parametrize("name", [LOADER, APP])
def test_a_host_page_needs_no_charset(name: str) -> None:
    assert bundle(name).isascii()


@pytest.mark.parametrize("name", [LOADER, APP])
def test_a_host_page_may_forbid_eval(name: str) -> None:
    assert not re.search(rb"\beval\(|new Function\b", bundle(name))


@pytest.mark.parametrize("name", [LOADER, APP])
def test_a_bundle_is_one_classic_script_with_nothing_global(name: str) -> None:
    text = bundle(name).strip()
    assert text.startswith((b"(function(){", b"(()=>{"))
    assert text.endswith(b"})();")


@pytest.mark.parametrize("name", [LOADER, APP, "demo.html", "demo.css"])
def test_nothing_is_fetched_from_elsewhere(name: str) -> None:
    addresses = set(re.findall(rb"https?://[^\s\"'`)]+", bundle(name)))
    # Names of XML languages, which no browser fetches.
    assert {address for address in addresses if not address.startswith(b"http://www.w3.org/")} == set()


def test_the_demo_shop_has_the_one_script_tag() -> None:
    assert b'src="/widget.js" defer></script>' in bundle("demo.html")
