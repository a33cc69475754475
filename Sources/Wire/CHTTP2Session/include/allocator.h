// SPDX-License-Identifier: Apache-2.0
// What only the C library's own headers tell.
#ifndef VIGIE_ALLOCATOR_H
#define VIGIE_ALLOCATOR_H

#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

/// Gives memory that is free back to the system, where the C library can.
static inline void vigie_trim_memory(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

#endif
