// SPDX-License-Identifier: Apache-2.0

// All papers of a run, in any mix: each is told by its content, read by its reader, and what it
// says is kept with where it says so. A paper that cannot be read is told; the others go on.

package import CreditFacts
package import Documents
package import PaymentTerms
package import Quantities
internal import VigieLimits

/// What papers say.
package struct PaperStack {
    /// The papers, in the order in which they were given; places in them name them by number.
    package internal(set) var papers: [CompanyPaper] = []
    /// Statements of filed accounts and of books.
    package internal(set) var statements: [FinancialStatement] = []
    /// What filings say of the year before theirs.
    package internal(set) var comparatives: [FinancialStatement] = []
    /// Filings, with their statements or without.
    package internal(set) var filings: [FiledAccounts] = []
    /// What courts and registers made known.
    package internal(set) var events: [LegalEvent] = []
    /// What later notices took back.
    package internal(set) var corrections: [NoticeCorrection] = []
    /// Companies as registers have them.
    package internal(set) var registerEntries: [RegisterEntry] = []
    /// Electronic invoices and credit notes.
    package internal(set) var invoices: [TradeInvoice] = []
    /// Messages about them.
    package internal(set) var statuses: [InvoiceStatus] = []
    /// Statements of bank accounts.
    package internal(set) var bankStatements: [BankStatement] = []
    /// Books and lists of invoices.
    package internal(set) var books: [CompanyBook] = []
    /// Ledgers of customers as packages export them.
    package internal(set) var ledgers: [PartyLedger] = []
    /// Ratios as they are published, with the names of their columns.
    package internal(set) var publishedRatios: [(names: [String], ratios: [PublishedRatios])] = []
    /// Establishments, which say nothing of whether their company is active.
    package internal(set) var establishments: [Establishment] = []
    /// Filings of companies abroad; those out of lists that belong together once all is read.
    package internal(set) var foreignFilings: [ForeignFilings] = []
    /// Such lists.
    var dataSet = FilingDataSet()
    /// What was agreed with customers, by their number or name in the ledger. It counts for books
    /// that are read after it.
    package internal(set) var terms: [String: PaymentTerm] = [:]
    /// The same of companies that a paper of terms names as its owner; it goes before the others.
    package internal(set) var ownTerms: [SIREN: [String: PaymentTerm]] = [:]
    /// Papers of terms that do not say whose they are.
    var termsOfNobody: [Int32] = []
    /// The book whose next part may come.
    var openBook: OpenBook?
    /// How one's own packages write ledgers, before those that are known.
    let profiles: [LedgerProfile]

    /// Whose books are that do not say so themselves; nil if nobody knows.
    let owner: SIREN?

    /// The greatest paper that is read whole, in bytes.
    let documentBytesMax: Int

    /// No papers yet.
    ///
    /// - Parameter owner: Whose books are whose files are not named by their owner.
    package init(
        profiles: [LedgerProfile] = [],
        owner: SIREN? = nil,
        documentBytesMax: Int = PaperLimits.documentBytesMaximum
    ) {
        (self.profiles, self.owner, self.documentBytesMax) = (profiles, owner, documentBytesMax)
    }

    /// Whether a paper is one of terms, which have to be read before the books that they are for.
    package static func isTerms(_ source: ByteSource) -> Bool {
        // What begins as JSON or XML is no table, and most papers do.
        guard let first = try? source.start(count: 64), !PaperKind.isMarkedUp(first),
            let paper = try? opened(source.following(first))
        else { return false }
        return PaperKind.of(paper.start)?.name == "terms"
    }

    /// A paper and its beginning, unpacked, and decoded where it is UTF-16.
    private static func opened(
        _ source: ByteSource
    ) throws(InputError) -> (start: [UInt8], source: ByteSource) {
        var start = try source.start(count: InputLimits.sampleBytes)
        var source = source.following(start)
        if ByteSource.isPacked(start) {
            source = try source.unpacked()
            start = try source.start(count: InputLimits.sampleBytes)
            source = source.following(start)
        }
        let mark = TextEncoding.wideMark(start)
        if let encoding = mark ?? TextInput.unmarkedUTF16(start) {
            if mark != nil { source = try source.withoutStart(count: 2) }
            source = source.decoded(from: encoding)
            start = try source.start(count: InputLimits.sampleBytes)
            source = source.following(start)
        }
        return (start, source)
    }

    /// Reads a paper to its end. What keeps it from being read is kept with it.
    package mutating func read(_ source: ByteSource) {
        var paper = CompanyPaper(
            name: source.name,
            findingsPerCodeMax: PaperLimits.findingsPerCodeMaximum
        )
        do throws(InputError) {
            guard papers.count < PaperLimits.papersMaximum else {
                throw InputError(.content, "more than \(PaperLimits.papersMaximum) papers")
            }
            try read(source, &paper)
            if paper.counts.kept == 0 {
                throw InputError(
                    .content,
                    paper.counts.read == 0
                        ? "nothing stands in it but its beginning"
                        : "none of its \(paper.counts.read) records can be used",
                    hint: "what is wrong with them stands among the findings"
                )
            }
        } catch {
            paper.failure = CompanyPaper.Failure(
                message: Self.without(source.name, error.message),
                hint: error.hint
            )
        }
        papers.append(paper)
    }

    /// A message without the name of its paper at the front, which stands beside it.
    private static func without(_ name: String, _ message: String) -> String {
        guard message.hasPrefix(name) else { return message }
        return String(message.dropFirst(name.count).drop { $0 == ":" || $0 == "," || $0 == " " })
    }

    private mutating func read(
        _ source: ByteSource,
        _ paper: inout CompanyPaper
    ) throws(InputError) {
        let (start, source) = try Self.opened(source)
        guard !start.isEmpty else { throw InputError(.content, "it is empty") }
        if BlankPaper.isBlank(start) { throw try BlankPaper.error(source) }
        guard
            FileSignature.of(start).map({ $0.name.contains("XML") || Self.isReport(start) })
                ?? true,
            let kind = PaperKind.of(start)
        else { throw Self.unknown(start) }
        paper.kind = kind
        let reader = PaperReader(
            number: Int32(clamping: papers.count),
            documentBytesMax: documentBytesMax
        )
        try reader.read(source, kind, &paper, &self)
    }

    /// Whether a page is a report in which numbers are marked.
    private static func isReport(_ start: [UInt8]) -> Bool {
        String(decoding: start, as: UTF8.self).contains("inlineXBRL")
    }

    private static func unknown(_ start: [UInt8]) -> InputError {
        if let signature = FileSignature.of(start), !signature.name.contains("XML") {
            return InputError(
                .content,
                "it is \(signature.name), which is no paper that can be read",
                hint: signature.advice
            )
        }
        return InputError(
            .content,
            "its content is none of the kinds of paper that are known",
            hint: "`vigie papers kinds` lists them; a ledger needs a header with names of columns"
        )
    }
}
