#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/attributes.h"
#include "base/unicode.h"
#include "ingest/encoding_guess.h"

typedef struct sample {
    const char *encoding, *state;
    bool decided; /* without the state */
    const char *words;
} sample;

/* Invented names and texts, one row each. */
static const sample samples[] = {
    {"windows-1257", "LV", true,
     "Ilze Ozoliņa|Jānis Bērziņš|Kristīne Kalniņa|Komunālie maksājumi|Īres maksa par februāri|"
     "Pārskaitījums|Žanete Čakste|Ēriks Ķēniņš"},
    {"windows-1257", "LV", false, "Jānis Müller|Kristīne Müller"},
    {"windows-1257", "LT", true,
     "Žygimantas Čiurlionis|Mokėjimas už šildymą|Būsto nuoma|Agnė Šimkutė|Grynųjų išėmimas"},
    {"windows-1257", "EE", true, "Jüri Mägi|Õnne Pärn|Tõnu Sõerd|Üür jaanuar|Töötasu|Šveits Žanna"},
    {"windows-1250", "PL", true,
     "Paweł Żółkiewski|Zażółć gęślą jaźń|Wynagrodzenie za styczeń|Śliwińska Małgorzata"},
    {"windows-1250", "CZ", true,
     "Jiří Dvořák|Příchozí úhrada|Božena Němcová|Platba v obchodě|Ďáblice"},
    {"windows-1250", "HU", true,
     "Kovács Ágnes|Szűcs Győző|Átutalás bérleti díj|Bankköltség|Őrségi Tünde"},
    {"windows-1252", "DE", true, "Müller Jürgen|Gehalt März|Überweisung|Straßenverkehrsamt|Größe"},
    {"windows-1252", "FR", true,
     "François Lefèvre|Prélèvement|Échéance de prêt|Virement reçu|Hélène Côté"},
    {"windows-1252", "SE", false, "Överföring|Lön februari|Åke Sjöström|Räkning el|Göran"},
    {"windows-1253", "CY", true, "Γιώργος Παπαδόπουλος|Μισθοδοσία|Ενοίκιο|Μεταφορά σε λογαριασμό"},
    {"windows-1254", "TR", true,
     "Ayşe Yılmaz|İbrahim Şahin|Havale ücreti|Kira ödemesi|Çağla Öztürk"},
    {"windows-1251", "RU", true, "Иванов Иван Петрович|Заработная плата|Оплата по счету №12|Ёлкин"},
    {"windows-1251", "UA", true,
     "Шевченко Ольга|Зарплата|Переказ коштів|Оплата за послуги|Ґалаґан Їжак"},
    {"IBM866", "RU", true, "Иванов Иван Петрович|Заработная плата|Оплата по счету|Снятие наличных"},
    {"KOI8-R", "RU", true, "Иванов Иван Петрович|Заработная плата|Оплата по счету|Снятие наличных"},
    {"IBM852", "PL", false, "Paweł Żółkiewski|Wynagrodzenie za styczeń|Śliwińska Małgorzata"},
    {"IBM850", "DE", false, "Müller Jürgen|Gehalt März|Überweisung|Straßenverkehrsamt"},
    {"IBM775", "LV", false,
     "Ilze Ozoliņa|Jānis Bērziņš|Īres maksa par februāri|Pārskaitījums|Ēriks Ķēniņš"},
};

/* The byte that the encoding has for a character. */
static char byte_of(trail_decoder *decoder, trail_slice character)
{
    for (unsigned code = 0x80; code < 0x100; code++) {
        char byte = (char)code;
        trail_text text = {0};
        size_t bad = 0;
        assert_int_equal(trail_decoder_text(decoder, (trail_slice){&byte, 1}, &text, &bad, NULL),
                         TRAIL_OK);
        bool same = trail_slice_equal(trail_text_slice(&text), character);
        trail_text_clear(&text);
        if (same) return byte;
    }
    fail_msg("no byte for %.*s", (int)character.length, character.start);
    return 0;
}

static void note_words(const sample *row, trail_encoding_evidence *evidence)
{
    trail_decoder *decoder = NULL;
    trail_text bytes = {0};
    assert_int_equal(trail_decoder_new(&decoder, row->encoding, NULL), TRAIL_OK);
    for (const char *at = row->words;;) {
        if (*at == '|' || *at == '\0') {
            assert_int_equal(trail_encoding_note(evidence, trail_text_slice(&bytes), NULL),
                             TRAIL_OK);
            trail_text_reset(&bytes);
            if (*at++ == '\0') break;
            continue;
        }
        size_t length = (*at & 0x80) == 0 ? 1 : (*at & 0xE0) == 0xC0 ? 2 : 3;
        char byte = length == 1 ? *at : byte_of(decoder, (trail_slice){at, length});
        assert_int_equal(trail_text_add(&bytes, (trail_slice){&byte, 1}, NULL), TRAIL_OK);
        at += length;
    }
    trail_text_clear(&bytes);
    trail_decoder_free(decoder);
}

static void each_encoding_is_known_by_its_letters_or_by_the_state(void **state)
{
    (void)state;
    for (size_t i = 0; i < TRAIL_LENGTH_OF(samples); i++) {
        const sample *row = &samples[i];
        trail_encoding_evidence evidence = {0};
        trail_encoding_verdict alone, told;
        note_words(row, &evidence);
        assert_int_equal(trail_encoding_decide(&evidence, NULL, &alone, NULL), TRAIL_OK);
        assert_int_equal(trail_encoding_decide(&evidence, row->state, &told, NULL), TRAIL_OK);
        if (alone.decided != row->decided)
            fail_msg("%zu %s: decided %d", i, row->encoding, alone.decided);
        if (alone.decided && strcmp(alone.encoding, row->encoding) != 0 && !alone.immaterial)
            fail_msg("%zu %s is %s", i, row->encoding, alone.encoding);
        if (!told.decided) fail_msg("%zu %s is not decided in %s", i, row->encoding, row->state);
        if (strcmp(told.encoding, row->encoding) != 0 && !told.immaterial)
            fail_msg("%zu %s is %s in %s", i, row->encoding, told.encoding, row->state);
        assert_true(told.how[0] != '\0');
        trail_encoding_evidence_clear(&evidence);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_encoding_is_known_by_its_letters_or_by_the_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
