// SPDX-License-Identifier: Apache-2.0

// Filings abroad as papers.

internal import CreditFacts
internal import Documents
internal import VigieLimits

extension PaperReader {
    func readForeignFilings(
        _ source: ByteSource,
        _ kind: PaperKind,
        _ paper: inout CompanyPaper,
        _ stack: inout PaperStack
    ) throws(InputError) {
        let filings = try kind.form == .xml ? inlineFilings(source) : jsonFilings(source)
        stack.foreignFilings.append(filings)
        paper.counts = filings.counts
        paper.findings.add(filings.findings)
    }

    private func jsonFilings(_ source: ByteSource) throws(InputError) -> ForeignFilings {
        let bytes = try source.whole(bytesMax: documentBytesMax)
        return try document { () throws(DocumentError) in
            try ForeignFilings(json: bytes, paper: number, findingsPerCodeMax: findingsMax)
        }
    }

    private func inlineFilings(_ source: ByteSource) throws(InputError) -> ForeignFilings {
        let facts = InlineFacts(paper: number, findingsPerCodeMax: findingsMax)
        let stream = try document { () throws(DocumentError) in try XMLStream(to: facts) }
        try source.eachPart { part, isLast throws(InputError) in
            try document { () throws(DocumentError) in try stream.read(part, isLast: isLast) }
        }
        return try document { () throws(DocumentError) in try facts.finished() }
    }

    func readDataSet(
        _ source: ByteSource,
        _ kind: PaperKind,
        _ paper: inout CompanyPaper,
        _ stack: inout PaperStack
    ) throws(InputError) {
        let buffer = InputBuffer(source)
        var records = try NamedRecords(
            buffer,
            delimiter: try buffer.headerDelimiter(),
            paper: number,
            findingsPerCodeMax: findingsMax
        )
        if kind.name == "filing_numbers" {
            paper.counts.leftOut = try stack.dataSet.readNumbers(&records, paper: number)
        } else {
            try stack.dataSet.readSubmissions(&records)
        }
        paper.counts.read = records.counts.read
        paper.counts.setAside = records.counts.setAside
        paper.findings.add(records.findings)
    }
}
