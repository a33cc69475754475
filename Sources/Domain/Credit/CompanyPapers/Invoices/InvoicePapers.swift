// SPDX-License-Identifier: Apache-2.0

// Electronic invoices in XML (UBL 2.1, CII and so Factur-X) and messages of their life cycle
// (CDAR). One file may hold several, whatever wraps them.

package import CreditFacts
package import Documents

/// Invoices and messages of a paper.
package struct InvoiceList: Sendable {
    /// Invoices and credit notes, in the order of the paper.
    package var invoices: [TradeInvoice] = []
    /// Messages.
    package var statuses: [InvoiceStatus] = []
    /// What was noticed.
    package var findings: Findings
    /// Documents that were read, and those set aside.
    package var counts = RecordCounts()

    /// None yet.
    package init(findings: Findings) { self.findings = findings }
}

/// Reads invoices and messages out of XML, part by part.
package final class InvoicePapers {
    private let records: InvoiceRecords
    private let elements: PaperElements
    private let stream: XMLStream
    private var start: [UInt8] = []

    /// Begins a file.
    package init(paper: Int32, findingsPerCodeMax: Int) throws(DocumentError) {
        records = InvoiceRecords(paper: paper, findingsPerCodeMax: findingsPerCodeMax)
        elements = PaperElements(.invoices, to: records)
        stream = try XMLStream(to: elements)
    }

    /// What was read so far.
    package var list: InvoiceList { records.list }

    /// Reads the next part.
    ///
    /// - Throws: What is wrong with the file as XML, or that it holds nothing that can be used.
    package func read(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws(DocumentError) {
        try refusePDF(bytes)
        try stream.read(bytes, isLast: isLast)
        guard isLast, list.counts.kept == 0 else { return }
        let reason = list.findings.kept.first.map {
            ": line \($0.source.line), \($0.field) \($0.code.rawValue)"
        }
        throw DocumentError(
            .unsupported,
            list.counts.read > 0
                ? "no invoice or message in it can be used" + (reason ?? "")
                : "<\(elements.root)> holds no invoice (UBL, CII, Factur-X) and no message of its "
                    + "life cycle (CDAR)"
        )
    }

    private func refusePDF(_ bytes: UnsafeRawBufferPointer) throws(DocumentError) {
        guard start.count < 4 else { return }
        start += bytes.prefix(4 - start.count)
        if start.starts(with: "%PDF".utf8) {
            throw DocumentError(
                .unsupported,
                "a PDF: take the XML out of it (the attached file factur-x.xml, for example with "
                    + "pdfdetach -saveall) and give that"
            )
        }
    }
}

extension DocumentError {
    /// An error of a whole document in XML.
    convenience init(_ code: Code, _ message: String) {
        self.init(code: code, place: "XML", message: message)
    }
}
