// SPDX-License-Identifier: Apache-2.0

// vigie.v1.AlertService: rules and alerts of portfolios. On the threads of PortfolioService; those
// who watch have none of their own.

internal import Alerts
internal import Callers
package import GRPCTransport
internal import PortfolioApplication
internal import Portfolios
internal import ProtobufCoding
internal import Quantities
internal import ServiceErrors
internal import Turns
internal import VigieLimits
internal import VigieProtos

/// Answers AlertService.
package struct AlertService: Sendable {
    private let alerts: AlertUseCases
    private let readers: WorkerPool
    private let writers: WorkerPool
    private let desk: CallDesk
    private let hub: AlertWatchHub
    private let limits: ServiceLimits
    private let bell: BellThread?

    /// Makes the service of a store, on the threads of its portfolios.
    init(_ store: ServerStore, beside portfolios: PortfolioService, _ limits: ServiceLimits) {
        alerts = AlertUseCases(store)
        (readers, writers, self.limits) = (portfolios.readers, portfolios.writers, limits)
        desk = CallDesk(
            readers,
            "watches",
            limits,
            all: ("watchesMax", AlertLimits.watchesMax),
            ofOne: ("connectionWatchesMax", AlertLimits.connectionWatchesMax)
        )
        hub = AlertWatchHub(alerts, readers)
        store.observeWrites { [hub] in hub.wake() }
        bell = BellThread(store, hub)
    }

    /// Starts to hear of what other servers change.
    func start() { bell?.start() }

    /// Ends that.
    func stop() async { await bell?.stop() }

    /// What tells browsers that something happened.
    var live: LiveFeed { LiveFeed(alerts, hub, desk) }

    /// Ends all that watch, and those that come yet: the server stops.
    func endWatches() { hub.end() }

    /// The service as the server tells of it.
    package var description: ServiceDescription {
        ServiceDescription(
            "vigie.v1.AlertService",
            methods: [
                method("PutRule", writers, put), method("PutStandardRules", writers, putStandard),
                method("ListRules", readers, list), method("DeleteRule", writers, delete),
                tryRule, method("ListAlerts", readers, alerts),
                method("ActOnAlerts", writers, act), method("ExplainAlert", readers, explain),
                MethodDescription(
                    "WatchAlerts",
                    requests: .one,
                    messageLimit: limits.controlMessage
                ) { [alerts, desk, hub, limits] _ in
                    AlertWatch(alerts, desk, hub, limits)
                },
            ]
        )
    }

    private func method<Request: ProtobufMessage, Response: ProtobufWritable>(
        _ name: String,
        _ workers: WorkerPool,
        _ answer: @escaping @Sendable (Request, PortfolioViewer) throws(ServiceError) -> Response
    ) -> MethodDescription {
        .message(
            name,
            messageLimit: limits.controlMessage,
            on: .workers(workers, limits: limits)
        ) { (request: Request, caller: Caller?) throws(ServiceError) in
            try answer(request, caller.viewer)
        }
    }

    // MARK: - Rules

    private func put(
        _ request: Vigie_V1_PutRuleRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_PutRuleResponse {
        let kept = try alerts.put(request.rule.draft, into: request.portfolio, by: viewer)
        return .with { $0.rule = .init(kept) }
    }

    private func putStandard(
        _ request: Vigie_V1_PutStandardRulesRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_PutStandardRulesResponse {
        let inFrench = try AlertLanguage.isFrench(request.language)
        let kept = try alerts.putStandard(
            into: request.portfolio,
            inFrench: inFrench,
            by: viewer
        )
        return .with { $0.rules = kept.map { Vigie_V1_AlertRule($0, inFrench: inFrench) } }
    }

    private func list(
        _ request: Vigie_V1_ListRulesRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_ListRulesResponse {
        let inFrench = try AlertLanguage.isFrench(request.language)
        let rules = try alerts.rules(of: request.portfolio, by: viewer)
        return .with { $0.rules = rules.map { Vigie_V1_AlertRule($0, inFrench: inFrench) } }
    }

    private func delete(
        _ request: Vigie_V1_DeleteRuleRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_DeleteRuleResponse {
        try alerts.deleteRule(request.rule, of: request.portfolio, by: viewer)
        return .init()
    }

    private var tryRule: MethodDescription {
        .work("TryRule", messageLimit: limits.controlMessage, on: readers, limits) {
            [alerts]
            (
                request: Vigie_V1_TryRuleRequest,
                caller: Caller?,
                interest: CallInterest
            ) throws(ServiceError) in
            let inFrench = try AlertLanguage.isFrench(request.language)
            func day(_ text: String, _ field: String) throws(ServiceError) -> CalendarDate? {
                text.isEmpty ? nil : try CalendarDate(message: text, field)
            }
            let (trial, companies) = try alerts.tryRule(
                request.rule.draft,
                on: request.portfolio,
                from: try day(request.fromDay, "from_day"),
                through: try day(request.throughDay, "through_day"),
                by: caller.viewer,
                isWanted: { interest.isThere }
            )
            let response = Vigie_V1_TryRuleResponse(trial, companies, inFrench: inFrench)
            return [response.serializedBytes()]
        }
    }

    // MARK: - Alerts

    private func alerts(
        _ request: Vigie_V1_ListAlertsRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_ListAlertsResponse {
        let found = try alerts.alerts(
            of: request.portfolio,
            try request.state.value(),
            company: request.hasCompany ? try request.company.identity("company") : nil,
            PageRequest(size: Int(request.pageSize), token: request.pageToken),
            by: viewer
        )
        return .with {
            $0.alerts = found.alerts.map { Vigie_V1_Alert($0) }
            $0.nextPageToken = found.nextToken
        }
    }

    private func act(
        _ request: Vigie_V1_ActOnAlertsRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_ActOnAlertsResponse {
        let handled = try alerts.act(
            try request.alertAction(),
            on: request.alerts.map { Int(clamping: $0) },
            of: request.portfolio,
            note: request.note,
            by: viewer
        )
        return .with {
            $0.alerts = handled.done.map { Vigie_V1_Alert($0) }
            $0.refusals = handled.refused.map { number, refusal in
                .with {
                    $0.alert = Int64(number)
                    $0.reason = refusal.reason
                    $0.message = refusal.description
                }
            }
        }
    }

    private func explain(
        _ request: Vigie_V1_ExplainAlertRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_ExplainAlertResponse {
        let inFrench = try AlertLanguage.isFrench(request.language)
        let (explanation, rule, alert) = try alerts.explain(
            request.rule,
            request.hasCompany ? try request.company.identity("company") : nil,
            of: request.portfolio,
            by: viewer
        )
        return .init(explanation, rule, alert, inFrench: inFrench)
    }
}
