// SPDX-License-Identifier: Apache-2.0

// The ledger of one side while papers are joined: its invoices, and what messages and credit notes
// do to them.

internal import CreditFacts
internal import PaymentTerms
internal import Quantities

/// A party and an amount.
struct PartyAmount: Hashable {
    var party: Int32
    var cents: Int64
}

/// The ledger of one side.
struct SideLedger {
    /// An invoice or a credit note.
    struct Document {
        var trade: TradeInvoice
        var invoice: LedgerInvoice
        /// What was paid before it was made, and is not yet found at the bank.
        var prepaidLeft: Int64
        var isVoid = false
        /// The correction that stands in its place.
        var replacement: Int?
        /// Messages of payments that were taken for such and such payment.
        var claimed: Set<Int> = []

        var isCredit: Bool { trade.kind == .credit }
    }

    /// Documents of one number, corrections in a row, and payments that one is compared with.
    // tidy: limit: far more than a ledger has, and what bounds the time for a hostile one
    static let comparedMax = 1_000

    private(set) var findings: Findings
    var documents: [Document] = []
    var unallocated: [UnallocatedCredit] = []
    /// Documents by their numbers, as papers of invoices write them.
    private var byNumber: [String: [Int]] = [:]
    /// Invoices by their numbers, as people write them.
    private(set) var numbers = NumberIndex()
    /// Invoices by what a payment is asked to name.
    private(set) var references = NumberIndex()
    private var parties: [TradeParty] = []
    private var partyNumbers: [TradeParty: Int32] = [:]
    /// Parties by their accounts; -1 for an account of several.
    private(set) var accounts: [String: Int32] = [:]
    var paidStatuses: [(document: Int, status: InvoiceStatus)] = []
    // What is open, paid or left by party and amount; entries that no longer hold are passed over.
    var openByAmount: [PartyAmount: [Int]] = [:]
    var paidByAmount: [PartyAmount: [(document: Int, payment: Int)]] = [:]
    var leftByAmount: [PartyAmount: [Int]] = [:]
    private let isCustomers: Bool
    let papers: InvoicePapersOfCompany

    init(_ papers: InvoicePapersOfCompany, isCustomers: Bool, findingsPerCodeMax: Int) {
        self.papers = papers
        self.isCustomers = isCustomers
        findings = Findings(keptPerCodeMax: findingsPerCodeMax)
    }

    mutating func note(_ code: FindingCode, _ source: PaperReference, _ values: String...) {
        findings.add(Finding(code, at: source, values))
    }

    // MARK: Invoices

    private mutating func party(_ party: TradeParty) -> Int32 {
        // A company is its number; one without is its name.
        let key =
            party.siren == nil
            ? TradeParty(name: party.name.uppercased()) : TradeParty(siren: party.siren)
        if let number = partyNumbers[key] { return number }
        let number = Int32(clamping: parties.count)
        parties.append(party)
        partyNumbers[key] = number
        return number
    }

    /// Adds an invoice or a credit note.
    mutating func add(_ trade: TradeInvoice) {
        let same = byNumber[trade.number] ?? []
        if same.contains(where: {
            documents[$0].trade.issued == trade.issued
                && documents[$0].trade.seller.siren == trade.seller.siren
                && documents[$0].isCredit == (trade.kind == .credit)
        }) {
            return note(.invoiceTwice, trade.source, trade.number)
        }
        guard same.count < Self.comparedMax else {
            return note(.tooLong, trade.source, trade.number)
        }
        let other = isCustomers ? trade.buyer : trade.seller
        let party = party(other)
        let (due, dueSource) = due(trade, other)
        let place = documents.count
        let invoice = LedgerInvoice(
            party: party,
            reference: trade.number,
            issued: trade.issued,
            due: due,
            dueSource: dueSource,
            cents: max(0, trade.payable),
            source: trade.source
        )
        documents.append(
            Document(trade: trade, invoice: invoice, prepaidLeft: max(0, trade.prepaid))
        )
        byNumber[trade.number, default: []].append(place)
        if trade.kind != .credit {
            numbers.add(trade.number, place)
            references.add(trade.paymentReference, place)
            index(place)
        }
        let account = isCustomers ? trade.payerAccount : trade.payeeAccount
        learn(account.filter { $0 != " " }, party)
        if trade.kind != .credit, trade.payable < 0 {
            keep(-max(trade.payable, -.max), of: party, trade.issued, isPayment: true, trade.source)
        }
    }

    private func due(_ trade: TradeInvoice, _ other: TradeParty) -> (CalendarDate?, DueDateSource) {
        if let last = trade.due.last { return (last, .column) }
        if let agreed = other.siren.flatMap({ papers.terms[$0] }),
            let term = PaymentTerm(rule: agreed.rule, days: agreed.days)
        {
            return (term.due(from: trade.issued), .terms)
        }
        return (LegalTerms.unlessAgreed.due(from: trade.issued), .legal)
    }

    /// The document of a number; nil if there is none, or several that fit.
    func document(
        _ number: String,
        issued: CalendarDate?,
        party: Int32? = nil,
        seller: SIREN? = nil
    ) -> Int? {
        let fitting = (byNumber[number] ?? []).filter { place in
            let document = documents[place]
            return issued.map { $0 == document.trade.issued } ?? true
                && party.map { $0 == document.invoice.party } ?? true
                && (seller == nil || document.trade.seller.siren == nil
                    || seller == document.trade.seller.siren)
        }
        return fitting.count == 1 ? fitting.first : nil
    }

    /// The document that stands in a document's place: a chain of corrections has an end.
    func current(_ place: Int) -> Int {
        var place = place
        for _ in 0..<Self.comparedMax {
            guard let next = documents[place].replacement else { break }
            place = next
        }
        return place
    }

    /// Puts corrections into the places of what they correct.
    mutating func replaceCorrected() {
        for place in documents.indices where documents[place].trade.kind == .corrected {
            for preceding in documents[place].trade.preceding {
                let found = document(
                    preceding.number,
                    issued: preceding.issued,
                    party: documents[place].invoice.party
                )
                // An invoice is made before its correction: so no chain comes back.
                guard let found, found != place, !documents[found].isCredit,
                    documents[found].replacement == nil, current(place) != found
                else {
                    note(.precedingNotFound, documents[place].trade.source, preceding.number)
                    continue
                }
                documents[found].replacement = place
                documents[found].isVoid = true
            }
        }
    }

    // MARK: Credit notes

    /// Takes credit notes off the invoices that they name; what names none stays apart.
    mutating func applyCredits() {
        for place in documents.indices where documents[place].isCredit && !documents[place].isVoid {
            let credit = documents[place]
            var left = max(0, credit.trade.payable)
            for preceding in credit.trade.preceding where left > 0 {
                let found = document(
                    preceding.number,
                    issued: preceding.issued,
                    party: credit.invoice.party
                )
                guard let found, !documents[found].isCredit else {
                    note(.precedingNotFound, credit.trade.source, preceding.number)
                    continue
                }
                let invoice = current(found)
                let cents = min(left, documents[invoice].invoice.open)
                guard cents > 0, !documents[invoice].isVoid else { continue }
                documents[invoice].invoice.credited += cents
                documents[invoice].invoice.open -= cents
                left -= cents
                index(invoice)
            }
            let date = credit.trade.issued
            keep(left, of: credit.invoice.party, date, isPayment: false, credit.trade.source)
        }
    }

    /// Keeps what belongs to no invoice.
    mutating func keep(
        _ cents: Int64,
        of party: Int32,
        _ date: CalendarDate,
        isPayment: Bool,
        _ source: PaperReference
    ) {
        guard cents > 0 else { return }
        if isPayment {
            leftByAmount[PartyAmount(party: party, cents: cents), default: []]
                .append(unallocated.count)
        }
        unallocated.append(
            UnallocatedCredit(
                party: party,
                date: date,
                cents: cents,
                isPayment: isPayment,
                source: source
            )
        )
    }

    /// Notes what is open of an invoice now.
    mutating func index(_ place: Int) {
        let invoice = documents[place].invoice
        guard invoice.open > 0 else { return }
        let key = PartyAmount(party: invoice.party, cents: invoice.open)
        openByAmount[key, default: []].append(place)
    }

    /// Pays a part of what is open.
    mutating func give(_ place: Int, _ cents: Int64, _ date: CalendarDate) {
        guard cents > 0 else { return }
        let payment = documents[place].invoice.payments.count
        documents[place].invoice.payments.append(InvoicePayment(date: date, cents: cents))
        documents[place].invoice.open -= cents
        let key = PartyAmount(party: documents[place].invoice.party, cents: cents)
        paidByAmount[key, default: []].append((place, payment))
        index(place)
    }

    // MARK: Accounts

    /// Notes whose account it is.
    mutating func learn(_ account: String, _ party: Int32) {
        guard !account.isEmpty else { return }
        let known = accounts[account] ?? party
        accounts[account] = known == party ? party : -1
    }

    /// The party of an account, if it is known and that of one only.
    func party(ofAccount account: String) -> Int32? {
        guard !account.isEmpty else { return nil }
        if let known = accounts[account] { return known >= 0 ? known : nil }
        return papers.accounts[account].flatMap { partyNumbers[TradeParty(siren: $0)] }
    }

    /// The name of a party in capitals.
    func name(of party: Int32) -> String { parties[Int(party)].name.uppercased() }

    // MARK: The end

    var voidCount: Int { documents.count { $0.isVoid } }

    /// Where the first open invoice stands.
    var firstOpen: PaperReference? {
        documents.first { !$0.isCredit && !$0.isVoid && $0.invoice.open > 0 }?.trade.source
    }

    func finished() -> MatchedLedger {
        var ledger = MatchedLedger()
        ledger.parties = parties
        for document in documents where !document.isCredit && !document.isVoid {
            var invoice = document.invoice
            invoice.payments.sort { $0.date < $1.date }
            ledger.invoices.append(invoice)
        }
        ledger.unallocated = unallocated.filter { $0.cents > 0 }
        return ledger
    }
}

extension Int64 {
    /// The magnitude of an amount that is not the least number.
    var magnitudeOfCents: Int64 { self == .min ? .max : abs(self) }
}
