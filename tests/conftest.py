"""What every test starts from: no display, no user settings, no network data, repeatable draws."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Set before any test imports matplotlib or NLTK. An empty NLTK_DATA proves that nothing needs
# a download; a font list in one fixed place is not built again by each process.
os.environ["MPLBACKEND"] = "Agg"
os.environ.setdefault("MPLCONFIGDIR", str(Path(tempfile.gettempdir()) / "necdata-matplotlib"))
os.environ["NLTK_DATA"] = str(Path(tempfile.gettempdir()) / "necdata-no-nltk-data")

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("default"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture(scope="session")
def real_raw() -> Path:
    """The folder with the documents that processed/ was built from, or a skip that says how."""
    folder = os.environ.get("NECDATA_RAW", "")
    if not folder:
        pytest.skip(
            "needs the real documents: NECDATA_RAW=/folder/with/pages make test"
            " (raw/sources.toml says where to get them)"
        )
    if not Path(folder).is_dir():
        pytest.fail(f"NECDATA_RAW={folder} is not a folder")
    return Path(folder).resolve()
