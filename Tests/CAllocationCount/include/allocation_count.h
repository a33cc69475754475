// SPDX-License-Identifier: Apache-2.0

#ifndef VIGIE_ALLOCATION_COUNT_H
#define VIGIE_ALLOCATION_COUNT_H

/// Pieces of memory that this thread has asked the C library for. Always 0 where the C library is
/// not glibc.
unsigned long vigie_allocation_count(void);

#endif
