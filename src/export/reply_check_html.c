/* reply-check.html: what was asked and what came, one static page without a script, to be read,
 * printed and copied into a letter. */
#include "base/attributes.h"
#include "base/map64.h"
#include "base/output.h"
#include "base/sort.h"
#include "export/csv_exports.h"
#include "export/reply_words.h"
#include "export/xml_writer.h"
#include "model/calendar.h"

typedef struct reply_page {
    const trail_findings *findings;
    trail_output *out;
    trail_text text;
    int first_month, last_month; /* columns of the grid at hand, 0 to 11 */
    trail_status status;
    trail_error *err;
} reply_page;

static const char *const head =
    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
    "'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>Asked and "
    "received</title>\n<style>\n"
    "body{font:15px/1.5 system-ui,sans-serif;max-width:75em;margin:2em auto;padding:0 1em;"
    "color:#1a1a1a}\n"
    "td.day{white-space:nowrap}table.grid td{text-align:center;min-width:3.2em}\n"
    "table.grid th{font-weight:600;white-space:nowrap}\n"
    "p.legend span{display:inline-block;padding:.1em .6em;margin:0 .4em .3em 0;border:1px solid "
    "#bbb}\n"
    "h1{font-size:1.5em}h2{font-size:1.2em;margin-top:2em}h3{font-size:1em}\n"
    "table{border-collapse:collapse;margin:.7em 0}\n"
    "th,td{border:1px solid #bbb;padding:.25em .6em;text-align:left;vertical-align:top}\n"
    "th{background:#f2f2f2}.mono{font-family:ui-monospace,monospace}\n"
    ".received{background:#e3f1e3}.partly{background:#fff3cf}.missing{background:#fbdcdc}\n"
    ".unread{background:#e6e0f3}.outside{background:#dfeaf6}.scroll{overflow-x:auto}\n"
    ".notice{border-left:4px solid #555;padding:.3em .8em;background:#f7f7f7}\n"
    "li{margin:.4em 0}@media print{@page{size:A4 landscape;margin:14mm}"
    "body{margin:0;max-width:none;font-size:11px;print-color-adjust:exact;"
    "-webkit-print-color-adjust:exact}h2,h3{break-after:avoid}tr,li{break-inside:avoid}"
    ".scroll{overflow:visible}}\n</style></head><body><main>\n";

static const char *const classes[TRAIL_REPLY_STATE_COUNT] = {
    [TRAIL_REPLY_RECEIVED] = "received", [TRAIL_REPLY_PARTLY] = "partly",
    [TRAIL_REPLY_MISSING] = "missing",   [TRAIL_REPLY_NOT_READ] = "unread",
    [TRAIL_REPLY_OUTSIDE] = "outside",
};

static void put(reply_page *page, const char *html)
{
    trail_output_text(page->out, html);
}

/* From the case file or the evidence: protected, then escaped. */
static void put_text(reply_page *page, const char *text)
{
    trail_text_reset(&page->text);
    if (page->status == TRAIL_OK && text != NULL)
        page->status = trail_protect_text(page->findings->protection, trail_slice_of(text),
                                          &page->text, page->err);
    trail_xml_text(page->out, trail_text_slice(&page->text));
}

static void put_day(reply_page *page, int32_t day)
{
    char text[TRAIL_DAY_TEXT];
    trail_day_format(day, text);
    put(page, text);
}

static void put_requests(reply_page *page)
{
    const trail_vector *requests = &page->findings->mandate->requests;
    put(page, "<h2>The requests</h2>\n<div class=\"scroll\"><table><tr><th>request</th><th>state"
              "</th><th>authority</th><th>instrument</th><th>sent</th><th>due</th><th>received</th>"
              "<th>refused</th><th>days open</th></tr>\n");
    for (size_t i = 0; i < requests->count; i++) {
        const trail_request *request = trail_vector_at(requests, i);
        const char *const texts[] = {request->id, request->state, request->authority,
                                     request->instrument};
        const int32_t days[] = {request->sent, request->due, request->received, request->refused};
        put(page, "<tr>");
        for (size_t k = 0; k < TRAIL_LENGTH_OF(texts); k++) {
            put(page, "<td>");
            put_text(page, texts[k]);
            put(page, "</td>");
        }
        for (size_t k = 0; k < TRAIL_LENGTH_OF(days); k++) {
            put(page, "<td class=\"day\">");
            put_day(page, days[k]);
            put(page, "</td>");
        }
        int32_t ended = request->received != TRAIL_NO_DAY ? request->received : request->refused;
        put(page, "<td>");
        if (request->sent != TRAIL_NO_DAY && ended != TRAIL_NO_DAY) {
            trail_output_number(page->out, (int64_t)ended - request->sent);
        } else if (ended == TRAIL_NO_DAY) {
            put(page, "still open");
        }
        put(page, "</td></tr>\n");
    }
    put(page, "</table></div>\n");
}

/* A month of the grid: the row of its account, and where it stands in the reply check. */
typedef struct grid_cell {
    uint32_t row, place;
    int32_t day;
} grid_cell;

static int by_row_and_day(const void *context, const void *a, const void *b)
{
    const grid_cell *left = a, *right = b;
    (void)context;
    if (left->row != right->row) return left->row < right->row ? -1 : 1;
    if (left->day != right->day) return left->day < right->day ? -1 : 1;
    return (left->place > right->place) - (left->place < right->place);
}

/* The months of a request, those of one account together, in the order asked for. */
static trail_status collect(const reply_page *page, uint32_t request, trail_vector *cells)
{
    const trail_vector *months = &page->findings->reply_check->months;
    trail_map64 rows = {0};
    trail_status status = TRAIL_OK;
    for (size_t i = 0; i < months->count && status == TRAIL_OK; i++) {
        const trail_reply_month *month = trail_vector_at(months, i);
        if (month->request != request) continue;
        bool known = month->account != TRAIL_NO_ACCOUNT;
        uint64_t key = (uint64_t)known << 32 | (known ? month->account : month->number);
        uint32_t *row = trail_map64_at(&rows, key, (uint32_t)rows.count, page->err);
        if (row == NULL) {
            status = TRAIL_NO_MEMORY;
            break;
        }
        grid_cell cell = {*row, (uint32_t)i, month->first_day};
        status = trail_vector_push(cells, &cell, page->err);
    }
    trail_map64_clear(&rows);
    if (status != TRAIL_OK) return status;
    return trail_sort_items(cells->items, cells->count, sizeof(grid_cell), by_row_and_day, NULL,
                            page->err);
}

/* Year and month (0 to 11) of a day. */
static int year_of(int32_t day, int *month)
{
    int year = 0, of_month = 0;
    trail_day_to_civil(day, &year, month, &of_month);
    (*month)--;
    return year;
}

static void put_cell(reply_page *page, const trail_reply_month *month, bool is_more)
{
    if (is_more)
        put(page, "<br>");
    else
        trail_output_format(page->out, "<td class=\"%s\">", classes[month->state]);
    if (month->state == TRAIL_REPLY_RECEIVED)
        put(page, "all");
    else if (month->state == TRAIL_REPLY_OUTSIDE)
        trail_output_format(page->out, "%u %s outside", month->rows_outside,
                            month->rows_outside == 1 ? "row" : "rows");
    else if (month->state == TRAIL_REPLY_NOT_READ)
        put(page, "not read");
    else if (month->state == TRAIL_REPLY_PARTLY)
        trail_output_format(page->out, "%u of %u days", month->days_covered, month->days_asked);
    else
        put(page, "missing");
}

/* One row: the months of one account in one year. Returns the place after its last cell. */
static size_t put_year(reply_page *page, const grid_cell *cells, size_t at, size_t count)
{
    const trail_reply_month *months = page->findings->reply_check->months.items;
    int month = 0, column = page->first_month;
    int year = year_of(cells[at].day, &month);
    uint32_t row = cells[at].row;
    const trail_reply_month *first = &months[cells[at].place];
    trail_text_reset(&page->text);
    if (page->status == TRAIL_OK)
        page->status = trail_reply_account(page->findings, first->account, first->number,
                                           &page->text, page->err);
    put(page, "<tr><th scope=\"row\" class=\"mono\">");
    trail_xml_text(page->out, trail_text_slice(&page->text));
    trail_output_format(page->out, "</th><td>%d</td>", year);
    while (at < count && cells[at].row == row && year_of(cells[at].day, &month) == year) {
        for (; column < month; column++)
            put(page, "<td></td>");
        put_cell(page, &months[cells[at].place], false);
        for (at++; at < count && cells[at].row == row && cells[at].day == cells[at - 1].day; at++)
            put_cell(page, &months[cells[at].place], true);
        put(page, "</td>");
        column = month + 1;
    }
    for (; column <= page->last_month; column++)
        put(page, "<td></td>");
    put(page, "</tr>\n");
    return at;
}

/* The months of the year that any account has a cell in. */
static void set_columns(reply_page *page, const trail_vector *cells)
{
    page->first_month = 11;
    page->last_month = 0;
    for (size_t i = 0; i < cells->count; i++) {
        int month = 0;
        (void)year_of(((const grid_cell *)trail_vector_at(cells, i))->day, &month);
        if (month < page->first_month) page->first_month = month;
        if (month > page->last_month) page->last_month = month;
    }
}

static void put_months(reply_page *page, uint32_t request)
{
    trail_vector cells = trail_vector_of(sizeof(grid_cell));
    trail_status status = collect(page, request, &cells);
    if (page->status == TRAIL_OK) page->status = status;
    if (page->status == TRAIL_OK && cells.count > 0) {
        put(page, "<div class=\"scroll\"><table class=\"grid\"><thead><tr><th>account</th><th>year"
                  "</th>");
        set_columns(page, &cells);
        for (int month = page->first_month; month <= page->last_month; month++)
            trail_output_format(page->out, "<th>%02d</th>", month + 1);
        put(page, "</tr></thead><tbody>\n");
        for (size_t at = 0; at < cells.count && page->status == TRAIL_OK;)
            at = put_year(page, cells.items, at, cells.count);
        put(page, "</tbody></table></div>\n");
    }
    trail_vector_clear(&cells);
}

static void put_deficiencies(reply_page *page, uint32_t request)
{
    const trail_vector *all = &page->findings->reply_check->deficiencies;
    bool any = false;
    for (size_t i = 0; i < all->count && page->status == TRAIL_OK; i++) {
        const trail_deficiency *lack = trail_vector_at(all, i);
        if (lack->request != request) continue;
        if (!any) put(page, "<h3>To be asked for</h3>\n<ol>\n");
        any = true;
        trail_text_reset(&page->text);
        page->status = trail_reply_sentence(page->findings, lack, &page->text, page->err);
        put(page, "<li>");
        trail_xml_text(page->out, trail_text_slice(&page->text));
        put(page, "</li>\n");
    }
    put(page, any ? "</ol>\n" : "<p>Nothing is missing.</p>\n");
}

static void put_page(reply_page *page)
{
    const trail_mandate *mandate = page->findings->mandate;
    put(page, head);
    put(page, "<h1>Asked and received: ");
    put_text(page, mandate->title != NULL ? mandate->title : mandate->id);
    put(page, "</h1>\n<p class=\"notice\">");
    trail_xml_text(page->out, trail_slice_of(trail_protection_heading(page->findings->protection)));
    put(page,
        "</p>\n<p>For every request: each account and month that was asked for, and what came. "
        "A day is covered when a statement or table received covers it, or when the balances "
        "before and after prove that nothing was booked. Days count from sending to receipt. "
        "Rows outside a request are kept as records and not used, until a decision in "
        "decisions.yaml releases them.</p>\n<p class=\"legend\">In the grids: <span "
        "class=\"received\">all: every day asked for is covered</span><span class=\"partly\">partly"
        ": so many days of those asked for</span><span class=\"missing\">missing</span><span "
        "class=\"unread\">not read: a file that is not read is said to hold it</span><span "
        "class=\"outside\">outside the request</span></p>\n");
    put_requests(page);
    for (uint32_t i = 0; i < mandate->requests.count && page->status == TRAIL_OK; i++) {
        const trail_request *request = trail_vector_at(&mandate->requests, i);
        put(page, "<h2>Request ");
        put_text(page, request->id);
        put(page, "</h2>\n");
        put_months(page, i);
        put_deficiencies(page, i);
    }
    put(page, "<h2>Files that answer no request</h2>\n");
    put_deficiencies(page, UINT32_MAX);
    put(page, "</main></body></html>\n");
}

trail_status trail_write_reply_check_html(const trail_findings *findings, const char *path,
                                          trail_error *err)
{
    reply_page page = {.findings = findings, .err = err};
    trail_status status = trail_output_open(&page.out, path, err);
    if (status != TRAIL_OK) return status;
    put_page(&page);
    trail_text_clear(&page.text);
    if (page.status != TRAIL_OK) {
        trail_output_abandon(page.out);
        return page.status;
    }
    return trail_output_finish(page.out, NULL, err);
}
