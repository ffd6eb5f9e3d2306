"""Writes `requirements.lock` from what the environment holds, without torch and its drivers.

torch stands alone in `requirements-torch.lock`: which build of it fits depends on the machine.
"""

import re
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_LEFT_OUT = re.compile(r"^(torch|triton|nvidia-.*|cuda-.*|pip|setuptools|candor)$")


def main() -> None:
    """Write both lock files."""
    found = {
        re.sub(r"[-_.]+", "-", item.metadata["Name"]).lower(): item.version
        for item in distributions()
    }
    lines = [f"{name}=={found[name]}" for name in sorted(found) if not _LEFT_OUT.match(name)]
    torch_version = found["torch"].partition("+")[0]
    (ROOT / "requirements.lock").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (ROOT / "requirements-torch.lock").write_text(f"torch=={torch_version}\n", encoding="utf-8")
    subprocess.check_call([sys.executable, "-m", "pip", "check"])


if __name__ == "__main__":
    main()
