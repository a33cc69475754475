// SPDX-License-Identifier: Apache-2.0
// Embeds the files under bundles/.
#include "CDefaultModels.h"

// #embed is C23; clang has it in earlier modes too.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char failure_manifest[] = {
#embed "bundles/us-listed-failure/manifest.json"
};
static const unsigned char failure_model[] = {
#embed "bundles/us-listed-failure/model.txt"
};
static const unsigned char failure_card[] = {
#embed "bundles/us-listed-failure/MODEL_CARD.md"
};
static const unsigned char scorecard_manifest[] = {
#embed "bundles/us-listed-scorecard/manifest.json"
};
static const unsigned char scorecard_model[] = {
#embed "bundles/us-listed-scorecard/scorecard.json"
};
static const unsigned char scorecard_card[] = {
#embed "bundles/us-listed-scorecard/MODEL_CARD.md"
};

static const vigie_embedded_file embedded_files[] = {
    {"us-listed-failure", "manifest.json", failure_manifest, sizeof failure_manifest},
    {"us-listed-failure", "model.txt", failure_model, sizeof failure_model},
    {"us-listed-failure", "MODEL_CARD.md", failure_card, sizeof failure_card},
    {"us-listed-scorecard", "manifest.json", scorecard_manifest, sizeof scorecard_manifest},
    {"us-listed-scorecard", "scorecard.json", scorecard_model, sizeof scorecard_model},
    {"us-listed-scorecard", "MODEL_CARD.md", scorecard_card, sizeof scorecard_card},
};

const vigie_embedded_file *vigie_embedded_file_at(size_t index) {
    const size_t count = sizeof embedded_files / sizeof embedded_files[0];
    return index < count ? &embedded_files[index] : NULL;
}
