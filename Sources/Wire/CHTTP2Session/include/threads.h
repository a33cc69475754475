// SPDX-License-Identifier: Apache-2.0
// Which threads of a process go first, which Swift's module of the C library does not tell.
#ifndef VIGIE_THREADS_H
#define VIGIE_THREADS_H

#include <stdbool.h>

#ifdef __linux__
#include <sys/resource.h>
#endif

/// Lets other threads go before the calling one, by so many steps of nice, from now on; does
/// nothing when it has been called before. On Linux each thread has a niceness of its own.
static inline void vigie_let_others_go_first(int steps) {
#ifdef __linux__
    static _Thread_local bool has_stepped_back = false;
    if (has_stepped_back) return;
    has_stepped_back = true;
    setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + steps);
#else
    (void)steps;
#endif
}

#endif
