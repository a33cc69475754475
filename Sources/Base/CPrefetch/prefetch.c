// SPDX-License-Identifier: Apache-2.0
// All of it is inline; a target has to have a source.
#include "prefetch.h"
