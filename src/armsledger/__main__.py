"""``python -m armsledger``"""

import sys

from armsledger.cli import main

sys.exit(main())
