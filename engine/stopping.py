"""Whether this process has been asked to end: no new unit is begun then, and no call waits any longer."""

from __future__ import annotations

import threading

stopping = threading.Event()
