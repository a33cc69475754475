// SPDX-License-Identifier: Apache-2.0

// The version of the product.

/// The version that `vigied --version` prints.
package enum DaemonVersion {
    /// Semantic version.
    package static let text = "0.1.0"
}
