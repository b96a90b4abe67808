#include "pipeline/case_draft.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/output.h"
#include "base/unicode.h"
#include "ingest/guess_text.h"

#define PROFILE_NAME 48

typedef struct named_profile {
    char name[PROFILE_NAME];
    const trail_text *keys;
} named_profile;

void trail_draft_files_clear(trail_vector *files)
{
    for (size_t i = 0; i < files->count; i++) {
        trail_draft_file *file = trail_vector_at(files, i);
        trail_free(file->name);
        trail_text_clear(&file->profile);
        trail_text_clear(&file->doubts);
    }
    trail_vector_clear(files);
}

static bool is_taken(const trail_vector *profiles, const char *name)
{
    for (size_t i = 0; i < profiles->count; i++) {
        const named_profile *profile = trail_vector_at(profiles, i);
        if (strcmp(profile->name, name) == 0) return true;
    }
    return false;
}

/* "received/lv/Konto 1.csv.gz" is "konto_1". */
static void name_profile(const char *file, const trail_vector *profiles, char name[PROFILE_NAME])
{
    const char *base = strrchr(file, '/');
    char stem[PROFILE_NAME - 8];
    size_t length = 0;
    base = base == NULL ? file : base + 1;
    for (; *base != '\0' && *base != '.' && length + 1 < sizeof stem; base++) {
        bool upper = *base >= 'A' && *base <= 'Z';
        bool plain = (*base >= 'a' && *base <= 'z') || (*base >= '0' && *base <= '9');
        if (upper || plain) {
            stem[length++] = (char)(upper ? *base - 'A' + 'a' : *base);
        } else if (length > 0 && stem[length - 1] != '_') {
            stem[length++] = '_';
        }
    }
    while (length > 0 && stem[length - 1] == '_')
        length--;
    stem[length] = '\0';
    /* A digit in front, or a word of YAML's own, would be read otherwise by other readers. */
    if (length == 0 || (stem[0] >= '0' && stem[0] <= '9') || strcmp(stem, "auto") == 0) {
        char bare[sizeof stem];
        memcpy(bare, stem, sizeof stem);
        (void)snprintf(stem, sizeof stem, "p_%.*s", (int)sizeof stem - 3, bare);
    }
    (void)snprintf(name, PROFILE_NAME, "%s", stem);
    for (unsigned i = 2; is_taken(profiles, name); i++)
        (void)snprintf(name, PROFILE_NAME, "%s_%u", stem, i);
}

static trail_status find_profile(trail_vector *profiles, const trail_draft_file *file,
                                 const char **name, trail_error *err)
{
    named_profile *profile = NULL;
    named_profile made = {.keys = &file->profile};
    for (size_t i = 0; i < profiles->count; i++) {
        profile = trail_vector_at(profiles, i);
        if (trail_slice_equal(trail_text_slice(profile->keys), trail_text_slice(&file->profile))) {
            *name = profile->name;
            return TRAIL_OK;
        }
    }
    name_profile(file->name, profiles, made.name);
    trail_status status = trail_vector_push(profiles, &made, err);
    if (status != TRAIL_OK) return status;
    profile = trail_vector_at(profiles, profiles->count - 1);
    *name = profile->name;
    return TRAIL_OK;
}

/* The constant currency most files have; the first in the alphabet on a tie; "" if none has one. */
static const char *most_common_currency(const trail_vector *files)
{
    const char *best = "";
    size_t most = 0;
    for (size_t i = 0; i < files->count; i++) {
        const trail_draft_file *file = trail_vector_at(files, i);
        size_t count = 0;
        for (size_t j = 0; j < files->count; j++) {
            const trail_draft_file *other = trail_vector_at(files, j);
            count += strcmp(file->currency, other->currency) == 0;
        }
        if (file->currency[0] == '\0') continue;
        if (count > most || (count == most && strcmp(file->currency, best) < 0)) {
            best = file->currency;
            most = count;
        }
    }
    return best;
}

static void write_head(const char *case_name, const trail_vector *files, trail_output *out)
{
    const char *currency = most_common_currency(files);
    trail_output_text(out,
                      "# Case file. It runs as it is: moneytrail run; moneytrail check names every "
                      "mistake.\n"
                      "# Lines behind # are explanations and proposals.\n\n"
                      "case: ");
    trail_yaml_scalar(out, case_name);
    trail_output_format(out, "\ncurrency: %s%s\n", currency[0] == '\0' ? "EUR" : currency,
                        "   # of the report; amounts are never summed across currencies without "
                        "rates");
    trail_output_text(
        out, "# title: \n"
             "# rates: rates/eurofxref-hist.csv   # euro reference rates, as the ECB gives "
             "them\n"
             "# display_rule: fifo   # else lowest and highest over all rules are shown\n\n"
             "# What was asked of whom; a source then names its request.\n"
             "# requests:\n"
             "#   - id: LV-1\n"
             "#     state: LV\n"
             "#     authority: Ministry of Justice of Latvia\n"
             "#     instrument: EIO, Directive 2014/41/EU\n"
             "#     sent: 2025-02-03\n"
             "#     received: 2025-05-20\n"
             "#     scope: {accounts: [], from: 2024-09-01, to: 2025-01-31}\n"
             "#     purposes: [investigation, prosecution]\n"
             "#     onward_transfer: consent   # no, consent, yes\n"
             "#     evidential: yes\n"
             "#     retain_until: 2030-12-31\n\n");
}

static trail_status write_unnameable(const trail_draft_file *file, trail_output *out,
                                     trail_error *err)
{
    trail_text shown = {0};
    trail_status status = trail_unicode_printable(trail_slice_of(file->name), &shown, err);
    if (status == TRAIL_OK) {
        trail_output_text(out, "  # not listed: rename the copy, its name is no plain text: ");
        for (size_t i = 0; i < shown.length; i++)
            trail_output_byte(out, shown.bytes[i] == '\t' ? ' ' : shown.bytes[i]);
        trail_output_byte(out, '\n');
    }
    trail_text_clear(&shown);
    return status;
}

static trail_status write_source(const trail_draft_file *file, trail_vector *profiles,
                                 trail_output *out, trail_error *err)
{
    char hash[TRAIL_DIGEST_HEX];
    const char *profile = "auto";
    trail_status status = TRAIL_OK;
    if (!file->nameable) return write_unnameable(file, out, err);
    bool has_profile =
        file->format == NULL && file->profile.length > 0 && (file->decided || file->notation_open);
    if (has_profile) status = find_profile(profiles, file, &profile, err);
    if (status != TRAIL_OK) return status;
    trail_hex(file->hash, TRAIL_DIGEST_SIZE, hash);
    trail_output_text(out, "  - file: ");
    trail_yaml_scalar(out, file->name);
    trail_output_format(out, "   # %llu bytes, ", (unsigned long long)file->size);
    if (file->format == NULL) {
        trail_output_format(out, "%llu row%s, ", (unsigned long long)file->rows,
                            file->rows == 1 ? "" : "s");
    }
    trail_output_format(out, "SHA-256 %s\n    profile: %s", hash, profile);
    if (file->format != NULL) trail_output_format(out, "   # recognised: %s", file->format);
    trail_output_byte(out, '\n');
    if (file->transfers && has_profile) {
        trail_output_text(out, "    observes: all   # it shows all payments of all its accounts; "
                               "else {bank: …} or [numbers]\n");
    }
    if (!file->decided) {
        trail_output_text(out, "    # Not decided: a run sets aside what is left open here.\n");
    }
    if (!file->decided && has_profile) {
        trail_output_format(out,
                            "    # In the profile %s below, choose: take the # from the line, or "
                            "write the other.\n",
                            profile);
    }
    trail_output_add(out, trail_text_slice(&file->doubts));
    if (!has_profile && file->profile.length > 0) {
        trail_output_text(out, "    # What is known already, as a profile to complete:\n");
        for (size_t i = 0; i < file->profile.length; i++) {
            if (i == 0 || file->profile.bytes[i - 1] == '\n') trail_output_text(out, "    # ");
            trail_output_byte(out, file->profile.bytes[i]);
        }
    }
    return TRAIL_OK;
}

static void write_tail(trail_output *out)
{
    trail_output_text(
        out,
        "\n# The following may also be spreadsheets beside this file: requests.csv, people.csv,\n"
        "# proceeds.csv, destinations.csv (the keys as columns, lists separated by ;).\n\n"
        "# accounts:   # facts on accounts\n"
        "#   - number: LV00BANK0000000000000\n"
        "#     opening: 10000.00   # before the first payment; needs currency and origin\n"
        "#     currency: EUR\n"
        "#     origin: clean   # clean, unknown\n\n"
        "# people:\n"
        "#   - key: worker_01\n"
        "#     name: \n"
        "#     role: victim   # suspect convicted victim possible-victim witness third-party "
        "unknown\n"
        "#     accounts: [LV00BANK0000000000000]\n\n"
        "# proceeds:   # the payments through which the crime's money enters; what tracing "
        "begins with\n"
        "#   - id: W1\n"
        "#     why: wages collected from workers\n"
        "#     select: {from: worker_01, between: [2024-09-01, 2024-12-31]}\n\n"
        "# destinations:   # accounts of interest, where routes shall lead\n"
        "#   - account: CY00BANK0000000000000\n\n"
        "# parameters: {window_days: 3, share_kept: 0.8, max_steps: 6}\n");
}

trail_status trail_case_draft(const char *case_name, const trail_vector *files, trail_text *text,
                              trail_error *err)
{
    trail_vector profiles = trail_vector_of(sizeof(named_profile));
    trail_output *out = NULL;
    trail_status status = trail_output_into(&out, text, err);
    if (status != TRAIL_OK) return status;
    write_head(case_name, files, out);
    trail_output_text(out, "sources:\n");
    for (size_t i = 0; i < files->count && status == TRAIL_OK; i++)
        status = write_source(trail_vector_at(files, i), &profiles, out, err);
    if (profiles.count > 0) trail_output_text(out, "\nprofiles:\n");
    for (size_t i = 0; i < profiles.count; i++) {
        const named_profile *profile = trail_vector_at(&profiles, i);
        trail_output_format(out, "  %s:\n", profile->name);
        trail_output_add(out, trail_text_slice(profile->keys));
    }
    write_tail(out);
    trail_vector_clear(&profiles);
    if (status != TRAIL_OK) {
        trail_output_abandon(out);
        return status;
    }
    return trail_output_finish(out, NULL, err);
}
