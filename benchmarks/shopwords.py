"""The words that invented shop content is made of: what customers want done, to what, and all they say around
it. Of words that mean the same, written with `|`, the first names the intent.
"""

# What is wanted, in words that mean the same; the first names the intent.
ACTIONS = (
    "cancel|call off|stop", "change|alter|modify", "track|follow|locate", "return|send back|bring back",
    "replace|swap|exchange", "repair|fix|mend", "order|buy|purchase", "pay for|settle", "renew|extend",
    "pause|suspend|put on hold", "restart|resume|reactivate", "upgrade|move up", "downgrade|step down",
    "register|sign up", "delete|remove|erase", "download|save", "print|get a copy on paper of",
    "share|pass on", "hide|keep private", "check|look at|review", "compare|tell apart", "reserve|book",
    "report|complain about", "rate|review with stars", "insure|cover", "collect|pick up", "deliver|bring",
    "wrap|gift wrap", "measure|size up", "clean|wash", "charge|power up", "reset|start over",
    "unlock|open again", "verify|confirm|prove", "split|divide", "combine|merge|join", "transfer|hand over",
    "refund|pay back|reimburse", "store|keep", "recycle|throw away", "translate|read in my language",
    "explain|tell me about", "update|refresh", "test|try out", "schedule|plan", "customise|personalise",
    "assemble|put together", "label|mark",
)  # fmt: skip
# What it is about, likewise.
OBJECTS = (
    "order|purchase", "parcel|package|shipment", "invoice|bill", "subscription|plan", "membership|club card",
    "gift card|gift voucher", "promo code|discount code|coupon", "account|profile", "password|login",
    "address|place of delivery", "phone number|mobile number", "email address|mail address",
    "credit card|bank card", "bank transfer|wire transfer", "direct debit|standing payment",
    "instalments|monthly payments", "receipt|proof of purchase", "warranty|guarantee", "insurance|protection",
    "newsletter|mailing list", "wish list|favourites", "basket|shopping cart", "loyalty points|bonus points",
    "delivery slot|time window", "pick-up point|parcel shop", "customs form|import papers",
    "tent|camping tent", "sleeping bag|down bag", "rucksack|backpack", "boots|hiking shoes",
    "rain jacket|waterproof coat", "gloves|mittens", "climbing rope|rope", "helmet|hard hat", "stove|cooker",
    "head torch|headlamp", "water bottle|flask", "bicycle|bike", "tyre|tube", "bike lock|chain lock",
    "ski set|skis", "snowboard|board", "kayak|canoe", "paddle|oar", "life vest|buoyancy aid",
    "fishing rod|rod and reel", "compass|map compass", "navigation watch|sports watch", "app|mobile app",
    "data|personal information",
)  # fmt: skip
FRAMES = (
    "how do i {do} my {it}", "i want to {do} my {it}", "can i {do} the {it}", "{do} {it}",
    "is it possible to {do} a {it}", "please {do} my {it} for me", "help me {do} this {it}",
    "where can i {do} my {it}", "i would like to {do} the {it} today", "what do i need to {do} my {it}",
    "i tried to {do} my {it} and it does not work", "who can {do} my {it}",
    "how long does it take to {do} a {it}",
    "what does it cost to {do} the {it}", "could you {do} the {it} i got last week",
    "my {it} , can you {do} it", "need to {do} my {it} asap", "hello, i have to {do} my {it}",
    "when am i allowed to {do} the {it}", "i was told that you {do} every {it}",
)  # fmt: skip
# What else is said, before, in the middle and after; nobody says all of it.
OPENERS = (
    "hi", "hello", "hey there", "good morning", "good evening", "sorry to bother you", "quick question",
    "hi team", "excuse me", "i am new here", "as a member", "i am quite upset", "urgent", "one more thing",
    "my wife asked me", "i am calling for my mother", "i read your page twice", "last try",
    "i have been waiting for an hour", "nobody answers the phone", "your app tells me nothing", "dear all",
)  # fmt: skip
CLOSERS = (
    "please", "thanks", "thank you", "thanks in advance", "asap", "as soon as possible", "today",
    "can someone help", "is that right", "what now", "please advise", "i need it by friday", "it is a gift",
    "before the weekend", "i leave tomorrow", "otherwise i want my money", "have a nice day", "kind regards",
    "by email if you can", "in writing", "without paying twice", "before my holiday starts", "right away",
)  # fmt: skip
WHENS = (
    "yesterday", "last week", "on monday", "two days ago", "this morning", "a month ago", "in january",
    "over the weekend", "at christmas", "before the sale", "since the update", "three times", "just now",
    "last summer", "an hour ago", "on black friday", "the day before yesterday", "around noon", "in march",
)  # fmt: skip
WHERES = (
    "in the shop", "online", "at the counter", "on the website", "through the app", "by phone", "abroad",
    "at the airport", "from my office", "in another town", "with my tablet", "at the parcel shop", "at home",
    "on your marketplace", "at a friend's place", "from my old phone", "at the till", "in the outlet",
)  # fmt: skip
REASONS = (
    "because it broke", "because the colour is wrong", "since i moved", "because my card was declined",
    "as it never worked", "because it is too small", "it came twice", "the box was open", "it is too heavy",
    "i clicked the wrong button", "my partner bought the same", "the seller does not reply",
    "a part is missing", "the price went down", "i found it cheaper", "the strap is torn",
    "the screen stays black",
    "it smells of plastic", "the manual is in chinese", "i lost the papers", "my name is spelled wrong",
    "the courier left it in the rain", "i was charged twice", "the zip is stuck", "it does not fit my car",
    "the battery is dead", "i forgot who paid", "the page shows an error", "my bank wants proof",
    "the neighbour took it", "it leaks", "i am in hospital", "the trip was called off", "we are too many now",
)  # fmt: skip
QUALITIES = (
    "new", "old", "second", "broken", "blue", "red", "green", "black", "large", "small", "expensive", "cheap",
    "last", "first", "other", "wrong", "annual", "monthly", "damaged", "missing", "used", "light", "heavy",
    "birthday", "business", "family", "summer", "winter", "wooden", "spare", "official", "temporary", "grey",
    "folding", "electric", "wireless", "waterproof", "lost", "stolen", "unopened", "faulty", "original",
)  # fmt: skip
# Syllables of the names of makers, models, streets and towns.
STARTS = (
    "b", "br", "c", "cl", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "kl", "l", "m", "n", "p", "pr", "r",
    "s", "sk", "st", "t", "tr", "v", "w", "z",
)  # fmt: skip
VOWELS = ("a", "e", "i", "o", "u", "ai", "au", "ea", "ei", "ia", "io", "oo", "ou")
ENDS = ("l", "lm", "n", "nd", "ng", "r", "rd", "rk", "s", "sk", "st", "t", "th", "x", "m", "ck")
