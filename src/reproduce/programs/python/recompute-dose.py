"""Recomputes preparations from their orders, with nothing but Python's standard library. Written by allocell @VERSION@.

    python3 PROGRAM [--show] ANSWER.json ...

An answer is what `allocell prepare ORDER.yaml --json` writes: the order as it was read, each step of the calculation,
and the results. This program takes the order alone, computes every step again in exact fractions, and compares each
amount: what goes into a step, its exact value and its result, and every amount of the results. It names the first one
that differs. --show prints the order, to be held against the order file, and the steps that were computed, to be held
against a printed worksheet. The sections below follow docs/preparation.md. Python 3.8 or later.

Exit code 0: all answers agree. 1: an amount differs, or a limit is not kept. 2: none does, and a file was not compared.

Recomputed: weight, body surface, target, cap, range, usable cells, containers, draw, delivered dose, diluent, rate,
clock, day totals, several components. Held: cap, range, hard limits, volumes, concentration, rates, clock, DMSO,
endotoxin. NOT recomputed: warnings, plausibility, names and dates, viability limits, soft limits, and whether the order
is what was meant: compare the order in the answer with the order file.
"""

import json
import sys
import unicodedata
from datetime import datetime, timedelta
from fractions import Fraction

class NotCompared(Exception):
    """The file is no answer, or holds something that this program does not know."""


# ---- Numbers ---------------------------------------------------------------------------------------------------------
# Decimal text is read as a fraction of whole numbers. Nothing is rounded but where a step says so.


def read(text):
    if isinstance(text, bool) or not isinstance(text, (str, int)):
        raise NotCompared("%r stands where an amount is expected" % (text,))
    text = str(text)
    body = text[1:] if text.startswith("-") else text
    whole, _, places = body.partition(".")
    if not (whole.isascii() and whole.isdigit()) or ("." in body and not (places.isascii() and places.isdigit())):
        raise NotCompared("%r stands where an amount is expected" % text)
    return Fraction(text)


def floor(x):
    return x.numerator // x.denominator


def ceiling(x):
    return -floor(-x)


def half_up(x, step):
    """floor(x / step + 1/2) * step; below zero the same of its size."""
    rounded = floor(abs(x) / step + Fraction(1, 2)) * step
    return -rounded if x < 0 else rounded


def with_places(whole, places):
    digits = str(abs(whole)).rjust(places + 1, "0")
    cut = len(digits) - places
    decimals = digits[cut:].rstrip("0")
    return ("-" if whole < 0 else "") + digits[:cut] + ("." + decimals if decimals else "")


def write(x):
    """Plain decimal text; a value that does not end has 40 significant digits, half-up in the last."""
    rest, twos, fives = x.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest == 1:
        places = max(twos, fives)
        return with_places(int(x * 10**places), places)
    size, places = abs(x), 40 - len(str(floor(abs(x))))
    if size < 1:
        places = 40
        while size * 10**places < 10**39:
            places += 1
    rounded = floor(size * 10**places + Fraction(1, 2))
    return with_places(-rounded if x < 0 else rounded, places)


def show(x, places=2):
    """For reading: half away from zero."""
    return write(half_up(x, Fraction(1, 10**places)))


# ---- The sheet -------------------------------------------------------------------------------------------------------


class Sheet:
    """What this program computes: steps in their order, results by their path, and the limits that are not kept."""

    def __init__(self):
        self.steps, self.results, self.faults = [], {}, []

    def step(self, name, inputs, exact, result=None):
        """`inputs` are pairs of a symbol and a value, or None where the step has none of it."""
        known = [(symbol, value) for symbol, value in inputs if value is not None]
        texts = [(symbol, value if isinstance(value, str) else write(Fraction(value))) for symbol, value in known]
        self.steps.append((name, texts, write(exact), write(exact) if result is None else result))
        return exact

    def say(self, path, value):
        if value is not None:
            self.results[path] = value

    def hold(self, is_kept, what):
        if not is_kept:
            self.faults.append(what)


def amount(source, name):
    """A field of the order as a fraction; None where it is left out."""
    return read(source[name]) if source is not None and name in source else None


# ---- Weight and body surface -----------------------------------------------------------------------------------------


def weigh(order, sheet):
    """The dosing weight; None without a weight."""
    weight = order.get("weight")
    if weight is None:
        return None
    now = measured = read(weight["weightKg"])
    sheet.hold(read("0.5") <= now <= 300, "the weight is not within 0.5 to 300 kg")
    rule = weight.get("reweigh")
    if rule is not None:
        reference, threshold = read(rule["referenceWeightKg"]), read(rule["thresholdPercent"])
        change = 100 * (now - reference) / reference
        is_beyond = abs(change) > threshold if rule["comparison"] == ">" else abs(change) >= threshold
        measured = now if is_beyond else reference
        sheet.step("reweigh", [("now", now), ("r", reference), ("T", threshold)], change, show(change))
        sheet.say("weight.change.percent", show(change))
        sheet.say("weight.change.isBeyond", is_beyond)
    dosing = describe(weight, order.get("participant", {}), measured, sheet)
    sheet.hold(read("0.5") <= dosing <= 300, "the dosing weight is not within 0.5 to 300 kg")
    sheet.say("weight.dosingKg", write(dosing))
    sheet.say("weight.measuredKg", weight["weightKg"])
    for name in ("descriptor", "weighedOn", "weighedBy"):
        sheet.say("weight." + name, weight[name])
    return dosing


def describe(weight, participant, a, sheet):
    descriptor = weight["descriptor"]
    if descriptor == "actual":
        return sheet.step("weight", [("a", a)], a)
    h, is_male = read(participant["heightCm"]), participant["sex"] == "male"
    sheet.hold(read(participant["ageYears"]) >= 18, "a formula for adults is used for a child")
    base = read("50" if is_male else "45.5")
    ideal = base + read("2.3") * (h / read("2.54") - 60)
    given = [("a", a), ("h", h), ("B", base)]
    if descriptor == "ideal":
        return sheet.step("weight", given, ideal)
    if descriptor == "predicted":
        return sheet.step("weight", given, base + read("0.91") * (h - read("152.4")))
    if descriptor == "adjusted":
        f = read(weight["adjustmentFactor"])
        return sheet.step("weight", given + [("f", f)], ideal + f * (a - ideal))
    if descriptor == "lean":
        k = read("1.1" if is_male else "1.07")
        c = read(weight["leanMaleConstant"] if is_male else "148")
        return sheet.step("weight", [("a", a), ("h", h), ("k", k), ("c", c)], k * a - c * (a / h) ** 2)
    raise NotCompared("the weight %r is not known here" % descriptor)


# s = factor * w^(p / root) * h^(q / root)
SURFACES = {
    "mosteller": (Fraction(1, 60), 1, 1, 2),
    "du-bois": (Fraction("0.007184"), 17, 29, 40),
    "haycock": (Fraction("0.024265"), 2689, 1982, 5000),
}


def surface_to(formula, w, h, step):
    """The multiple of `step` that is nearest to the surface, a tie going up."""
    factor, p, q, root = SURFACES[formula]
    about = float(factor) * float(w) ** (p / root) * float(h) ** (q / root) / float(step) + 0.5
    multiple = int(about)
    # Doubles are right to far more than a thousandth of a step; nearer to a half than that, whole numbers decide.
    if abs(about - round(about)) < 0.001:
        multiple = round(about)
        if (step * Fraction(2 * multiple - 1, 2)) ** root > factor**root * w**p * h**q:
            multiple -= 1
    return multiple * step


def find_surface(order, rule, kg, sheet):
    """The body surface in m2; None where the order names no formula."""
    asked = rule.get("surface") or order["dose"].get("surface")
    if asked is None:
        return None
    if asked["formula"] not in SURFACES:
        raise NotCompared("the body surface %r is not known here" % asked["formula"])
    h = read(order["participant"]["heightCm"])
    used = surface_to(asked["formula"], kg, h, read(asked["roundedToM2"]))
    exact = surface_to(asked["formula"], kg, h, Fraction(1, 10**10))
    sheet.step("surface", [("w", kg), ("h", h)], exact, write(used))
    sheet.say("surface.formula", asked["formula"])
    sheet.say("surface.m2", write(used))
    return used


# ---- The dose and its limits -----------------------------------------------------------------------------------------


class Dose:
    """What protocol, trial or label say: rule, kind, cap and limits, before a body is known."""

    def __init__(self, answer, order):
        dose = order["dose"]
        label = answer.get("regimen", {}) if dose["from"] == "product" else {}
        self.kind = answer["unitKind"]
        if dose["from"] == "trial":
            trial = dose["trial"]
            self.rule, kind, cap = trial["rule"], trial["unitKind"], trial.get("cap")
        elif dose["from"] == "protocol":
            self.rule, kind, cap = dose["rule"], dose["rule"]["unitKind"], dose.get("cap")
        elif dose["from"] == "product":
            self.rule, kind = dose.get("rule") or label.get("target"), dose.get("countBasis", self.kind)
            cap = {"amount": label["cap"]} if "cap" in label else None
        else:
            raise NotCompared("a dose from %r is not known here" % dose["from"])
        if self.rule is None:
            raise NotCompared("the answer does not hold what the product's label says of the dose (regimen)")
        if kind != self.kind:
            raise NotCompared("the order counts %s, the answer %s" % (kind, self.kind))
        self.range = label.get("range") if dose["from"] == "product" else dose.get("range")
        self.hard, self.cap = dose.get("hard"), None if cap is None else read(cap["amount"])
        if order.get("component") is not None and dose["from"] == "product":
            self.range = self.cap = None  # what a label says holds for all components together


def in_cells(bound, kg, surface):
    factors = {"flat": Fraction(1), "per-kg": kg, "per-m2": surface}
    if bound["kind"] not in factors:
        raise NotCompared("a dose %r is not known here" % bound["kind"])
    if factors[bound["kind"]] is None:
        raise NotCompared("a dose %s without weight or body surface" % bound["kind"])
    return read(bound["amount"]) * factors[bound["kind"]]


def ends_of(bounds, kg, surface):
    bounds = bounds or {}
    return [in_cells(bounds[end], kg, surface) if end in bounds else None for end in ("minimum", "maximum")]


def is_within(x, ends):
    return (ends[0] is None or ends[0] <= x) and (ends[1] is None or x <= ends[1])


def is_in_band(band, kg):
    above, below = band.get("above"), band.get("below")
    if above is not None and not (kg > read(above["kg"]) or (above["included"] and kg == read(above["kg"]))):
        return False
    return below is None or kg < read(below["kg"]) or (below["included"] and kg == read(below["kg"]))


class Limits:
    """Ends in cells at this weight: cap, range and hard limits."""

    def __init__(self, dose, kg, surface, sheet):
        allowed = dose.range
        if isinstance(allowed, list):
            holding = [band["range"] for band in allowed if is_in_band(band, kg)]
            sheet.hold(len(holding) == 1, "not exactly one band of weights holds the dosing weight")
            allowed = holding[0] if holding else None
        self.has_range, self.cap = dose.range is not None, dose.cap
        self.range, self.hard = ends_of(allowed, kg, surface), ends_of(dose.hard, kg, surface)

    def is_above(self, cells):
        return any(most is not None and cells > most for most in (self.cap, self.range[1], self.hard[1]))

    def is_below(self, cells):
        return any(least is not None and cells < least for least in (self.range[0], self.hard[0]))

    def test(self, target, sheet):
        if self.has_range:
            sheet.step("range", [("lo", self.range[0]), ("hi", self.range[1]), ("t", target)], target)
        sheet.hold(is_within(target, self.range), "the dose is outside its range")
        sheet.hold(is_within(target, self.hard), "the dose is outside its hard limits")


def say_count(sheet, path, cells, kind):
    sheet.say(path + ".amount", write(cells))
    sheet.say(path + ".unitKind", kind)


def say_target(sheet, dose, limits, uncapped, target):
    say_count(sheet, "target.uncapped", uncapped, dose.kind)
    say_count(sheet, "target.amount", target, dose.kind)
    sheet.say("target.isCapped", uncapped != target)
    if dose.cap is not None:
        say_count(sheet, "target.cap", dose.cap, dose.kind)
    for end, value in zip(("minimum", "maximum"), limits.range):
        if value is not None:
            sheet.say("target.range." + end, write(value))


def say_rate(sheet, path, cells_per_kg, kind):
    say_count(sheet, path, half_up(cells_per_kg, Fraction(1, 100)), kind)
    sheet.say(path + ".isExact", half_up(cells_per_kg, Fraction(1, 100)) == cells_per_kg)


def find_target(dose, kg, surface, sheet):
    """Target and limits of a dose that is drawn; of a placebo 0."""
    rule = dose.rule
    if rule["kind"] == "placebo":
        sheet.step("target", [], Fraction(0))
        say_count(sheet, "target.uncapped", Fraction(0), dose.kind)
        say_count(sheet, "target.amount", Fraction(0), dose.kind)
        sheet.say("target.isCapped", False)
        return Fraction(0), None
    uncapped = target = in_cells(rule, kg, surface)
    if rule["kind"] == "flat":
        inputs = [("D", read(rule["amount"]))]
    else:
        factor = ("w", kg) if rule["kind"] == "per-kg" else ("s", surface)
        inputs = [("d", read(rule["amount"])), factor]
    sheet.step("target", inputs, uncapped)
    if dose.cap is not None:
        target = min(uncapped, dose.cap)
        sheet.step("cap", [("T", uncapped), ("M", dose.cap)], target)
        if target != uncapped and rule["kind"] == "per-kg":
            per_kg = dose.cap / kg
            sheet.step("capped-per-kg", [("M", dose.cap), ("w", kg)], per_kg, show(per_kg))
            say_rate(sheet, "target.cappedPerKg", per_kg, dose.kind)
    limits = Limits(dose, kg, surface, sheet)
    limits.test(target, sheet)
    say_target(sheet, dose, limits, uncapped, target)
    return target, limits


# ---- What the containers hold ----------------------------------------------------------------------------------------

CELLS_OF_VIABLE = ("car-positive-cells", "cd34-cells", "cd3-cells")


def factors_of(lot, kind):
    """recovery, viability and purity by the table of what is counted."""
    counted = lot["counted"]
    if counted == kind:
        names = []
    elif counted == "total-nucleated-cells" and (kind == "viable-cells" or kind in CELLS_OF_VIABLE):
        names = ["viability", "purity"]
    elif counted == "viable-cells" and kind in CELLS_OF_VIABLE:
        names = ["purity"]
    else:
        raise NotCompared("a label of %s and a dose of %s do not convert" % (counted, kind))
    for name in ("viability", "purity"):
        if (name in lot) != (name in names):
            raise NotCompared("the %s of lot %s is stated where none is applied, or missing" % (name, lot["lot"]))
    return [read(lot["recovery"])] + [read(lot[name]) if name in names else None for name in ("viability", "purity")]


class Entry:
    """One entry of `lots`: what one container holds, in cells that the dose counts."""

    def __init__(self, lot, place, kind, governing, needed, sheet):
        self.lot, self.place, self.at_hand = lot, place, lot["containers"]
        self.fill, self.extractable = read(lot["fillMl"]), read(lot["extractableMl"])
        sheet.hold(self.extractable <= self.fill, "more can be drawn from a container than it is filled with")
        r, v, p = factors_of(lot, kind)
        self.factor, shares = r * (1 if v is None else v) * (1 if p is None else p), [("r", r), ("v", v), ("p", p)]
        content = read(lot["content"])
        self.by_content = sheet.step("usable", [("k", content)] + shares, content * self.factor)
        self.usable, self.label = self.by_content, amount(lot, "labelPerMl")
        self.measured = amount(lot, "measuredPerMl")
        if self.label is not None:
            self.read_label(content, shares, governing, needed, sheet)
        elif governing == "volume":
            raise NotCompared("lot %s has no labelled concentration, and the volume governs" % lot["lot"])
        self.is_by_volume = governing == "volume"
        if self.measured is not None:
            self.concentration = self.measured
        elif self.is_by_volume:
            self.concentration = self.label * self.factor
        else:
            self.concentration = self.by_content / self.fill

    def read_label(self, content, shares, governing, needed, sheet):
        by_volume = self.label * self.extractable * self.factor
        sheet.step("usable-by-volume", [("c", self.label), ("e", self.extractable)] + shares, by_volume)
        in_content = content / self.fill
        difference = 100 * (self.label - in_content) / in_content
        inputs = [("c", self.label), ("k", content), ("f", self.fill)]
        sheet.step("label-difference", inputs, difference, show(difference))
        if needed is None:
            return
        counts = [ceiling(needed / self.by_content), ceiling(needed / by_volume)]
        is_consistent = abs(difference) <= 1 and counts[0] == counts[1]
        sheet.hold(is_consistent or governing is not None, "the label's values disagree, and no rule governs")
        path = "rules.%d." % sum(1 for one in sheet.results if one.endswith(".byContent"))
        sheet.say(path + "lot", self.lot["lot"])
        sheet.say(path + "byContent", str(counts[0]))
        sheet.say(path + "byVolume", str(counts[1]))
        sheet.say(path + "labelDifferencePercent", show(difference))
        sheet.say(path + "isConsistent", is_consistent)
        sheet.say(path + "governing", governing)
        if governing == "volume":
            self.usable = by_volume

    def add_concentration(self, sheet):
        if self.measured is not None:
            inputs = [("C", self.measured)]
        elif self.is_by_volume:
            inputs = [("c", self.label), ("q", self.factor)]
        else:
            inputs = [("u", self.by_content), ("f", self.fill)]
        sheet.step("concentration", inputs, self.concentration)


def fold(text):
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


def by_lot(entries):
    """Lots by expiry date, then by name; of one lot the largest size first."""
    lots = {}
    for entry in entries:
        lots.setdefault(fold(entry.lot["lot"]), []).append(entry)
    sizes = [sorted(lot, key=lambda entry: -entry.usable) for lot in lots.values()]
    return sorted(sizes, key=lambda lot: (lot[0].lot["expiresOn"], lot[0].lot["lot"].encode("utf-16-be")))


# ---- Containers and draw ---------------------------------------------------------------------------------------------


class Syringe:
    """Earlier entries emptied down to a whole graduation, the rest from the last one, half-up to the graduation."""

    def __init__(self, taken, target, limits, draw):
        g = read(draw["graduationMl"])
        self.last, self.count = taken[-1]
        self.emptied = [floor(count * entry.extractable / g) * g for entry, count in taken[:-1]]
        self.cells = [volume * taken[i][0].concentration for i, volume in enumerate(self.emptied)]
        self.given = sum(self.cells, Fraction(0))
        self.exact = (target - self.given) / self.last.concentration
        rounded = half_up(max(self.exact, Fraction(0)), g)
        dose_of = lambda volume: self.given + volume * self.last.concentration
        may_be_less, may_be_more = (
            draw.get(name) == what
            for name, what in (("whenAbove", "one-graduation-less"), ("whenBelow", "one-graduation-more"))
        )
        self.is_less = may_be_less and limits.is_above(dose_of(rounded)) and rounded >= g
        self.is_more = may_be_more and limits.is_below(dose_of(rounded))
        self.volume = rounded - g if self.is_less else rounded + g if self.is_more else rounded
        self.delivered = dose_of(self.volume)
        self.is_enough = self.volume <= self.count * self.last.extractable


def ways_of(sizes, count):
    """Every way to take `count` containers of these sizes."""
    if not sizes:
        if count == 0:
            yield []
        return
    for taken in range(min(count, sizes[0].at_hand), -1, -1):
        for rest in ways_of(sizes[1:], count - taken):
            yield ([(sizes[0], taken)] if taken > 0 else []) + rest


def holds(taken):
    return sum((count * entry.usable for entry, count in taken), Fraction(0))


def most_held(sizes, count):
    """Cells of the largest `count` containers; `sizes` begin with the largest."""
    held = Fraction(0)
    for entry in sizes:
        taken = min(count, entry.at_hand)
        held, count = held + taken * entry.usable, count - taken
    return held


def fewest(sizes, needed, is_enough, found):
    """The fewest containers that suffice, then the least left over; of choices equal in both, that of the answer."""
    if holds([(entry, entry.at_hand) for entry in sizes]) < needed:
        return None
    for count in range(1, sum(entry.at_hand for entry in sizes) + 1):
        if most_held(sizes, count) < needed:
            continue
        best = [way for way in ways_of(sizes, count) if holds(way) >= needed and is_enough(way)]
        if best:
            least = min(holds(way) for way in best)
            equal = [way for way in best if holds(way) == least]
            chosen = [way for way in equal if {(entry.place, n) for entry, n in way} <= found]
            return (chosen or equal)[0]
    return None


def choose(entries, needed, may_mix, is_enough, found):
    lots, taken, rest = by_lot(entries), [], needed
    for sizes in lots:
        own = fewest(sizes, rest if may_mix else needed, lambda way: is_enough(taken + way), found)
        if own is not None:
            return taken + own
        if may_mix:
            whole = [(entry, entry.at_hand) for entry in sizes]
            taken, rest = taken + whole, rest - holds(whole)
    return None


def draws_of(entry, count, volume, g):
    """How much from how many: emptied down to a whole graduation, the rest from one; or the same from each."""
    if volume == 0:
        return []
    each = floor(entry.extractable / g) * g
    full = min(floor(volume / each), count) if each > 0 else 0
    rest = volume - full * each
    if rest > entry.extractable or (rest > 0 and full == count):
        return [(count, volume / count)]
    return ([(full, each)] if full > 0 else []) + ([(1, rest)] if rest > 0 else [])


def say_containers(sheet, uses):
    """`uses`: entry, containers, drawn volume, draws."""
    for i, (entry, count, volume, draws) in enumerate(uses):
        path = "containers.%d." % i
        sheet.say(path + "lot", entry.lot["lot"])
        sheet.say(path + "entry", entry.place)
        sheet.say(path + "expiresOn", entry.lot["expiresOn"])
        sheet.say(path + "containers", count)
        sheet.say(path + "usablePerContainer", write(entry.usable))
        sheet.say(path + "concentrationPerMl", write(entry.concentration))
        sheet.say(path + "isMeasured", entry.measured is not None)
        sheet.say(path + "drawMl", write(volume))
        sheet.say(path + "delivered", write(volume * entry.concentration))
        for j, (containers, each) in enumerate(draws):
            sheet.say("%sdraws.%d.containers" % (path, j), containers)
            sheet.say("%sdraws.%d.drawMl" % (path, j), write(each))


class Drawn:
    """What reaches the bag."""

    def __init__(self, volume, delivered, taken):
        self.volume, self.delivered, self.taken = volume, delivered, taken
        self.count = sum(count for _, count in taken)


def fill_syringe(order, dose, target, limits, found, sheet):
    draw, product = order["draw"], order["product"]
    g, overfill = read(draw["graduationMl"]), read(draw["overfillPercent"])
    needed = target * (1 + overfill / 100)
    entries = [
        Entry(lot, i, dose.kind, draw.get("governingRule"), needed, sheet) for i, lot in enumerate(order["lots"])
    ]
    is_enough = lambda way: Syringe(way, target, limits, draw).is_enough
    taken = choose(entries, needed, product["mayMixLots"], is_enough, found)
    if taken is None:
        sheet.hold(False, "the containers do not suffice for the dose")
        return None
    syringe = Syringe(taken, target, limits, draw)
    add_containers(taken, syringe, target, needed, overfill, sheet)
    add_draw(taken, syringe, target, limits, draw, sheet)
    emptied, volume = sum(syringe.emptied, Fraction(0)), sum(syringe.emptied, syringe.volume)
    error = 100 * (syringe.delivered - target) / target
    sheet.step("rounding-error", [("delivered", syringe.delivered), ("target", target)], error, show(error))
    volumes = syringe.emptied + [syringe.volume]
    say_containers(
        sheet,
        [(entry, n, volumes[i], draws_of(entry, n, volumes[i], g)) for i, (entry, n) in enumerate(taken)],
    )
    say_delivered(sheet, volume, emptied + syringe.exact, syringe.delivered, dose.kind, show(error))
    sheet.say("delivered.isOneGraduationLess", syringe.is_less)
    sheet.say("delivered.isOneGraduationMore", syringe.is_more)
    return Drawn(volume, syringe.delivered, taken)


def add_containers(taken, syringe, target, needed, overfill, sheet):
    count = sum(n for _, n in taken)
    common = [("target", target), ("o", overfill)]
    if len(taken) > 1:
        inputs = [("n%d" % (i + 1), Fraction(n)) for i, (_, n) in enumerate(taken)]
        inputs += [("u%d" % (i + 1), entry.usable) for i, (entry, _) in enumerate(taken)]
        sheet.step("containers", common + inputs, Fraction(count))
        return
    entry = taken[0][0]
    by_content, by_volume = needed / entry.usable, syringe.volume / entry.extractable
    inputs = common + [("u", entry.usable)]
    if ceiling(by_volume) > ceiling(by_content):
        inputs += [("V", syringe.volume), ("e", entry.extractable)]
        sheet.step("containers", inputs, by_volume, str(ceiling(by_volume)))
    else:
        sheet.step("containers", inputs, by_content, str(ceiling(by_content)))


def add_draw(taken, syringe, target, limits, draw, sheet):
    g, last = read(draw["graduationMl"]), syringe.last
    for (entry, n), volume, cells in zip(taken, syringe.emptied, syringe.cells):
        add_emptied(entry, n, volume, cells, sheet)
    last.add_concentration(sheet)
    emptied, volume = sum(syringe.emptied, Fraction(0)), sum(syringe.emptied, syringe.volume)
    inputs = [("target", target), ("C", last.concentration), ("g", g)]
    if len(taken) > 1:
        inputs = [("e", emptied), ("target", target), ("y", syringe.given), ("C", last.concentration), ("g", g)]
    sheet.step("draw", inputs, emptied + syringe.exact, write(volume))
    if "deadVolumeMl" in draw:
        filled, dead = sum((n * entry.fill for entry, n in taken), Fraction(0)), read(draw["deadVolumeMl"])
        residual = sheet.step("residual", [("fill", filled), ("draw", volume), ("dead", dead)], filled - volume)
        sheet.hold(residual >= dead, "less than the dead volume stays in the containers")
    if len(taken) > 1:
        inputs = [("y", syringe.given), ("x", syringe.volume), ("C", last.concentration)]
    else:
        inputs = [("draw", volume), ("C", last.concentration)]
    sheet.step("delivered", inputs, syringe.delivered)
    sheet.hold(syringe.exact >= 0, "the emptied containers hold more than the target")
    sheet.hold(volume > 0, "the draw rounds to 0 mL")
    sheet.hold(not limits.is_above(syringe.delivered), "the rounded dose is above cap, range or hard limit")
    sheet.hold(not limits.is_below(syringe.delivered), "the rounded dose is below range or hard limit")


def add_emptied(entry, count, volume, cells, sheet):
    inputs = [("n", Fraction(count)), ("x", entry.extractable), ("e", volume), ("C", entry.concentration)]
    sheet.step("emptied", inputs, cells)


def say_delivered(sheet, volume, exact, delivered, kind, error):
    sheet.say("delivered.drawMl", write(volume))
    sheet.say("delivered.exactDrawMl", write(exact))
    say_count(sheet, "delivered.amount", delivered, kind)
    sheet.say("delivered.roundingErrorPercent", error)


def give_whole(order, dose, kg, surface, sheet):
    """Whole containers: everything is given, and what it holds is the target."""
    names = {fold(lot["lot"]) for lot in order["lots"]}
    sheet.hold(order["product"]["mayMixLots"] or len(names) == 1, "several lots of a product that must not be mixed")
    entries = [Entry(lot, i, dose.kind, None, None, sheet) for i, lot in enumerate(order["lots"])]
    volumes = [entry.at_hand * entry.extractable for entry in entries]
    cells = [volume * entry.concentration for entry, volume in zip(entries, volumes)]
    for entry, volume, held in zip(entries, volumes, cells):
        entry.add_concentration(sheet)
        add_emptied(entry, entry.at_hand, volume, held, sheet)
    target = sum(cells, Fraction(0))
    sheet.step("target", numbered("y", cells), target)
    limits = Limits(dose, kg, surface, sheet)
    sheet.hold(dose.cap is None or target <= dose.cap, "the containers hold more than the cap")
    limits.test(target, sheet)
    say_target(sheet, dose, limits, target, target)
    if kg is not None and dose.kind != "cell-equivalents":
        sheet.step("given-per-kg", [("target", target), ("w", kg)], target / kg, show(target / kg))
        say_rate(sheet, "delivered.perKg", target / kg, dose.kind)
    say_containers(sheet, [(e, e.at_hand, v, [(e.at_hand, e.extractable)]) for e, v in zip(entries, volumes)])
    volume = sum(volumes, Fraction(0))
    say_delivered(sheet, volume, volume, target, dose.kind, "0")
    sheet.say("delivered.isOneGraduationLess", False)
    sheet.say("delivered.isOneGraduationMore", False)
    return Drawn(volume, target, [(entry, entry.at_hand) for entry in entries])


def numbered(symbol, values):
    return [(symbol + str(i + 1), value) for i, value in enumerate(values)]


# ---- The bag, its infusion and its clock -----------------------------------------------------------------------------


def infuse(order, drawn, kg, sheet):
    """Returns the exact duration in minutes; None where neither rate nor minutes are stated."""
    infusion = order["infusion"]
    volume = amount(infusion, "finalVolumeMl")
    if "diluentPerContainerMl" in infusion:
        each = read(infusion["diluentPerContainerMl"])
        volume = drawn.volume + drawn.count * each
        sheet.step("final-volume", [("draw", drawn.volume), ("n", Fraction(drawn.count)), ("d", each)], volume)
    elif volume is None:
        volume = drawn.volume
    diluent = sheet.step("diluent", [("V", volume), ("draw", drawn.volume)], volume - drawn.volume)
    sheet.hold(diluent >= 0, "more is drawn than the final volume")
    for other in infusion.get("otherArms", []):
        sheet.hold(read(other["finalVolumeMl"]) == volume, "the arms' final volumes differ")
    concentration = drawn.delivered / volume
    inputs = [("delivered", drawn.delivered), ("V", volume)]
    sheet.step("final-concentration", inputs, concentration, show(concentration))
    asked = order.get("product", {}).get("concentrationPerMl")
    ends = [amount(asked, "minimum"), amount(asked, "maximum")]
    sheet.hold(is_within(concentration, ends), "the final concentration is outside the product's")
    sheet.say("infusion.finalVolumeMl", write(volume))
    sheet.say("infusion.diluentMl", write(diluent))
    sheet.say("infusion.concentrationPerMl", show(concentration))
    return add_rate(infusion, volume, drawn, kg, sheet)


def add_rate(infusion, volume, drawn, kg, sheet):
    ways = [name for name in ("rateMlPerMin", "rateMlPerHour", "minutes") if name in infusion]
    if not ways:
        return None
    stated = read(infusion[ways[0]])
    sheet.hold(len(ways) == 1, "rate and minutes are both stated")
    if ways[0] == "minutes":
        minutes, rate = stated, volume / stated
        sheet.step("rate", [("V", volume), ("t", minutes)], rate, show(rate))
    else:
        rate = stated if ways[0] == "rateMlPerMin" else stated / 60
        minutes = volume / rate
        sheet.step("minutes", [("V", volume), ("R", stated)], minutes, show(minutes))
    sheet.say("infusion.minutes", show(minutes))
    sheet.say("infusion.rateMlPerMin", show(rate))
    sheet.say("infusion.rateMlPerHour", infusion.get("rateMlPerHour"))
    limits = infusion.get("limits", {})
    of_rate, of_minutes = (
        [amount(limits, "minimum" + what), amount(limits, "maximum" + what)] for what in ("MlPerMin", "Minutes")
    )
    sheet.hold(is_within(rate, of_rate), "the rate is outside its limits")
    sheet.hold(is_within(minutes, of_minutes), "the minutes are outside their limits")
    if kg is not None:
        hourly = 60 * rate / kg
        sheet.step("ml-per-kg-per-hour", [("R", rate), ("w", kg)], hourly, show(hourly))
        sheet.say("infusion.mlPerKgPerHour", show(hourly))
        most = amount(limits, "maximumMlPerKgPerHour")
        sheet.hold(is_within(hourly, [None, most]), "the rate per kg is above its limit")
        if drawn.delivered > 0:
            cells = drawn.delivered / (kg * minutes)
            inputs = [("delivered", drawn.delivered), ("w", kg), ("t", minutes)]
            sheet.step("cells-per-kg-per-min", inputs, cells, show(cells))
            sheet.say("infusion.cellsPerKgPerMin", show(cells))
            most = amount(limits, "maximumCellsPerKgPerMin")
            sheet.hold(is_within(cells, [None, most]), "the cells per kg and minute are above their limit")
    if "dropsPerMl" in infusion:
        factor = read(infusion["dropsPerMl"])
        sheet.step("drops-per-min", [("R", rate), ("F", factor)], rate * factor, show(rate * factor))
        sheet.say("infusion.dropsPerMin", show(rate * factor))
    return minutes


TIME = "%Y-%m-%dT%H:%M"


def keep_time(order, minutes, drawn, start_within, sheet):
    clock = order.get("clock")
    if clock is None:
        return
    if minutes is None:
        raise NotCompared("a clock without rate or minutes")
    thawed, start = (datetime.strptime(clock[name], TIME) for name in ("thawedAt", "startAt"))
    stability, flush, lasts = clock["stabilityMinutes"], clock["lineFlushMinutes"], ceiling(minutes)
    hold = (start - thawed) // timedelta(minutes=1)
    spare = stability - (hold + lasts + flush)
    inputs = [("stability", stability), ("hold", hold), ("minutes", lasts), ("flush", flush)]
    sheet.step("stability", [(symbol, Fraction(value)) for symbol, value in inputs], Fraction(spare))
    finish = start + timedelta(minutes=lasts + flush)
    sheet.hold(hold >= 0, "the infusion starts before the thaw")
    sheet.hold(spare >= 0, "the product expires before the end of the infusion")
    used = {fold(entry.lot["lot"]) for entry, _ in drawn.taken}
    for lot in order.get("lots", []):
        if fold(lot["lot"]) in used:
            sheet.hold(lot["expiresOn"] >= finish.strftime("%Y-%m-%d"), "a lot expires before the end of the infusion")
    sheet.say("stability.thawedAt", clock["thawedAt"])
    sheet.say("stability.startAt", clock["startAt"])
    sheet.say("stability.finishAt", finish.strftime(TIME))
    sheet.say("stability.expiresAt", (thawed + timedelta(minutes=stability)).strftime(TIME))
    sheet.say("stability.spareMinutes", spare)
    sheet.say("stability.startWithin", start_within)


def add_day(order, drawn, is_whole, others, sheet):
    """DMSO and endotoxin of the day. `others` are what is given besides; returns both with this preparation."""
    product = order.get("product", {})
    dmso, endotoxin = product.get("dmso"), amount(product, "endotoxinEuPerMl")
    if dmso is None and endotoxin is None and others["dmso"] == 0 and others["endotoxin"] == 0:
        return others
    if others["limit"] is None:
        raise NotCompared("DMSO or endotoxin without the totals of the day")
    b, limit, result = read(order["weight"]["weightKg"]), others["limit"], dict(others)
    if dmso is not None or others["dmso"] > 0:
        result["dmso"] = add_dmso(dmso, b, limit, others["dmso"], drawn, is_whole, sheet)
    if endotoxin is not None or others["endotoxin"] > 0:
        inputs = [("other", others["endotoxin"]), ("b", b)]
        if endotoxin is not None:
            inputs = [("draw", drawn.volume), ("E", endotoxin)] + inputs
        units = drawn.volume * (endotoxin or 0) + others["endotoxin"]
        sheet.step("endotoxin", inputs, units)
        sheet.hold(units <= 5 * b, "the endotoxin of the day is above 5 EU/kg")
        sheet.say("dayTotals.endotoxinEu", write(units))
        sheet.say("dayTotals.endotoxinLimitEu", write(5 * b))
        result["endotoxin"] = units
    return result


def add_dmso(dmso, b, limit, other, drawn, is_whole, sheet):
    if dmso is None:
        grams_of, own = (lambda volume: Fraction(0)), []
    elif "percentVv" in dmso:
        percent = read(dmso["percentVv"])
        grams_of, own = (lambda volume: volume * percent / 100 * read("1.10")), [("draw", drawn.volume), ("p", percent)]
    else:
        mg = read(dmso["mgPerMl"])
        grams_of, own = (lambda volume: volume * mg / 1000), [("draw", drawn.volume), ("m", mg)]
    grams = sheet.step("dmso", own + [("other", other)], grams_of(drawn.volume) + other)
    sheet.step("dmso-per-kg", [("DMSO", grams), ("b", b)], grams / b, show(grams / b, 4))
    sheet.say("dayTotals.dmsoG", write(grams))
    sheet.say("dayTotals.dmsoGPerKg", show(grams / b, 4))
    sheet.say("dayTotals.dmsoLimitGPerKg", write(limit))
    sheet.hold(limit <= 1, "the limit of DMSO is above 1 g/kg")
    sheet.hold(grams / b <= limit, "the DMSO of the day is above its limit")
    if is_whole and dmso is not None:
        one = grams_of(max(entry.extractable for entry, _ in drawn.taken))
        bags = (limit * b - other) / one
        most = str(max(floor(bags), 0))
        sheet.step("dmso-most-containers", [("L", limit), ("b", b), ("other", other), ("g", one)], bags, most)
        sheet.say("dayTotals.mostContainers", most)
    return grams


# ---- A whole order ---------------------------------------------------------------------------------------------------


def compute(answer, order, others, start_within=None):
    """One component: its sheet, what is drawn, weight and surface, and the totals of the day."""
    sheet, dose = Sheet(), Dose(answer, order)
    kg = weigh(order, sheet)
    surface = find_surface(order, dose.rule, kg, sheet)
    is_whole = dose.rule["kind"] == "whole-containers"
    if is_whole:
        drawn = give_whole(order, dose, kg, surface, sheet)
    else:
        target, limits = find_target(dose, kg, surface, sheet)
        if dose.rule["kind"] == "placebo":
            drawn = Drawn(Fraction(0), Fraction(0), [])
            say_delivered(sheet, Fraction(0), Fraction(0), Fraction(0), dose.kind, "0")
            sheet.say("delivered.isOneGraduationLess", False)
            sheet.say("delivered.isOneGraduationMore", False)
        else:
            found = {(use["entry"], use["containers"]) for use in answer["containers"]}
            drawn = fill_syringe(order, dose, target, limits, found, sheet)
    if drawn is not None:
        minutes = infuse(order, drawn, kg, sheet)
        keep_time(order, minutes, drawn, start_within, sheet)
        others = add_day(order, drawn, is_whole, others, sheet)
    return sheet, drawn, kg, surface, others


OF_COMPONENT = ("dose", "product", "lots", "draw", "infusion", "clock", "component")


def compute_all(answer):
    """The sheets of all components, the first with what holds for all of them together."""
    order = answer["order"]
    stated = order.get("dayTotals")
    limit = None if stated is None else amount(stated, "dmsoLimitGPerKg") or Fraction(1)
    others = {
        "dmso": amount(stated, "otherDmsoG") or Fraction(0),
        "endotoxin": amount(stated, "otherEndotoxinEu") or Fraction(0),
        "limit": limit,
    }
    first, drawn, kg, surface, others = compute(answer, order, others)
    sheets, volumes = [first], [drawn]
    for i, component in enumerate(order.get("then", [])):
        own = {name: value for name, value in order.items() if name not in OF_COMPONENT}
        own.update((name, value) for name, value in component.items() if name != "startWithinMinutes")
        start_within = latest_start(component, sheets[-1])
        sheet, drawn, _, _, others = compute(answer["then"][i], own, others, start_within)
        sheets.append(sheet)
        volumes.append(drawn)
    if "then" in order and None not in volumes:
        hold_together(answer, order, [drawn.delivered for drawn in volumes], kg, surface, first)
    return sheets


def latest_start(component, before):
    """The latest start that the component before leaves, where one is stated."""
    finish, clock = before.results.get("stability.finishAt"), component.get("clock")
    if finish is None or clock is None:
        return None
    before.hold(clock["startAt"] >= finish, "a component starts before the end of the one before it")
    if "startWithinMinutes" not in component:
        return None
    latest = datetime.strptime(finish, TIME) + timedelta(minutes=component["startWithinMinutes"])
    before.hold(clock["startAt"] <= latest.strftime(TIME), "a component starts too late after the one before it")
    return latest.strftime(TIME)


class Together:
    """What holds for the sum of all components."""

    def __init__(self, answer, order):
        label = answer.get("regimen") if order["dose"]["from"] == "product" else order.get("together")
        self.is_stated = label is not None
        self.range, self.hard = (label or {}).get("range"), (label or {}).get("hard")
        cap = (label or {}).get("cap")
        self.cap = None if cap is None else read(cap if isinstance(cap, str) else cap["amount"])


def hold_together(answer, order, parts, kg, surface, sheet):
    together = Together(answer, order)
    if not together.is_stated:
        return
    if len({one["unitKind"] for one in [answer] + answer["then"]}) > 1:
        raise NotCompared("components that count different kinds have no sum")
    total = sheet.step("together", numbered("delivered", parts), sum(parts, Fraction(0)))
    sheet.hold(together.cap is None or total <= together.cap, "all components together are above the cap")
    Limits(together, kg, surface, sheet).test(total, sheet)
    say_count(sheet, "together", total, answer["unitKind"])


# ---- Comparing -------------------------------------------------------------------------------------------------------

COMPARED = (
    *("weight", "surface", "target", "containers", "rules"),
    *("delivered", "infusion", "stability", "dayTotals", "together"),
)


def leaves(value, path):
    """The values of the answer's results by their path. Words and digits of an amount are held against it apart."""
    if isinstance(value, dict):
        for name, own in value.items():
            if name not in ("words", "digits") and path + "." + name != "target.rule":
                yield from leaves(own, path + "." + name)
    elif isinstance(value, list):
        for i, own in enumerate(value):
            yield from leaves(own, "%s.%d" % (path, i))
    else:
        yield path, value


def grouped(text):
    sign, body = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, places = body.partition(".")
    return sign + "{:,}".format(int(whole)) + point + places


def is_short(text):
    """Numbers with more than six places are printed shortened."""
    return len(text.partition(".")[2]) <= 6


def is_worked(worked, value):
    """Whether the printed line ends with the result."""
    if not is_short(value):
        return True
    ends = [mark + grouped(value) + end for mark in ("= ", "\u2192 ") for end in (" ", ";")]
    return any(end in worked + " " for end in ends)


def misprints(value, path):
    """Printed words of amounts that say another number."""
    if isinstance(value, dict):
        for name in ("words", "digits"):
            if name in value and not says(value[name], value["amount"]):
                yield path + "." + name, value["amount"], value[name]
        for name, own in value.items():
            yield from misprints(own, path + "." + name)
    elif isinstance(value, list):
        for i, own in enumerate(value):
            yield from misprints(own, "%s.%d" % (path, i))


def says(words, number):
    if words.startswith("about "):
        words = words[len("about ") :]
        if not is_short(number):
            return True
    parts = words.split(" ")
    try:
        said = Fraction(parts[0].replace(",", ""))
    except ValueError:
        return False
    is_million = parts[1:2] == ["million"]
    said = said * 10**6 if is_million else said
    return said == Fraction(number) or (is_million and not is_short(write(Fraction(number) / 10**6)))


def differing_step(sheet, answer):
    found = answer["steps"]
    for i, (name, inputs, exact, result) in enumerate(sheet.steps):
        if i >= len(found):
            return "step %d, %s: expected, and not found" % (i + 1, name)
        step = found[i]
        where = "step %d, %s (%s)" % (i + 1, step["id"], step["title"])
        if step["id"] != name:
            return "%s: expected step %s, found %s" % (where, name, step["id"])
        own = [(given["symbol"], given["value"]) for given in step["inputs"]]
        for (symbol, value), (its_symbol, its_value) in zip(inputs, own):
            if symbol != its_symbol or value != its_value:
                return "%s: %s expected %s, found %s %s" % (where, symbol, value, its_symbol, its_value)
        if len(inputs) != len(own):
            return "%s: expected %d inputs, found %d" % (where, len(inputs), len(own))
        if step["exact"] != exact:
            return "%s: exact value expected %s, found %s" % (where, exact, step["exact"])
        if step["result"]["value"] != result:
            return "%s: expected %s, found %s" % (where, result, step["result"]["value"])
        if not is_worked(step["worked"], result):
            return "%s: expected %s at the end of the line, found %s" % (where, grouped(result), step["worked"])
    if len(found) > len(sheet.steps):
        return "step %d, %s: found, and not expected" % (len(sheet.steps) + 1, found[len(sheet.steps)]["id"])
    return None


def differing_result(sheet, answer):
    found = {}
    for part in COMPARED:
        if part in answer:
            found.update(leaves(answer[part], part))
    for path in list(sheet.results) + list(found):
        expected, own = sheet.results.get(path), found.get(path)
        if expected != own or isinstance(expected, bool) != isinstance(own, bool):
            texts = ["nothing" if one is None else json.dumps(one, ensure_ascii=False) for one in (expected, own)]
            return "result %s: expected %s, found %s" % (path, texts[0], texts[1])
    for part in COMPARED:
        for path, number, words in misprints(answer.get(part), part):
            return "result %s: expected %s, found %s" % (path, number, words)
    return None


def compare(answer):
    """Number of steps that agree, and the first difference, or None."""
    sheets = compute_all(answer)
    answers = [answer] + answer.get("then", [])
    for i, (sheet, own) in enumerate(zip(sheets, answers)):
        place = "" if len(answers) == 1 else "component %d, " % (i + 1)
        differs = differing_step(sheet, own) or differing_result(sheet, own)
        if differs is not None:
            return 0, place + differs
        if sheet.faults:
            return 0, place + "not to be prepared: " + sheet.faults[0]
    return sum(len(sheet.steps) for sheet in sheets), None


def shown(preparation):
    """The order as it was read, and the steps as this program computes them: for the order file and the worksheet."""
    for path, value in leaves(preparation["order"], "order"):
        yield "  %s: %s" % (path, json.dumps(value, ensure_ascii=False))
    sheets = compute_all(preparation)
    for i, sheet in enumerate(sheets):
        for j, (name, _, exact, result) in enumerate(sheet.steps):
            place = "" if len(sheets) == 1 else "component %d, " % (i + 1)
            yield "  %sstep %d, %s: exact %s, result %s" % (place, j + 1, name, exact, result)


def check(file, is_shown):
    """One file: exit code and what is printed."""
    try:
        with open(file, encoding="utf-8-sig") as opened:
            answer = json.load(opened)
        if not isinstance(answer, dict) or "preparation" not in answer:
            raise NotCompared("this is no answer of `allocell prepare --json`")
        count, differs = compare(answer["preparation"])
    except NotCompared as reason:
        return 2, "%s: not compared: %s" % (file, reason)
    except (OSError, ValueError) as reason:
        return 2, "%s: not compared: %s" % (file, reason)
    except (KeyError, TypeError, AttributeError, IndexError, ZeroDivisionError) as reason:
        return 2, "%s: not compared: this program does not know what stands there (%r)" % (file, reason)
    if differs is not None:
        return 1, "%s: %s" % (file, differs)
    lines = ["%s: %d steps and all results agree" % (file, count)]
    return 0, "\n".join(lines + (list(shown(answer["preparation"])) if is_shown else []))


def main(arguments):
    files = [one for one in arguments if one != "--show"]
    if not files or files[0] in ("-h", "--help"):
        print(__doc__)
        return 0 if files else 2
    answers = [check(file, "--show" in arguments) for file in files]
    for _, text in answers:
        sys.stdout.buffer.write((text + "\n").encode("utf-8"))
    codes = [code for code, _ in answers]
    return 1 if 1 in codes else max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
