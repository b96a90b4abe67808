/* Single values of a case file, by strict parsers; what does not fit becomes a mistake and leaves
 * the target as it was. */
#ifndef TRAIL_PIPELINE_CASE_VALUES_H
#define TRAIL_PIPELINE_CASE_VALUES_H

#include <stdbool.h>
#include <stdint.h>

#include "model/currency.h"
#include "pipeline/case_schema.h"

/* Notes a mistake at a node. */
trail_status trail_case_note(const trail_case_reading *reading, const trail_node *node,
                             const trail_way *way, const char *format, ...)
    TRAIL_PRINTF(4, 5) TRAIL_MUST_CHECK;
/* Notes "'word' is not one of a, b, c — did you mean 'b'?". */
trail_status trail_case_note_choice(const trail_case_reading *reading, const trail_node *node,
                                    const trail_way *way,
                                    const char *const *choices) TRAIL_MUST_CHECK;

/* *text is NULL after a mistake (a list or map where one value is wanted, or nothing). */
trail_status trail_case_text(const trail_case_reading *reading, const trail_node *node,
                             const trail_way *way, const char **text) TRAIL_MUST_CHECK;
trail_status trail_case_choice(const trail_case_reading *reading, const trail_node *node,
                               const trail_way *way, const char *const *choices,
                               const char **text) TRAIL_MUST_CHECK;
trail_status trail_case_day(const trail_case_reading *reading, const trail_node *node,
                            const trail_way *way, int32_t *day) TRAIL_MUST_CHECK;
trail_status trail_case_currency(const trail_case_reading *reading, const trail_node *node,
                                 const trail_way *way, trail_currency *currency) TRAIL_MUST_CHECK;
trail_status trail_case_yes_no(const trail_case_reading *reading, const trail_node *node,
                               const trail_way *way, bool *yes) TRAIL_MUST_CHECK;
trail_status trail_case_count(const trail_case_reading *reading, const trail_node *node,
                              const trail_way *way, uint64_t *count) TRAIL_MUST_CHECK;
/* A decimal from 0 to 1 with at most six digits after the point, as millionths. */
trail_status trail_case_share(const trail_case_reading *reading, const trail_node *node,
                              const trail_way *way, int64_t *millionths) TRAIL_MUST_CHECK;
trail_status trail_case_amount(const trail_case_reading *reading, const trail_node *node,
                               const trail_way *way, const char **text) TRAIL_MUST_CHECK;
/* A list of texts; one text is a list of one. */
trail_status trail_case_texts(const trail_case_reading *reading, const trail_node *node,
                              const trail_way *way, trail_vector *texts) TRAIL_MUST_CHECK;
/* An amount from 0 to 1000 of whatever currency, in millionths of its unit. */
#define TRAIL_TOLERANCE_LIMIT ((int64_t)1000 * 1000000)
trail_status trail_case_tolerance(const trail_case_reading *reading, const trail_node *node,
                                  const trail_way *way, int64_t *millionths) TRAIL_MUST_CHECK;

/* `format` of a trail_source: auto, or a row of the table of readers. */
trail_status trail_case_source_format(const trail_case_reading *reading, const trail_node *node,
                                      const trail_way *way, void *item) TRAIL_MUST_CHECK;

#endif
