// SPDX-License-Identifier: Apache-2.0
// What only the C library's own headers tell, and the system, of the memory of the process.
#ifndef VIGIE_ALLOCATOR_H
#define VIGIE_ALLOCATOR_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

/// Gives memory that is free back to the system, where the C library can.
static inline void vigie_trim_memory(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

/// How much of the process is in memory, in bytes; 0 where the system does not tell. Takes some
/// microseconds.
static inline size_t vigie_resident_bytes(void) {
    char text[128];
    unsigned long size = 0, resident = 0;
    const int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    const ssize_t count = read(file, text, sizeof text - 1);
    close(file);
    if (count <= 0) return 0;
    text[count] = 0;
    if (sscanf(text, "%lu %lu", &size, &resident) != 2) return 0;
    return resident * (size_t)sysconf(_SC_PAGESIZE);
}

#endif
