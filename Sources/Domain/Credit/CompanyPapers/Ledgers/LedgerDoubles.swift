// SPDX-License-Identifier: Apache-2.0

// The same line twice in one export: a page that was copied twice, two exports one behind the
// other. Terms of several parts have one number and several due dates, which are no doubles; and
// what bears no number may well be there twice.

internal import CreditFacts
internal import VigieLimits

/// Looks for lines that stand twice.
struct LedgerDoubles {
    /// The line of each hash of what a line says.
    private var lines: [Int: Int32] = [:]
    /// Whether more lines came than are compared.
    private(set) var isFull = false

    /// A finding for a line that came before; nil for a new one.
    mutating func finding(_ row: LedgerRow) -> Finding? {
        guard !row.reference.isEmpty, !isFull else { return nil }
        var hasher = Hasher()
        hasher.combine(row.reference)
        hasher.combine(row.document)
        hasher.combine(row.party)
        hasher.combine(row.cents)
        hasher.combine(row.open)
        hasher.combine(row.issued)
        hasher.combine(row.booked)
        hasher.combine(row.due)
        hasher.combine(row.paidOn)
        hasher.combine(row.matching)
        hasher.combine(row.matchedTo)
        hasher.combine(row.currency)
        let key = hasher.finalize()
        if let line = lines[key] {
            return Finding(
                .ledgerLineTwice,
                at: row.source,
                field: "document",
                [row.reference, "\(line)"]
            )
        }
        guard lines.count < PaperLimits.comparedLinesMaximum else {
            isFull = true
            return nil
        }
        lines[key] = row.source.line
        return nil
    }
}
