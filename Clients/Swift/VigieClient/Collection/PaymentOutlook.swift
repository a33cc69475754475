// SPDX-License-Identifier: Apache-2.0

// How customers stand, when they pay and what is to be declared, as plain values.

internal import ProtobufCoding
internal import VigieProtos

/// How a customer is worked on.
public struct CollectionTerms: Sendable, Hashable {
    /// Its segment, by which its scenario is found; empty for none.
    public var segment: String
    /// What insurers and guarantors would pay, in cents.
    public var coverCents: Int64
    /// The last day of that cover, as YYYY-MM-DD; empty for one without an end.
    public var coverUntil: String
    /// The language of its letters; `nil` for that of whoever writes them.
    public var language: CollectionLanguage?

    /// Takes what holds; what is left out does not.
    public init(
        segment: String = "",
        coverCents: Int64 = 0,
        coverUntil: String = "",
        language: CollectionLanguage? = nil
    ) {
        (self.segment, self.coverCents) = (segment, coverCents)
        (self.coverUntil, self.language) = (coverUntil, language)
    }

    var message: Vigie_V1_CollectionTerms {
        .with {
            $0.segment = segment
            $0.coverCents = coverCents
            $0.coverUntilDate = coverUntil
            if let language { $0.language = language.message }
        }
    }
}

/// An open invoice, and why it is on a letter or is not.
public struct InvoiceStanding: Sendable, Hashable {
    /// Its number.
    public let reference: String
    /// When it is due, as YYYY-MM-DD; empty where that is lost.
    public let due: String
    /// What of it is open, in cents.
    public let openCents: Int64
    /// Its currency.
    public let currency: String
    /// By how many days it is late; negative before its day.
    public let daysLate: Int
    /// Its own level; 0 for none.
    public let level: Int
    /// Why.
    public let reasons: [CollectionReason]
}

/// How a customer stands.
public struct CustomerStanding: Sendable, Hashable {
    /// The customer.
    public let customer: WorklistCustomer
    /// Its open invoices.
    public let invoices: [InvoiceStanding]
    /// What was written down, as "YYYY-MM-DD person: text".
    public let notes: [String]
    /// How it is worked on, where somebody said so.
    public let terms: CollectionTerms?
}

/// When an invoice will be paid.
public struct InvoicePaymentForecast: Sendable, Hashable {
    /// Who owes it.
    public let company: CompanyIdentifier?
    /// Its number.
    public let reference: String
    /// What of it is open, in cents.
    public let openCents: Int64
    /// The probabilities that it is paid more than 0, 30, 60 and 90 days late, or never.
    public let lateOver: [Double]
    /// The day by which it is paid as likely as not, as YYYY-MM-DD; empty where nobody can say.
    public let expected: String
    /// The first day of the band of 80 %; empty where it has none.
    public let earliest: String
    /// The last day of it; empty where it has none.
    public let latest: String
    /// Whether a trained model made these figures; else the customer's own history did.
    public let isTrained: Bool
}

/// What comes in a week, in cents.
public struct CashWeek: Sendable, Hashable {
    /// Its first day, as YYYY-MM-DD.
    public let from: String
    /// Its last day.
    public let through: String
    /// What is expected.
    public let expectedCents: Double
    /// The lower end of the band of 80 %.
    public let lowCents: Double
    /// The upper end of it.
    public let highCents: Double
}

/// When the customers of a portfolio pay.
public struct PaymentOutlook: Sendable, Hashable {
    /// The weeks.
    public let weeks: [CashWeek]
    /// What is expected after them, or never, in cents.
    public let laterCents: Double
    /// What is open of invoices of which nothing is said, in cents.
    public let notForecastCents: Int64
    /// The invoices, those with the most open first.
    public let invoices: [InvoicePaymentForecast]
    /// How many there are, with those that are not told.
    public let invoiceCount: Int
    /// The model that made the figures of invoices, as name@version; empty where none was.
    public let model: String
    /// The last day of the ledger that it was trained on; empty where none was.
    public let trainedUntil: String
}

/// What has to be declared of a customer.
public struct ClaimDeclaration: Sendable, Hashable {
    /// The customer.
    public let company: CompanyIdentifier?
    /// Its name.
    public let name: String
    /// The day of the opening judgment, as YYYY-MM-DD.
    public let opened: String
    /// The last day to declare; empty where nobody knows.
    public let deadline: String
    /// What is declared, in cents.
    public let totalCents: Int64
    /// The declaration as a text.
    public let text: String
}

extension InvoiceStanding {
    init(_ message: Vigie_V1_InvoiceStanding) {
        (reference, due) = (message.reference, message.dueDate)
        (openCents, currency) = (message.openCents, message.currency)
        (daysLate, level) = (Int(message.daysLate), Int(message.level))
        reasons = message.reasons.map(CollectionReason.init)
    }
}

extension InvoicePaymentForecast {
    init(_ message: Vigie_V1_InvoiceForecast) {
        company = CompanyIdentifier(message.company)
        (reference, openCents) = (message.reference, message.openCents)
        lateOver = [
            message.lateOver0, message.lateOver30, message.lateOver60, message.lateOver90,
        ]
        (expected, earliest) = (message.expectedDate, message.earliestDate)
        (latest, isTrained) = (message.latestDate, message.method == .trained)
    }
}

extension CashWeek {
    init(_ message: Vigie_V1_CashWeek) {
        (from, through) = (message.fromDate, message.throughDate)
        (expectedCents, lowCents) = (message.expectedCents, message.lowCents)
        highCents = message.highCents
    }
}

extension ClaimDeclaration {
    init(_ message: Vigie_V1_ClaimDeclaration) {
        company = CompanyIdentifier(message.company)
        (name, opened, deadline) = (message.name, message.openedDate, message.deadlineDate)
        (totalCents, text) = (message.totalCents, message.text)
    }
}

extension CollectionTerms {
    init(_ message: Vigie_V1_CollectionTerms) {
        self.init(
            segment: message.segment,
            coverCents: message.coverCents,
            coverUntil: message.coverUntilDate,
            language: message.language == .unspecified
                ? nil : message.language == .english ? .english : .french
        )
    }
}
