// SPDX-License-Identifier: Apache-2.0

package import Quantities

/// Open invoices, those due first first: a binary heap.
package struct DueQueue {
    private typealias Entry = (due: CalendarDate, line: Int32, index: Int)
    private var entries: [Entry] = []

    /// An empty one.
    package init() {}

    /// The invoice that is due first.
    package var first: Int? { entries.first?.index }

    /// Adds an open invoice, by its due date and then its line.
    package mutating func insert(_ due: CalendarDate, _ line: Int32, _ index: Int) {
        entries.append((due, line, index))
        var place = entries.count - 1
        while place > 0, isBefore(place, (place - 1) / 2) {
            entries.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    /// Takes the first one out.
    package mutating func removeFirst() {
        guard entries.count > 1 else {
            entries.removeAll()
            return
        }
        entries.swapAt(0, entries.count - 1)
        entries.removeLast()
        var place = 0
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2] where child < entries.count {
                if isBefore(child, least) { least = child }
            }
            if least == place { return }
            entries.swapAt(place, least)
            place = least
        }
    }

    private func isBefore(_ left: Int, _ right: Int) -> Bool {
        (entries[left].due, entries[left].line) < (entries[right].due, entries[right].line)
    }
}
