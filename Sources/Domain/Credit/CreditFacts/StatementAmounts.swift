// SPDX-License-Identifier: Apache-2.0

// The amounts of a statement: lines with their cents, in the order of their codes. A statement is
// gone through many times and seldom asked for a single line, so they lie one after the other: 60
// lines take 0.1 us to go through and one takes six steps to find, without any hashing.

/// Amounts in cents by line.
package struct StatementAmounts: Sendable, ExpressibleByDictionaryLiteral {
    /// A line and its amount.
    package typealias Element = (key: StatementLine, value: Int64)

    private var elements: [Element]

    /// No amounts.
    package init() { elements = [] }

    /// Takes lines that differ and their amounts.
    package init(_ amounts: [StatementLine: Int64]) {
        elements = amounts.sorted { $0.key < $1.key }
    }

    /// Takes lines and their amounts, quickest in the order of their codes; of two for one line the
    /// last one counts.
    package init(_ amounts: some Sequence<(StatementLine, Int64)>) {
        elements = []
        elements.reserveCapacity(amounts.underestimatedCount)
        for (line, cents) in amounts { append(line, cents) }
    }

    /// Takes lines that stand in the order of their codes, each once, by their places in a list:
    /// 2 ns a line.
    ///
    /// - Returns: Nil where they do not, where a place is not in the list, or an amount is beyond
    ///   the greatest one.
    package init?(
        lines: [StatementLine],
        places: ArraySlice<UInt32>,
        cents: ArraySlice<Int64>,
        centsMax: Int64
    ) {
        guard places.count == cents.count else { return nil }
        var isRight = true
        elements = Array(unsafeUninitializedCapacity: places.count) { elements, count in
            var last: UInt32 = 0
            for (place, cents) in zip(places, cents) {
                guard place < lines.count, cents.magnitude <= centsMax.magnitude else { break }
                let line = lines[Int(place)]
                guard line.packed > last else { break }
                last = line.packed
                elements.initializeElement(at: count, to: (line, cents))
                count += 1
            }
            isRight = count == places.count
        }
        guard isRight else { return nil }
    }

    /// Makes room for so many lines.
    package mutating func reserveCapacity(_ count: Int) { elements.reserveCapacity(count) }

    /// Adds a line, quickest behind all that are there; what was there for it no longer counts.
    package mutating func append(_ line: StatementLine, _ cents: Int64) {
        if let last = elements.last, line <= last.key {
            self[line] = cents
        } else {
            elements.append((line, cents))
        }
    }

    /// Lines with their amounts; the last of several for one line counts.
    package init(dictionaryLiteral elements: (StatementLine, Int64)...) { self.init(elements) }

    /// The amount of a line; nil where it is empty.
    package subscript(line: StatementLine) -> Int64? {
        get {
            let place = place(line)
            guard place < elements.count, elements[place].key == line else { return nil }
            return elements[place].value
        }
        set {
            let place = place(line)
            let isThere = place < elements.count && elements[place].key == line
            switch newValue {
            case let cents? where isThere: elements[place].value = cents
            case let cents?: elements.insert((line, cents), at: place)
            case nil where isThere: elements.remove(at: place)
            case nil: break
            }
        }
    }

    /// The amount of a line, or another one where it is empty.
    package subscript(line: StatementLine, default otherwise: Int64) -> Int64 {
        get { self[line] ?? otherwise }
        set { self[line] = newValue }
    }

    /// The lines, in the order of their codes.
    package var keys: [StatementLine] { elements.map(\.key) }

    /// The amounts, in the order of the codes of their lines.
    package var values: [Int64] { elements.map(\.value) }

    /// Only those for which something holds.
    package func filter(_ holds: (Element) -> Bool) -> StatementAmounts {
        var kept = StatementAmounts()
        kept.elements = elements.filter(holds)
        return kept
    }

    /// Where a line is, or would be.
    private func place(_ line: StatementLine) -> Int {
        var (low, high) = (0, elements.count)
        while low < high {
            let middle = (low + high) / 2
            if elements[middle].key < line { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension StatementAmounts: RandomAccessCollection {
    /// That of an array, so that other modules need no generic code to go through it.
    package func makeIterator() -> IndexingIterator<[Element]> { elements.makeIterator() }
    package var startIndex: Int { 0 }
    package var endIndex: Int { elements.count }
    package subscript(place: Int) -> Element { elements[place] }
}

extension StatementAmounts: Equatable {
    /// Whether both have the same amounts on the same lines.
    package static func == (left: StatementAmounts, right: StatementAmounts) -> Bool {
        left.elements.elementsEqual(right.elements) { $0.key == $1.key && $0.value == $1.value }
    }
}
