"""The pages that say how often the intervals hold the truth, in both languages."""

# ruff: noqa: E501 - the pages have one paragraph a line

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
TARGET = 0.95


@dataclass(frozen=True)
class Result:
    """Coverage of one interval at one n.

    Attributes:
        table: Which figure of the page it belongs to.
        n: Sample size.
        covered: Share of samples whose interval held the truth, averaged over populations.
        worst: The lowest among the populations.
        plain: The same average for the method people would use instead; None where there is none.
        runs: Samples in all.
    """

    table: str
    n: int
    covered: float
    worst: float
    plain: float | None
    runs: int

    @property
    def on_target(self) -> bool:
        """Within a point of 95 %, two at n = 10."""
        return abs(self.covered - TARGET) <= (0.02 if self.n == 10 else 0.01) + 1e-9


# figure: (English, what instead; Spanish, what instead)
FIGURES = {
    "nps": ("NPS", "plain Wald", "NPS", "Wald simple"),
    "clustered": (
        "NPS, three answers a customer (n: customers)",
        "all answers as independent",
        "NPS, tres respuestas por cliente (n: clientes)",
        "respuestas como independientes",
    ),
    "share": ("Share", "plain Wald", "Proporción", "Wald simple"),
    "effort": ("Mean effort, 1–7", "plain t", "Esfuerzo medio, 1–7", "t simple"),
    "touches": ("Mean touches per ticket", "plain t", "Toques por ticket, media", "t simple"),
    "amounts": ("Mean amount", "plain t", "Importe medio", "t simple"),
    "ratio": ("Revenue per order (ratio of sums)", "", "Ingreso por pedido (cociente de sumas)", ""),
    "median": ("Median wait", "median of the finished", "Mediana de espera", "mediana de los terminados"),
    "p90": ("90th percentile of the wait", "", "Percentil 90 de la espera", ""),
    "unresolved": ("Share still waiting", "", "Proporción que sigue esperando", ""),
    "count": ("Count (n: expected)", "", "Recuento (n: esperado)", ""),
    "nps_change": ("Change of an NPS", "", "Cambio de un NPS", ""),
    "share_change": ("Change of a share", "", "Cambio de una proporción", ""),
    "median_change": ("Change of a median wait", "", "Cambio de una mediana de espera", ""),
}

ENGLISH = """# How often the intervals hold the truth

An interval at 95 % promises to hold the true value 95 times in 100. Whether it does can be tried out: take a population whose truth is known, draw a sample, compute the interval exactly as the product does, and see whether the truth lies inside; {runs} times for each population and each n. The aim is 95 % ± 1 on average over the populations, ± 2 at n = 10. Figures in **bold** miss it. Which method gives which interval: [how sure a figure is](statistics.md).

{overview}

## By how much the worst population misses, and what the usual method would do

{details}

## The populations

- **NPS:** 40 populations, from −45 to +85: seven chosen (polarised and nearly all passive among them) and 33 drawn as the scores of companies spread.
- **Three answers a customer:** a customer's mood makes up almost half of the spread of each answer, so that the answers of one customer resemble each other; one to eight and more answers each.
- **Shares:** ten true shares from 2 % to 97 %.
- **Effort:** six distributions of answers 1–7: easy, mixed, hard, polarised, very easy, nearly all 7.
- **Touches, amounts:** geometric with mean 2.5; log-normal with σ = 0.6.
- **Revenue per order:** customers with one order or more; amounts differ by order, or by customer.
- **Waits:** exponential and log-normal (σ = 1.2), tickets that come in evenly over a window and are seen until its end, so that 20 % or 40 % are still open. The 90th percentile is asked only where the window is longer than it.
- **Changes:** two pairs of populations each, n and n. The medians compared are those of the same waits with 20 % and with 40 % still open.
- **Counts:** Poisson.

## Where the promise is not kept

- **Few skewed amounts, and ratios of them.** With 10 or 30 values that have a long tail, the sample mostly has not seen the tail, and no method can know it. The correction for skewness helps; what is left is in the table. Read means and ratios under 100 values with that in mind; medians don't suffer from it.
- **Single populations.** The table's second part gives the worst one. Shares near 0 % or 100 % jump about 95 % because counts are whole numbers; this is so for every method that is not made wider on purpose.
- **Too wide is a fault as well.** Where a figure in bold is above the aim, the interval is cautious: of few tickets, the 90th percentile often has no upper bound at all, and the difference of two small samples combines two cautious intervals.
- **All of this is about chance only.** Who did not answer is not in it. A low response rate can do more harm than any of these errors.

## Repeat it

```bash
.venv/bin/python -m benchmarks.coverage
```

It takes about two minutes on two cores, has fixed seeds and writes this page anew.
"""

SPANISH = """# Con qué frecuencia aciertan los intervalos

Un intervalo al 95 % promete contener el valor verdadero 95 veces de cada 100. Si lo cumple se puede probar: se toma una población de verdad conocida, se extrae una muestra, se calcula el intervalo tal como lo hace el producto y se mira si la verdad queda dentro; {runs} veces por población y por n. El objetivo es 95 % ± 1 de media entre poblaciones, ± 2 con n = 10. Las cifras en **negrita** no lo alcanzan o lo rebasan. Qué método da cada intervalo: [qué seguridad tiene una cifra](statistics.md).

{overview}

## Cuánto falla la peor población y qué haría el método habitual

{details}

## Las poblaciones

- **NPS:** 40 poblaciones, de −45 a +85: siete elegidas (entre ellas una polarizada y otra casi toda pasiva) y 33 sorteadas tal como se reparten las de las empresas.
- **Tres respuestas por cliente:** el ánimo del cliente explica casi la mitad de la dispersión de cada respuesta, de modo que las de un mismo cliente se parecen; de una a ocho o más por cliente.
- **Proporciones:** diez proporciones verdaderas, del 2 % al 97 %.
- **Esfuerzo:** seis distribuciones de respuestas 1–7: fácil, mezclada, difícil, polarizada, muy fácil, casi todo sietes.
- **Toques, importes:** geométrica de media 2,5; lognormal con σ = 0,6.
- **Ingreso por pedido:** clientes con uno o más pedidos; los importes cambian según el pedido o según el cliente.
- **Esperas:** exponencial y lognormal (σ = 1,2); los tickets entran de manera uniforme en una ventana y se observan hasta que acaba, de modo que queda abierto el 20 % o el 40 %. El percentil 90 solo se pide donde la ventana lo supera.
- **Cambios:** dos pares de poblaciones en cada caso, n y n. Las medianas que se comparan son las de las mismas esperas con un 20 % y con un 40 % aún abierto.
- **Recuentos:** Poisson.

## Dónde no se cumple lo prometido

- **Pocos importes asimétricos, y sus cocientes.** Con 10 o 30 valores de cola larga, la muestra casi nunca ha visto la cola, y ningún método puede adivinarla. La corrección de la asimetría ayuda; lo que queda está en la tabla. Conviene leer así las medias y los cocientes de menos de 100 valores; las medianas no lo sufren.
- **Poblaciones sueltas.** La segunda parte de la tabla da la peor. Las proporciones cercanas al 0 % o al 100 % saltan en torno al 95 % porque los recuentos son números enteros; le ocurre a todo método que no se ensanche a propósito.
- **Demasiado ancho también es un defecto.** Donde una cifra en negrita rebasa el objetivo, el intervalo es prudente: con pocos tickets, el percentil 90 a menudo no tiene límite superior, y la diferencia de dos muestras pequeñas combina dos intervalos prudentes.
- **Todo esto trata solo del azar.** Quien no respondió no está. Una tasa de respuesta baja puede hacer más daño que cualquiera de estos errores.

## Repetirlo

```bash
.venv/bin/python -m benchmarks.coverage
```

Tarda unos dos minutos con dos núcleos, usa semillas fijas y vuelve a escribir esta página.
"""


def write(results: Sequence[Result], runs: int) -> None:
    """Write both pages from the same results."""
    english = ENGLISH.format(
        runs=f"{runs:,}",
        overview=_overview(results, 0, "Figure"),
        details=_details(results, 0, ("Figure", "n", "holds the truth", "worst population", "instead")),
    )
    spanish = SPANISH.format(
        runs=f"{runs:,}".replace(",", "\u00a0"),
        overview=_overview(results, 2, "Cifra"),
        details=_details(results, 2, ("Cifra", "n", "acierta", "peor población", "el habitual")),
    )
    (DOCS / "coverage.md").write_text(english, encoding="utf-8")
    (DOCS / "es" / "coverage.md").write_text(spanish, encoding="utf-8")


def _overview(results: Sequence[Result], language: int, title: str) -> str:
    sizes = sorted({r.n for r in results})
    rows = [[title, *(f"n = {_thousands(n, language)}" for n in sizes)], ["---", *["---:"] * len(sizes)]]
    for table, names in FIGURES.items():
        by_n = {r.n: r for r in results if r.table == table}
        rows.append([names[language], *(_marked(by_n[n], language) for n in sizes)])
    return _lines(rows)


def _details(results: Sequence[Result], language: int, titles: tuple[str, ...]) -> str:
    rows = [list(titles), ["---", "---:", "---:", "---:", "---"]]
    for table, names in FIGURES.items():
        for r in (r for r in results if r.table == table):
            plain = "" if r.plain is None else f"{_percent(r.plain, language)} ({names[language + 1]})"
            numbers = (_thousands(r.n, language), _percent(r.covered, language), _percent(r.worst, language))
            rows.append([names[language], *numbers, plain])
    return _lines(rows)


def _marked(result: Result, language: int) -> str:
    text = _percent(result.covered, language)
    return text if result.on_target else f"**{text}**"


def _percent(share: float, language: int) -> str:
    text = f"{100 * share:.1f}"
    return f"{text}\u00a0%".replace(".", ",") if language else f"{text}%"


def _thousands(n: int, language: int) -> str:
    return f"{n:,}".replace(",", "\u00a0") if language else f"{n:,}"


def _lines(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
