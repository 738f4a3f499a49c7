"""Taking an address book in: who of it is new, who is somebody we know, what it adds, and what it may never take away.

``cleaning`` makes an entry's texts into values that the store takes; ``organisations`` finds organisations by name;
``people`` finds who an entry is; ``joining`` says what an entry adds to a contact; ``writing`` stores what changed;
``taking_in`` runs them over files and reports.
"""

from solidarity_crm.services.contact_import.report import FileReport, RowReport
from solidarity_crm.services.contact_import.taking_in import Wishes, take_in

__all__ = ["FileReport", "RowReport", "Wishes", "take_in"]
