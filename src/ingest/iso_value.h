/* Values as ISO 20022 messages write them: amounts with a currency, days and instants, rates. */
#ifndef TRAIL_INGEST_ISO_VALUE_H
#define TRAIL_INGEST_ISO_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "model/currency.h"
#include "model/wire.h"

/* Why a value could not be read; code NULL: it could. */
typedef struct trail_iso_fault {
    const char *code;     /* of the reject: "amount_missing" */
    const char *sentence; /* one, without full stop */
    trail_slice value;
} trail_iso_fault;

/* Never below zero. Digits below the currency's smallest unit are no fault while they are zeros. */
trail_iso_fault trail_iso_amount(trail_slice amount, trail_slice code, trail_currency *currency,
                                 int64_t *minor);
/* "2025-03-14", with an offset or not, or "2025-03-14T16:40:00.000+01:00": the day and time as
 * written, in the bank's own zone. Midnight says no time. */
trail_iso_fault trail_iso_day(trail_slice text, int32_t *day, int32_t *second);
/* Mantissa and scale of "0.9253030601"; false: no such number, or too many digits. */
bool trail_iso_rate(trail_slice text, int64_t *mantissa, uint8_t *scale);
trail_charge_bearer trail_iso_bearer(trail_slice code);
/* xs:boolean */
bool trail_iso_true(trail_slice text);

/* The version in a namespace such as "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08": 8; 0: it
 * names none that this message type has had. */
unsigned trail_iso_version(trail_slice space);

#endif
