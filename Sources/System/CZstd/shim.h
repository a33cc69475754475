// SPDX-License-Identifier: Apache-2.0
// The system's zstd.
#include <zstd.h>
