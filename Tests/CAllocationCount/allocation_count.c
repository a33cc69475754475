// SPDX-License-Identifier: Apache-2.0

// The C library's functions for memory, counted: a program that links this file gets these.

#define _GNU_SOURCE

#include "allocation_count.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>

static _Thread_local unsigned long count;

unsigned long vigie_allocation_count(void) { return count; }

#ifdef __GLIBC__
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

void *malloc(size_t bytes) {
    ++count;
    return __libc_malloc(bytes);
}

void *calloc(size_t number, size_t bytes) {
    ++count;
    return __libc_calloc(number, bytes);
}

void *realloc(void *start, size_t bytes) {
    ++count;
    return __libc_realloc(start, bytes);
}

void *aligned_alloc(size_t alignment, size_t bytes) {
    ++count;
    return __libc_memalign(alignment, bytes);
}

int posix_memalign(void **start, size_t alignment, size_t bytes) {
    ++count;
    *start = __libc_memalign(alignment, bytes);
    return *start == NULL ? ENOMEM : 0;
}
#endif
