#include "model/month_name.h"

#include <string.h>

#include "base/attributes.h"

/* Lower case, parted by '|'. English, German, Dutch, French, Spanish, Portuguese, Italian, Polish,
 * Czech, Slovak, Estonian, Latvian, Lithuanian, Finnish, Swedish, Danish, Norwegian, Hungarian,
 * Romanian, Turkish, Russian, Ukrainian, Bulgarian, Greek. Croatian is left out: its listopad,
 * srpanj, lipanj and travanj are other months than those of its neighbours. */
static const char *const names[12] = {
    "january|jan|januar|jänner|jän|januari|janvier|janv|enero|ene|janeiro|gennaio|gen|styczeń|"
    "stycznia|sty|leden|ledna|led|január|januára|jaanuar|jaan|janvāris|janvārī|sausis|sausio|saus|"
    "tammikuu|tammikuuta|tammi|ianuarie|ian|ocak|oca|январь|января|янв|січень|січня|січ|януари|яну|"
    "ιανουάριος|ιανουαρίου|ιαν",
    "february|feb|februar|februari|février|févr|fév|febrero|fevereiro|fev|febbraio|luty|lutego|lut|"
    "únor|února|úno|február|februára|veebruar|veebr|veeb|februāris|februārī|febr|vasaris|vasario|"
    "vas|helmikuu|helmikuuta|helmi|februarie|şubat|şub|февраль|февраля|фев|февр|лютий|лютого|лют|"
    "февруари|φεβρουάριος|φεβρουαρίου|φεβ",
    "march|mar|märz|mär|mrz|maart|mrt|mars|marzo|março|marzec|marca|březen|března|bře|marec|märts|"
    "marts|martā|kovas|kovo|kov|maaliskuu|maaliskuuta|maalis|március|márc|martie|mart|март|марта|"
    "мар|березень|березня|бер|μάρτιος|μαρτίου|μαρ",
    "april|apr|avril|avr|abril|abr|aprile|kwiecień|kwietnia|kwi|duben|dubna|dub|apríl|apríla|"
    "aprill|aprīlis|aprīlī|balandis|balandžio|bal|huhtikuu|huhtikuuta|huhti|április|ápr|aprilie|"
    "nisan|nis|апрель|апреля|апр|квітень|квітня|квіт|кві|април|απρίλιος|απριλίου|απρ",
    "may|mai|mei|mayo|maio|maggio|mag|maj|maja|květen|května|kvě|máj|mája|maijs|maijā|gegužė|"
    "gegužės|geg|toukokuu|toukokuuta|touko|május|mayıs|may|май|мая|травень|травня|трав|тра|μάιος|"
    "μαΐου|μαϊ|μαι",
    "june|jun|juni|juin|junio|junho|giugno|giu|czerwiec|czerwca|cze|červen|června|čvn|jún|júna|"
    "juuni|jūnijs|jūnijā|jūn|birželis|birželio|birž|bir|kesäkuu|kesäkuuta|kesä|június|iunie|iun|"
    "haziran|haz|июнь|июня|июн|червень|червня|черв|чер|юни|ιούνιος|ιουνίου|ιουν",
    "july|jul|juli|juillet|juil|julio|julho|luglio|lug|lipiec|lipca|lip|červenec|července|čvc|júl|"
    "júla|juuli|jūlijs|jūlijā|jūl|liepa|liepos|liep|heinäkuu|heinäkuuta|heinä|július|iulie|iul|"
    "temmuz|tem|июль|июля|июл|липень|липня|лип|юли|ιούλιος|ιουλίου|ιουλ",
    "august|aug|augustus|août|aoû|agosto|ago|sierpień|sierpnia|sie|srpen|srpna|srp|augusta|augusts|"
    "augustā|rugpjūtis|rugpjūčio|rugp|elokuu|elokuuta|elo|augusti|augusztus|ağustos|ağu|август|"
    "августа|авг|серпень|серпня|серп|сер|αύγουστος|αυγούστου|αυγ",
    "september|sep|sept|septembre|septiembre|setiembre|setembro|set|settembre|sett|wrzesień|"
    "września|wrz|září|zář|septembra|septembris|septembrī|rugsėjis|rugsėjo|rugs|syyskuu|syyskuuta|"
    "syys|szeptember|szept|septembrie|eylül|eyl|сентябрь|сентября|сен|сент|вересень|вересня|вер|"
    "септември|септ|σεπτέμβριος|σεπτεμβρίου|σεπ",
    "october|oct|oktober|okt|octobre|octubre|outubro|out|ottobre|ott|październik|października|paź|"
    "říjen|října|říj|október|októbra|oktoober|oktobris|oktobrī|spalis|spalio|spal|lokakuu|"
    "lokakuuta|loka|octombrie|ekim|eki|октябрь|октября|окт|жовтень|жовтня|жовт|жов|октомври|"
    "οκτώβριος|οκτωβρίου|οκτ",
    "november|nov|novembre|noviembre|novembro|listopad|listopada|listopadu|lis|novembra|novembris|"
    "novembrī|lapkritis|lapkričio|lapkr|marraskuu|marraskuuta|marras|noiembrie|noi|kasım|kas|"
    "ноябрь|ноября|ноя|нояб|листопад|листопада|лист|лис|ноември|νοέμβριος|νοεμβρίου|νοε",
    "december|dec|dezember|dez|décembre|déc|diciembre|dic|dezembro|dicembre|grudzień|grudnia|gru|"
    "prosinec|prosince|pro|decembra|detsember|dets|decembris|decembrī|gruodis|gruodžio|gruod|"
    "joulukuu|joulukuuta|joulu|desember|des|decembrie|aralık|ara|декабрь|декабря|дек|грудень|"
    "грудня|груд|гру|декември|δεκέμβριος|δεκεμβρίου|δεκ",
};

#define LONGEST 40u /* bytes of a name */

/* The letter of two bytes in lower case, for the alphabets of the table. */
static void lower_two(char *letter)
{
    unsigned first = (unsigned char)letter[0], second = (unsigned char)letter[1];
    unsigned code = (first & 0x1Fu) << 6 | (second & 0x3Fu);
    if ((code >= 0xC0 && code <= 0xDE && code != 0xD7) || (code >= 0x0391 && code <= 0x03A9)) {
        code += 0x20;
    } else if ((code >= 0x0100 && code <= 0x0137) || (code >= 0x014A && code <= 0x0177)) {
        code |= 1u; /* pairs, capitals first; U+0130 and U+0131 are dotted and dotless i */
    } else if ((code >= 0x0139 && code <= 0x0148) || (code >= 0x0179 && code <= 0x017E)) {
        code += code & 1u;
    } else if (code >= 0x0410 && code <= 0x042F) {
        code += 0x20;
    } else if (code >= 0x0400 && code <= 0x040F) {
        code += 0x50;
    } else if (code >= 0x0388 && code <= 0x038A) {
        code += 0x25;
    } else if (code == 0x0386) {
        code = 0x03AC;
    } else if (code == 0x038C) {
        code = 0x03CC;
    }
    letter[0] = (char)(0xC0u | code >> 6);
    letter[1] = (char)(0x80u | (code & 0x3Fu));
}

/* The run of letters at the start of text, in lower case. */
static size_t lower_word(trail_slice text, char word[LONGEST])
{
    size_t at = 0;
    while (at < text.length) {
        unsigned char c = (unsigned char)text.start[at];
        size_t bytes = c < 0x80 ? 1 : 2;
        bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xC3 && c <= 0xD1);
        if (!letter || at + bytes > text.length) break;
        if (at + bytes > LONGEST) return 0;
        memcpy(word + at, text.start + at, bytes);
        if (bytes == 2) lower_two(word + at);
        if (c >= 'A' && c <= 'Z') word[at] = (char)(c + ('a' - 'A'));
        at += bytes;
    }
    return at;
}

static bool is_among(const char *list, const char *word, size_t length)
{
    while (*list != '\0') {
        const char *end = strchr(list, '|');
        size_t size = end == NULL ? strlen(list) : (size_t)(end - list);
        if (size == length && memcmp(list, word, length) == 0) return true;
        if (end == NULL) break;
        list = end + 1;
    }
    return false;
}

bool trail_month_name_find(trail_slice text, int *month, size_t *length)
{
    char word[LONGEST];
    *length = lower_word(text, word);
    if (*length < 3) return false;
    for (int i = 0; i < 12; i++) {
        if (!is_among(names[i], word, *length)) continue;
        *month = i + 1;
        return true;
    }
    return false;
}
