// SPDX-License-Identifier: Apache-2.0

// The rows that a table can meet, as far as its rules tell them apart: a class for each of its
// inputs. Inputs that look at the same value are one dimension, so that no row is thought of that
// cannot be. What two decisions give is taken to come together in any way.

internal import ExactTexts
internal import FEEL
internal import RuleTables

/// All rows of a table.
struct TableSpace {
    /// What is told apart in one value.
    struct Dimension {
        /// The inputs that look at it, by their places in the table.
        var inputs: [Int]
        /// Where the value comes from.
        let source: ValueSource
        /// The classes that there may be, that of no value last.
        var classes: [Int]
        /// The rules that let each of these classes through.
        var sets: [[UInt64]]

        /// The place of the class of no value; nil if that cannot be.
        var missing: Int? {
            classes.last == source.nullClass ? classes.count - 1 : nil
        }

        /// The places of the classes of values.
        var told: [Int] { Array(classes.indices.dropLast(missing == nil ? 0 : 1)) }
    }

    /// The dimensions: those with few classes first, since the others then have few rules left.
    private(set) var dimensions: [Dimension] = []
    /// The rules that the interpreter has no part in; in the order in which they decide.
    private(set) var examined: [UInt64]
    /// All rules.
    private(set) var all: [UInt64]
    let ruleCount: Int

    init(_ table: CompiledTable, _ sources: [ValueSource]) {
        ruleCount = table.order.count
        let wordCount = (ruleCount + 63) / 64
        all = Array(repeating: 0, count: wordCount)
        examined = all
        for (bit, rule) in table.order.enumerated() {
            all[bit / 64] |= 1 << UInt64(bit % 64)
            // How two values stand to each other is no dimension of rows.
            if table.slowCells[rule].isEmpty, table.comparedCells[rule].isEmpty {
                examined[bit / 64] |= 1 << UInt64(bit % 64)
            }
        }
        for number in table.sources.indices {
            if case .order = sources[table.sources[number]].origin { continue }
            add(number, table, sources)
        }
        dimensions.sort { $0.classes.count < $1.classes.count }
    }

    private mutating func add(_ number: Int, _ table: CompiledTable, _ sources: [ValueSource]) {
        let source = sources[table.sources[number]]
        let invalid = table.inputs[number].invalid + source.refused
        let known = dimensions.firstIndex {
            $0.source.node == source.node && $0.source.path == source.path
        }
        var dimension =
            known.map { dimensions[$0] }
            ?? Dimension(
                inputs: [],
                source: source,
                classes: (0..<source.classCount).filter { !source.isEmpty($0) },
                sets: []
            )
        if dimension.sets.isEmpty { dimension.sets = dimension.classes.map { _ in all } }
        dimension.inputs.append(table.inputs[number].place)
        var (classes, sets) = ([Int](), [[UInt64]]())
        for (place, found) in dimension.classes.enumerated()
        where !invalid.contains(where: { $0.contains(found) }) {
            var set = dimension.sets[place]
            table.rules.intersect(&set, withClass: found, of: number)
            classes.append(found)
            sets.append(set)
        }
        (dimension.classes, dimension.sets) = (classes, sets)
        if let known { dimensions[known] = dimension } else { dimensions.append(dimension) }
    }
}

extension ValueSource {
    /// Whether its classes are parts of an order, in which neighbours are mostly alike.
    var isOrdered: Bool {
        guard case .scale(let scale) = classes else { return false }
        return scale.kind != .text
    }

    /// Whether a class has no value at all: no text is before the empty one, nor between one and
    /// the same with the least sign behind it.
    func isEmpty(_ number: Int) -> Bool {
        guard case .scale(let scale) = classes, scale.kind == .text, number % 2 == 0 else {
            return false
        }
        let place = number / 2
        guard place < scale.texts.count else { return false }
        let next = scale.texts[place]
        return place == 0
            ? next.text.isEmpty : next == ExactText(scale.texts[place - 1].text + "\u{0}")
    }
}

/// Rows: for each dimension, some of its classes, by their places.
struct RowBox: Equatable {
    var places: [[Int]]

    /// Whether all rows of another one are in it.
    func holds(_ other: RowBox) -> Bool {
        zip(places, other.places).allSatisfy { Set($0).isSuperset(of: $1) }
    }
}
