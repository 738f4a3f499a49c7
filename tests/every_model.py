"""Every table's model, for tests that are about all of them."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import solidarity_crm.models
from solidarity_crm.models.base import Record, Row

MODULES = [import_module(f"solidarity_crm.models.{module.name}") for module in iter_modules(solidarity_crm.models.__path__)]
EVERY: list[type[Row]] = [model for kind in (Row, Record) for model in kind.__subclasses__() if model is not Record]
