// SPDX-License-Identifier: Apache-2.0

// Statements and notifications of banks in XML (camt.053 and camt.054, any version).

package import CreditFacts
package import Documents

/// Statements of a paper.
package struct BankStatementList: Sendable {
    /// Statements and notifications, in the order of the paper.
    package var statements: [BankStatement] = []
    /// What was noticed.
    package var findings: Findings
    /// Entries that were read, and those set aside; what is not booked yet is both.
    package var counts = RecordCounts()

    /// None yet.
    init(findingsPerCodeMax: Int) { findings = Findings(keptPerCodeMax: findingsPerCodeMax) }
}

/// Reads statements out of XML, part by part.
package final class BankPapers {
    private let records: BankRecords
    private let elements: PaperElements
    private let stream: XMLStream

    /// Begins a file.
    package init(paper: Int32, findingsPerCodeMax: Int) throws(DocumentError) {
        records = BankRecords(paper: paper, findingsPerCodeMax: findingsPerCodeMax)
        elements = PaperElements(.bank, to: records)
        stream = try XMLStream(to: elements)
    }

    /// What was read so far.
    package var list: BankStatementList { records.list }

    /// Reads the next part.
    ///
    /// - Throws: What is wrong with the file as XML, or that it holds no statement.
    package func read(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws(DocumentError) {
        try stream.read(bytes, isLast: isLast)
        guard isLast else { return }
        if list.statements.isEmpty {
            throw DocumentError(
                .unsupported,
                "<\(elements.root)> holds no statement (camt.053) and no notification (camt.054) "
                    + "of a bank account; a report within the day (camt.052) is not final and not "
                    + "read"
            )
        }
        // What is not booked yet is left out, and no fault of the file.
        let notBooked = list.statements.reduce(0) { $0 + $1.entriesLeftOut }
        if list.counts.kept == 0, list.counts.setAside > notBooked {
            throw DocumentError(.unsupported, "no entry in it can be used")
        }
    }
}
