"""How often templates are promoted wrongly, how soon rightly, and how soon one that slips is taken back.

    python benchmarks/lifecycle.py [--runs N] [--seed N] [--json]

Beside Frontdesk stand Wald's sequential test, a test with a flat prior, looking at a Wilson interval after
every answer, and Page's CUSUM told beforehand what to look for. Everything is simulated, from the seed alone,
with the code that runs in production (bot/templates) and the defaults of its `Bars`.

`wrong_promotion_rate` is of templates exactly at the bar, within 1,000 answers; the `exact` one is worked out
for 3,000, and so are the exact false alarms. `answers_to_promotion_vs_wald` divides medians over those
promoted, at the design point; Wald's test never promotes 4 in 100 of them, and with those counted as later
than anything it is the ratio named `..._of_all`. `demotion_delay_vs_cusum` is the worst ratio of medians over
falls to 60 % and 40 %, against the CUSUM tuned to that very fall, for a new template and for one that has
long been good.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.demoting import bad_edits, detection, own_levels
from benchmarks.promoting import compared, exactly_promoted, frontdesk, given_up, predecessors
from benchmarks.sharing import sharing
from benchmarks.silent import silence
from bot.bars import Bars
from bot.templates.slipping import answers_until_alarm, detector_for

RATES = (0.65, 0.60, 0.72, 0.75, 0.80, 0.85, 0.90)
_ANSWERS = 1_000
_HEALTHY_ANSWERS = 60_000_000  # enough that chance moves the false alarms by half a percent


def main(arguments: Sequence[str] | None = None) -> None:
    """Simulate everything and print tables or one JSON object."""
    asked = _parser().parse_args(arguments)
    report = measured(asked.runs, asked.seed, Bars())
    print(json.dumps(report, indent=2) if asked.json else "\n".join(_lines(report)))


def measured(runs: int, seed: int, bars: Bars) -> dict[str, Any]:
    """All figures; `runs` templates for the cheap simulations and fewer for the dear ones."""
    promotion = compared(RATES, runs, _ANSWERS, seed, bars)
    demotion = detection(_HEALTHY_ANSWERS, runs, seed, bars)
    quiet = answers_until_alarm(detector_for(bars.healthy, bars), bars.healthy)
    design = promotion[f"{bars.design:g}"]
    return {
        "wrong_promotion_rate": promotion[f"{bars.bar:g}"]["frontdesk"]["promoted"],
        "wrong_promotion_rate_exact": exactly_promoted(frontdesk(bars), bars.bar, 3 * _ANSWERS),
        "answers_to_promotion_vs_wald": _ratio(design, "median"),
        "answers_to_promotion_vs_wald_of_all": _ratio(design, "median_of_all"),
        "demotion_delay_vs_cusum": _worst_delay(demotion),
        "false_alarms_per_2000": demotion["frontdesk"]["false_alarms_per_2000"],
        "false_alarms_per_2000_exact": 2000 / quiet,
        "runs": runs,
        "seed": seed,
        "promotion": promotion,
        "predecessor": predecessors(runs, _ANSWERS, seed, bars),
        "silence": silence(max(100, runs // 5), 2 * _ANSWERS, seed, bars),
        "demotion": demotion,
        "own_level": own_levels(max(50, runs // 10), seed, bars),
        "bad_edit": bad_edits(max(50, runs // 50), seed, bars),
        "no_use": given_up(runs, _ANSWERS, seed, bars),
        "variants": sharing(max(20, runs // 50), _ANSWERS, seed, bars),
    }


def _ratio(design: dict[str, Any], median: str) -> float | None:
    own, wald = design["frontdesk"][median], design["wald"][median]
    return own / wald if own and wald else None


def _worst_delay(demotion: dict[str, Any]) -> float:
    own = demotion["frontdesk"]
    worst: float = max(
        own[to][start] / demotion[f"cusum for {to}"][to][start]
        for to in ("0.6", "0.4")
        for start in ("from_new", "from_old")
    )
    return worst


def _lines(report: dict[str, Any]) -> Iterable[str]:
    yield from (f"{name:<38}{_number(report[name])}" for name in list(report)[:9])
    yield from ("", "Promoted in %, and the median answers of those promoted; bar 65 %, design point 80 %")
    yield from _table(report["promotion"], "true rate")
    yield from ("", "A new revision that takes over from its predecessor")
    yield from _table(report["predecessor"], "it takes over")
    yield from ("", "Silence: promoted in %, and the median eligible answers until then")
    yield from _table(
        {one["case"]: {k: v for k, v in one.items() if k != "case"} for one in report["silence"]}, ""
    )
    yield from (
        "",
        "Taking back: false alarms in 2,000 answers at 85 %, median answers after a fall (new, old)",
    )
    yield from _delays(report["demotion"])
    yield from ("", "The same with the level taken from its own first answers; a fall after 300 answers")
    yield from _plain(report["own_level"])
    yield from (
        "",
        "A bad edit of what helped 85 %: median answers until it is taken back, by its rate",
    )
    yield from _plain(report["bad_edit"])
    yield from ("", "Trials that are proposed for going back, by their rate")
    yield from _plain(report["no_use"])
    yield from ("", "Variants")
    yield from _plain(
        {f"{one['rates']}, floor {one['floor']:.2f}": _figures(one) for one in report["variants"]}
    )


def _figures(one: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name not in {"rates", "floor"}}


def _table(rows: dict[str, dict[str, Any]], head: str) -> Iterable[str]:
    columns = list(next(iter(rows.values())))
    width = max(12, *(len(name) for name in rows))
    yield f"{head:<{width}}" + "".join(f"{name:>23}" for name in columns)
    for name, cells in rows.items():
        yield f"{name:<{width}}" + "".join(f"{_promoted(cells[column]):>23}" for column in columns)


def _promoted(cell: dict[str, float | None]) -> str:
    share = f"{100 * (cell['promoted'] or 0.0):.1f}"
    return f"{share} ({cell['median']:.0f})" if cell["median"] else share


def _delays(rows: dict[str, dict[str, Any]]) -> Iterable[str]:
    falls = [name for name in rows["frontdesk"] if name != "false_alarms_per_2000"]
    yield f"{'':<16}{'alarms':>9}" + "".join(f"{'to ' + name:>12}" for name in falls)
    for name, row in rows.items():
        cells = "".join(f"{row[to]['from_new']:>7.0f},{row[to]['from_old']:>4.0f}" for to in falls)
        yield f"{name:<16}{row['false_alarms_per_2000']:>9.3f}{cells}"


def _plain(rows: dict[str, dict[str, Any]]) -> Iterable[str]:
    width = max(len(name) for name in rows) + 2
    columns = list(next(iter(rows.values())))
    yield " " * width + "".join(f"{name:>21}" for name in columns)
    for name, row in rows.items():
        yield f"{name:<{width}}" + "".join(f"{_number(row[column]):>21}" for column in columns)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.4g}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=20_000, help="simulated templates (default 20000)")
    parser.add_argument("--seed", type=int, default=1, help="where chance begins (default 1)")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    return parser


if __name__ == "__main__":
    main()
