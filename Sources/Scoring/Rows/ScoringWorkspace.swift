// SPDX-License-Identifier: Apache-2.0

// Scratch memory of one thread. It grows to what the largest model needs and is
// reused from block to block and from model to model.

/// Scratch of one thread for `ScoringModel.scoreRows`; not for two at a time.
package final class ScoringWorkspace {
    /// Makes an empty workspace; the first block sizes it.
    package init() {}
}
