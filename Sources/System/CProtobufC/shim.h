// SPDX-License-Identifier: Apache-2.0
// The system's protobuf-c: run-time of the bulk messages in CVigieWire.
#include <protobuf-c/protobuf-c.h>
