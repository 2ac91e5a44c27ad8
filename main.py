"""The program's one door: arguments, home, logging; no verb opens the window, a verb runs it."""

import sys
from pathlib import Path

CHILD = "--examining-child"
LAUNCH = "--launching-child"


def main(argv: list[str]) -> int:
    """Run the program; returns the exit code of design `commands`: 0 done ... 4 unavailable."""
    if argv[:1] == [CHILD]:
        # A frozen program has no `python -m`: it starts itself again as the examining child.
        from intake import worker

        return worker.main()
    if argv[:1] == [LAUNCH]:
        from intake import launch

        return launch.main(argv[1:])
    from cli import arguments

    options = arguments.parse(argv)
    if options.verb is not None:
        from cli import entry

        return entry.run(options)
    from gui import collector

    collector.hold()
    from gui import app
    from models.kernel.home import Home

    return app.run(Home.locate(options.home), options.officer)


if __name__ == "__main__":
    # The folder of this file, not the one the officer stands in, holds the rooms.
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    sys.exit(main(sys.argv[1:]))
