"""An environment in which no interpreter, nor any child of it, can open a socket."""

from pathlib import Path

# Read by every interpreter that is started with this folder on its path, children included.
FORBID = """
import _socket, os, socket, sys

class Forbidden(BaseException):
    pass

def refuse(*arguments, **named):
    with open(os.environ["SOCKETS_OPENED"], "a") as file:
        file.write(" ".join(sys.orig_argv[:6]) + "\\n")
    raise Forbidden

def hook(event, arguments):
    if event.startswith("socket."):
        refuse()

socket.socket = socket.create_connection = socket.socketpair = refuse
sys.addaudithook(hook)
with open(os.environ["INTERPRETERS"], "a") as file:
    file.write(f"{os.getpid()}\\n")
"""


class Forbidden:
    """Forbids sockets to every Python process started with `environment` added to its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "no-sockets"
        self._folder.mkdir()
        (self._folder / "sitecustomize.py").write_text(FORBID, encoding="utf-8")
        self.environment = {
            "PYTHONPATH": str(self._folder),
            "SOCKETS_OPENED": str(self._folder / "opened"),
            "INTERPRETERS": str(self._folder / "interpreters"),
        }

    def opened(self) -> list[str]:
        """The command lines that tried."""
        return _lines(self._folder / "opened")

    def interpreters(self) -> int:
        """How many processes were watched: shows that the ban reached them."""
        return len(set(_lines(self._folder / "interpreters")))


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []
