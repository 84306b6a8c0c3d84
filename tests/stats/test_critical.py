"""The quantiles against the tables in every textbook."""

import pytest

from latido.stats.critical import normal, student


@pytest.mark.parametrize(("confidence", "z"), [(0.90, 1.644854), (0.95, 1.959964), (0.99, 2.575829)])
def test_normal_quantiles_are_the_textbook_ones(confidence, z):
    assert normal(confidence) == pytest.approx(z, abs=1e-6)


@pytest.mark.parametrize(("degrees", "t"), [(1, 12.7062), (4, 2.7764), (9, 2.2622), (30, 2.0423), (1e9, 1.9600)])
def test_student_quantiles_are_the_textbook_ones(degrees, t):
    assert student(0.95, degrees) == pytest.approx(t, abs=1e-4)
