/* The third pass: what the parts of a case file say of each other and of the files that are there.
 */
#ifndef TRAIL_PIPELINE_CASE_REFERENCES_H
#define TRAIL_PIPELINE_CASE_REFERENCES_H

#include "pipeline/case_file.h"
#include "pipeline/case_schema.h"

/* A part of the case file that a sentence is about: "people[2]" or "profiles.lv_bank". */
typedef struct trail_case_spot {
    const char *list;
    size_t number; /* from 1; 0: name is given */
    const char *name;
    const trail_node *item;
} trail_case_spot;

/* Notes a mistake at `key` of the spot ("scope.from" reaches deeper; NULL: the item itself). */
trail_status trail_case_note_at(const trail_case_reading *reading, trail_case_spot spot,
                                const char *key, const char *format, ...)
    TRAIL_PRINTF(4, 5) TRAIL_MUST_CHECK;

/* The same for a name that is not there: "there is no request 'LV' — did you mean 'LV-1'?". */
trail_status trail_case_note_absent(const trail_case_reading *reading, trail_case_spot spot,
                                    const char *key, const char *absent, const char *name,
                                    const char *nearest) TRAIL_MUST_CHECK;
bool trail_case_profile_has(const trail_profile *profile, trail_column column);

/* Checks everything and fills what one part takes from another (a source's profile and scope,
 * opening amounts). case_folder NULL: files are not looked for. O(n log n). */
trail_status trail_case_check_references(const trail_case_reading *reading, const trail_node *root,
                                         trail_case *read_case,
                                         const char *case_folder) TRAIL_MUST_CHECK;

/* The parts of it: profiles by themselves; sources; people, accounts, proceeds and the rest. */
trail_status trail_case_check_profiles(const trail_case_reading *reading, const trail_node *root,
                                       const trail_case *read_case) TRAIL_MUST_CHECK;
trail_status trail_case_check_sources(const trail_case_reading *reading, const trail_node *root,
                                      trail_case *read_case,
                                      const char *case_folder) TRAIL_MUST_CHECK;
trail_status trail_case_check_people(const trail_case_reading *reading, const trail_node *root,
                                     trail_case *read_case) TRAIL_MUST_CHECK;
trail_status trail_case_check_proceeds(const trail_case_reading *reading, const trail_node *root,
                                       const trail_case *read_case) TRAIL_MUST_CHECK;

#endif
