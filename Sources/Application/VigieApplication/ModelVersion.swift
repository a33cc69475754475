// SPDX-License-Identifier: Apache-2.0

// The order of model versions: as numbers where they are numbers, so that 1.10.0
// is newer than 1.9.0.

/// Compares versions.
package enum ModelVersion {
    /// Whether a version is newer than another.
    ///
    /// Versions are compared part by part between their dots: two numbers by value, any other
    /// parts as text, a number after a text. Of equal beginnings the longer is newer.
    package static func isNewer(_ left: String, than right: String) -> Bool {
        let leftParts = left.split(separator: ".", omittingEmptySubsequences: false)
        let rightParts = right.split(separator: ".", omittingEmptySubsequences: false)
        for (leftPart, rightPart) in zip(leftParts, rightParts) where leftPart != rightPart {
            switch (UInt64(leftPart), UInt64(rightPart)) {
            case (let leftNumber?, let rightNumber?) where leftNumber != rightNumber:
                return leftNumber > rightNumber
            case (.some, nil): return true
            case (nil, .some): return false
            default: return leftPart > rightPart
            }
        }
        return leftParts.count > rightParts.count
    }
}
