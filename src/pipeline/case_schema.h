/* What may stand in a case file: tables of keys, and the pass that reads a tree by them. */
#ifndef TRAIL_PIPELINE_CASE_SCHEMA_H
#define TRAIL_PIPELINE_CASE_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "pipeline/yaml_tree.h"

/* Where reading goes. */
typedef struct trail_case_reading {
    trail_arena *arena;
    trail_mistakes *mistakes;
    trail_error *err;
} trail_case_reading;

typedef enum trail_case_form {
    TRAIL_FORM_TEXT = 0,      /* const char * */
    TRAIL_FORM_CHOICE,        /* const char *, one of `choices` */
    TRAIL_FORM_DAY,           /* int32_t, written YYYY-MM-DD */
    TRAIL_FORM_CURRENCY,      /* trail_currency */
    TRAIL_FORM_CURRENCY_CODE, /* const char *, the code in capitals */
    TRAIL_FORM_YES_NO,        /* bool */
    TRAIL_FORM_COUNT,         /* uint64_t */
    TRAIL_FORM_AMOUNT,        /* const char *, a plain decimal amount */
    TRAIL_FORM_TEXTS,         /* trail_vector of const char *; one text is a list of one */
    TRAIL_FORM_MAP,           /* the struct at offset, by `table` */
    TRAIL_FORM_MAPS,          /* trail_vector of table->item_size, a list of maps by `table` */
    TRAIL_FORM_NAMED_MAPS, /* the same from a map of names to maps; the name is its first member */
    TRAIL_FORM_OWN         /* whatever `read` makes of it */
} trail_case_form;

struct trail_case_table;

typedef struct trail_case_key {
    const char *name;
    trail_case_form form;
    size_t offset;                        /* of the target in the item's struct */
    const char *needed;                   /* NULL: may be absent; else why it must be there */
    const char *const *choices;           /* CHOICE, NULL-ended */
    const struct trail_case_table *table; /* MAP, MAPS, NAMED_MAPS */
    trail_status (*read)(const trail_case_reading *reading, const trail_node *node,
                         const trail_way *way, void *item); /* OWN: gets the whole item */
    bool listed; /* OWN: in a spreadsheet, parts separated by ';' */
} trail_case_key;

typedef struct trail_case_table {
    const trail_case_key *keys;
    size_t count;
    size_t item_size;
    void (*start)(void *item, int line); /* sets what is not zero when absent; may be NULL */
} trail_case_table;

extern const trail_case_table trail_case_top_table;      /* of a trail_case */
extern const trail_case_table trail_case_profile_table;  /* of a trail_profile */
extern const trail_case_table trail_case_decision_table; /* of a trail_decision */

/* Reads a map into *item (zeroed), which `start` prepares. Unknown, missing and wrong keys become
 * mistakes; the item always ends valid. */
trail_status trail_case_read_map(const trail_case_reading *reading, const trail_case_table *table,
                                 const trail_node *node, const trail_way *way,
                                 void *item) TRAIL_MUST_CHECK;

/* A vector of `count` zeroed items in the arena. */
trail_status trail_case_vector(const trail_case_reading *reading, size_t count, size_t item_size,
                               trail_vector *vector) TRAIL_MUST_CHECK;

#endif
