// SPDX-License-Identifier: Apache-2.0

// Companies to score and decide on in bulk, as rows, and what is asked about all of them.

/// A table of companies to score and decide on, one row for each: what the model takes, and what
/// the policy takes beside the score.
///
/// The columns of ``facts`` have the names of the policy's inputs. Numbers, days
/// (``Day/daysSince1970``) and truth values (1 and 0) are columns of numbers; texts are columns of
/// texts, and so are `stage` and `subject` where they differ from row to row: `"order"`,
/// `"natural_person"`. What is not known is `nil` or NaN.
///
/// ```swift
/// var items = FeatureTable(columns: ["net_sales", "net_income", "total_assets"])
/// var facts = FeatureTable(columns: ["amount", "equity"], textColumns: ["sector", "stage"])
/// try items.append(row: [4_850_000, 120_000, 3_100_000])
/// try facts.append(row: [25_000, 900_000], texts: ["transport", "order"])
/// let table = try DecisionTable(items: items, facts: facts)
/// ```
public struct DecisionTable: Sendable {
    /// What the model takes of each.
    public let items: FeatureTable
    /// What the policy takes of each beside the score.
    public let facts: FeatureTable

    /// Puts both together.
    ///
    /// - Parameters:
    ///   - items: What the model takes of each.
    ///   - facts: What the policy takes of each beside the score, in the same order.
    /// - Throws: ``VigieError`` when they are not of as many rows.
    public init(items: FeatureTable, facts: FeatureTable) throws {
        guard items.rowCount == facts.rowCount else {
            throw VigieError.invalidTable(
                "There are \(items.rowCount) rows of items, and \(facts.rowCount) of facts."
            )
        }
        (self.items, self.facts) = (items, facts)
    }

    /// Number of rows.
    public var rowCount: Int { items.rowCount }

    var columns: DecisionTableColumns {
        DecisionTableColumns(items: items.allColumns, facts: facts.allColumns)
    }
}

/// Names of the columns of a table.
struct DecisionTableColumns: Equatable {
    let items: TableColumns
    let facts: TableColumns
}

/// What of decisions on rows is answered.
public struct DecisionColumns: OptionSet, Sendable, Hashable {
    /// The set as bits.
    public let rawValue: UInt32

    /// Makes a set from bits.
    ///
    /// - Parameter rawValue: The bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// What becomes of each.
    public static let outcome = DecisionColumns(rawValue: 1 << 1)
    /// The class of risk.
    public static let riskClass = DecisionColumns(rawValue: 1 << 2)
    /// The limit.
    public static let limit = DecisionColumns(rawValue: 1 << 3)
    /// What of the limit is at our own risk.
    public static let ownLimit = DecisionColumns(rawValue: 1 << 4)
    /// What each needs.
    public static let need = DecisionColumns(rawValue: 1 << 5)
    /// What the limit leaves beside what is owed.
    public static let headroom = DecisionColumns(rawValue: 1 << 6)
    /// What is to be expected to be lost in a year.
    public static let expectedLoss = DecisionColumns(rawValue: 1 << 7)
    /// What a year's business is to be expected to bring.
    public static let opportunity = DecisionColumns(rawValue: 1 << 8)
    /// The part that binds the limit.
    public static let binding = DecisionColumns(rawValue: 1 << 9)
    /// Days from the invoice to the payment.
    public static let termDays = DecisionColumns(rawValue: 1 << 10)
    /// What is done at the stage.
    public static let action = DecisionColumns(rawValue: 1 << 11)
    /// The role that may grant the limit, and whether a second person has to agree.
    public static let role = DecisionColumns(rawValue: 1 << 12)
    /// The last day of the limit.
    public static let validUntil = DecisionColumns(rawValue: 1 << 13)
    /// What is missing.
    public static let missing = DecisionColumns(rawValue: 1 << 14)
    /// What each table answered.
    public static let rules = DecisionColumns(rawValue: 1 << 15)

    /// Outcome, class of risk, limit, days, action and role.
    public static let standard: DecisionColumns = [
        .outcome, .riskClass, .limit, .termDays, .action, .role,
    ]
}

/// What applies to all rows that are scored and decided on.
public struct DecisionTableOptions: Sendable, Hashable {
    /// The policy: its name, or `name@version`. `nil` means the only one that holds
    /// on the day.
    public var policy: String?
    /// The model: its name, or `name@version`. `nil` means the server's default model.
    public var model: String?
    /// The day for which is scored and decided; `nil` means today in UTC.
    public var asOf: Day?
    /// The role of whoever asks, as in ``DecisionOptions/role``.
    public var role: String?
    /// The stage of business, unless `stage` is a column of texts of the facts.
    public var stage = BusinessStage.quote
    /// Whether all rows are persons, unless `subject` is a column of texts of the facts.
    public var isNaturalPerson = false
    /// What is the same of all rows, by the names of the policy's inputs.
    public var facts: [String: DecisionValue] = [:]
    /// What of the decisions is answered.
    public var columns = DecisionColumns.standard
    /// Which scores are answered beside those that the policy takes.
    public var scores: ScoreOutputs = []
    /// Time within which the whole call must be answered. `nil` means any time, as long as answers
    /// come.
    public var timeout: Duration?
    /// Headers to send with the call.
    public var metadata = CallMetadata()

    /// Makes options of the server's choices.
    ///
    /// - Parameters:
    ///   - policy: The policy: its name, or `name@version`.
    ///   - asOf: The day for which is scored and decided; `nil` means today in UTC.
    ///   - role: The role of whoever asks.
    public init(policy: String? = nil, asOf: Day? = nil, role: String? = nil) {
        (self.policy, self.asOf, self.role) = (policy, asOf, role)
    }
}
