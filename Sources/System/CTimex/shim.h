// SPDX-License-Identifier: Apache-2.0
// What the kernel says of its clock; Swift's module of the C library has no <sys/timex.h>.
#include <sys/timex.h>
