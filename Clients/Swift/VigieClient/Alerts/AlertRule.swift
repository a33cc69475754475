// SPDX-License-Identifier: Apache-2.0

// Rules by which a server watches portfolios, as plain values.

internal import VigieProtos

/// A rule by which a portfolio is watched. What is not said holds as is usual for its kind.
public struct AlertRule: Sendable, Hashable {
    /// Its name, which no other rule of the portfolio has.
    public var name: String
    /// What it watches, such as `SCORE_DROP`, `THRESHOLD` or `LIMIT_EXCEEDED`.
    public var kind: String
    /// From which value on an alert is raised.
    public var raise: Double?
    /// At which value it is cleared; `nil` for the one that raises.
    public var clear: Double?
    /// Runs in a row that have to pass the edge.
    public var confirmRuns: Int?
    /// Days for which an alert stays after the value has passed back.
    public var keepForDays: Int?
    /// Runs without a value after which that is told; 0 for never.
    public var noDataRuns: Int?
    /// Days over which a change is looked for.
    public var windowDays: Int?
    /// What is looked at, of `THRESHOLD` and `CONCENTRATION`.
    public var quantity: String?
    /// On which side, of `CLASS_CHANGE` and `THRESHOLD`.
    public var direction: String?
    /// Which signal of payments, of `PAYMENT_SIGNAL`.
    public var signal: String?
    /// Which events of courts and registers, of `LEGAL_EVENT`.
    public var events: [String] = []
    /// Which version it is, from 1; what the server says.
    public internal(set) var version = 0
    /// Who wrote it; empty where the server does not tell callers apart.
    public internal(set) var changedBy = ""
    /// What the kind is called.
    public internal(set) var title = ""

    /// Makes a rule in which nothing is said but its name and kind.
    public init(_ name: String, kind: String) { (self.name, self.kind) = (name, kind) }
}

extension AlertRule {
    init(_ message: Vigie_V1_AlertRule) {
        self.init(message.name, kind: message.kind)
        raise = message.hasRaise ? message.raise : nil
        clear = message.hasClear ? message.clear : nil
        confirmRuns = message.hasConfirmRuns ? Int(message.confirmRuns) : nil
        keepForDays = message.hasKeepForDays ? Int(message.keepForDays) : nil
        noDataRuns = message.hasNoDataRuns ? Int(message.noDataRuns) : nil
        windowDays = message.hasWindowDays ? Int(message.windowDays) : nil
        quantity = message.hasQuantity ? message.quantity : nil
        direction = message.hasDirection ? message.direction : nil
        signal = message.hasSignal ? message.signal : nil
        events = message.events
        (version, changedBy) = (Int(message.version), message.changedBy)
        title = message.title
    }
}

extension Vigie_V1_AlertRule {
    init(_ rule: AlertRule) {
        self.init()
        (name, kind, events) = (rule.name, rule.kind, rule.events)
        if let value = rule.raise { raise = value }
        if let value = rule.clear { clear = value }
        if let value = rule.confirmRuns { confirmRuns = Int32(clamping: value) }
        if let value = rule.keepForDays { keepForDays = Int32(clamping: value) }
        if let value = rule.noDataRuns { noDataRuns = Int32(clamping: value) }
        if let value = rule.windowDays { windowDays = Int32(clamping: value) }
        if let value = rule.quantity { quantity = value }
        if let value = rule.direction { direction = value }
        if let value = rule.signal { signal = value }
    }
}
