"""Reports for people: accuracies in percent, a column for each system."""

from __future__ import annotations

from typing import Any


def accuracy_table(report: dict[str, Any]) -> str:
    """The report of one folder."""
    peers = report["ways"] | report["peers"]
    lines = [f"{report['data']}, fitted to {report['train']}"]
    lines.append(f"{'accuracy in %':<20}{'frontdesk':>12}" + "".join(f"{name:>14}" for name in peers))
    for file, accuracy in report["frontdesk"].items():
        others = "".join(f"{100 * peers[name][file]:>14.2f}" for name in peers)
        lines.append(f"{file:<20}{100 * accuracy:>12.2f}{others}")
    fits = "".join(f"{system['fit_s']:>14.2f}" for system in systems(report)[1:])
    lines.append(f"{'fit in s':<20}{report['fit_s']:>12.2f}{fits}")
    lines += _outside(report)
    lines += [f"{name}: left out; {how}" for name, how in report["missing"].items()]
    lines += [f"note: {note}" for note in report["notes"]]
    lines += ["", f"sure from {report['thresholds']['answer']:.2f}, suggests from "
              f"{report['thresholds']['suggest']:.2f}"]  # fmt: skip
    for file, result in report["details"].items():
        figures = ", ".join(f"{name} {value:.3f}" for name, value in result.items() if name != "accuracy")
        lines.append(f"{file}: {figures}")
    return "\n".join(lines + _orders(report.get("order")))


def systems(report: dict[str, Any]) -> list[dict[str, Any]]:
    """The details of every system, in the order of the columns."""
    own = {key: report[key] for key in ("fit_s", "one_threshold")} | {"files": report["details"]}
    return [own, *report["way_details"].values(), *report["peer_details"].values()]


def _outside(report: dict[str, Any]) -> list[str]:
    """Lines about what is out of scope, a column for each system, where there is such a thing."""
    told = systems(report)
    lines = []
    for file, figures in report["details"].items():
        if "oos_auroc" in figures:
            values = [system["files"][file]["oos_auroc"] for system in told]
            lines.append(_row(f"AUROC {file}", values, 1, 4))
    if report["one_threshold"]:
        plain = [system["one_threshold"] for system in told]
        for title, chosen in (("", plain), (", balanced", [one["balanced"] for one in plain])):
            lines.append(f"one threshold that keeps back 82 % of the oos lines of dev{title}; on test:")
            lines += [
                _row(f"  {name}", [one[key] for one in chosen])
                for name, key in (("in scope, right", "in_scope_accuracy"), ("oos kept back", "oos_recall"))
            ]
    return lines


def _row(name: str, values: list[float], times: float = 100, digits: int = 2) -> str:
    first, *others = (f"{times * value:.{digits}f}" for value in values)
    return f"{name:<20}{first:>12}" + "".join(f"{value:>14}" for value in others)


def _orders(order: dict[str, Any] | None) -> list[str]:
    if order is None:
        return []
    same = "the same" if order["identical"] else "NOT the same"
    lines = ["", f"examples grouped by intent or shuffled: {same} answers to {order['asked']} lines of "
             f"{order['file']}, to the last digit of their confidence"]  # fmt: skip
    for name, ways in {"frontdesk": order["frontdesk"], **order["peers"]}.items():
        lines.append(f"  {name:<18}" + ", ".join(f"{way} {100 * share:.2f}" for way, share in ways.items()))
    return lines


def latency_table(report: dict[str, Any]) -> str:
    """The report of all sizes: a line for the matcher and one for each peer under it."""
    names = ("fit_s", "edit_s", "start_s", "p50_ms", "p99_ms", "memory_mb", "fit_memory_mb", "accuracy")
    lines = [f"{'intents x examples':<26}" + "".join(f"{name:>14}" for name in names)]
    for size in report["sizes"]:
        lines.append(f"{size['intents']} x {size['examples']:,}")
        for name, figures in {"frontdesk": size, **size["peers"]}.items():
            told = "".join(f"{_told(figures.get(key)):>14}" for key in names)
            lines.append(f"  {name:<24}{figures.get('stopped') or told}")
    return "\n".join(lines + [f"{name}: left out; {how}" for name, how in report["missing"].items()])


def _told(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:,}"
