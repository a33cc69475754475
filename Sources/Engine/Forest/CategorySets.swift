// SPDX-License-Identifier: Apache-2.0

// The sets of categories that splits ask for, and tables that say which sets a value is in.

internal import CForest

/// All sets of the trees that bins decide.
///
/// The bounds of a feature's sets part its values into classes, as thresholds do, and a class is in
/// a set or not: a table has a line for each class and one for NaN, with a bit for each set. Splits
/// that ask the same share a set.
struct CategorySets {
    /// The sets of a feature.
    struct Feature {
        let feature: Int32
        /// The number of its first set: a multiple of 8, so that no byte of bits has sets of two.
        let firstSet: Int
        fileprivate(set) var sets: [CategorySet] = []

        /// The bounds of all its sets, distinct and ascending.
        var bounds: [Double] {
            let sorted = sets.flatMap(\.bounds).sorted()
            return sorted.split(whereNeighbours: !=).map { $0[$0.startIndex] }
        }
    }

    /// Values that are told from others: those at most an odd number of bounds.
    struct CategorySet: Hashable {
        let bounds: [Double]
        let hasNotANumber: Bool
    }

    /// In order of feature.
    private(set) var features: [Feature] = []
    /// The number of the set of each categorical split.
    private(set) var numbers: [Int: Int] = [:]
    /// Numbers of sets, some without one.
    private(set) var count = 0

    /// The sets of the trees that a layout has decided by bins.
    init(_ ensemble: TreeEnsemble, _ layout: ForestLayout) {
        let splits = layout.splits(of: ensemble) { $0 != .general }
            .filter { ensemble.kinds[$0].isCategorical }
            .sorted { ensemble.features[$0] < ensemble.features[$1] }
        for same in splits.split(whereNeighbours: {
            ensemble.features[$0] != ensemble.features[$1]
        }) {
            let number = ensemble.features[same[same.startIndex]]
            var feature = Feature(feature: number, firstSet: count)
            var known: [CategorySet: Int] = [:]
            for split in same {
                let set = CategorySet(ensemble, split: split)
                if known[set] == nil {
                    known[set] = count + feature.sets.count
                    feature.sets.append(set)
                }
                numbers[split] = known[set]
            }
            features.append(feature)
            count += (feature.sets.count + 7) / 8 * 8
        }
    }
}

extension CategorySets.CategorySet {
    fileprivate init(_ ensemble: TreeEnsemble, split: Int) {
        let kind = ensemble.kinds[split]
        let most = ForestLayout.boundsMaximum
        bounds = ensemble.categoryBounds(split: split, countMaximum: most) ?? []
        hasNotANumber = kind.isCategoryIndex && kind.missingGoesLeft
    }
}

// MARK: Tables

/// The tables of all sets, in the form of the kernel.
struct SetTables {
    /// A set, and the place of its bit in each line.
    typealias Bit = (place: Int, set: CategorySets.CategorySet)

    private(set) var features: [vigie_set_feature] = []
    /// The bounds of each feature's classes, as its columns have them.
    private(set) var bounds: [[Double]] = []
    private(set) var tables: [UInt8] = []

    /// The tables of these sets, whose bounds are in these columns.
    init(_ sets: CategorySets, _ columns: BinColumns) {
        var firstLine = 0
        for feature in sets.features {
            let own = columns.columns.indices.filter {
                columns.columns[$0].use == .classes
                    && columns.columns[$0].feature == feature.feature
            }
            let bounds = own.flatMap { columns.columns[$0].thresholds }
            let setBytes = (feature.sets.count + 7) / 8
            // Lines are read by sixteen bytes, long ones by cache lines.
            let unit = setBytes > 64 ? 64 : 16
            let lineBytes = (setBytes + unit - 1) / unit * unit
            features.append(
                vigie_set_feature(
                    first_column: UInt32(own.first ?? 0),
                    column_count: UInt32(own.count),
                    first_set: UInt32(feature.firstSet),
                    set_bytes: UInt32(setBytes),
                    line_bytes: UInt32(lineBytes),
                    last_line: UInt32(bounds.count + 1),
                    table_start: UInt32(tables.count),
                    first_line: UInt32(firstLine)
                )
            )
            self.bounds.append(bounds)
            firstLine += bounds.count + 2
            let bits = feature.sets.enumerated().map { (place: $0, set: $1) }
            tables += Self.lines(of: bits, bounds: bounds, lineBytes: lineBytes)
            // Each table begins with a cache line.
            tables += [UInt8](repeating: 0, count: -tables.count & 63)
        }
    }

    /// A line for each class of values that these bounds make, and one for NaN: the bits of the
    /// sets that they are in, or are not.
    static func lines(
        of bits: [Bit],
        bounds: [Double],
        lineBytes: Int,
        areInverted: Bool = false
    ) -> [UInt8] {
        // Numbers beyond all bounds are in no set.
        let (beyond, last) = (bounds.count * lineBytes, (bounds.count + 1) * lineBytes)
        var lines = [UInt8](repeating: 0, count: last + lineBytes)
        for (place, set) in bits {
            let (byte, bit) = (place / 8, UInt8(1) << (place % 8))
            // What is at most a bound is at most all that come after it.
            for bound in set.bounds {
                lines[byte + bounds.firstPlace { $0 >= bound } * lineBytes] ^= bit
            }
            if areInverted { lines[byte + beyond] ^= bit }
            if set.hasNotANumber != areInverted { lines[byte + last] ^= bit }
        }
        for place in (0..<beyond).reversed() { lines[place] ^= lines[place + lineBytes] }
        return lines
    }
}
