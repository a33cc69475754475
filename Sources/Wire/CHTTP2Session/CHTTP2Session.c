// SPDX-License-Identifier: Apache-2.0
// All of this target is inline; a target needs a file to compile.
#include "CHTTP2Session.h"
