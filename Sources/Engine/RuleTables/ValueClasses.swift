// SPDX-License-Identifier: Apache-2.0

// What a table's rules ask of a number is only between which of their thresholds it lies: that is
// its class.

internal import CRuleTables
internal import VigieLimits

/// Classes of numbers: class k holds those that k cuts are not above. The class behind the last is
/// that of NaN, which stands for no value.
package final class ValueClasses: Sendable {
    /// The cuts, ascending: each class but the first begins with one.
    package let cuts: [Double]
    /// The class of NaN, which is the number of the others.
    package let nullClass: UInt16
    private nonisolated(unsafe) let filled: UnsafeMutablePointer<Double>
    private let filledCount: Int

    /// Makes the classes between cuts, which come in any order and as often as they like.
    ///
    /// - Returns: nil when they are more than `RuleTableLimits.classes`, or one is NaN.
    package init?(cuts given: [Double]) {
        let cuts = Set(given).sorted()
        guard cuts.count + 2 <= RuleTableLimits.classes, !given.contains(where: \.isNaN) else {
            return nil
        }
        self.cuts = cuts
        nullClass = UInt16(cuts.count + 1)
        var size = 1
        while size - 1 < cuts.count { size *= 2 }
        filledCount = size - 1
        // One more, since memory of nothing has no place.
        filled = .allocate(capacity: size)
        filled.initialize(repeating: .nan, count: size)
        filled.update(from: cuts, count: cuts.count)
    }

    deinit { filled.deallocate() }

    /// How many classes there are, that of NaN included.
    package var count: Int { Int(nullClass) + 1 }

    /// The first class whose numbers are all at or above a cut that was given: those below are less
    /// than it.
    package func first(atOrAbove cut: Double) -> Int {
        var (low, high) = (0, cuts.count)
        while low < high {
            let middle = (low + high) / 2
            if cuts[middle] < cut { low = middle + 1 } else { high = middle }
        }
        return low + 1
    }

    /// The class of a number, found the plain way.
    package func naiveClass(of value: Double) -> UInt16 {
        value.isNaN ? nullClass : UInt16(cuts.count { $0 <= value })
    }

    /// Finds the class of each of some numbers; `classes` has room for as many.
    ///
    /// Cost: a comparison and a load for each halving of the cuts, of sixteen numbers at once.
    package func find(
        _ values: UnsafeBufferPointer<Double>,
        into classes: UnsafeMutablePointer<UInt16>,
        by path: RulePath = .best
    ) {
        guard let start = values.baseAddress else { return }
        var cuts = vigie_rule_cuts(cuts: filled, count: filledCount, null_class: nullClass)
        vigie_rules_classify(path.way, &cuts, start, values.count, classes)
    }
}
