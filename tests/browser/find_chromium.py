"""Finds the Chromium that browser tests run, or gets one.

`python tests/browser/find_chromium.py` prints the path of the executable on standard output and where it
comes from on standard error. In this order: $FRONTDESK_CHROMIUM; a browser on PATH; Debian's package, when
root; the npm package `@sparticuz/chromium`, which brings its own libraries and runs as an ordinary user.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
UNPACKED = ROOT / "build" / "chromium"
WRAPPER = UNPACKED / "chromium.sh"
SCRIPT = """#!/bin/sh
export LD_LIBRARY_PATH="{folder}/al2023/lib"
export FONTCONFIG_FILE="{folder}/fonts.xml"
exec "{browser}" --no-sandbox --no-zygote --disable-gpu "$@"
"""
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{folder}/font-cache</cachedir>
</fontconfig>
"""


class NoChromiumError(Exception):
    """No browser is here and none could be had."""


def find() -> tuple[Path, str] | None:
    """The browser that is already here and where it comes from, or None."""
    if named := os.environ.get("FRONTDESK_CHROMIUM"):
        return Path(named), "named by FRONTDESK_CHROMIUM"
    for name in NAMES:
        if path := shutil.which(name):
            return Path(path), "found on PATH"
    if WRAPPER.is_file():
        return WRAPPER, "unpacked earlier from the npm package @sparticuz/chromium"
    return None


def from_debian() -> tuple[Path, str] | None:
    """Debian's package, installed now; None where that does not work."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    variables = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["update", "-qq"],
        ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"],
    ):
        done = subprocess.run(["apt-get", *command], env=variables, stdout=sys.stderr, check=False)
        if done.returncode:
            return None
    path = shutil.which("chromium")
    return (Path(path), "installed now from Debian's package `chromium`") if path else None


def from_npm() -> tuple[Path, str]:
    """The browser of `@sparticuz/chromium`, in build/chromium/ behind a script that names its libraries."""
    sys.path.insert(0, str(ROOT))
    import hatch_build

    recipe = Path(__file__).parent / "sparticuz"
    UNPACKED.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc", "unpack.mjs"):
        shutil.copy(recipe / name, UNPACKED / name)
    hatch_build.npm(UNPACKED, "ci", "--silent")
    variables = {**hatch_build.environment(), "TMPDIR": str(UNPACKED)}
    node = shutil.which("node", path=variables["PATH"]) or "node"
    command = [node, "unpack.mjs"]
    unpacked = subprocess.run(
        command, cwd=UNPACKED, env=variables, capture_output=True, text=True, check=False
    )
    if unpacked.returncode:
        raise NoChromiumError(f"@sparticuz/chromium could not be unpacked: {unpacked.stderr}")
    browser = unpacked.stdout.strip()
    (UNPACKED / "fonts.xml").write_text(FONTS.format(folder=UNPACKED))
    WRAPPER.write_text(SCRIPT.format(folder=UNPACKED, browser=browser))
    WRAPPER.chmod(0o755)
    return WRAPPER, "unpacked now from the npm package @sparticuz/chromium"


def find_or_get() -> tuple[Path, str]:
    """A browser and where it comes from; raises NoChromiumError."""
    return find() or from_debian() or from_npm()


def main() -> int:
    """Print the path for programs, and the explanation for people."""
    try:
        path, origin = find_or_get()
    except NoChromiumError as error:
        sys.stderr.write(f"Chromium: none. {error}\n")
        return 1
    sys.stderr.write(f"Chromium for browser tests: {path} ({origin})\n")
    sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
