// SPDX-License-Identifier: Apache-2.0

// What is past its time goes from a record; what still holds stays, however old it is.

internal import CreditFacts
package import Quantities

extension CollectionRecord {
    /// Takes out notes that were written, promises whose day was, disputes and holds that ended
    /// before a day. The last letter stays, since the next one follows from it, and so do terms,
    /// levels that a person set, and disputes that go on.
    ///
    /// - Returns: How many entries went.
    package mutating func forget(before first: CalendarDate) -> Int {
        var count = Self.remove(from: &notes) { $0.day < first }
        count += Self.remove(from: &promises) { $0.date < first }
        count += Self.end(&override, before: first)
        for (reference, invoice) in invoices {
            var left = invoice
            count += Self.remove(from: &left.promises) { $0.date < first }
            count += Self.remove(from: &left.disputes) { $0.closed.map { $0 < first } ?? false }
            count += Self.end(&left.override, before: first)
            invoices[reference] = left.isEmpty ? nil : left
        }
        return count
    }

    private static func remove<Entry>(
        from entries: inout [Entry],
        where isOver: (Entry) -> Bool
    ) -> Int {
        let count = entries.count
        entries.removeAll(where: isOver)
        return count - entries.count
    }

    private static func end(
        _ override: inout CollectionOverride?,
        before first: CalendarDate
    ) -> Int {
        guard case .hold(let until?) = override?.kind, until < first else { return 0 }
        override = nil
        return 1
    }
}
