// SPDX-License-Identifier: Apache-2.0

// How companies are assessed.

/// Parts of assessments that one may do without.
public struct AssessmentParts: OptionSet, Sendable, Hashable {
    /// The set as bits.
    public let rawValue: UInt32

    /// Makes a set from bits.
    ///
    /// - Parameter rawValue: The bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Ratios and balances of the last statement.
    public static let ratios = AssessmentParts(rawValue: 1 << 1)
    /// What published models say.
    public static let publishedModels = AssessmentParts(rawValue: 1 << 2)
    /// What was noticed in statements.
    public static let findings = AssessmentParts(rawValue: 1 << 3)
    /// How the company pays and is paid.
    public static let payments = AssessmentParts(rawValue: 1 << 4)
    /// The statements that were used.
    public static let statements = AssessmentParts(rawValue: 1 << 5)
    /// What values behind reasons are held against.
    public static let references = AssessmentParts(rawValue: 1 << 7)
    /// All of them.
    public static let all: AssessmentParts = [
        .ratios, .publishedModels, .findings, .payments, .statements, .references,
    ]
}

/// What is asked of companies beside their assessments.
public struct AssessmentQuestions: Sendable, Hashable {
    /// Models of other horizons that are asked, too: their names, or `name@version`.
    public var horizonModels: [String] = []
    /// Whether what goes into published models is told.
    public var tellsModelInputs = false
    /// Whether it is told how the main figures went over the years.
    public var tellsTrends = false
    /// Quartiles of ratios by group: a CSV table with the columns ratio, segment, q1, median and
    /// q3, and year where the data have one.
    public var quartiles: [UInt8] = []
    /// Changes of facts, one after the other, as people say them: `"equity=+200k"`, `"late=0"`,
    /// `"FW=-10%"`. Each company is assessed once more with them.
    public var changes: [String] = []
    /// The class that the smallest change of each driver is looked for to reach. Only of companies
    /// that are assessed one by one.
    public var reachClass: Int?

    /// Asks for nothing.
    public init() {}
}

/// What applies to all companies of a call.
public struct AssessmentOptions: Sendable, Hashable {
    /// The model that scores statements: its name, or `name@version`. `nil` means the default one.
    public var model: String?
    /// The model for statements of which many items are missing. `nil` leaves the choice to the
    /// server; the name of the model itself means none.
    public var card: String?
    /// The day for which companies are assessed; `nil` means today in UTC. Nothing that was made
    /// known later is used.
    public var asOf: Day?
    /// Reasons of each company, the strongest first.
    public var reasonCount = 5
    /// Whether notices that were taken back after that day never stood.
    public var knowsLaterCorrections = false
    /// The parts that are wanted.
    public var parts = AssessmentParts.all
    /// What is asked of each company beside its assessment.
    public var questions = AssessmentQuestions()
    /// Time within which the call must be answered. `nil` means the client's own.
    public var timeout: Duration?
    /// Headers to send with the call.
    public var metadata = CallMetadata()

    /// The server's choices, five reasons, all parts.
    public static let `default` = AssessmentOptions()

    /// Makes options of the server's choices.
    ///
    /// - Parameters:
    ///   - asOf: The day for which companies are assessed; `nil` means today in UTC.
    ///   - reasonCount: Reasons of each company.
    public init(asOf: Day? = nil, reasonCount: Int = 5) {
        self.asOf = asOf
        self.reasonCount = reasonCount
    }
}
