// SPDX-License-Identifier: Apache-2.0

// One line of a journal of entries, whatever the file's form.

package import Quantities

/// A line of a journal. Its texts lie in the reader and are valid until the next line.
package struct JournalLine {
    /// Code of the journal.
    package var journal = UnsafeRawBufferPointer(start: nil, count: 0)
    /// Number of the entry within the journal.
    package var entry = UnsafeRawBufferPointer(start: nil, count: 0)
    /// The account: three digits, then digits or letters.
    package var account = UnsafeRawBufferPointer(start: nil, count: 0)
    /// The customer or supplier; empty where the line has none.
    package var thirdParty = UnsafeRawBufferPointer(start: nil, count: 0)
    /// Number of the invoice or other piece.
    package var reference = UnsafeRawBufferPointer(start: nil, count: 0)
    /// The code that lines have which were matched; empty if it was not.
    package var lettering = UnsafeRawBufferPointer(start: nil, count: 0)
    /// Whether that code is the entry's as a whole, not this line's own.
    package var hasLetteringOfEntry = false
    /// When it was booked.
    package var entryDate = CalendarDate.first
    /// The date of the piece; nil if none is given.
    package var pieceDate: CalendarDate?
    /// When it is due, in exports that have that column.
    package var dueDate: CalendarDate?
    /// When it was paid, in the books of those who book payments only.
    package var paymentDate: CalendarDate?
    /// In cents.
    package var debit: Int64 = 0
    /// In cents.
    package var credit: Int64 = 0
    /// The line of the file, from 1.
    package var line: Int32 = 0
    /// Whether the date of validation is missing.
    package var lacksValidation = false

    // What few lines are asked for lies here as it stands in the file.
    var journalLabelCell = UnsafeRawBufferPointer(start: nil, count: 0)
    var thirdPartyLabelCell = UnsafeRawBufferPointer(start: nil, count: 0)
    var customerCell = UnsafeRawBufferPointer(start: nil, count: 0)
    var labelCell = UnsafeRawBufferPointer(start: nil, count: 0)

    /// An empty line.
    package init() {}

    /// Name of the journal.
    package var journalLabel: UnsafeRawBufferPointer { journalLabelCell.trimmed }
    /// The name of the customer or supplier.
    package var thirdPartyLabel: UnsafeRawBufferPointer { thirdPartyLabelCell.trimmed }
    /// The customer, in the books of professions that book payments only.
    package var customer: UnsafeRawBufferPointer { customerCell.trimmed }
    /// What was written of it.
    package var label: UnsafeRawBufferPointer { labelCell.trimmed }

    /// Debit less credit, in cents.
    package var amount: Int64 { debit - credit }
}

extension UnsafeRawBufferPointer {
    /// Without blanks and NUL at both ends.
    @inline(__always)
    var trimmed: UnsafeRawBufferPointer {
        guard count > 0, self[0] <= 0x20 || self[count &- 1] <= 0x20 else { return self }
        return trimmedAtEnds
    }

    private var trimmedAtEnds: UnsafeRawBufferPointer {
        var range = startIndex..<endIndex
        while let byte = self[range].first, byte <= 0x20 {
            range = range.lowerBound + 1..<range.upperBound
        }
        while let byte = self[range].last, byte <= 0x20 {
            range = range.lowerBound..<range.upperBound - 1
        }
        return UnsafeRawBufferPointer(rebasing: self[range])
    }

    /// Whether both hold the same bytes.
    func isSame(as other: UnsafeRawBufferPointer) -> Bool {
        count == other.count && elementsEqual(other)
    }
}
