// SPDX-License-Identifier: Apache-2.0

// Documents of collection without what is past its time, for sweeps of the store.

internal import Collection
internal import Documents
package import Quantities

/// Records of customers as sweeps shorten them.
package enum RecordForgetting {
    /// Takes out of a document what was over before a day.
    ///
    /// - Returns: How many entries that were, and the document without them; nil for none, and for
    ///   a document that cannot be read, which is left as it is.
    package static func shortened(
        _ document: String,
        before first: CalendarDate
    ) -> (Int, String)? {
        let problems = ProblemList(file: "record")
        guard var record = CollectionRecord.read(json: Array(document.utf8), problems) else {
            return nil
        }
        let count = record.forget(before: first)
        return count > 0 ? (count, record.json) : nil
    }
}
