// SPDX-License-Identifier: Apache-2.0

// How the rows of a table travel.

/// How the rows of a table were sent. The results are the same, bit for bit, whichever it is.
public enum RowEncoding: Sendable, Hashable {
    /// As values of 32 bits.
    case float32
    /// As values of 64 bits.
    case float64
    /// As the bytes that the model's quantiser makes of values of 32 bits.
    case quantised
}

extension FeatureTable {
    /// How the values travel when they are sent as they are.
    var encoding: RowEncoding {
        switch values {
        case .float32: .float32
        case .float64: .float64
        }
    }
}
