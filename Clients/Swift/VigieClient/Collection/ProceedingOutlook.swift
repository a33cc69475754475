// SPDX-License-Identifier: Apache-2.0

// How a customer's proceedings are likely to go on.

internal import ProtobufCoding
internal import VigieProtos

/// What is likely by some months from the day that is looked at. The five probabilities make one.
public struct ProceedingProspect: Sendable, Hashable {
    /// So many months on.
    public let months: Int
    /// The probability that none of the outcomes has come.
    public let stillOpen: Double
    /// That the adoption of a plan came first.
    public let plan: Double
    /// That a conversion into a liquidation did.
    public let conversion: Double
    /// That a sale of the business did.
    public let cession: Double
    /// That they were closed first.
    public let closure: Double
}

/// Why nothing is told of proceedings.
public enum ProceedingGap: Sendable, Hashable {
    /// The server has no model that was fitted on real proceedings.
    case noModel
    /// The company is in no proceedings on that day.
    case noProceedings
    /// They have had their outcome: a plan is carried out.
    case plan
    /// They have lasted longer than the model knows of.
    case beyondModel
    /// Another reason, which this release does not know.
    case other
}

/// How proceedings go on.
public struct ProceedingOutlook: Sendable, Hashable {
    /// By 6, 12, 24 and 36 months, as far as the model knows.
    public let prospects: [ProceedingProspect]
    /// Why there are none; `nil` where there are.
    public let gap: ProceedingGap?
    /// Since when the company is in these proceedings, as YYYY-MM-DD; empty where it is not.
    public let since: String
    /// The model, as name@version; empty without one.
    public let model: String
    /// SHA-256 of its file, in hexadecimal.
    public let modelHash: String
    /// The last day of what it was fitted on, as YYYY-MM-DD.
    public let trainedUntil: String
    /// On how many proceedings it was fitted.
    public let proceedingCount: Int
    /// Features of the company (kind, size, age, sector) of whose class the model has no figure;
    /// it counts as an average one.
    public let unknownFeatures: [String]
}

extension ScoringClient {
    /// Tells how a customer's proceedings are likely to go on, by a model that was fitted on real
    /// ones. Where the server has none, or none that fits, there is a gap and no figure.
    ///
    /// - Parameters:
    ///   - company: The customer.
    ///   - portfolio: The name of the portfolio.
    ///   - asOf: The day, as YYYY-MM-DD; empty for today in UTC.
    ///   - headcount: People that it employs; `nil` where nobody knows.
    ///   - founded: When it was founded, as YYYY-MM-DD; empty where nobody knows.
    ///   - activity: Its activity in the French nomenclature, such as 43.21A; empty where nobody
    ///     knows.
    ///   - options: Deadline and headers.
    /// - Returns: How they are likely to go on.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func forecastProceedings(
        of company: CompanyIdentifier,
        in portfolio: String,
        asOf: String = "",
        headcount: Int? = nil,
        founded: String = "",
        activity: String = "",
        options: CallOptions = .default
    ) async throws -> ProceedingOutlook {
        let response: Vigie_V1_ForecastProceedingsResponse = try await collectionCall(
            "ForecastProceedings",
            Vigie_V1_ForecastProceedingsRequest.with {
                $0.portfolio = portfolio
                $0.company = .init(company)
                $0.asOfDate = asOf
                if let headcount { $0.headcount = Int32(clamping: headcount) }
                $0.foundedDate = founded
                $0.activity = activity
            },
            options
        )
        return ProceedingOutlook(
            prospects: response.prospects.map(ProceedingProspect.init),
            gap: ProceedingGap(response.gap),
            since: response.sinceDate,
            model: response.model,
            modelHash: response.modelHash,
            trainedUntil: response.trainedUntilDate,
            proceedingCount: Int(clamping: response.proceedingCount),
            unknownFeatures: response.unknownFeatures
        )
    }
}

extension ProceedingProspect {
    init(_ message: Vigie_V1_ProceedingProspect) {
        months = Int(message.months)
        (stillOpen, plan, conversion) = (message.stillOpen, message.plan, message.conversion)
        (cession, closure) = (message.cession, message.closure)
    }
}

extension ProceedingGap {
    init?(_ message: Vigie_V1_ProspectGap) {
        switch message {
        case .unspecified: return nil
        case .noModel: self = .noModel
        case .noProceedings: self = .noProceedings
        case .plan: self = .plan
        case .beyondModel: self = .beyondModel
        case .UNRECOGNIZED: self = .other
        }
    }
}
