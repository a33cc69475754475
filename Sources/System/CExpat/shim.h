// SPDX-License-Identifier: Apache-2.0
// The system's expat, which reads XML.
#include <expat.h>
