// SPDX-License-Identifier: Apache-2.0
// What only the C library's own headers tell.
#ifndef VIGIE_ALLOCATOR_H
#define VIGIE_ALLOCATOR_H

#include <limits.h>
#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

/// Lets a thread keep so much free memory behind what it uses, where the C library can; what is
/// more goes back to the system when it becomes free. glibc's own bound grows with the largest
/// block that was ever freed, up to 64 MiB a thread, and trimming leaves alone what lies behind.
/// Blocks still come out of the memory of their thread, however large: from the system each time,
/// they would cost a fault a page.
static inline void vigie_bound_free_memory(size_t bytes) {
#ifdef __GLIBC__
    // The largest that glibc allows.
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, bytes > INT_MAX ? INT_MAX : (int)bytes);
#else
    (void)bytes;
#endif
}

/// Gives memory that is free back to the system, where the C library can.
static inline void vigie_trim_memory(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

#endif
