#include <string.h>

#include <moneytrail/version.h>

#include "base/attributes.h"
#include "base/memory.h"
#include "base/path.h"
#include "evidence/case_key.h"
#include "evidence/custody.h"
#include "evidence/manifest.h"
#include "evidence/staging.h"
#include "export/exporter.h"
#include "pipeline/decided.h"
#include "pipeline/stage.h"
#include "report/report.h"

/* Everything is written into the part folder and described by the manifest; the custody log gets
 * the manifest's hash; then all of it takes the place of the earlier out folder at once. The log
 * comes before the swap, so that no outputs ever stand there that it does not record. */

static bool is_chosen(const char *only, const char *stage)
{
    return only == NULL || strcmp(only, stage) == 0;
}

trail_status trail_stage_name_ids(trail_investigation *investigation, uint64_t *made,
                                  trail_error *err)
{
    if (investigation->ids.payments != NULL) return TRAIL_OK;
    trail_status status = trail_tell_decisions(investigation, err);
    if (status != TRAIL_OK) return status;
    *made = investigation->ledger.count + trail_accounts_count(investigation->ledger.accounts);
    return trail_published_ids_make(&investigation->ids, &investigation->ledger, investigation->key,
                                    err);
}

static trail_status write_one(const trail_findings *findings, const char *folder, const char *name,
                              trail_status (*write)(const trail_findings *, const char *,
                                                    trail_error *),
                              trail_error *err)
{
    trail_text path = {0};
    trail_status status = trail_path_join(&path, folder, name, err);
    char *slash = status == TRAIL_OK ? strrchr(path.bytes, '/') : NULL;
    if (slash != NULL && strchr(name, '/') != NULL) {
        *slash = '\0';
        status = trail_path_make_folder(path.bytes, err);
        *slash = '/';
    }
    if (status == TRAIL_OK) status = write(findings, path.bytes, err);
    trail_text_clear(&path);
    return status;
}

static trail_status write_outputs(trail_investigation *investigation, const char *folder,
                                  const char *only, trail_error *err)
{
    const trail_progress *progress = investigation->options.progress;
    trail_findings findings = trail_investigation_findings(investigation);
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < trail_exporter_count && status == TRAIL_OK; i++) {
        if (!is_chosen(only, trail_exporters[i].stage)) continue;
        if (progress != NULL && progress->report != NULL)
            progress->report(progress->context, "write", "files", i, trail_exporter_count + 1);
        status =
            write_one(&findings, folder, trail_exporters[i].path, trail_exporters[i].write, err);
    }
    if (status == TRAIL_OK && is_chosen(only, "report"))
        status = write_one(&findings, folder, "report.html", trail_report_write, err);
    return status;
}

static trail_status add_parameters(const trail_investigation *investigation,
                                   trail_manifest *manifest, const char *only, trail_error *err)
{
    const trail_case *case_file = investigation->case_file;
    const trail_route_limits *limits = &case_file->route_limits;
    trail_text value = {0};
    trail_status status = trail_protect_text(investigation->protection,
                                             trail_slice_of(case_file->mandate.id), &value, err);
    if (status == TRAIL_OK)
        status = trail_manifest_add_parameter(manifest, "case", value.bytes, err);
    const struct {
        const char *name;
        long long number;
    } numbers[] = {
        {"window_days", limits->window_days},
        {"share_kept_millionths", limits->share_kept_millionths},
        {"max_steps", limits->max_steps},
        {"max_routes", (long long)limits->max_routes},
        {"balance_tolerance_millionths", case_file->balance_tolerance_millionths},
        {"internal", investigation->options.internal ? 1 : 0},
    };
    for (size_t i = 0; i < TRAIL_LENGTH_OF(numbers) && status == TRAIL_OK; i++) {
        trail_text_reset(&value);
        status = trail_text_add_format(&value, err, "%lld", numbers[i].number);
        if (status == TRAIL_OK)
            status = trail_manifest_add_parameter(manifest, numbers[i].name, value.bytes, err);
    }
    if (status == TRAIL_OK && case_file->mandate.display_rule != NULL)
        status = trail_manifest_add_parameter(manifest, "display_rule",
                                              case_file->mandate.display_rule, err);
    if (status == TRAIL_OK && only != NULL)
        status = trail_manifest_add_parameter(manifest, "only", only, err);
    trail_text_clear(&value);
    return status;
}

static trail_status add_counts(const trail_run_summary *summary, trail_manifest *manifest,
                               trail_error *err)
{
    const char *name;
    uint64_t value;
    for (size_t i = 0; trail_run_count(summary, i, &name, &value); i++) {
        trail_status status = trail_manifest_add_count(manifest, name, value, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

static trail_status cite(const trail_protection *protection, const trail_received *received,
                         trail_text *citation, trail_error *err)
{
    trail_text_reset(citation);
    return trail_protect_file(protection, received->name, received->receipt.hash, citation, err);
}

/* The received file that a member lies in: its name is the member's up to a '!'. */
static const trail_received *container_of(const trail_investigation *investigation,
                                          const char *member)
{
    const trail_received *received = investigation->received.items;
    for (size_t i = 0; i < investigation->received.count; i++) {
        size_t length = strlen(received[i].name);
        if (strncmp(member, received[i].name, length) == 0 && member[length] == '!')
            return &received[i];
    }
    return NULL;
}

static trail_status add_members(const trail_investigation *investigation, trail_manifest *manifest,
                                trail_error *err)
{
    trail_text citation = {0};
    trail_status status = TRAIL_OK;
    const trail_file_report *files = investigation->rejects.files.items;
    for (size_t i = 0; i < investigation->rejects.files.count && status == TRAIL_OK; i++) {
        trail_manifest_file member = {.size = files[i].size};
        if (!files[i].is_member || !files[i].hashed) continue;
        const trail_received *container = container_of(investigation, files[i].name);
        if (container == NULL) continue;
        memcpy(member.hash, files[i].hash, TRAIL_DIGEST_SIZE);
        memcpy(member.inside, container->receipt.hash, TRAIL_DIGEST_SIZE);
        trail_text_reset(&citation);
        status = trail_protect_file(investigation->protection, files[i].name, files[i].hash,
                                    &citation, err);
        if (status == TRAIL_OK)
            status = trail_manifest_add_member(manifest, citation.bytes, &member, err);
    }
    trail_text_clear(&citation);
    return status;
}

static trail_status write_manifest(trail_investigation *investigation, const char *folder,
                                   const char *only, char manifest_hash[TRAIL_DIGEST_HEX],
                                   trail_error *err)
{
    trail_manifest manifest;
    trail_text text = {0};
    uint8_t hash[TRAIL_DIGEST_SIZE];
    trail_status status = trail_text_add_format(&text, err, "moneytrail %s", trail_version());
    if (status != TRAIL_OK) return status;
    status = trail_manifest_init(&manifest, text.bytes, investigation->evidence_digest,
                                 trail_protection_notice(investigation->protection), err);
    if (status == TRAIL_OK) status = add_parameters(investigation, &manifest, only, err);
    if (status == TRAIL_OK) status = add_counts(&investigation->summary, &manifest, err);
    for (size_t i = 0; i < investigation->received.count && status == TRAIL_OK; i++) {
        const trail_received *received = trail_vector_at(&investigation->received, i);
        status = cite(investigation->protection, received, &text, err);
        if (status == TRAIL_OK)
            status = trail_manifest_add_received(&manifest, text.bytes, received->receipt.hash,
                                                 received->receipt.size, err);
    }
    if (status == TRAIL_OK) status = add_members(investigation, &manifest, err);
    if (status == TRAIL_OK) status = trail_manifest_add_outputs(&manifest, folder, err);
    if (status == TRAIL_OK) status = trail_manifest_write(&manifest, folder, hash, err);
    if (status == TRAIL_OK) trail_hex(hash, TRAIL_DIGEST_SIZE, manifest_hash);
    trail_manifest_clear(&manifest);
    trail_text_clear(&text);
    return status;
}

static trail_status log_received(const trail_investigation *investigation,
                                 const trail_protection *protection, trail_custody *custody,
                                 trail_error *err)
{
    trail_text citation = {0};
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < investigation->received.count && status == TRAIL_OK; i++) {
        const trail_received *received = trail_vector_at(&investigation->received, i);
        char hash[TRAIL_DIGEST_HEX];
        trail_hex(received->receipt.hash, TRAIL_DIGEST_SIZE, hash);
        if (trail_custody_has(custody, TRAIL_CUSTODY_RECEIVED, "sha256", hash)) continue;
        if ((status = cite(protection, received, &citation, err)) != TRAIL_OK) break;
        const trail_custody_field fields[] = {{"file", citation.bytes}, {"sha256", hash}};
        status = trail_custody_add(custody, TRAIL_CUSTODY_RECEIVED, fields, TRAIL_LENGTH_OF(fields),
                                   err);
    }
    trail_text_clear(&citation);
    return status;
}

/* What the operator wrote may name somebody too. *shown is NULL if nothing was written. */
static trail_status protect_option(const trail_protection *protection, const char *written,
                                   trail_text *text, const char **shown, trail_error *err)
{
    *shown = NULL;
    if (written == NULL) return TRAIL_OK;
    trail_status status = trail_protect_text(protection, trail_slice_of(written), text, err);
    if (status == TRAIL_OK) *shown = text->bytes == NULL ? "" : text->bytes;
    return status;
}

static trail_status log_events(const trail_investigation *investigation,
                               const trail_protection *protection, const char *manifest_hash,
                               trail_custody *custody, trail_error *err)
{
    const trail_run_options *options = &investigation->options;
    const char *written[] = {options->operator_name, options->authority, options->reason};
    const char *shown[TRAIL_LENGTH_OF(written)] = {NULL};
    trail_text texts[TRAIL_LENGTH_OF(written)] = {{0}};
    trail_status status = log_received(investigation, protection, custody, err);
    for (size_t i = 0; i < TRAIL_LENGTH_OF(written) && status == TRAIL_OK; i++)
        status = protect_option(protection, written[i], &texts[i], &shown[i], err);
    const trail_custody_field fields[] = {
        {"manifest", manifest_hash}, {"evidence_digest", investigation->evidence_digest},
        {"operator", shown[0]},      {"authority", shown[1]},
        {"reason", shown[2]},
    };
    if (status == TRAIL_OK)
        status = trail_custody_add(custody,
                                   options->internal ? TRAIL_CUSTODY_INTERNAL : TRAIL_CUSTODY_RUN,
                                   fields, TRAIL_LENGTH_OF(fields), err);
    for (size_t i = 0; i < TRAIL_LENGTH_OF(texts); i++)
        trail_text_clear(&texts[i]);
    return status;
}

/* The log is shown to courts and defence: it names nobody protected, whatever the run shows. */
static trail_status log_run(const trail_investigation *investigation, const char *manifest_hash,
                            trail_error *err)
{
    trail_text path = {0};
    trail_custody *custody = NULL;
    trail_protection *protection = NULL;
    trail_status status = trail_protection_new(&protection, &investigation->case_file->people, NULL,
                                               investigation->key, false, err);
    if (status == TRAIL_OK)
        status = trail_path_join(&path, investigation->case_folder, "custody.jsonl", err);
    if (status == TRAIL_OK) status = trail_custody_open(&custody, path.bytes, err);
    if (status == TRAIL_OK)
        status = log_events(investigation, protection, manifest_hash, custody, err);
    if (status == TRAIL_OK)
        status = trail_custody_close(custody, err);
    else
        trail_custody_abandon(custody);
    trail_protection_free(protection);
    trail_text_clear(&path);
    return status;
}

static trail_status out_folder(const trail_investigation *investigation, trail_text *path,
                               trail_error *err)
{
    if (investigation->options.out_folder != NULL)
        return trail_text_add(path, trail_slice_of(investigation->options.out_folder), err);
    return trail_path_join(path, investigation->case_folder, "out", err);
}

static trail_status begin(trail_investigation *investigation, const char *out,
                          trail_staging **staging, trail_error *err)
{
    size_t count = investigation->received.count;
    const char **names = NULL;
    trail_status status = trail_alloc_zeroed(&names, count, sizeof *names, err);
    for (size_t i = 0; i < count && status == TRAIL_OK; i++) {
        const trail_received *received = trail_vector_at(&investigation->received, i);
        names[i] = received->name;
    }
    if (status == TRAIL_OK)
        status = trail_staging_begin(staging, investigation->case_folder, out, names, count, err);
    trail_free(names);
    return status;
}

trail_status trail_say_key_is_open(trail_investigation *investigation, trail_error *err)
{
    return trail_investigation_say(investigation, err,
                                   "this file system keeps no permissions: case.key may be "
                                   "readable by others");
}

/* A key made for this run is written once nothing of the case can be refused any more. */
static trail_status keep_key(trail_investigation *investigation, trail_error *err)
{
    trail_text path = {0};
    bool without_modes = false;
    if (!investigation->key_is_new) return TRAIL_OK;
    trail_status status = trail_path_join(&path, investigation->case_folder, "case.key", err);
    if (status == TRAIL_OK)
        status = trail_case_key_write(path.bytes, investigation->key, &without_modes, err);
    trail_text_clear(&path);
    if (status == TRAIL_OK)
        status = trail_investigation_say(investigation, err,
                                         "case.key was absent and has been made: keep it; ids and "
                                         "pseudonyms depend on it");
    if (status == TRAIL_OK && without_modes) status = trail_say_key_is_open(investigation, err);
    return status;
}

/* A file set aside is missing from every total: every output says so on top. */
static trail_status head_set_aside(trail_investigation *investigation, trail_error *err)
{
    const trail_strings *strings = investigation->ledger.strings;
    const trail_file_report *files = investigation->rejects.files.items;
    trail_text line = {0};
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < investigation->rejects.files.count && status == TRAIL_OK; i++) {
        if (files[i].outcome != TRAIL_FILE_SET_ASIDE) continue;
        trail_slice reason = trail_strings_get(strings, files[i].reason);
        trail_slice paste = trail_strings_get(strings, files[i].paste);
        trail_text_reset(&line);
        status = trail_text_add(&line, trail_slice_of("Set aside: "), err);
        if (status == TRAIL_OK)
            status = trail_investigation_cite(investigation, files[i].name, &line, err);
        if (status == TRAIL_OK)
            status = trail_text_add_format(
                &line, err, ": %.*s%s%.*s.", (int)reason.length, reason.start,
                paste.length > 0 ? "; to decide it, paste: " : "", (int)paste.length, paste.start);
        if (status == TRAIL_OK)
            status = trail_protection_add_heading(investigation->protection,
                                                  trail_text_slice(&line), err);
    }
    trail_text_clear(&line);
    return status;
}

trail_status trail_publish(trail_investigation *investigation, const char *only, trail_error *err)
{
    trail_text out = {0};
    trail_staging *staging = NULL;
    char manifest_hash[TRAIL_DIGEST_HEX];
    trail_status status = out_folder(investigation, &out, err);
    if (status == TRAIL_OK) status = head_set_aside(investigation, err);
    if (status == TRAIL_OK) status = begin(investigation, out.bytes, &staging, err);
    if (status == TRAIL_OK) status = keep_key(investigation, err);
    if (status == TRAIL_OK)
        status = write_outputs(investigation, trail_staging_folder(staging), only, err);
    if (status == TRAIL_OK)
        status =
            write_manifest(investigation, trail_staging_folder(staging), only, manifest_hash, err);
    if (status == TRAIL_OK) status = log_run(investigation, manifest_hash, err);
    if (status == TRAIL_OK)
        status = trail_staging_commit(staging, err);
    else
        trail_staging_abandon(staging);
    trail_text_clear(&out);
    return status;
}
