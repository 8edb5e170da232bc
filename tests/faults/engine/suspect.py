"""The process of a trial in the campaign: it dies at named points as its worker does, and with it.

python -m tests.faults.engine.suspect WORKER UNIT FENCE
"""

from __future__ import annotations

import sys

import django
from django.core.management import call_command

if __name__ == "__main__":
    django.setup()
    from tests.faults.engine import hooks
    from tests.faults.engine.orders import Orders

    name, *claim = sys.argv[1:]
    hooks.install(Orders(hooks.folder()), name, tried=True)
    call_command("work_unit", *claim)
