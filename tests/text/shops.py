"""A small shop in many languages, and its matcher, for the tests of each language."""

from __future__ import annotations

from functools import lru_cache

from bot.fitting.fit import fit_here
from bot.matching.matcher import ContentMatcher
from bot.model import Intent, Match, Taught

EXAMPLES = {
    "order_status": {
        "en": ("where is my order", "has my parcel been shipped yet", "track my package"),
        "sv": ("var är mitt paket", "när kommer min beställning", "spåra mitt paket"),
        "ro": ("unde este comanda mea", "când ajunge coletul meu", "urmărește coletul"),
        "th": ("พัสดุของฉันอยู่ที่ไหน", "เมื่อไหร่จะได้รับสินค้า", "ติดตามพัสดุ"),
        "ru": ("где мой заказ", "когда придёт посылка", "отследить посылку"),
        "tr": ("siparişim nerede", "kargom ne zaman gelir", "siparişimi takip etmek istiyorum"),
        "de": ("wo ist mein Paket", "wann kommt meine Bestellung", "Paket verfolgen"),
        "es": ("dónde está mi pedido", "cuándo llega mi paquete", "seguir mi pedido"),
        "fr": ("où est ma commande", "quand arrive mon colis", "suivre ma commande"),
        "it": ("dov'è il mio ordine", "quando arriva il mio pacco", "seguire il mio ordine"),
        "pt": ("onde está a minha encomenda", "quando chega o pacote", "seguir a encomenda"),
        "pl": ("gdzie jest moja paczka", "kiedy przyjdzie zamówienie", "śledzić paczkę"),
        "nl": ("waar is mijn bestelling", "wanneer komt mijn pakket", "pakket volgen"),
        "fi": ("missä tilaukseni on", "milloin paketti saapuu", "seuraa pakettia"),
    },
    "refund": {
        "en": ("i want my money back", "how do i get a refund", "return this item"),
        "sv": ("jag vill ha pengarna tillbaka", "hur får jag återbetalning", "returnera varan"),
        "ro": ("vreau banii înapoi", "cum primesc rambursarea", "returnez produsul"),
        "th": ("ขอคืนเงิน", "อยากคืนสินค้า", "ขอเงินคืนได้อย่างไร"),
        "ru": ("хочу вернуть деньги", "как вернуть товар", "оформить возврат"),
        "tr": ("paramı geri istiyorum", "iade nasıl yapılır", "ürünü iade etmek istiyorum"),
        "de": ("ich möchte mein Geld zurück", "wie bekomme ich eine Rückzahlung", "Ware zurücksenden"),
        "es": ("quiero mi dinero de vuelta", "cómo pido una devolución", "devolver el producto"),
        "fr": ("je veux être remboursé", "comment obtenir un remboursement", "renvoyer l'article"),
        "it": ("voglio indietro i miei soldi", "come ottengo un rimborso", "restituire il prodotto"),
        "pt": ("quero o meu dinheiro de volta", "como peço a devolução", "devolver o produto"),
        "pl": ("chcę zwrotu pieniędzy", "jak otrzymać zwrot", "zwrócić produkt"),
        "nl": ("ik wil mijn geld terug", "hoe krijg ik een terugbetaling", "product retourneren"),
        "fi": ("haluan rahani takaisin", "miten saan hyvityksen", "palauttaa tuote"),
    },
    "hours": {
        "en": ("when are you open", "what are your opening hours", "are you open on sunday"),
        "sv": ("när har ni öppet", "vilka är era öppettider", "har ni öppet på söndag"),
        "ro": ("când sunteți deschis", "care este programul", "sunteți deschiși duminică"),
        "th": ("เปิดกี่โมง", "เวลาทำการคืออะไร", "วันอาทิตย์เปิดไหม"),
        "ru": ("когда вы открыты", "какие часы работы", "вы работаете в воскресенье"),
        "tr": ("ne zaman açıksınız", "çalışma saatleriniz nedir", "pazar günü açık mısınız"),
        "de": ("wann haben Sie geöffnet", "wie sind die Öffnungszeiten", "sonntags geöffnet"),
        "es": ("a qué hora abren", "cuál es el horario", "abren los domingos"),
        "fr": ("quand êtes-vous ouverts", "quels sont les horaires", "ouvert le dimanche"),
        "it": ("quando siete aperti", "quali sono gli orari", "aperti la domenica"),
        "pt": ("quando estão abertos", "qual é o horário", "abertos ao domingo"),
        "pl": ("kiedy jest otwarte", "jakie są godziny otwarcia", "czynne w niedzielę"),
        "nl": ("wanneer zijn jullie open", "wat zijn de openingstijden", "zondag open"),
        "fi": ("milloin olette auki", "mitkä ovat aukioloajat", "auki sunnuntaina"),
    },
}


@lru_cache(maxsize=32)
def shop(*languages: str) -> ContentMatcher:
    """A matcher of the shop in some languages, the default first."""
    intents = {
        name: Intent(name, examples={one: texts for one, texts in examples.items() if one in languages})
        for name, examples in EXAMPLES.items()
    }
    return fit_here(Taught(intents, {}, languages))


def ask(text: str, *languages: str, spoken: str = "") -> Match:
    """What the shop makes of a text, in the language that the conversation speaks."""
    return shop(*languages).match(text, spoken)


def means(text: str, *languages: str, spoken: str = "") -> str | None:
    """The intent that a text is surely about."""
    best = ask(text, *languages, spoken=spoken).best
    return best.intent if best and best.confidence >= 0.5 else None
