// SPDX-License-Identifier: Apache-2.0

// What every score carries about the model that gave it.

/// The model that gave a score, and how the score is to be read.
public struct ModelIdentity: Sendable, Hashable {
    /// Name of the model.
    public let name: String
    /// Version of the model.
    public let version: String
    /// SHA-256 of the model's bundle, in lower-case hexadecimal.
    public let contentHash: String
    /// Identifier of the event whose probability is given, such as `bankruptcy_filing`.
    public let event: String
    /// Time within which the event is expected, in months.
    public let horizonMonths: Int
    /// Identifier of the score's scale.
    public let scoreScale: String
    /// Whether a high score means a safe company.
    public let highScoreIsSafe: Bool
    /// The date for which the companies are assessed, as `YYYY-MM-DD`.
    public let asOfDate: String
    /// What every row starts from, in calibrated log-odds: this plus all contributions of a row is
    /// its calibrated log-odds. `nil` unless reasons were asked for.
    public let baseLogOdds: Double?

    /// Makes one, for tests and for what stands in for a client.
    ///
    /// - Parameters:
    ///   - name: Name of the model.
    ///   - version: Version of the model.
    ///   - contentHash: SHA-256 of the model's bundle, in lower-case hexadecimal.
    ///   - event: Identifier of the event whose probability is given, such as `bankruptcy_filing`.
    ///   - horizonMonths: Time within which the event is expected, in months.
    ///   - scoreScale: Identifier of the score's scale.
    ///   - highScoreIsSafe: Whether a high score means a safe company.
    ///   - asOfDate: The date for which the companies are assessed, as `YYYY-MM-DD`.
    ///   - baseLogOdds: What every row starts from, in calibrated log-odds: this plus all
    ///     contributions of a row is its calibrated log-odds. `nil` unless reasons were asked for.
    public init(
        name: String,
        version: String = "1.0.0",
        contentHash: String = "",
        event: String = "",
        horizonMonths: Int = 12,
        scoreScale: String = "",
        highScoreIsSafe: Bool = true,
        asOfDate: String = "",
        baseLogOdds: Double? = nil
    ) {
        self.name = name
        self.version = version
        self.contentHash = contentHash
        self.event = event
        self.horizonMonths = horizonMonths
        self.scoreScale = scoreScale
        self.highScoreIsSafe = highScoreIsSafe
        self.asOfDate = asOfDate
        self.baseLogOdds = baseLogOdds
    }
}
