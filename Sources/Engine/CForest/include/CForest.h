// SPDX-License-Identifier: Apache-2.0

// The compiled forms of a tree ensemble and the code that scores rows with them. Plain C: a plan is
// built once in Swift and read from any number of threads, each with a workspace of its own.

#ifndef VIGIE_CFOREST_H
#define VIGIE_CFOREST_H

#include "CForestBins.h"
#include "CForestRows.h"
#include "CForestShap.h"
#include "CForestSlices.h"
#include "CForestWalk.h"

#endif
