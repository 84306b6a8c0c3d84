"""The examples in the docstrings are true."""

import doctest
from importlib import import_module
from pkgutil import iter_modules

import pytest

from latido import stats


@pytest.mark.parametrize("name", [module.name for module in iter_modules(stats.__path__)])
def test_examples_print_what_they_say(name):
    assert doctest.testmod(import_module(f"latido.stats.{name}")).failed == 0
