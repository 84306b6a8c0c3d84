from __future__ import annotations

import pytest

from tests.sources.zendesk.desk import importer


@pytest.fixture
def read(tmp_path):
    return importer(tmp_path)
