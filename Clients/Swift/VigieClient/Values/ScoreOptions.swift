// SPDX-License-Identifier: Apache-2.0

// What to ask of a scoring call: model, outputs, reasons, date and deadline.

/// What to answer for each row of a scoring call.
public struct ScoreOutputs: OptionSet, Sendable, Hashable {
    /// The set as bits.
    public let rawValue: UInt32

    /// Makes a set from bits.
    ///
    /// - Parameter rawValue: The bits.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Probability of the model's event within its horizon, 0 to 1.
    public static let probability = ScoreOutputs(rawValue: 1 << 1)
    /// Score on the model's scale.
    public static let score = ScoreOutputs(rawValue: 1 << 2)
    /// Risk class of the model.
    public static let riskClass = ScoreOutputs(rawValue: 1 << 3)
    /// Share of the model's reference population that is riskier, 0 to 100.
    public static let percentile = ScoreOutputs(rawValue: 1 << 4)
    /// Output of the model before calibration.
    public static let rawScore = ScoreOutputs(rawValue: 1 << 5)

    /// Probability, score, risk class and percentile.
    public static let standard: ScoreOutputs = [.probability, .score, .riskClass, .percentile]
}

/// What applies to all rows of a scoring call.
public struct ScoreOptions: Sendable, Hashable {
    /// When to send rows as the bytes that the model's quantiser makes of them: about a quarter of
    /// their size, for the same scores, bit for bit. Only values that 32 bits hold can be
    /// quantised, and only models that look at nothing but thresholds of their inputs have a
    /// quantiser.
    public enum Quantisation: Sendable, Hashable {
        /// When it can be done and the job is large enough for it to pay: from 65,536 values on,
        /// counted over all blocks of a stream.
        case automatic
        /// Never.
        case never
        /// Whatever the size of the job; it fails when it cannot be done.
        case always
    }

    /// Name of the model, or `name@version`. `nil` means the server's default model.
    public var model: String?

    /// What to answer for each row.
    public var outputs: ScoreOutputs

    /// How many reasons to give for each row: those with the largest contribution, largest first.
    public var reasonCount: Int

    /// The date for which the companies are assessed, as `YYYY-MM-DD`. `nil` means today in UTC.
    public var asOfDate: String?

    /// Time within which the whole call must be answered. `nil` means the client's own: see
    /// ``ScoringClientConfiguration/timeout`` and ``ScoringClientConfiguration/streamIdleTimeout``.
    public var timeout: Duration?

    /// When to send rows as bytes: the results are the same.
    public var quantisation: Quantisation

    /// Headers to send with the call, and with what it asks the server for besides.
    public var metadata: CallMetadata

    /// The default model, the standard outputs, no reasons.
    public static let `default` = ScoreOptions()

    /// Makes options.
    ///
    /// - Parameters:
    ///   - model: Name of the model, or `name@version`; `nil` for the server's default.
    ///   - outputs: What to answer for each row.
    ///   - reasonCount: How many reasons to give for each row.
    ///   - asOfDate: The date of assessment as `YYYY-MM-DD`; `nil` for today.
    ///   - timeout: Time within which the whole call must be answered; `nil` for the client's own.
    ///   - quantisation: When to send rows as bytes.
    ///   - metadata: Headers to send with the call.
    public init(
        model: String? = nil,
        outputs: ScoreOutputs = .standard,
        reasonCount: Int = 0,
        asOfDate: String? = nil,
        timeout: Duration? = nil,
        quantisation: Quantisation = .automatic,
        metadata: CallMetadata = CallMetadata()
    ) {
        self.model = model
        self.outputs = outputs
        self.reasonCount = reasonCount
        self.asOfDate = asOfDate
        self.timeout = timeout
        self.quantisation = quantisation
        self.metadata = metadata
    }
}
