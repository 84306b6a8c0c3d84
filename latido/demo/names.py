"""Invented people: names as common in Spain, in Mexico and among English-speaking residents."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from latido.demo.columns import Ints, Random, Texts, texts
from latido.demo.world import ENGLISH, MEXICO


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST = (
    _words(
        "Lucía Martina Sofía María Carmen Ana Laura Paula Elena Marta Cristina Pilar Rosa Irene Nuria "
        "Teresa Silvia Beatriz Raquel Inés Antonio Manuel José Francisco David Javier Daniel Carlos "
        "Alejandro Miguel Rafael Pedro Ángel Pablo Sergio Fernando Jorge Luis Alberto Álvaro Diego "
        "Adrián Raúl Iván Rubén Óscar Hugo Mateo Brais Uxía Iker Ane Jordi Montserrat Vicent Amparo"
    ),
    _words(
        "Guadalupe María Juana Margarita Verónica Leticia Alejandra Gabriela Fernanda Ximena Valeria "
        "Daniela Regina Renata Mariana Yolanda Araceli Rocío Citlali Itzel José Juan Luis Jesús "
        "Miguel Francisco Alejandro Jorge Ricardo Arturo Héctor Gerardo Eduardo Óscar Sergio Raúl "
        "Rubén Emiliano Santiago Leonardo Diego Gael Ulises Octavio"
    ),
    _words(
        "Olivia Emma Grace Hannah Sophie Alice Megan Charlotte Rachel Fiona Helen Janet Susan Linda "
        "Oliver James William Thomas George Harry Daniel Michael Peter Andrew Simon Graham Ian Keith "
        "Colin Martin Stuart Neil"
    ),
)
LAST = (
    _words(
        "García González Rodríguez Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Ruiz "
        "Hernández Díaz Moreno Muñoz Álvarez Romero Alonso Gutiérrez Navarro Torres Domínguez Vázquez "
        "Ramos Gil Serrano Blanco Molina Castro Ortiz Rubio Marín Sanz Iglesias Núñez Medina Garrido "
        "Cortés Castillo Lozano Guerrero Cano Prieto Méndez Vidal Ferrer Soler Otero Pazos Etxeberria "
        "Agirre"
    ),
    _words(
        "Hernández García Martínez López González Pérez Rodríguez Sánchez Ramírez Cruz Flores Gómez "
        "Morales Vázquez Jiménez Reyes Torres Díaz Gutiérrez Mendoza Ruiz Aguilar Ortiz Castillo "
        "Moreno Romero Álvarez Chávez Rivera Juárez Domínguez Guzmán Velázquez Rojas Salazar "
        "Cervantes Ochoa Villarreal Garza Treviño Canul Pech"
    ),
    _words(
        "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans "
        "Walker White Roberts Green Hall Wood Jackson Clarke Harris Cooper Ward Turner Hill Moore "
        "Baker Murphy Kelly Byrne Campbell Stewart"
    ),
)
# Domains that nobody can register (RFC 2606, RFC 6761).
MAIL = ("example.com", "example.org", "example.net", "correo.example", "buzon.example")


def full_names(rng: Random, variant: Ints) -> Texts:
    """First name and surnames, two of them except among English speakers."""
    draws = rng.integers(0, 1 << 30, (len(variant), 3)).tolist()
    return texts(_name(v, a, b, c) for v, (a, b, c) in zip(variant.tolist(), draws, strict=True))


def _name(variant: int, a: int, b: int, c: int) -> str:
    first, last = FIRST[variant], LAST[variant]
    second = "" if variant == ENGLISH else " " + last[c % len(last)]
    return f"{first[a % len(first)]} {last[b % len(last)]}{second}"


def plain(text: str) -> str:
    """Lower case without accents, words joined by dots."""
    bare = unicodedata.normalize("NFKD", text.lower())
    return "".join(ch for ch in bare if not unicodedata.combining(ch)).replace(" ", ".").replace("ñ", "n")


def emails(rng: Random, names: Texts, ids: Ints) -> Texts:
    """An address of its own for everybody, at a reserved domain."""
    domain = rng.integers(0, len(MAIL), len(names)).tolist()
    rows = zip(names.tolist(), ids.tolist(), domain, strict=True)
    return texts(f"{_mailbox(n)}.{i}@{MAIL[d]}" for n, i, d in rows)


def _mailbox(name: str) -> str:
    parts = plain(name).split(".")
    return f"{parts[0]}.{parts[1]}" if len(parts) > 1 else parts[0]


def phones(rng: Random, variant: Ints, share: float = 0.8) -> Texts:
    """Numbers that nobody has: 2 opens none in Spain, 0 none in Mexico; 01632 960 is kept for fiction."""
    number = rng.integers(0, 10**8, len(variant)).tolist()
    known = (rng.random(len(variant)) < share).tolist()
    rows = zip(variant.tolist(), number, known, strict=True)
    return texts(_phone(v, f"{x:08d}") if k else "" for v, x, k in rows)


def _phone(variant: int, digits: str) -> str:
    if variant == ENGLISH:
        return f"+44 1632 960{digits[:3]}"
    if variant == MEXICO:
        return f"+52 00{digits[0]} {digits[1:4]} {digits[4:]}"
    return f"+34 2{digits[:2]} {digits[2:5]} {digits[5:8]}"


def staff_emails(names: Sequence[str]) -> list[str]:
    """Addresses of the company's people, numbered where two share a name."""
    seen: dict[str, int] = {}
    out = []
    for name in names:
        box = _mailbox(name)
        seen[box] = seen.get(box, 0) + 1
        out.append(f"{box}{seen[box] if seen[box] > 1 else ''}@lumbrehogar.example")
    return out
