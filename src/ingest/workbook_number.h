/* Numbers of cells as text: ISO dates where the cell's format shows a date, else the plain decimal
 * that a spreadsheet shows, of 15 significant digits at most. No double is ever made of them. */
#ifndef TRAIL_INGEST_WORKBOOK_NUMBER_H
#define TRAIL_INGEST_WORKBOOK_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

#define TRAIL_CELL_NUMBER_TEXT 400

/* What a number format makes of a number. */
typedef enum trail_cell_form {
    TRAIL_CELL_PLAIN = 0,
    TRAIL_CELL_DATE,
    TRAIL_CELL_TIME,
    TRAIL_CELL_DATE_TIME,
    TRAIL_CELL_ZEROS /* + n: whole numbers filled with zeros to n digits ("0000000000") */
} trail_cell_form;

/* By a format's number (built in, ECMA-376 18.8.30) and its code (NULL: built in). */
unsigned trail_cell_form_of(unsigned number, const char *code);
/* `value` as the part writes it: "45292", "1234.5599999999999", "1.5E-2". What is no number stays
 * as it is (cut to fit). The epoch is 1900, in which 29 February 1900 exists, or 1904. Returns the
 * length. */
size_t trail_cell_number(trail_slice value, unsigned form, bool from_1904,
                         char text[TRAIL_CELL_NUMBER_TEXT]);

#endif
