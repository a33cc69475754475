// SPDX-License-Identifier: Apache-2.0

// Days between two rows of a reference table on which neither holds: what is decided then follows
// from what holds for all others, and nobody hears of it. That a row begins late or ends early may
// be meant: a country is new, a trade is no more.

internal import Quantities

extension Policy {
    /// Days on which a table of reference says nothing of what it knows before and after, as far as
    /// the policy holds on them.
    var holes: [PolicyRemark] {
        zip(manifest.tables, tables).flatMap { declared, table in
            table.holes(
                declared.key,
                from: manifest.effectiveFrom,
                to: manifest.effectiveTo ?? .last
            )
        }
    }
}

extension ReferenceTable {
    fileprivate func holes(
        _ key: [String],
        from first: CalendarDate,
        to last: CalendarDate
    ) -> [PolicyRemark] {
        let places = key.compactMap { columns.firstIndex(of: $0) }
        let groups = Dictionary(grouping: rows) { row in places.map { row.cells[$0] } }
        // In the order of the file, so that the same is told each time.
        let inOrder = groups.sorted { ($0.value.first?.line ?? 0) < ($1.value.first?.line ?? 0) }
        return inOrder.flatMap { own, rows in
            let ordered = rows.sorted { $0.validFrom < $1.validFrom }
            return zip(ordered, ordered.dropFirst()).compactMap { row, next -> PolicyRemark? in
                guard let open = row.end.adding(days: 1), let end = next.validFrom.adding(days: -1)
                else { return nil }
                let (from, to) = (max(open, first), min(end, last))
                guard from <= to else { return nil }
                let name = own.joined(separator: ", ")
                let days = from == to ? "on \(from)" : "from \(from) to \(to)"
                return PolicyRemark(
                    .hole,
                    "\(Self.folder)\(self.name).csv: line \(next.line)",
                    "no row for \(name) holds \(days); end line \(row.line) where line "
                        + "\(next.line) begins, or let it stand (\(LintWaiver.fileName), hole)",
                    of: self.name,
                    [name]
                )
            }
        }
    }
}
