/* Compiler attributes and builtins, the only place that spells them. */
#ifndef TRAIL_BASE_ATTRIBUTES_H
#define TRAIL_BASE_ATTRIBUTES_H

#define TRAIL_MUST_CHECK __attribute__((warn_unused_result))
#define TRAIL_PRINTF(format_index, first_index)                                                    \
    __attribute__((format(printf, format_index, first_index)))
#define TRAIL_LENGTH_OF(array) (sizeof(array) / sizeof((array)[0]))
/* Asks for the cache line at `address`, which need not be valid; changes nothing else. */
#define TRAIL_PREFETCH(address) __builtin_prefetch(address)
/* Place of the lowest bit that is set in a uint64_t, which is not zero. */
#define TRAIL_LOWEST_BIT(bits) __builtin_ctzll(bits)

#endif
