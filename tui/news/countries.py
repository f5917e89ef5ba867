"""The countries the news speaks of most, and what is theirs, in six languages: a headline that names Kenya is not about
Senegal. All folded. Pure."""

from __future__ import annotations

from tui.news.folding import fold
from tui.news.stems import stem

_NAMES = """
    المغرب مغربي مغربية מרוקו מרוקאי מרוקאית maroc marocain marocaine marocains morocco moroccan مراکش مراکشی
    الجزائر جزائري جزائرية אלג׳יריה אלג'יריה אלג'ירי algérie algérien algérienne algeria algerian الجزایر الجزایری
    تونس تونسي تونسية תוניסיה תוניסאי tunisie tunisien tunisienne tunisia tunisian تونسی تیونس
    ليبيا ليبي ليبية לוב לובי libye libyen libyenne libya libyan لیبی لیبیا
    موريتانيا موريتاني موريتانية מאוריטניה mauritanie mauritanien mauritania mauritanian موریتانی
    مصر مصري مصرية מצרים מצרי מצרית מצריים égypte égyptien égyptienne egypt egyptian مصری
    السودان سوداني سودانية סודן סודני soudan soudanais soudanaise sudan sudanese سودان سودانی سوڈان سوڈانی
    إثيوبيا إثيوبي إثيوبية אתיופיה אתיופי éthiopie éthiopien ethiopia ethiopian اتیوپی ایتھوپیا
    كينيا كيني كينية קניה קנייתי kenya kényan kenyan کنیا کینیا
    نيجيريا نيجيري نيجيرية ניגריה ניגרי nigeria nigérian nigerian نیجریه نائجیریا
    السنغال سنغالي سنغالية סנגל סנגלי sénégal sénégalais sénégalaise senegal senegalese سنگال سینیگال
    الكاميرون كاميروني קמרון cameroun camerounais cameroon cameroonian کامرون کیمرون
    فلسطين فلسطيني فلسطينية פלסטין פלסטיני palestine palestinien palestinienne palestinian فلسطینی
    إسرائيل إسرائيلي إسرائيلية ישראל ישראלי ישראלית israël israélien israélienne israel israeli اسرائیل اسرائیلی
    لبنان لبناني لبنانية לבנון לבנוני liban libanais libanaise lebanon lebanese لبنانی
    سوريا سورية سوري סוריה סורי סורית syrie syrien syrienne syria syrian سوریه سوری
    الأردن أردني أردنية ירדן ירדני jordanie jordanien jordanienne jordan jordanian اردن اردنی
    العراق عراقي عراقية עיראק עיראקי עיראקית irak irakien irakienne iraq iraqi عراقی
    إيران إيراني إيرانية איראן איראני איראנית iran iranien iranienne iranian ایران ایرانی
    السعودية سعودي סעודיה סעודי סעודית saoudite saoudien saudi عربستان سعودی
    الإمارات إماراتي إماراتية אמירויות emirat émirats émirati emirates emirati امارات اماراتی
    قطر قطري قطرية קטאר קטארי qatar qatari qatarie قطری
    الكويت كويتي كويتية כווית כוויתי koweït koweïtien kuwait kuwaiti کویت کویتی
    البحرين بحريني بحرينية בחריין bahreïn bahrain bahraini بحرین بحرینی
    اليمن يمني يمنية תימן תימני yémen yéménite yemen yemeni یمن یمنی
    تركيا تركي تركية טורקיה טורקי טורקית turquie turc turque turkey turkish ترکیه ترکی
    أفغانستان أفغاني أفغانية אפגניסטן אפגני afghanistan afghan afghane افغانستان افغانی افغان
    باكستان باكستاني باكستانية פקיסטן פקיסטני pakistan pakistanais pakistani پاکستان پاکستانی
    الهند هندي هندية הודו הודי הודית inde indien indienne india indian هند هندی بھارت بھارتی انڈیا
    بنغلاديش بنغلاديشي בנגלדש bangladesh bangladais bangladeshi بنگلادش بنگلہ
    إندونيسيا إندونيسي إندونيسية אינדונזיה indonésie indonésien indonesia indonesian اندونزی انڈونیشیا
    ماليزيا ماليزي ماليزية מלזיה malaisie malaisien malaysia malaysian مالزی ملائیشیا
    الصين صيني صينية סין סיני סינית chine chinois chinoise china chinese چین چینی
    اليابان ياباني يابانية יפן יפני יפנית japon japonais japonaise japan japanese ژاپن ژاپنی جاپان جاپانی
    كوريا كوري كورية קוריאה קוריאני corée coréen coréenne korea korean کره کوریا
    روسيا روسي روسية רוסיה רוסי רוסית russie russe russia russian روسیه روسی روس
    أوكرانيا أوكراني أوكرانية אוקראינה אוקראיני ukraine ukrainien ukrainienne ukrainian اوکراین یوکرین
    كازاخستان كازاخستاني كازاخي קזחסטן kazakhstan kazakh قزاقستان قازقستان
    أذربيجان أذري أذربيجاني אזרבייג'ן azerbaïdjan azerbaijan azerbaijani آذربایجان آذربائیجان
    أرمينيا أرميني أرمينية ארמניה arménie arménien armenia armenian ارمنستان آرمینیا
    فرنسا فرنسي فرنسية צרפת צרפתי צרפתית france français française french فرانسه فرانسوی فرانس فرانسیسی
    ألمانيا ألماني ألمانية גרמניה גרמני גרמנית allemagne allemand allemande germany german آلمان آلمانی جرمنی جرمن
    إسبانيا إسباني إسبانية ספרד ספרדי ספרדית espagne espagnol espagnole spain spanish اسپانیا سپین
    إيطاليا إيطالي إيطالية איטליה איטלקי איטלקית italie italien italienne italy italian ایتالیا اٹلی
    البرتغال برتغالي برتغالية פורטוגל פורטוגלי portugal portugais portugaise portuguese پرتغال پرتگال
    بلجيكا بلجيكي بلجيكية בלגיה בלגי belgique belge belgium belgian بلژیک بیلجیم
    هولندا هولندي هولندية הולנד הולנדי pays-bas néerlandais néerlandaise netherlands dutch هلند ہالینڈ
    سويسرا سويسري سويسرية שווייץ שווייצרי suisse switzerland swiss سوئیس سوئٹزرلینڈ
    النمسا نمساوي نمساوية אוסטריה autriche autrichien austria austrian اتریش آسٹریا
    اليونان يوناني يونانية יוון יווני grèce grec grecque greece greek یونان یونانی
    بولندا بولندي بولندية פולין פולני pologne polonais polonaise poland polish لهستان پولینڈ
    السويد سويدي سويدية שוודיה שוודי suède suédois suédoise sweden swedish سوئد سویڈن
    النرويج نرويجي نرويجية נורווגיה norvège norvégien norway norwegian نروژ ناروے
    بريطانيا بريطاني بريطانية בריטניה בריטי בריטית grande-bretagne britannique britain british بریتانیا برطانیہ برطانوی
    أمريكا أمريكي أمريكية أميركا أميركي أميركية אמריקה אמריקאי אמריקני américain american آمریکا آمریکایی امریکہ امریکی
    كندا كندي كندية קנדה קנדי canada canadien canadienne canadian کانادا کینیڈا
    المكسيك مكسيكي مكسيكية מקסיקו mexique mexicain mexicaine mexico mexican مکزیک میکسیکو
    البرازيل برازيلي برازيلية ברזיל ברזילאי brésil brésilien brésilienne brazil brazilian برزیل برازیل
    الأرجنتين أرجنتيني أرجنتينية ארגנטינה argentine argentin argentina argentinian آرژانتین ارجنٹینا
    أستراليا أسترالي أسترالية אוסטרליה australie australien australienne australia australian استرالیا آسٹریلیا
"""
COUNTRIES = {
    stem(word): number
    for number, line in enumerate(_NAMES.strip().splitlines())
    for word in fold(line).replace("-", " ").split()
    if word not in ("pays", "bas", "grande")
}
"""The stems of a country's name and of its people; the same number for one country."""
