// SPDX-License-Identifier: Apache-2.0

// How one split decides, packed in a byte. The low four bits are LightGBM's `decision_type`.

/// Which values a numerical split counts as missing.
package enum MissingKind: UInt8, Sendable, CaseIterable {
    /// Nothing is missing: NaN is read as 0.
    case none = 0
    /// NaN and every value within ``TreeEnsemble/zeroThreshold`` of 0 take the default side.
    case zero = 1
    /// NaN takes the default side.
    case notANumber = 2
}

/// How one split decides: numerical or categorical, what is missing, and where missing values go.
package struct SplitKind: Sendable, Equatable {
    /// Bit 0: categorical. Bit 1: missing goes left. Bits 2 and 3: ``MissingKind``. Bit 4, with bit
    /// 0: the split is a ``categoryIndex(missingGoesLeft:)``.
    package let rawValue: UInt8

    /// A split from its LightGBM `decision_type`; nil if the byte has no meaning.
    package init?(rawValue: UInt8) {
        guard rawValue < 16, MissingKind(rawValue: rawValue >> 2) != nil else { return nil }
        self.rawValue = rawValue
    }

    /// A numerical split: left if `value <= threshold`.
    package static func numerical(missing: MissingKind, missingGoesLeft: Bool) -> SplitKind {
        SplitKind(unchecked: missing.rawValue << 2 | (missingGoesLeft ? 2 : 0))
    }

    /// A categorical split: left if the value, truncated, is in the split's set. NaN, negative and
    /// unknown categories go right.
    package static let categorical = SplitKind(unchecked: 1)

    /// A categorical split of whole numbers: left if the value, truncated, is in the split's set.
    /// NaN goes to its default side. Negative numbers and those from 2^24 on are in no set.
    package static func categoryIndex(missingGoesLeft: Bool) -> SplitKind {
        SplitKind(unchecked: 17 | (missingGoesLeft ? 2 : 0))
    }

    private init(unchecked rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Whether the split tests membership of a set of categories.
    package var isCategorical: Bool { rawValue & 1 != 0 }

    /// Whether the split is a ``categoryIndex(missingGoesLeft:)``.
    package var isCategoryIndex: Bool { rawValue & 17 == 17 }

    /// Whether a missing value goes left; splits of kind ``categorical`` ignore it.
    package var missingGoesLeft: Bool { rawValue & 2 != 0 }

    /// Which values are missing; categorical splits ignore it.
    package var missing: MissingKind { MissingKind(rawValue: rawValue >> 2) ?? .none }
}
