// SPDX-License-Identifier: Apache-2.0

// How a split decides, in one readable place. Fast paths are tested against this.

extension TreeEnsemble {
    /// Whether `value` goes left at split `split` (an index into the ensemble's split arrays).
    func goesLeft(_ value: Double, split: Int) -> Bool {
        let kind = kinds[split]
        if kind.isCategorical {
            if kind.isCategoryIndex {
                if value.isNaN { return kind.missingGoesLeft }
                guard value >= 0, value < 16_777_216 else { return false }
            }
            return contains(value, words: categoryRanges[split])
        }
        switch kind.missing {
        case .none:
            return (value.isNaN ? 0 : value) <= thresholds[split]
        case .zero:
            let isZero = value.isNaN || value.magnitude <= Self.zeroThreshold
            return isZero ? kind.missingGoesLeft : value <= thresholds[split]
        case .notANumber:
            return value.isNaN ? kind.missingGoesLeft : value <= thresholds[split]
        }
    }

    /// Whether the value, truncated toward 0, is a category of the set. NaN, negative numbers and
    /// numbers that do not fit 32 bits are in no set; -0.5 is category 0.
    private func contains(_ value: Double, words: Range<Int32>) -> Bool {
        guard value > -1, value < 2_147_483_648 else { return false }
        let category = Int(value)
        guard category / 32 < words.count else { return false }
        return categoryWords[Int(words.lowerBound) + category / 32] >> (category % 32) & 1 != 0
    }
}
