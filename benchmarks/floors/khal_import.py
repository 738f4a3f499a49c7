"""Import the made calendar into an empty one of khal's: what people who live in a terminal wait for."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from calendars import made
from peers import CONFIG

with tempfile.TemporaryDirectory() as temporary:
    folder = Path(temporary)
    (folder / "events").mkdir()
    (folder / "config").write_text(CONFIG.format(folder=folder), encoding="utf-8")
    khal = Path(sys.executable).with_name("khal")
    calendar = made(Path(os.environ["STORE"]).parent.parent)
    subprocess.run([khal, "-c", str(folder / "config"), "import", "--batch", "-a", "made", str(calendar)], check=True, capture_output=True)
