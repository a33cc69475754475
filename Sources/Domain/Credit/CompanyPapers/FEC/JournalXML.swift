// SPDX-License-Identifier: Apache-2.0

// Journals of entries in XML, part by part. What the flat form has in each line stands here once:
// the journal and the entry give their fields to the lines in them. Elements count by their names,
// wherever they stand, as long as they stand before the lines that they are for.

package import CreditFacts
package import Documents
package import Quantities

/// Reads a journal of entries out of XML, part by part.
package final class JournalXML {
    private let handler: JournalElements
    private let stream: XMLStream
    private let source: String

    /// Begins a file.
    ///
    /// - Parameters:
    ///   - source: Name for messages.
    ///   - line: Is given each line, which is valid until it returns.
    package init(
        source: String,
        paper: Int32,
        findingsPerCodeMax: Int,
        line: @escaping (JournalLine) -> Void
    ) throws(DocumentError) {
        self.source = source
        handler = JournalElements(paper: paper, findingsPerCodeMax: findingsPerCodeMax, give: line)
        stream = try XMLStream(to: handler)
    }

    /// Reads the next part.
    ///
    /// - Throws: Also at the end of a file of which no line could be read.
    package func read(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws(DocumentError) {
        try stream.read(bytes, isLast: isLast)
        if isLast { handler.finish() }
        if isLast, counts.kept == 0 {
            let error = findings.nothing(of: counts, in: source)
            throw DocumentError(code: .malformed, place: source, message: error.message)
        }
    }

    /// What was noticed.
    package var findings: Findings { handler.findings }
    /// Lines that were read, and those set aside.
    package var counts: RecordCounts { handler.counts }
    /// The day on which the year ends, as the file says; nil where it does not.
    package var closing: CalendarDate? { handler.closing }
}
