"""Run the command line: `python -m necdata`."""

import sys

from necdata.cli import main

sys.exit(main())
