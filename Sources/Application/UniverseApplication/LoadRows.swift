// SPDX-License-Identifier: Apache-2.0

// Companies of a message of a load, as they lie in it: numbers of a fixed width, their lowest byte
// first, a column behind the other. Lengths are held against each other before anything is read.

internal import Quantities
internal import ServiceErrors
internal import VigieLimits

/// What a load brings.
package struct LoadHeader: Sendable {
    /// The universe; made where there is none.
    package var universe = ""
    /// The day as of which the inputs are.
    package var day: String = ""
    /// Whether companies that are not named have left.
    package var isWhole = true
    /// Columns of numbers, of texts, and of marks, in the order of the rows.
    package var numbers: [String] = []
    package var texts: [String] = []
    package var marks: [String] = []
    /// Whether rows say what companies owe.
    package var hasExposures = false

    /// Of nothing yet.
    package init() {}
}

/// A column of texts of a message: each text once, and a code for each company, from 1; 0 for none.
package struct LoadTexts {
    /// The texts.
    package var dictionary: [UnsafeRawBufferPointer]
    /// Four bytes each.
    package var codes: UnsafeRawBufferPointer

    /// Takes a column.
    package init(dictionary: [UnsafeRawBufferPointer], codes: UnsafeRawBufferPointer) {
        (self.dictionary, self.codes) = (dictionary, codes)
    }
}

/// Companies of a message, borrowed for the time of a call.
package struct LoadRows {
    /// Four bytes for each company.
    package var keys = UnsafeRawBufferPointer(start: nil, count: 0)
    /// Float32, column after column.
    package var numbers = UnsafeRawBufferPointer(start: nil, count: 0)
    /// The columns of texts, then those of marks.
    package var texts: [LoadTexts] = []
    /// Cents in eight bytes for each company; empty where the header has none.
    package var exposures = UnsafeRawBufferPointer(start: nil, count: 0)

    /// No companies.
    package init() {}

    /// How many companies there are.
    var rowCount: Int { keys.count / 4 }

    /// Refuses what does not fit the header or itself.
    func check(_ header: LoadHeader) throws(ServiceError) {
        guard rowCount > 0, keys.count % 4 == 0 else {
            throw Self.wrongCount("rows.sirens", keys.count, "4 bytes for each company, and one")
        }
        guard rowCount <= UniverseLimits.messageRows else {
            throw .overLimit(
                "rows.sirens",
                "messageRows",
                "The message has too many companies; send them in several.",
                value: rowCount,
                maximum: UniverseLimits.messageRows
            )
        }
        let sizes = [
            ("rows.float_values", numbers.count, 4 * rowCount * header.numbers.count),
            ("rows.exposures_cents", exposures.count, header.hasExposures ? 8 * rowCount : 0),
            ("rows.text_columns", texts.count, header.texts.count + header.marks.count),
        ]
        for (field, count, wanted) in sizes where count != wanted {
            throw Self.wrongCount(field, count, "\(wanted) by the header")
        }
        for (index, column) in texts.enumerated() {
            let field = "rows.text_columns[\(index)]"
            guard column.codes.count == 4 * rowCount else {
                throw Self.wrongCount("\(field).codes", column.codes.count, "\(4 * rowCount)")
            }
            let count = UInt32(truncatingIfNeeded: column.dictionary.count)
            for row in 0..<rowCount where column.codes.word(row) > count {
                throw .invalid(
                    "\(field).codes",
                    "INVALID_CODE",
                    "The code of row \(row) is \(column.codes.word(row)); the dictionary has "
                        + "\(count) texts."
                )
            }
        }
    }

    private static func wrongCount(_ field: String, _ count: Int, _ wanted: String) -> ServiceError
    {
        .invalid(
            field,
            "WRONG_VALUE_COUNT",
            "\(field) has \(count) bytes or columns; there have to be \(wanted)."
        )
    }
}

extension UnsafeRawBufferPointer {
    /// The number of four bytes at a place of such.
    func word(_ place: Int) -> UInt32 {
        UInt32(littleEndian: loadUnaligned(fromByteOffset: 4 * place, as: UInt32.self))
    }
}
