"""The wheel carries what the process reads at run time: it works in an empty folder."""

import os
import re
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
PIP = [sys.executable, "-m", "pip", "-qq", "--disable-pip-version-check"]
OFFLINE = ["--no-deps", "--no-index"]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of an environment with the wheel in it.

    The libraries are this environment's: a .pth adds their folder behind the wheel's own, and
    does not run the .pth files in there, so that the checkout stays out of sight.
    """
    folder = tmp_path_factory.mktemp("wheel")
    build = [*PIP, "wheel", str(ROOT), *OFFLINE, "--no-build-isolation", "-w", str(folder)]
    subprocess.run(build, check=True, cwd=folder)
    home = folder / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    [wheel] = folder.glob("aftermile-*.whl")
    python = home / "bin" / "python"
    subprocess.run([*PIP, "--python", str(python), "install", *OFFLINE, str(wheel)], check=True)
    [site] = home.glob("lib/python*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    return home / "bin"


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


def outside() -> dict[str, str]:
    """The environment without anything that would point back to the checkout."""
    mine = ("AFTERMILE_", "PYTHONPATH")
    return {name: value for name, value in os.environ.items() if not name.startswith(mine)}


def test_the_code_and_its_files_come_from_the_wheel(installed: Path, empty: Path) -> None:
    where = "import bot.shipped as s; print(s.shipped('content')); print(s.shipped('migrations'))"
    command = [str(installed / "python"), "-c", where]
    said = subprocess.check_output(command, cwd=empty, env=outside(), text=True)
    assert [Path(line).is_relative_to(installed.parent) for line in said.split()] == [True, True]


def test_the_content_in_the_wheel_is_whole(installed: Path, empty: Path) -> None:
    command = [str(installed / "aftermile"), "check-content"]
    done = subprocess.run(
        command, cwd=empty, env=outside(), text=True, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_model_comes_with_its_licence_and_what_was_changed(installed: Path) -> None:
    [folder] = installed.parent.glob("lib/python*/site-packages/bot/classifier/en")
    assert "Apache License" in (folder / "LICENSE").read_text(encoding="utf-8")
    notice = (folder / "NOTICE").read_text(encoding="utf-8")
    for part in ("all-MiniLM-L6-v2", "UKP", "Changed by", "Microsoft Corporation"):
        assert part in notice


@contextmanager
def demo(installed: Path, folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [str(installed / "aftermile"), "demo", "--no-browser"]
    with (folder.parent / "log").open("w") as log:
        running = subprocess.Popen(
            command, cwd=folder, env=outside(), text=True, stdout=subprocess.PIPE, stderr=log
        )
        with running:
            try:
                yield running
            finally:
                running.kill()


def test_the_demo_serves_its_page_and_stops_when_told(installed: Path, empty: Path) -> None:
    with demo(installed, empty) as running:
        address = re.search(r"http://\S+", running.stdout.readline())[0]
        assert "Aftermile" in httpx.get(address, timeout=20).text
        running.send_signal(signal.SIGINT)
        last_words, _ = running.communicate(timeout=30)
    assert running.returncode == 0
    assert last_words.endswith("Stopped. Your chat is kept; start again any time.\n")
    assert (empty / "data" / "demo" / "aftermile.db").exists()
