// SPDX-License-Identifier: Apache-2.0

// A set of categories as bounds between numbers, so that bins decide it as they do thresholds.

extension TreeEnsemble {
    /// The ascending bounds of a categorical split's set: a number is in the set if it is at most
    /// an odd number of them; nil if there are more than `countMaximum`. NaN is another matter.
    ///
    /// Categories are truncated numbers, so each is an interval: that of 0 begins above -1 or, for
    /// a split that refuses negative numbers, with 0. Neighbours in the set have no bound between.
    func categoryBounds(split: Int, countMaximum: Int) -> [Double]? {
        let isIndex = kinds[split].isCategoryIndex
        let lowest = isIndex ? (0.0).nextDown : -1
        // Greater numbers are in no set.
        let end = isIndex ? 16_777_216 : 2_147_483_648
        let words = categoryWords[
            Int(categoryRanges[split].lowerBound)..<Int(categoryRanges[split].upperBound)
        ].prefix(end / 32)
        var bounds: [Double] = []
        var isIn = false
        func addBound(below category: Int) {
            bounds.append(category == 0 ? lowest : Double(category).nextDown)
        }
        for (place, word) in words.enumerated() {
            var changes = word ^ (word << 1 | (isIn ? 1 : 0))
            while changes != 0 {
                addBound(below: 32 * place + changes.trailingZeroBitCount)
                changes &= changes - 1
            }
            isIn = word >> 31 != 0
            guard bounds.count <= countMaximum else { return nil }
        }
        if isIn { addBound(below: 32 * words.count) }
        return bounds.count <= countMaximum ? bounds : nil
    }
}
