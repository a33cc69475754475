// SPDX-License-Identifier: Apache-2.0
// Asks for memory before it is needed. Where much of it is looked at in no order, the wait for it
// is soon longer than what is done with it.
#ifndef VIGIE_PREFETCH_H
#define VIGIE_PREFETCH_H

#include <stddef.h>

/// Asks for the bytes at a place from `start` on. It may be any, also one that is not there.
static inline void vigie_prefetch(const void *start, size_t place) {
    __builtin_prefetch((const char *)start + place, 1);
}

#endif
