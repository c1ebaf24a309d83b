"""What postal addresses look like where one can be sure: a word for a street and a number of a house."""

from __future__ import annotations

import re

_WORD = r"[^\W\d_][\w'’.-]{0,40}"
_NUMBER = r"\d{1,5}(?:\s?[A-Za-zА-Яа-я](?!\w))?(?:[/-]\d{1,4})?"

_ENGLISH = (
    rf"(?<!\w)\d{{1,5}}[a-z]?,?\s+(?:(?!(?:the|a|an|on|in|of|by|to|and|or|for|my|days?|hours?)\b){_WORD}\s+){{1,3}}"
    r"(?:street|road|avenue|boulevard|(?-i:[Ll]ane|Terrace|Crescent|Drive|Square|Court|Close|St|Rd|Ave|Ln|Dr|Blvd|Ct))\b\.?"
)
_NORDIC = (
    rf"(?<!\w){_WORD}(?:gatan|gata|vägen|väg|gränd|stigen|torget|allén|backen|katu|tie|gade|vej|straße|strasse|str\.|gasse"
    rf"|platz)\s+{_NUMBER}(?!\w)"
)
_ROMANIAN = (
    rf"(?<!\w)(?:strada|str|bulevardul|bd|b-dul|calea|aleea|șoseaua|soseaua|șos|intrarea)\b\.?\s*"
    rf"{_WORD}(?:\s+{_WORD}){{0,3}},?\s*(?:nr\b\.?|numărul|numarul)\s*{_NUMBER}"
)
_RUSSIAN = (
    rf"(?<!\w)(?:ул\.|улиц[аеуы]|пр-т|просп\.|проспект[еа]?|переул[а-я]+|пер\.|бульвар[еа]?|наб\.|набережн[а-я]+|шоссе)\s*"
    rf"{_WORD}(?:\s+{_WORD}){{0,2}},?\s*(?:д\.|дом)?\s*{_NUMBER}(?:,?\s*(?:кв\.|квартира|корп\.|стр\.)\s*\d+)*"
)
_TURKISH = (
    rf"(?<!\w)(?:{_WORD}\s+){{1,3}}(?:caddesi|cad\.?|sokağı|sokak|sok\.?|bulvarı|mahallesi|mah\.?)\s*,?\s*"
    rf"(?:{_WORD}\s+){{0,3}}(?:no|numara)\s*[.:]?\s*{_NUMBER}"
)
_THAI = (
    r"(?:บ้านเลขที่|เลขที่)\s*\d{1,5}(?:/\d{1,4})?(?:\s*(?:หมู่|ซอย|ซ\.|ถนน|ถ\.|แขวง|ตำบล|เขต|อำเภอ|จังหวัด)\s*[\u0e00-\u0e7f\d]+)*"
    r"|(?:ซอย|ถนน)\s?[\u0e00-\u0e7f]+\s*\d{1,5}(?:/\d{1,4})?"
)
_POSTCODES = (
    r"(?<!\w)(?:[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}"
    r"|(?:SE|S|SE-|S-)?\d{3}\s\d{2}\s+(?-i:[A-ZÅÄÖ])[^\W\d_]{2,30})(?!\w)"
)

ADDRESS = re.compile(
    "|".join((_ENGLISH, _NORDIC, _ROMANIAN, _RUSSIAN, _TURKISH, _THAI, _POSTCODES)), re.IGNORECASE
)
