// SPDX-License-Identifier: Apache-2.0

// Which reader takes which kind of paper, and where what it reads goes.

internal import CreditFacts
internal import Documents
internal import Quantities
internal import VigieLimits

/// Reads one paper into a stack of them.
struct PaperReader {
    /// Which paper it is.
    let number: Int32
    /// The greatest one that is read whole, in bytes.
    let documentBytesMax: Int

    var findingsMax: Int { PaperLimits.findingsPerCodeMaximum }

    func read(
        _ source: ByteSource,
        _ kind: PaperKind,
        _ paper: inout CompanyPaper,
        _ stack: inout PaperStack
    ) throws(InputError) {
        switch kind.name {
        case "fec": try readJournal(source, kind, &paper, &stack)
        case "sirene": try readDirectory(source, &paper, &stack)
        case "register": try readRegister(source, &paper, &stack)
        case "bodacc": try readNotices(source, kind, &paper, &stack)
        case "filed_accounts": try readFiledAccounts(source, kind, &paper, &stack)
        case "ledger": try readLedger(source, &paper, &stack)
        case "terms": try readTerms(source, &paper, &stack)
        case "published_ratios": try readPublishedRatios(source, &paper, &stack)
        case "establishments": try readEstablishments(source, &paper, &stack)
        case "foreign_filings": try readForeignFilings(source, kind, &paper, &stack)
        case "filing_numbers", "filing_submissions":
            try readDataSet(source, kind, &paper, &stack)
        case "invoices": try readInvoices(source, &paper, &stack)
        case "bank": try readBank(source, kind, &paper, &stack)
        default: throw InputError(.content, "no reader takes \(kind.english)")
        }
    }

    private func readDirectory(
        _ source: ByteSource,
        _ paper: inout CompanyPaper,
        _ stack: inout PaperStack
    ) throws(InputError) {
        var stock = try DirectoryStock(
            InputBuffer(source),
            paper: number,
            findingsPerCodeMax: findingsMax
        )
        while let entry = try stock.next() { stack.registerEntries.append(entry) }
        paper.counts = stock.records.counts
        paper.findings.add(stock.records.findings)
    }

    private func readRegister(
        _ source: ByteSource,
        _ paper: inout CompanyPaper,
        _ stack: inout PaperStack
    ) throws(InputError) {
        let records = try RegisterRecords(
            InputBuffer(source),
            paper: number,
            findingsPerCodeMax: findingsMax
        )
        stack.registerEntries += records.entries
        paper.counts = records.counts
        paper.findings.add(records.findings)
    }

    private func readNotices(
        _ source: ByteSource,
        _ kind: PaperKind,
        _ paper: inout CompanyPaper,
        _ stack: inout PaperStack
    ) throws(InputError) {
        let notices = try notices(source, kind.form)
        stack.events += notices.events
        stack.corrections += notices.corrections
        paper.counts = notices.counts
        paper.findings.add(notices.findings)
    }

    private func notices(
        _ source: ByteSource,
        _ form: PaperKind.Form
    ) throws(InputError) -> NoticeEvents {
        switch form {
        case .table, .tagged:
            return try NoticeRecords.events(
                table: source.textOfPaper(),
                paper: number,
                findingsPerCodeMax: findingsMax
            )
        case .json:
            let bytes = try source.whole(bytesMax: documentBytesMax)
            return try document { () throws(DocumentError) in
                try NoticeRecords.events(
                    json: bytes,
                    paper: number,
                    findingsPerCodeMax: findingsMax
                )
            }
        default:
            let reader = try document { () throws(DocumentError) in
                try NoticeXML(paper: number, findingsPerCodeMax: findingsMax)
            }
            try source.eachPart { part, isLast throws(InputError) in
                try document { () throws(DocumentError) in try reader.read(part, isLast: isLast) }
            }
            return reader.events
        }
    }

    private func readFiledAccounts(
        _ source: ByteSource,
        _ kind: PaperKind,
        _ paper: inout CompanyPaper,
        _ stack: inout PaperStack
    ) throws(InputError) {
        let list: FiledAccountsList
        if kind.form == .json {
            list = try FiledAccountsList(
                json: InputBuffer(source),
                paper: number,
                findingsPerCodeMax: findingsMax
            )
        } else {
            let reader = try document { () throws(DocumentError) in
                try FiledAccountsXML(paper: number, findingsPerCodeMax: findingsMax)
            }
            try source.eachPart { part, isLast throws(InputError) in
                try document { () throws(DocumentError) in try reader.read(part, isLast: isLast) }
            }
            list = reader.list
        }
        stack.filings += list.filings
        for filing in list.filings {
            if let previous = filing.previous { stack.comparatives.append(previous) }
            if let statement = filing.statement { stack.statements.append(statement) }
        }
        paper.counts = list.counts
        paper.findings.add(list.findings)
    }

    /// Does something with a document; what is wrong with it is wrong with the paper.
    func document<Result>(
        _ work: () throws(DocumentError) -> Result
    ) throws(InputError) -> Result {
        do throws(DocumentError) {
            return try work()
        } catch {
            throw InputError(.content, error.description)
        }
    }
}
