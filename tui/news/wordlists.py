"""The words of six languages that mean something to whoever compares headlines. All folded. Pure."""

from __future__ import annotations

from tui.news.folding import fold
from tui.news.stems import stem


def _table(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


STOP = _table("""
    من في الا ان انه انها عن مع هذا هذه ذلك تلك التي الذي الذين بعد قبل بين او ثم قد ما هل كل و يا هو هي يوم ليوم
    خلال عند منذ حتى لدى حول
    כל של את עם כי זה זו גם או הוא היא מה אך יש האם יום ביום ליום
    از سوی به با در که این ان است برای تا یا هم می بر يک آیا شد شدند شده کرد کردند کرده داد دادند یافت گرفت دارد
    کا کی کے میں پر ساتھ ہے ہیں اور بھی ہو ہوگا ہوگی گا گی گے کر دیا دی دیے گیا گئی گئے گئیں کیا
    le la les l un une des de du d en et a au aux pour dans avec que qui se sa son ses ce cette est plus pas non
    après lors
    the a an of in on at for with and or is are was as that this its it be no after says said goes
    عاجل فيديو بالفيديو بالصور رسميا حصري خاص فوري מבזק דיווח ראשוני urgent exclusif vidéo breaking exclusive video
""")
"""Words that say nothing of the story: the smallest, and what a desk sets before it."""
DENIALS = _table("""
    لا لم لن ليس ليست ليسوا غير عدم ينفي تنفي ينفون نفى نفت يكذب تكذب
    ولا ولم ولن وليس وليست وغير وعدم بعدم لعدم وينفي وتنفي ونفى ونفت
    לא ולא שלא אין ואין שאין אינו אינה אינם אינן איננו
    מכחיש מכחישה מכחישים הכחיש הכחישה הכחישו מסרב מסרבת מסרבים סירב סירבה סירבו
    not cannot never deny denies denied denying
    ne aucun aucune nie nient dément démentent
""")
WITHOUT = _table("دون ودون بدون بلا بغير בלי ללא without sans بغیر")
"""Who is without a thing may as well have lost it: these deny only where nothing else is said."""
LATE_DENIALS = _table("""
    نیست نیستند نکرد نکردند نکرده نشد نشدند نشده نبود نبودند ندارد ندارند نداشت نداشتند نداد ندادند نداده نگرفت نگرفتند
    نرفت نیامد نخواهد نخواهند نباید نتوانست نتوانستند نپذیرفت نپذیرفتند نرسید نگفت نخواست نماند نیافت نخورد نیاورد
    نیاوردند تکذیب نہیں نہ مت بغیر انکار تردید
""")
"""Words that deny what follows, and those of Persian and Urdu that deny what they follow. Refusing to do a thing is
denying it; refusing a thing is not."""
_DAYS = tuple(
    _table(group)
    for group in (
        "الاثنين الإثنين اثنين monday lundi שני دوشنبه پیر",
        "الثلاثاء ثلاثاء tuesday mardi שלישי سه‌شنبه منگل",
        "الأربعاء أربعاء wednesday mercredi רביעי چهارشنبه بدھ",
        "الخميس خميس thursday jeudi חמישי پنجشنبه جمعرات",
        "الجمعة جمعة friday vendredi שישי جمعه",
        "السبت سبت saturday samedi שבת شنبه ہفتہ",
        "الأحد أحد sunday dimanche ראשון یکشنبه اتوار",
        "يناير جانفي january janvier",
        "فبراير شباط فيفري february février",
        "مارس آذار march mars",
        "أبريل نيسان أفريل april avril",
        "مايو ماي أيار may mai",
        "يونيو حزيران جوان june juin",
        "يوليوز يوليو تموز جويلية july juillet",
        "غشت أغسطس أوت august août",
        "شتنبر سبتمبر أيلول september septembre",
        "أكتوبر october octobre",
        "نونبر نوفمبر november novembre",
        "دجنبر ديسمبر december décembre",
    )
)
"""Weekdays and months. Not those of the Levant that two months share ("كانون الأول", "كانون الثاني")."""
DAY_OF = {word: str(number) for number, group in enumerate(_DAYS) for word in group}
RELATIVE = _table("""
    اليوم غدا أمس الليلة today tomorrow yesterday tonight aujourd hui demain hier היום מחר אתמול
    امروز فردا دیروز آج کل
""")
SERVICE = _table("طقس جوي ارصاد صرف مواقيت ابراج weather forecast meteo météo exchange horoscope מזג תחזית هوا نرخ")
"""Stems of what is printed every day for every place: such headlines are one story only if nothing in them differs."""
_COUNTS = {
    1: "واحد واحدة one",
    2: "deux two שתי שניים שתיים دو",
    3: "ثلاثة ثلاث trois three שלושה שלוש שלושת سه تین",
    4: "أربعة أربع quatre four ארבעה ארבע ארבעת چهار چار",
    5: "خمسة خمس cinq five חמישה חמש חמשת پنج پانچ",
    6: "ستة ست six שישה שש ששת شش چھ",
    7: "سبعة سبع sept seven שבעה שבעת هفت سات",
    8: "ثمانية ثماني ثمان huit eight שמונה שמונת هشت آٹھ",
    9: "تسعة تسع neuf nine תשעה תשע תשעת",
    10: "عشرة عشر dix ten עשרה עשר עשרת ده دس",
    11: "onze eleven یازده گیارہ",
    12: "douze twelve دوازده بارہ",
    13: "treize thirteen سیزده تیرہ",
    14: "quatorze fourteen چهارده چودہ",
    15: "quinze fifteen پانزده پندرہ",
    16: "seize sixteen شانزده سولہ",
    17: "seventeen هفده سترہ",
    18: "eighteen هجده اٹھارہ",
    19: "nineteen نوزده انیس",
    20: "عشرون عشرين vingt vingts twenty עשרים بیست بیس",
    30: "ثلاثون ثلاثين trente thirty שלושים تیس",
    40: "أربعون أربعين quarante forty ארבעים چهل چالیس",
    50: "خمسون خمسين cinquante fifty חמישים پنجاه پچاس",
    60: "ستون ستين soixante sixty שישים شصت ساٹھ",
    70: "سبعون سبعين seventy שבעים هفتاد",
    80: "ثمانون ثمانين eighty שמונים هشتاد",
    90: "تسعون تسعين ninety תשעים نوے",
    100: "مئة مائة cent cents hundred מאות صد سو",
    1000: "ألف آلاف mille thousand אלף אלפים אלפי هزار ہزار",
    100_000: "لاکھ",
}
"""Numbers in words. Not what is another word as well: שבע is half of a town's name, نه a negation, نو new."""
COUNT_OF = {word: number for number, group in _COUNTS.items() for word in _table(group)}
THOUSAND = _table(_COUNTS[1000])
JOINING = _table("و and et")
MONDAY_OR_TWO = "שני"
UNITS = _table("""
    سنة سنوات عام عاما أعوام شهر شهرا أشهر أسبوعا أسابيع يوم يوما أيام ساعة ساعات دقيقة دقائق
    שנה שנים חודש חודשים שבועות יום ימים שעה שעות דקות سال ماه هفته روز ساعت مہینے ہفتے دن گھنٹے
    an ans mois semaines jours heures minutes year years month months week weeks day days hour hours
""")
"""Time that is counted ("after two years"): the number says it all. Alone they are words ("of the week")."""
MARKS = _table("على إلى أمام על אל sur par to from by را نے کو سے")
"""Words as small as those of ``STOP``, but where two names change places around one, the one did it to the other."""
PASSIVE = (" by", " par")
OBJECT = (fold(" را"), fold(" کو"))
"""Of these, what stands before who did it, and behind whom it was done to."""


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, _table(text)))


DIRECTIONS = {
    word: direction
    for direction, group in (
        (
            1,
            """
            ارتفاع ارتفع يرتفع ترتفع صعود صعد يصعد تصعد زيادة زاد يزيد تزيد עליות עליה עלה עלתה עלו
            rise rises rose rising up hausse monte grimpe augmente progresse افزایش اضافہ اضافے مہنگا مہنگی
            """,
        ),
        (
            -1,
            """
            انخفاض انخفض ينخفض تنخفض هبوط هبط يهبط تهبط تراجع يتراجع تتراجع خفض ירידות ירידה ירד ירדה ירדו
            fall falls fell falling down baisse chute recule diminue کاهش کمی کم سستا سستی
            """,
        ),
        (
            2,
            """
            فتح يفتح تفتح افتتاح يفتتح تفتتح انطلاق פתיחה פתח נפתח open opens opened reopen reopens reopened
            ouvre ouvert ouverture rouvre rouvert réouverture بازگشایی گشایش
            """,
        ),
        (
            -2,
            """
            إغلاق أغلق يغلق تغلق اختتام סגירה סגר נסגר close closes closed shut shuts ferme fermé fermeture clôture
            بسته تعطیلی
            """,
        ),
    )
    for word in _stems(group)
}
"""The stems of what goes up (1) and down (-1), of what opens (2) and closes (-2)."""
CALLED_OFF = _stems("""
    تأجيل يؤجل تؤجل أجل أجلت تأجل تأجلت إلغاء يلغي تلغي ألغى ألغت إرجاء يرجئ ترجئ أرجأ أرجأت
    ביטול מבטל מבטלת ביטל ביטלה בוטל בוטלה בוטלו יבוטל דחייה דחיית דוחה דחה דחתה נדחה נדחתה נדחו יידחה
    postpone postpones postponed postponing cancel cancels canceled cancelled canceling cancelling cancellation
    annule annulent annulé annulée annulés annulation reporte reportent reporté reportée reportés لغو تعویق ملتوی منسوخ
""")
"""Stems of what is put off or called off."""
SAYINGS = {
    word: number
    for number, group in enumerate(
        (
            """
            وفاة رحيل توفي توفيت يتوفى مات مصرع مقتل قتل قتلى פטירה מותו מותה נפטר נפטרה מת מתה
            death dies died dead décès mort morte meurt décédé décédée disparition درگذشت مرگ فوت انتقال وفات
            """,
        )
    )
    for word in _stems(group)
}
"""Stems of which the same number says the same: that somebody died."""
ORDINALS = {
    word: place
    for place, group in enumerate(
        (
            "أول أولى first premier première ראשונה نخست پہلا پہلی پہلے",
            "ثاني ثانية second deuxième seconde שנייה دوم دومین دوسرا دوسری دوسرے",
            "ثالث ثالثة third troisième שלישית سوم سومین تیسرا تیسری تیسرے",
            "رابع رابعة fourth quatrième רביעית چهارم چوتھا چوتھی چوتھے",
            "خامس خامسة fifth cinquième חמישית پنجم",
            "سادس سادسة sixth sixième שישית ششم",
            "سابع سابعة seventh septième שביעית هفتم",
            "ثامن ثامنة eighth huitième שמינית هشتم",
            "تاسع تاسعة ninth neuvième תשיעית نهم",
            "عاشر عاشرة tenth dixième עשירית دهم",
        )
    )
    for word in _stems(group)
}
"""The stems of first to tenth."""
