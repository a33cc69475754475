// SPDX-License-Identifier: Apache-2.0

// Worklists, letters and claims as messages, and what people do out of them.

internal import Collection
internal import CreditFacts
internal import PortfolioApplication
internal import PortfolioStore
internal import Portfolios
internal import ProtobufCoding
internal import Quantities
internal import ServiceErrors
internal import VigieProtos

extension Vigie_V1_CollectionLanguage {
    /// The language.
    var letters: LetterLanguage {
        get throws(ServiceError) {
            switch self {
            case .unspecified, .french: return .french
            case .english: return .english
            case .UNRECOGNIZED(let number): throw .noSuchValue("language", number)
            }
        }
    }
}

extension Vigie_V1_CollectionReason {
    /// Why something is as it is.
    init(_ reason: CollectionReason, _ language: LetterLanguage) {
        self = .with {
            $0.code = reason.code
            $0.text = reason.text(in: language)
        }
    }
}

extension Vigie_V1_WorklistEntry {
    /// A customer of a worklist.
    init(_ entry: WorklistEntry, _ found: PortfolioReview, _ language: LetterLanguage) {
        let (review, line) = (found.review, found.members[entry.customer].line)
        let owed = review.sums[entry.customer]
        self = .with {
            $0.company = .init(line.identity)
            $0.name = review.book.customers[entry.customer].name
            $0.level = Int32(entry.level)
            $0.levelOfDays = Int32(entry.levelOfDays)
            $0.amountDueCents = entry.amountDue
            $0.valueAtRiskCents = entry.valueAtRisk
            $0.probability = entry.probability
            $0.probabilityIsAssumed = entry.isProbabilityAssumed
            $0.openCents = owed.open
            $0.disputedCents = owed.disputed
            $0.promisedCents = owed.promised
            $0.frozenCents = owed.frozen
            $0.oldestDays = owed.oldestDays
            $0.action = .init(entry.reason(currency: review.book.currency), language)
            $0.reasons = review.explanation(of: entry).map { .init($0, language) }
            $0.hasOtherCurrency = owed.hasUnknownRate
        }
    }
}

extension Vigie_V1_InvoiceStanding {
    /// How an invoice stands.
    init(_ place: Int, _ found: PortfolioReview, _ language: LetterLanguage) {
        let review = found.review
        let (invoice, standing) = (review.book.invoices[place], review.standings[place])
        self = .with {
            $0.reference = invoice.reference
            $0.issuedDate = invoice.issued?.description ?? ""
            $0.dueDate = invoice.due?.description ?? ""
            $0.amountCents = invoice.cents
            $0.openCents = standing.open
            $0.currency = (invoice.currency ?? review.book.currency).code
            $0.daysLate = standing.daysLate
            $0.level = Int32(standing.level)
            $0.reasons = review.explanation(ofInvoice: place).map { .init($0, language) }
        }
    }
}

extension Vigie_V1_DunningLetter {
    /// A letter to a company of a portfolio; nil for one that is not in it any more.
    init(_ letter: KeptLetter, _ line: PortfolioLine?) {
        self = .with {
            if let line {
                $0.company = .init(line.identity)
                $0.name = line.name
            }
            $0.key = letter.key
            $0.level = Int32(letter.level)
            $0.channel = letter.channel
            $0.totalCents = Int64(letter.totalCents)
            $0.currency = letter.currency
            $0.subject = letter.subject
            $0.text = letter.body
        }
    }
}

extension Vigie_V1_DunningRun {
    /// A run of letters.
    init(_ run: DunningRun) {
        self = .with {
            $0.run = Int64(run.number)
            $0.asOfDate = run.day.description
            $0.doneAtMicroseconds = Int64(run.doneAtMicroseconds)
            $0.doneBy = run.doneBy
            $0.letterCount = Int64(run.letterCount)
            $0.scenarios = Int64(run.scenarios)
        }
    }
}

extension Vigie_V1_ClaimDeclaration {
    /// What has to be declared of a customer.
    init(
        _ declaration: ClaimDeclaration,
        _ found: PortfolioReview,
        _ sender: String,
        _ language: LetterLanguage
    ) {
        let customer = found.review.book.customers[declaration.customer]
        self = .with {
            $0.company = .init(found.members[declaration.customer].line.identity)
            $0.name = customer.name
            $0.openedDate = declaration.proceedings.frozenBefore.description
            $0.deadlineDate = declaration.deadline?.description ?? ""
            $0.totalCents = declaration.totals.first?.total ?? 0
            $0.text = declaration.text(for: customer, from: sender, in: language)
        }
    }
}

extension Vigie_V1_CollectionTerms {
    /// How a customer is worked on.
    init(_ terms: CollectionTerms) {
        self = .with {
            $0.segment = terms.segment
            $0.coverCents = terms.coverCents
            $0.coverUntilDate = terms.coverUntil?.description ?? ""
            switch terms.language {
            case .french?: $0.language = .french
            case .english?: $0.language = .english
            case nil: break
            }
        }
    }
}

extension Vigie_V1_RecordCollectionRequest {
    /// What is done.
    func collectionAction() throws(ServiceError) -> CollectionAction {
        func invoice(_ number: String) -> String? { number.isEmpty ? nil : number }
        switch action {
        case .promise(let promise)?:
            return .promise(
                invoice: invoice(promise.invoice),
                date: try Self.day(promise.date, "promise.date"),
                cents: promise.hasAmountCents ? promise.amountCents : nil
            )
        case .disputeInvoice(let number)?: return .dispute(invoice: number)
        case .settleInvoice(let number)?: return .settle(invoice: number)
        case .hold(let hold)?:
            let until = hold.untilDate
            return .hold(
                invoice: invoice(hold.invoice),
                until: until.isEmpty ? nil : try Self.day(until, "hold.until_date")
            )
        case .setLevel(let level)?:
            return .setLevel(invoice: invoice(level.invoice), Int(level.level))
        case .releaseInvoice(let number)?: return .release(invoice: invoice(number))
        case .setTerms(let terms)?: return .setTerms(try Self.terms(terms))
        case nil: return .note
        }
    }

    private static func terms(
        _ message: Vigie_V1_CollectionTerms
    ) throws(ServiceError) -> CollectionTerms {
        let until = message.coverUntilDate
        return CollectionTerms(
            segment: message.segment,
            coverCents: message.coverCents,
            coverUntil: until.isEmpty ? nil : try day(until, "set_terms.cover_until_date"),
            language: message.language == .unspecified ? nil : try message.language.letters
        )
    }

    private static func day(_ text: String, _ field: String) throws(ServiceError) -> CalendarDate {
        if let day = CalendarDate(text) { return day }
        throw .invalid(
            field,
            "INVALID_DATE",
            "\(field) \"\(text.shownInMessages)\" is no date; write YYYY-MM-DD."
        )
    }
}
