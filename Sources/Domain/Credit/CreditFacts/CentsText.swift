// SPDX-License-Identifier: Apache-2.0

// Amounts in cents as text with a point, such as -12.05.

/// Amounts in cents as text.
package enum CentsText {
    /// The text of an amount.
    package static func text(_ cents: Int64) -> String {
        let (whole, rest) = cents.magnitude.quotientAndRemainder(dividingBy: 100)
        return "\(cents < 0 ? "-" : "")\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }
}
