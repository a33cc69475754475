// SPDX-License-Identifier: Apache-2.0
// The bulk messages of vigie.v1 in memory laid out by protobuf-c.
#include "scoring_service.pb-c.h"
