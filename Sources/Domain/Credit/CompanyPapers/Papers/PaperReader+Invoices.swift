// SPDX-License-Identifier: Apache-2.0

// Electronic invoices and bank statements into a stack of papers.

internal import CreditFacts
internal import Documents

extension PaperReader {
    func readInvoices(
        _ source: ByteSource,
        _ paper: inout CompanyPaper,
        _ stack: inout PaperStack
    ) throws(InputError) {
        let reader = try document { () throws(DocumentError) in
            try InvoicePapers(paper: number, findingsPerCodeMax: findingsMax)
        }
        // What was noticed is told of a paper that gives nothing too.
        defer {
            paper.counts = reader.list.counts
            paper.findings.add(reader.list.findings)
        }
        try source.eachPart { part, isLast throws(InputError) in
            try document { () throws(DocumentError) in try reader.read(part, isLast: isLast) }
        }
        stack.invoices += reader.list.invoices
        stack.statuses += reader.list.statuses
    }

    func readBank(
        _ source: ByteSource,
        _ kind: PaperKind,
        _ paper: inout CompanyPaper,
        _ stack: inout PaperStack
    ) throws(InputError) {
        let list = try kind.form == .xml ? readCamt(source, &paper) : readMT940(source)
        stack.bankStatements += list.statements
        paper.counts = list.counts
        // A statement of a day on which nothing was booked is something that was read.
        if paper.counts.kept == 0 { paper.counts.read += list.statements.count }
        paper.findings.add(list.findings)
    }

    private func readMT940(_ source: ByteSource) throws(InputError) -> BankStatementList {
        let bytes = try source.whole(bytesMax: documentBytesMax)
        return try document { () throws(DocumentError) in
            try MT940.statements(bytes, paper: number, findingsPerCodeMax: findingsMax)
        }
    }

    private func readCamt(
        _ source: ByteSource,
        _ paper: inout CompanyPaper
    ) throws(InputError) -> BankStatementList {
        let reader = try document { () throws(DocumentError) in
            try BankPapers(paper: number, findingsPerCodeMax: findingsMax)
        }
        do throws(InputError) {
            try source.eachPart { part, isLast throws(InputError) in
                try document { () throws(DocumentError) in try reader.read(part, isLast: isLast) }
            }
        } catch {
            paper.counts = reader.list.counts
            paper.findings.add(reader.list.findings)
            throw error
        }
        return reader.list
    }
}
