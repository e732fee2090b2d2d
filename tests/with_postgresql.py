"""Runs a command with a PostgreSQL of its own: `python tests/with_postgresql.py pytest alongside`.

The server is new, listens on this machine only, and is gone afterwards. It refuses to run as root, so as root it
runs as the least user there is.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

LACKS = 4


def programs() -> Path:
    """The folder of the server's programs."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / "postgres").exists():
            return folder
    sys.stderr.write("The tests need PostgreSQL: ask an administrator to run apt install postgresql.\n")
    raise SystemExit(LACKS)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def run(command: list[str]) -> int:
    folder, port = programs(), free_port()
    who = "nobody" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="alongside-postgresql-") as place:
        if who:
            os.chown(place, pwd.getpwnam(who).pw_uid, -1)
        data = str(Path(place) / "data")

        def quietly(*words: str) -> None:
            subprocess.run(words, user=who, cwd="/", check=True, stdout=subprocess.DEVNULL)

        quietly(str(folder / "initdb"), "-D", data, "-U", "alongside", "-A", "trust", "-E", "UTF8", "--no-sync")
        settings = f"-c listen_addresses=127.0.0.1 -p {port} -k {place} -c fsync=off -c max_connections=60"
        log = str(Path(place) / "log")
        quietly(str(folder / "pg_ctl"), "-D", data, "-l", log, "-w", "-o", settings, "start")
        try:
            address = f"postgresql://alongside@127.0.0.1:{port}/postgres"
            environment = os.environ | {
                "ALONGSIDE_DATABASE": address,
                "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
            }
            return subprocess.run(command, env=environment, check=False).returncode
        finally:
            quietly(str(folder / "pg_ctl"), "-D", data, "-m", "immediate", "stop")


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
