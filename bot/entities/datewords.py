"""What months, weekdays and days are called, per language. Words are written as people type them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.text.rules import normal


@dataclass(frozen=True, slots=True)
class DateWords:
    """The words of one language: things parted by commas, the forms of one thing by spaces.

    `days` are phrases for days, counted from today. `after` stand before a number of days ahead, `later`
    behind it; `before` and `ago` likewise for days that have passed.
    """

    months: str
    weekdays: str
    days: Mapping[str, int]
    next: str
    last: str
    this: str = ""
    past_weekdays: str = ""
    day: str = ""
    week: str = ""
    after: str = ""
    later: str = ""
    before: str = ""
    ago: str = ""
    between: str = ""
    numbers: str = ""
    # Number words that mostly mean something else; they count in a short reply only.
    articles: str = ""


def _with(endings: str, words: str) -> str:
    """Every form of each word: with nothing, and with each ending."""
    return ", ".join(
        " ".join((word, *(word + ending for ending in endings.split()))) for word in words.split(", ")
    )


_TURKISH = "a e ya ye da de ta te dan den tan ten ı i yı yi"

WORDS: Mapping[str, DateWords] = {
    "en": DateWords(
        months=(
            "january jan, february feb, march mar, april apr, may, june jun, july jul, august aug, "
            "september sep sept, october oct, november nov, december dec"
        ),
        weekdays=(
            "monday mondays, tuesday tuesdays tues, wednesday wednesdays, thursday thursdays thurs, "
            "friday fridays, saturday saturdays, sunday sundays"
        ),
        days={
            "today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1, "day after tomorrow": 2,
            "day before yesterday": -2,
        },
        next="next", last="last past", this="this coming", day="day days", week="week weeks",
        after="in within", later="from now later", ago="ago", between="the of on a st nd rd th s",
        numbers="one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve",
        articles="one",
    ),
    "sv": DateWords(
        months=(
            "januari jan, februari feb, mars mar, april apr, maj, juni jun, juli jul, augusti aug, "
            "september sep sept, oktober okt, november nov, december dec"
        ),
        weekdays=_with("en", "måndag, tisdag, onsdag, torsdag, fredag, lördag, söndag"),
        days={
            "idag": 0, "i dag": 0, "ikväll": 0, "imorgon": 1, "i morgon": 1, "imorron": 1, "igår": -1,
            "i går": -1, "övermorgon": 2, "i övermorgon": 2, "förrgår": -2, "i förrgår": -2,
        },
        next="nästa", last="förra", this="nu kommande",
        past_weekdays="måndags, tisdags, onsdags, torsdags, fredags, lördags, söndags",
        day="dag dagar", week="vecka veckor", after="om inom", ago="sedan", between="den på i e a",
        numbers="ett en, två, tre, fyra, fem, sex, sju, åtta, nio, tio, elva, tolv",
        articles="ett en",
    ),
    "ro": DateWords(
        months=(
            "ianuarie ian, februarie feb, martie mar, aprilie apr, mai, iunie iun, iulie iul, "
            "august aug, septembrie sep sept, octombrie oct, noiembrie noi nov, decembrie dec"
        ),
        weekdays=(
            "luni lunea, marți marțea, miercuri miercurea, joi joia, vineri vinerea, sâmbătă sâmbăta, "
            "duminică duminica"
        ),
        days={"azi": 0, "astăzi": 0, "mâine": 1, "ieri": -1, "poimâine": 2, "alaltăieri": -2},
        next="viitoare următoare următoarea", last="trecută", this="aceasta asta", day="zi zile",
        week="săptămână săptămâni", after="peste în", before="acum", between="de pe data",
        numbers=(
            "unu una un o, doi două, trei, patru, cinci, șase, șapte, opt, nouă, zece, unsprezece, "
            "doisprezece douăsprezece"
        ),
        articles="un o una",
    ),
    "ru": DateWords(
        months=(
            "январь января янв, февраль февраля фев, март марта, апрель апреля апр, май мая, июнь июня, "
            "июль июля, август августа авг, сентябрь сентября сен, октябрь октября окт, "
            "ноябрь ноября ноя, декабрь декабря дек"
        ),
        weekdays=(
            "понедельник понедельника понедельнику, вторник вторника вторнику, среда среду среды среде, "
            "четверг четверга четвергу, пятница пятницу пятницы пятнице, "
            "суббота субботу субботы субботе, воскресенье воскресенья воскресенью"
        ),
        days={"сегодня": 0, "завтра": 1, "вчера": -1, "послезавтра": 2, "позавчера": -2},
        next="следующий следующую следующее следующая", last="прошлый прошлую прошлое прошлая",
        this="этот эту это ближайший ближайшую ближайшее", day="день дня дней",
        week="неделя неделю недели недель", after="через", ago="назад", between="в во го числа ого",
        numbers=(
            "один одна одно одну, два две, три, четыре, пять, шесть, семь, восемь, девять, десять, "
            "одиннадцать, двенадцать"
        ),
    ),
    "tr": DateWords(
        months=_with(
            _TURKISH, "ocak, şubat, mart, nisan, mayıs, haziran, temmuz, ağustos, eylül, ekim, kasım, aralık",
        ),
        weekdays=_with(_TURKISH, "pazartesi, salı, çarşamba, perşembe, cuma, cumartesi, pazar"),
        days={"bugün": 0, "yarın": 1, "dün": -1, "ertesi gün": 1, "öbür gün": 2, "evvelsi gün": -2},
        next="gelecek", last="geçen", this="bu önümüzdeki", day="gün", week="hafta", later="sonra içinde",
        ago="önce", between="günü",
        numbers="bir, iki, üç, dört, beş, altı, yedi, sekiz, dokuz, on, on bir, on iki",
        articles="bir",
    ),
    "th": DateWords(
        months=(
            "มกราคม ม.ค., กุมภาพันธ์ ก.พ., มีนาคม มี.ค., เมษายน เม.ย., พฤษภาคม พ.ค., มิถุนายน มิ.ย., "
            "กรกฎาคม ก.ค., สิงหาคม ส.ค., กันยายน ก.ย., ตุลาคม ต.ค., พฤศจิกายน พ.ย., ธันวาคม ธ.ค."
        ),
        weekdays=(
            "จันทร์ วันจันทร์, อังคาร วันอังคาร, พุธ วันพุธ, พฤหัสบดี พฤหัส วันพฤหัสบดี วันพฤหัส, "
            "ศุกร์ วันศุกร์, เสาร์ วันเสาร์, อาทิตย์ วันอาทิตย์"
        ),
        days={
            "วันนี้": 0, "คืนนี้": 0, "พรุ่งนี้": 1, "เมื่อวาน": -1, "เมื่อวานนี้": -1, "มะรืนนี้": 2,
            "มะรืน": 2, "เมื่อวานซืน": -2,
        },
        next="หน้า", last="ที่แล้ว ก่อน", this="นี้", day="วัน", week="สัปดาห์", after="อีก ภายใน",
        ago="ที่แล้ว ก่อน", between="วันที่ ที่ เดือน ปี พ.ศ. ค.ศ.",
        numbers="หนึ่ง, สอง, สาม, สี่, ห้า, หก, เจ็ด, แปด, เก้า, สิบ, สิบเอ็ด, สิบสอง",
    ),
    "de": DateWords(
        months=(
            "januar jan, februar feb, märz mär, april apr, mai, juni jun, juli jul, august aug, "
            "september sep sept, oktober okt, november nov, dezember dez"
        ),
        weekdays="montag, dienstag, mittwoch, donnerstag, freitag, samstag sonnabend, sonntag",
        days={"heute": 0, "morgen": 1, "gestern": -1, "übermorgen": 2, "vorgestern": -2},
        next="nächsten nächster", last="letzten letzter", this="diesen kommenden", day="tag tage tagen",
        week="woche wochen", after="in", before="vor", between="den der am",
        numbers="eins ein eine, zwei, drei, vier, fünf, sechs, sieben, acht, neun, zehn, elf, zwölf",
        articles="ein eine",
    ),
    "fr": DateWords(
        months=(
            "janvier, février, mars, avril, mai, juin, juillet, août, septembre, octobre, novembre, "
            "décembre"
        ),
        weekdays="lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche",
        days={
            "aujourd hui": 0, "aujourdhui": 0, "demain": 1, "hier": -1, "après demain": 2, "avant hier": -2,
        },
        next="prochain", last="dernier", this="ce", day="jour jours", week="semaine semaines", after="dans",
        between="le er",
        numbers="un une, deux, trois, quatre, cinq, six, sept, huit, neuf, dix, onze, douze",
        articles="un une",
    ),
    "es": DateWords(
        months=(
            "enero, febrero, marzo, abril, mayo, junio, julio, agosto, septiembre, octubre, noviembre, "
            "diciembre"
        ),
        weekdays="lunes, martes, miércoles, jueves, viernes, sábado, domingo",
        days={"hoy": 0, "mañana": 1, "ayer": -1, "pasado mañana": 2, "anteayer": -2},
        next="próximo", last="pasado", this="este", day="día días", week="semana semanas", after="en",
        between="el de del",
        numbers="uno una un, dos, tres, cuatro, cinco, seis, siete, ocho, nueve, diez, once, doce",
        articles="un una",
    ),
}  # fmt: skip

Sense = tuple[str, int]
"""What a word means for a date: `month` 1 to 12, `weekday` 0 (Monday) to 6, `number`, `next` and so on."""

_ROLES = ("next", "last", "this", "day", "week", "after", "later", "before", "ago", "between")


@lru_cache(maxsize=16)
def senses(language: str) -> Mapping[tuple[str, ...], frozenset[Sense]]:
    """What words and phrases of a language mean, by their normal forms; empty for other languages."""
    words = WORDS.get(language)
    if words is None:
        return {}
    found: dict[tuple[str, ...], set[Sense]] = {}

    def add(phrase: str, sense: Sense) -> None:
        key = tuple(normal(word, language) for word in phrase.split())
        found.setdefault(key, set()).add(sense)

    listed = {"month": words.months, "weekday": words.weekdays, "past": words.past_weekdays}
    for name, groups in listed.items():
        for number, forms in enumerate(groups.split(", "), 1 if name == "month" else 0):
            for form in forms.split():
                add(form, (name, number))
    for number, forms in enumerate(words.numbers.split(", "), 1):
        for form in [forms] if number > 10 and language == "tr" else forms.split():
            add(form, ("number", number))
    for role in _ROLES:
        for form in getattr(words, role).split():
            add(form, (role, 0))
    for phrase, offset in words.days.items():
        add(phrase, ("offset", offset))
    return {phrase: frozenset(meant) for phrase, meant in found.items()}
