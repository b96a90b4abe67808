#include <string.h>

#include "base/attributes.h"
#include "base/unicode.h"
#include "ingest/guess_work.h"

/* What the values of a status column mean, by words that wallets and money transfer businesses use.
 * A refund may be the row of the money going back or the first row marked afterwards: that is
 * asked.
 */

static const struct {
    int meaning;
    const char *words; /* folded */
} known[] = {
    {TRAIL_STATUS_PAYMENT,
     "completed|complete|success|successful|succeeded|paid|paid out|settled|executed|booked|posted|"
     "processed|done|ok|captured|approved|received|picked up|ausgeführt|gebucht|erfolgreich|"
     "abgeschlossen|bezahlt|uitgevoerd|zrealizowana|wykonano|izpildīts|apstiprināts|įvykdyta|"
     "täidetud|выполнен|выполнено|исполнен|успешно|проведен|выплачен|виконано|terminé|completado|"
     "completada|completato|eseguito|tamamlandı"},
    {TRAIL_STATUS_NO_PAYMENT,
     "pending|failed|failure|cancelled|canceled|declined|rejected|reversed|expired|voided|void|"
     "unclaimed|on hold|in progress|initiated|error|denied|vorgemerkt|storniert|fehlgeschlagen|"
     "abgelehnt|ausstehend|geannuleerd|anulowana|odrzucona|oczekująca|atcelts|noraidīts|atšaukta|"
     "tühistatud|отменен|отменён|отменено|отклонен|отклонён|ошибка|в обработке|скасовано|annulé|"
     "échoué|en attente|cancelado|rechazado|pendiente|annullato|rifiutato|iptal"},
};

static int word_meaning(trail_slice folded)
{
    for (size_t i = 0; i < TRAIL_LENGTH_OF(known); i++) {
        const char *at = known[i].words;
        while (at != NULL) {
            const char *end = strchr(at, '|');
            size_t length = end == NULL ? strlen(at) : (size_t)(end - at);
            if (length == folded.length && memcmp(at, folded.start, length) == 0)
                return known[i].meaning;
            at = end == NULL ? NULL : end + 1;
        }
    }
    return -1;
}

static trail_status add_statuses(trail_guess_work *work, const trail_column_content *content,
                                 trail_text *paste, bool *all, trail_error *err)
{
    trail_text folded = {0};
    trail_status status = trail_text_add(paste, trail_slice_of("statuses: {"), err);
    for (unsigned i = 0; i < content->distinct_count && status == TRAIL_OK; i++) {
        trail_slice value = {content->distinct[i].text, content->distinct[i].length};
        const char *text = trail_guess_text(work, value, err);
        if (text == NULL) status = TRAIL_NO_MEMORY;
        trail_text_reset(&folded);
        if (status == TRAIL_OK) status = trail_unicode_fold(trail_slice_of(text), &folded, err);
        if (status != TRAIL_OK) break;
        int meaning = text[0] == '\0' ? -1 : word_meaning(trail_text_slice(&folded));
        status = trail_text_add_format(
            paste, err, "%s\"%s\": %s", i > 0 ? ", " : "", text,
            meaning < 0 ? "…" : trail_status_meaning_name((trail_status_meaning)meaning));
        trail_value_rule rule = {text, meaning};
        if (meaning < 0) *all = false;
        if (status == TRAIL_OK && meaning >= 0)
            status = trail_vector_push(&work->guess->profile.statuses, &rule, err);
    }
    trail_text_clear(&folded);
    return status == TRAIL_OK ? trail_text_add(paste, trail_slice_of("}"), err) : status;
}

trail_status trail_guess_statuses(trail_guess_work *work, trail_error *err)
{
    trail_guess *guess = work->guess;
    trail_guess_column *column = trail_guess_column_of(guess, TRAIL_COLUMN_STATUS);
    trail_text paste = {0};
    bool all = true;
    if (column == NULL) return TRAIL_OK;
    const trail_column_content *content = &work->contents[column->position - 1];
    trail_status status = add_statuses(work, content, &paste, &all, err);
    if (status == TRAIL_OK && !all) {
        char room[24];
        status = trail_guess_doubt(
            guess,
            (trail_doubt){
                .subject = TRAIL_GUESS_COLUMN, .column = TRAIL_COLUMN_STATUS, .blocking = true},
            paste.bytes, err,
            "%s says what became of each row, and what some of its values mean is not known: "
            "payment, no_payment, or refund (money going back)",
            trail_guess_label(column, room));
        column->meaning = TRAIL_MEANING_NOT_NEEDED;
        guess->profile.statuses.count = 0;
    }
    trail_text_clear(&paste);
    return status;
}
