"""The engine's tables."""

from engine.models.calls import CallTicket, ModelCall, ProviderState
from engine.models.runs import OPEN_UNITS, PhasePlan, Run, RunStatus, Unit, UnitStatus

__all__ = [
    "OPEN_UNITS",
    "CallTicket",
    "ModelCall",
    "PhasePlan",
    "ProviderState",
    "Run",
    "RunStatus",
    "Unit",
    "UnitStatus",
]
