"""The path diagram: a column a level, arrows inside it, and nothing that lies on top of something else."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

import latido
from latido.insights.chain import Chained
from latido.report.chain_drawn import DOWN, HEIGHT, WIDTH, diagram, lines
from tests.chained import company


@pytest.fixture(scope="module")
def found() -> Chained:
    return latido.open(company()).chain()


def test_a_level_is_a_column(found: Chained) -> None:
    drawn = diagram(found)
    assert [column.label for column in drawn.columns] == [
        "The contact", "How it was", "The relationship", "What comes of it",
    ]  # fmt: skip
    assert sorted({box.x for box in drawn.boxes}) == [column.x for column in drawn.columns]


def test_boxes_do_not_touch(found: Chained) -> None:
    boxes = sorted((box.x, box.y) for box in diagram(found).boxes)
    gaps = [b[1] - a[1] for a, b in pairwise(boxes) if a[0] == b[0]]
    assert set(gaps) == {HEIGHT + DOWN}


def test_everything_lies_within_the_drawing(found: Chained) -> None:
    drawn = diagram(found)
    assert max(box.x for box in drawn.boxes) + WIDTH <= drawn.width
    assert max(box.y for box in drawn.boxes) + HEIGHT <= drawn.height
    numbers = [float(n) for arrow in drawn.arrows for n in re.findall(r"-?[\d.]+", arrow.d)]
    assert 0 <= min(numbers) <= max(numbers) <= drawn.width


def test_labels_stand_apart(found: Chained) -> None:
    at = [arrow.at for arrow in diagram(found).arrows]
    near = [(a, b) for i, a in enumerate(at) for b in at[:i] if abs(a.x - b.x) < 40 and abs(a.y - b.y) < 14]
    assert near == []


def test_an_arrow_says_its_sign_beside_its_colour(found: Chained) -> None:
    drawn = {(arrow.sign, arrow.label[0]) for arrow in diagram(found).arrows}
    assert drawn == {("minus", "−"), ("plus", "+"), ("none", "≈")}


def test_long_names_take_two_lines(found: Chained) -> None:
    assert ("Recommendation of the", "company") in {box.lines for box in diagram(found).boxes}


def test_the_list_has_the_same_paths_in_the_order_of_the_flow(found: Chained) -> None:
    assert [(line.source, line.target) for line in lines(found)] == [
        (path.source.label, path.target.label) for path in found.paths
    ]


def test_without_paths_there_is_nothing_to_draw(found: Chained) -> None:
    nothing = replace(found, used=replace(found.used, parts=(), paths=()), found=None)
    assert (diagram(nothing).boxes, diagram(nothing).arrows, lines(nothing)) == ((), (), [])
