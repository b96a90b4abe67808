/* The page: head with the content security policy, skeleton, data block, script. Hashes in the
 * policy are those of the very bytes written, so nothing else can run, and `default-src 'none'`
 * keeps the page from loading or sending anything. */
#include "report/report.h"

#include "base/deflate.h"
#include "base/digest.h"
#include "base/output.h"
#include "report/assets.h"
#include "report/section.h"

static trail_slice script(void)
{
    return (trail_slice){(const char *)trail_report_script, trail_report_script_size};
}

static trail_slice style(void)
{
    return (trail_slice){(const char *)trail_report_style, trail_report_style_size};
}

static void add_escaped(trail_output *out, trail_slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        switch (text.start[i]) {
        case '&':
            trail_output_text(out, "&amp;");
            break;
        case '<':
            trail_output_text(out, "&lt;");
            break;
        case '>':
            trail_output_text(out, "&gt;");
            break;
        case '"':
            trail_output_text(out, "&quot;");
            break;
        default:
            trail_output_byte(out, text.start[i]);
            break;
        }
    }
}

/* "'sha256-…'" of the bytes, as a policy names them. */
static trail_status add_source(trail_output *out, trail_slice bytes, trail_error *err)
{
    uint8_t hash[TRAIL_DIGEST_SIZE];
    trail_digest *digest = NULL;
    trail_text encoded = {0};
    trail_status status;

    if ((status = trail_digest_new(&digest, err)) != TRAIL_OK) goto cleanup;
    status = trail_digest_add(digest, bytes.start, bytes.length, err);
    if (status == TRAIL_OK) status = trail_digest_finish(digest, hash, err);
    if (status != TRAIL_OK) goto cleanup;
    status = trail_base64((trail_slice){(const char *)hash, sizeof hash}, &encoded, err);
    if (status != TRAIL_OK) goto cleanup;
    trail_output_text(out, "'sha256-");
    trail_output_add(out, trail_text_slice(&encoded));
    trail_output_byte(out, '\'');
cleanup:
    trail_digest_free(digest);
    trail_text_clear(&encoded);
    return status;
}

static trail_status write_head(const trail_report_view *view, trail_output *out, trail_error *err)
{
    const trail_findings *findings = view->findings;
    const char *title =
        findings->mandate->title != NULL ? findings->mandate->title : findings->mandate->id;
    trail_text shown = {0};
    trail_status status =
        trail_protect_text(findings->protection, trail_slice_of(title), &shown, err);

    if (status != TRAIL_OK) goto cleanup;
    trail_output_text(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                           "'none'; script-src ");
    if ((status = add_source(out, script(), err)) != TRAIL_OK) goto cleanup;
    trail_output_text(out, "; style-src ");
    if ((status = add_source(out, style(), err)) != TRAIL_OK) goto cleanup;
    trail_output_text(out, "; img-src data: blob:; base-uri 'none'; form-action 'none'\">\n"
                           "<meta name=\"referrer\" content=\"no-referrer\">\n"
                           "<meta name=\"viewport\" content=\"width=device-width\">\n"
                           "<meta name=\"description\" content=\"");
    add_escaped(out, trail_slice_of(trail_protection_notice(findings->protection)));
    trail_output_text(out, "\">\n<title>");
    add_escaped(out, trail_text_slice(&shown));
    trail_output_text(out, "</title>\n<style>");
    trail_output_add(out, style());
    trail_output_text(out, "</style>\n</head>\n");
cleanup:
    trail_text_clear(&shown);
    return status;
}

/* The counts of the findings, for whoever checks that the page shows them all. */
static void write_body_tag(const trail_report_view *view, trail_output *out)
{
    const trail_findings *findings = view->findings;

    trail_output_format(out,
                        "<body data-accounts=\"%u\" data-payments=\"%zu\" data-links=\"%zu\" "
                        "data-routes=\"%zu\" data-groups=\"%zu\" data-files=\"%zu\" "
                        "data-rejects=\"%zu\" data-shown-payments=\"%zu\" "
                        "data-drawn-accounts=\"%zu\" data-drawn-links=\"%zu\">\n",
                        trail_accounts_count(findings->ledger->accounts), findings->ledger->count,
                        findings->links->count, findings->routes->routes.count,
                        findings->communities->groups.count, findings->rejects->files.count,
                        findings->rejects->rejects.count, view->payments.count, view->drawn,
                        view->links.count);
    trail_output_add(
        out, (trail_slice){(const char *)trail_report_skeleton, trail_report_skeleton_size});
}

static trail_status write_data(trail_report_view *view, trail_text *text, trail_error *err)
{
    trail_output *out = NULL;
    trail_json json;
    trail_status status = trail_output_into(&out, text, err);

    if (status != TRAIL_OK) return status;
    json = trail_json_on(out);
    trail_json_object(&json, NULL);
    for (size_t i = 0; status == TRAIL_OK && i < trail_report_section_count; i++) {
        status = trail_report_sections[i].write(view, &json, err);
    }
    trail_json_object_end(&json);
    if (status != TRAIL_OK) {
        trail_output_abandon(out);
        return status;
    }
    return trail_output_finish(out, NULL, err);
}

static trail_status write_block(trail_report_view *view, trail_output *out, trail_error *err)
{
    trail_text data = {0}, packed = {0}, encoded = {0};
    trail_status status;

    if ((status = write_data(view, &data, err)) != TRAIL_OK) goto cleanup;
    if ((status = trail_gzip(trail_text_slice(&data), &packed, err)) != TRAIL_OK) goto cleanup;
    status = trail_base64(trail_text_slice(&packed), &encoded, err);
    if (status != TRAIL_OK) goto cleanup;
    trail_output_text(out, "<script type=\"application/octet-stream\" id=\"case-data\" "
                           "data-coding=\"gzip\">");
    trail_output_add(out, trail_text_slice(&encoded));
    trail_output_text(out, "</script>\n");
cleanup:
    trail_text_clear(&data);
    trail_text_clear(&packed);
    trail_text_clear(&encoded);
    return status;
}

trail_status trail_report_write_within(const trail_findings *findings,
                                       const trail_report_budget *budget, const char *path,
                                       trail_error *err)
{
    trail_report_view view;
    trail_output *out = NULL;
    trail_status status = trail_report_view_init(&view, findings, budget, err);

    if (status == TRAIL_OK) status = trail_output_open(&out, path, err);
    if (status == TRAIL_OK) status = write_head(&view, out, err);
    if (status != TRAIL_OK) goto cleanup;
    write_body_tag(&view, out);
    if ((status = write_block(&view, out, err)) != TRAIL_OK) goto cleanup;
    trail_output_text(out, "<script type=\"module\">");
    trail_output_add(out, script());
    trail_output_text(out, "</script>\n</body>\n</html>\n");
    status = trail_output_finish(out, NULL, err);
    out = NULL;
cleanup:
    trail_output_abandon(out);
    trail_report_view_clear(&view);
    return status;
}

trail_status trail_report_write(const trail_findings *findings, const char *path, trail_error *err)
{
    const trail_report_budget budget = trail_report_budget_default();

    return trail_report_write_within(findings, &budget, path, err);
}
