#include "support/unit_oracle.h"

#include <stdlib.h>
#include <string.h>

static void push(unit_list *list, uint8_t origin)
{
    if (list->count == ORACLE_UNITS) abort();
    list->origins[list->count++] = origin;
}

static uint8_t take_at(unit_list *list, int index)
{
    uint8_t origin = list->origins[index];
    memmove(&list->origins[index], &list->origins[index + 1], (size_t)(list->count - index - 1));
    list->count--;
    return origin;
}

/* How many of each origin go for `amount` out of the list, by the letter of the rule: half-up of
 * the tainted, floors, the largest fractions, the first declared. */
static void shares(const unit_list *list, int64_t amount, int64_t goes[2 + ORACLE_SOURCES])
{
    int64_t has[2 + ORACLE_SOURCES] = {0}, all = list->count, tainted = 0;
    int64_t rest[2 + ORACLE_SOURCES] = {0};
    for (int i = 0; i < list->count; i++)
        has[list->origins[i]]++;
    for (int i = 2; i < 2 + ORACLE_SOURCES; i++)
        tainted += has[i];
    int64_t extra = all == 0 ? 0 : (2 * amount * tainted + all) / (2 * all);
    int64_t untainted_goes = amount - extra;
    for (int i = 2; i < 2 + ORACLE_SOURCES; i++) {
        goes[i] = amount * has[i] / all;
        rest[i] = amount * has[i] % all;
        extra -= goes[i];
    }
    for (; extra > 0; extra--) {
        int best = 2;
        for (int i = 3; i < 2 + ORACLE_SOURCES; i++) {
            if (rest[i] > rest[best]) best = i;
        }
        goes[best]++;
        rest[best] = -1;
    }
    int64_t untainted = has[0] + has[1];
    goes[0] = untainted == 0 ? 0 : (2 * untainted_goes * has[0] + untainted) / (2 * untainted);
    goes[1] = untainted_goes - goes[0];
}

/* The earliest units of each origin go. */
static void split(unit_list *list, int64_t amount, unit_list *gone)
{
    int64_t goes[2 + ORACLE_SOURCES] = {0};
    if (amount == 0) return;
    shares(list, amount, goes);
    for (int i = 0; i < list->count;) {
        if (goes[list->origins[i]] > 0) {
            goes[list->origins[i]]--;
            push(gone, take_at(list, i));
        } else {
            i++;
        }
    }
}

/* Oldest first those of one sort: tainted or not. */
static void take_sort(unit_list *pocket, bool tainted, int64_t *amount, unit_list *parts)
{
    for (int i = 0; i<pocket->count && * amount> 0;) {
        if ((pocket->origins[i] >= 2) == tainted) {
            push(parts, take_at(pocket, i));
            (*amount)--;
        } else {
            i++;
        }
    }
}

void unit_oracle_debit(unit_oracle *oracle, size_t rule, size_t account, int64_t amount)
{
    unit_list *pocket = &oracle->pockets[account];
    int64_t own = amount < pocket->count ? amount : pocket->count, left = own;
    oracle->parts.count = 0;
    for (; rule == 0 && left > 0; left--)
        push(&oracle->parts, take_at(pocket, 0));
    for (; rule == 1 && left > 0; left--)
        push(&oracle->parts, take_at(pocket, pocket->count - 1));
    if (rule == 2) split(pocket, own, &oracle->parts);
    if (rule >= 3) {
        take_sort(pocket, rule == 4, &left, &oracle->parts);
        take_sort(pocket, rule == 3, &left, &oracle->parts);
    }
    for (int64_t i = own; i < amount; i++)
        push(&oracle->parts, 1);
    oracle->overdrafts[account] += amount - own;
}

void unit_oracle_appear(unit_oracle *oracle, int64_t amount)
{
    oracle->parts.count = 0;
    for (int64_t i = 0; i < amount; i++)
        push(&oracle->parts, 0);
}

void unit_oracle_mark(unit_oracle *oracle, size_t source, int64_t from_top, int64_t amount)
{
    for (int64_t i = from_top; i < from_top + amount && i < oracle->parts.count; i++) {
        uint8_t *origin = &oracle->parts.origins[oracle->parts.count - 1 - i];
        if (*origin >= 2) continue;
        *origin = (uint8_t)(2 + source);
        oracle->introduced[source]++;
    }
}

void unit_oracle_record(unit_oracle *oracle, size_t payment)
{
    for (int i = 0; i < oracle->parts.count; i++) {
        if (oracle->parts.origins[i] >= 2) oracle->left[oracle->parts.origins[i] - 2][payment]++;
    }
}

void unit_oracle_credit(unit_oracle *oracle, size_t account)
{
    static unit_list gone;
    int64_t owed = oracle->overdrafts[account];
    if (owed > oracle->parts.count) owed = oracle->parts.count;
    gone.count = 0;
    split(&oracle->parts, owed, &gone);
    oracle->overdrafts[account] -= owed;
    for (int i = 0; i < gone.count; i++) {
        if (gone.origins[i] >= 2) oracle->discharged[gone.origins[i] - 2][account]++;
    }
    for (int i = 0; i < oracle->parts.count; i++)
        push(&oracle->pockets[account], oracle->parts.origins[i]);
}

int64_t unit_oracle_held(const unit_oracle *oracle, size_t account, size_t source)
{
    int64_t sum = 0;
    for (int i = 0; i < oracle->pockets[account].count; i++)
        sum += oracle->pockets[account].origins[i] == 2 + source;
    return sum;
}
