/* Verifying a case: manifest, received files, outputs and the custody log against each other. Every
 * difference is told; none ends the check. */
#include <moneytrail/verify.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/failure.h"
#include "base/path.h"
#include "evidence/case_key.h"
#include "evidence/custody.h"
#include "evidence/receipt.h"
#include "evidence/staging.h"
#include "pipeline/case_file.h"
#include "pipeline/verify_parts.h"

#define CUSTODY_LIMIT ((size_t)1 << 30)
#define LINE_ROOM     2000

trail_status trail_verify_differs(trail_verification *verification, trail_error *err,
                                  const char *format, ...)
{
    char line[LINE_ROOM];
    va_list arguments;
    verification->differences++;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (length < 0) return trail_fail(err, TRAIL_INTERNAL, "a notice could not be worded");
    if (verification->notices != NULL && verification->notices->say != NULL)
        verification->notices->say(verification->notices->context, line);
    return TRAIL_OK;
}

trail_status trail_verify_hash(trail_verification *verification, const char *folder,
                               const char *name, const char *shown, uint8_t hash[TRAIL_DIGEST_SIZE],
                               uint64_t *size, bool *there, trail_error *err)
{
    trail_text path = {0};
    trail_error reason = {0};
    trail_status status = trail_path_join(&path, folder, name, err);
    if (status != TRAIL_OK) goto cleanup;
    *there = false;
    status = trail_digest_file(path.bytes, hash, size, &reason);
    *there = status == TRAIL_OK;
    if (status == TRAIL_NO_MEMORY) {
        status = trail_fail_memory(err);
    } else if (status != TRAIL_OK) {
        status = TRAIL_OK;
        if (shown != NULL)
            status =
                trail_verify_differs(verification, err, "%s is not there or cannot be read", shown);
    }
cleanup:
    trail_text_clear(&path);
    return status;
}

static trail_status check_output(trail_verification *verification,
                                 const trail_manifest_file *listed, trail_error *err)
{
    uint8_t hash[TRAIL_DIGEST_SIZE];
    uint64_t size = 0;
    bool there = false;
    trail_status status = trail_verify_hash(verification, verification->out_folder.bytes,
                                            listed->name, listed->name, hash, &size, &there, err);
    if (status != TRAIL_OK || !there || memcmp(hash, listed->hash, TRAIL_DIGEST_SIZE) == 0)
        return status;
    return trail_verify_differs(verification, err, "output %s has changed: %llu bytes, were %llu",
                                listed->name, (unsigned long long)size,
                                (unsigned long long)listed->size);
}

static trail_status check_outputs(trail_verification *verification, trail_error *err)
{
    const trail_vector *outputs = &verification->manifest.outputs;
    trail_vector names = trail_vector_of(sizeof(char *));
    trail_status status = TRAIL_OK;
    for (size_t i = 0; status == TRAIL_OK && i < outputs->count; i++)
        status = check_output(verification, trail_vector_at(outputs, i), err);
    if (status == TRAIL_OK) status = trail_path_list(verification->out_folder.bytes, &names, err);
    for (size_t i = 0; status == TRAIL_OK && i < names.count; i++) {
        const char *name = *(const char *const *)trail_vector_at(&names, i);
        if (strcmp(name, TRAIL_MANIFEST_NAME) == 0 || trail_staging_is_dropping(name) ||
            trail_manifest_output(&verification->manifest, name) != NULL)
            continue;
        trail_text shown = {0};
        const uint8_t unknown[TRAIL_DIGEST_SIZE] = {0};
        status = verification->protection == NULL
                     ? trail_text_add(&shown, trail_slice_of("a file"), err)
                     : trail_protect_file(verification->protection, name, unknown, &shown, err);
        if (status == TRAIL_OK)
            status = trail_verify_differs(verification, err,
                                          "%s lies among the outputs and is not in manifest.json",
                                          shown.bytes);
        trail_text_clear(&shown);
    }
    trail_path_list_clear(&names);
    return status;
}

/* The digest must follow from the hashes that stand beside it. */
static trail_status check_digest(trail_verification *verification, trail_error *err)
{
    const trail_manifest *manifest = &verification->manifest;
    trail_vector receipts = trail_vector_of(sizeof(trail_receipt));
    char hex[TRAIL_DIGEST_HEX];
    trail_status status = TRAIL_OK;
    for (size_t i = 0; status == TRAIL_OK && i < manifest->received.count; i++) {
        const trail_manifest_file *file = trail_vector_at(&manifest->received, i);
        trail_receipt receipt = {.size = file->size};
        memcpy(receipt.hash, file->hash, sizeof receipt.hash);
        status = trail_vector_push(&receipts, &receipt, err);
    }
    if (status == TRAIL_OK)
        status = trail_evidence_digest(receipts.items, receipts.count, hex, err);
    if (status == TRAIL_OK && strcmp(hex, manifest->evidence_digest) != 0)
        status = trail_verify_differs(verification, err,
                                      "the evidence digest in manifest.json is not that of the "
                                      "received files it lists");
    trail_vector_clear(&receipts);
    return status;
}

static trail_status check_manifest_recorded(trail_verification *verification,
                                            const uint8_t hash[TRAIL_DIGEST_SIZE], trail_error *err)
{
    char hex[TRAIL_DIGEST_HEX];
    trail_slice log = trail_text_slice(&verification->custody);
    trail_hex(hash, TRAIL_DIGEST_SIZE, hex);
    if (trail_custody_log_has(log, TRAIL_CUSTODY_RUN, "manifest", hex) ||
        trail_custody_log_has(log, TRAIL_CUSTODY_INTERNAL, "manifest", hex))
        return TRAIL_OK;
    return trail_verify_differs(verification, err,
                                "manifest.json is not one that custody.jsonl records");
}

static trail_status check_received_recorded(trail_verification *verification, trail_error *err)
{
    const trail_vector *received = &verification->manifest.received;
    trail_status status = TRAIL_OK;
    for (size_t i = 0; status == TRAIL_OK && i < received->count; i++) {
        const trail_manifest_file *file = trail_vector_at(received, i);
        char hex[TRAIL_DIGEST_HEX];
        trail_hex(file->hash, TRAIL_DIGEST_SIZE, hex);
        if (!trail_custody_log_has(trail_text_slice(&verification->custody), TRAIL_CUSTODY_RECEIVED,
                                   "sha256", hex))
            status = trail_verify_differs(verification, err,
                                          "custody.jsonl does not record that %s was received",
                                          file->name);
    }
    return status;
}

/* *read: there is a log, be it an empty one. *holds: an event may be appended. */
static trail_status check_custody(trail_verification *verification, bool *read, bool *holds,
                                  trail_error *err)
{
    trail_text path = {0};
    trail_error reason = {0};
    trail_custody_chain chain = {0};
    *read = *holds = false;
    trail_status status = trail_path_join(&path, verification->case_folder, "custody.jsonl", err);
    if (status != TRAIL_OK) goto cleanup;
    status = trail_path_read(path.bytes, CUSTODY_LIMIT, &verification->custody, &reason);
    if (status == TRAIL_NO_MEMORY) {
        status = trail_fail_memory(err);
        goto cleanup;
    }
    if (status != TRAIL_OK) {
        status = trail_verify_differs(verification, err, "%s", reason.message);
        goto cleanup;
    }
    *read = true;
    status = trail_custody_check(trail_text_slice(&verification->custody), &chain, err);
    if (status != TRAIL_OK) goto cleanup;
    *holds = chain.broken_line == 0;
    if (!*holds)
        status = trail_verify_differs(verification, err, "custody.jsonl line %llu: %s",
                                      (unsigned long long)chain.broken_line, chain.reason);
cleanup:
    trail_text_clear(&path);
    return status;
}

/* *read false when there is no manifest to go by. */
static trail_status read_manifest(trail_verification *verification, uint8_t hash[TRAIL_DIGEST_SIZE],
                                  bool *read, trail_error *err)
{
    trail_error reason = {0};
    trail_status status =
        trail_manifest_read(&verification->manifest, verification->out_folder.bytes, hash, &reason);
    *read = status == TRAIL_OK;
    if (status == TRAIL_NO_MEMORY) return trail_fail_memory(err);
    return *read ? TRAIL_OK : trail_verify_differs(verification, err, "%s", reason.message);
}

/* Names are shown only where the case file can say whom they would betray. Its mistakes are not
 * this command's business, and neither is a key that cannot be read: nothing here needs one. */
static trail_status find_protection(trail_verification *verification, trail_error *err)
{
    static const uint8_t any_key[TRAIL_CASE_KEY_SIZE] = {0};
    trail_case *read_case = NULL;
    trail_error unreadable = {0};
    trail_status status = trail_case_read(&read_case, verification->case_folder, NULL, &unreadable);
    if (status == TRAIL_NO_MEMORY) return trail_fail_memory(err);
    if (status != TRAIL_OK) return TRAIL_OK;
    status = trail_protection_new(&verification->protection, &read_case->people, NULL, any_key,
                                  false, err);
    trail_case_free(read_case);
    return status;
}

/* The check itself is an event. A log that cannot be written to, as on a read-only copy, is none of
 * the differences looked for. */
static void note_event(const trail_verification *verification, const uint8_t *manifest_hash)
{
    char hex[TRAIL_DIGEST_HEX];
    char count[24];
    trail_text path = {0};
    trail_custody *custody = NULL;
    trail_hex(manifest_hash, TRAIL_DIGEST_SIZE, hex);
    snprintf(count, sizeof count, "%zu", verification->differences);
    const trail_custody_field fields[] = {{"manifest", hex}, {"differences", count}};
    if (trail_path_join(&path, verification->case_folder, "custody.jsonl", NULL) != TRAIL_OK ||
        trail_custody_open(&custody, path.bytes, NULL) != TRAIL_OK)
        goto cleanup;
    if (trail_custody_add(custody, TRAIL_CUSTODY_VERIFY, fields, TRAIL_LENGTH_OF(fields), NULL) ==
        TRAIL_OK)
        (void)!trail_custody_close(custody, NULL);
    else
        trail_custody_abandon(custody);
cleanup:
    trail_text_clear(&path);
}

static trail_status verify_all(trail_verification *verification, trail_error *err)
{
    uint8_t manifest_hash[TRAIL_DIGEST_SIZE] = {0};
    bool has_log = false, chain_holds = false;
    bool has_manifest = false;
    trail_status status;
    if ((status = find_protection(verification, err)) != TRAIL_OK) return status;
    if ((status = check_custody(verification, &has_log, &chain_holds, err)) != TRAIL_OK)
        return status;
    if ((status = read_manifest(verification, manifest_hash, &has_manifest, err)) != TRAIL_OK)
        return status;
    if (has_manifest) {
        if ((status = check_digest(verification, err)) != TRAIL_OK) return status;
        if ((status = trail_verify_received(verification, err)) != TRAIL_OK) return status;
        if ((status = check_outputs(verification, err)) != TRAIL_OK) return status;
        if (has_log) {
            status = check_manifest_recorded(verification, manifest_hash, err);
            if (status == TRAIL_OK) status = check_received_recorded(verification, err);
            if (status != TRAIL_OK) return status;
        }
    }
    if (chain_holds) note_event(verification, manifest_hash);
    if (verification->differences == 0) return TRAIL_OK;
    return trail_fail(err, TRAIL_DIFFERS, "%zu %s from what was recorded",
                      verification->differences,
                      verification->differences == 1 ? "thing differs" : "things differ");
}

trail_status trail_verify(const char *case_folder, const char *out_folder,
                          const trail_notices *notices, trail_error *err)
{
    trail_verification verification = {.case_folder = case_folder, .notices = notices};
    trail_status status;
    if (!trail_path_is_folder(case_folder))
        return trail_fail(err, TRAIL_USAGE, "%s is not a case folder", case_folder);
    status = out_folder == NULL
                 ? trail_path_join(&verification.out_folder, case_folder, "out", err)
                 : trail_text_add(&verification.out_folder, trail_slice_of(out_folder), err);
    if (status == TRAIL_OK) status = verify_all(&verification, err);
    trail_protection_free(verification.protection);
    trail_manifest_clear(&verification.manifest);
    trail_text_clear(&verification.custody);
    trail_text_clear(&verification.out_folder);
    return status;
}
