// SPDX-License-Identifier: Apache-2.0

// How proceedings go on, as messages.

internal import Collection
internal import LegalHistory
internal import ProceedingSurvival
internal import ProtobufCoding
internal import Quantities
internal import ServiceErrors
internal import VigieProtos

extension Vigie_V1_ForecastProceedingsRequest {
    /// The company, as a model looks at it; nil where its proceedings have had their outcome.
    func subject(of open: OpenProceedings) throws(ServiceError) -> ProceedingCase? {
        let kind: ProceedingCase.Kind
        switch open.state {
        case .sauvegardeObservation: kind = .safeguard
        case .reorganisationObservation: kind = .reorganisation
        case .liquidation: kind = .liquidation
        default: return nil
        }
        var subject = ProceedingCase(kind, since: open.since ?? open.frozenBefore)
        if hasHeadcount { subject.headcount = Int(headcount) }
        if !activity.isEmpty { subject.activity = activity }
        guard !foundedDate.isEmpty else { return subject }
        guard let day = CalendarDate(foundedDate) else {
            throw .invalid(
                "founded_date",
                "INVALID_DATE",
                "founded_date \"\(foundedDate.shownInMessages)\" is no date; write YYYY-MM-DD."
            )
        }
        subject.founded = day
        return subject
    }
}

extension Vigie_V1_ForecastProceedingsResponse {
    /// What a model says of proceedings, or why it says nothing.
    init(
        _ open: OpenProceedings?,
        _ subject: ProceedingCase?,
        on day: CalendarDate,
        by model: SurvivalModel?
    ) {
        self = .with {
            if let open { $0.sinceDate = (open.since ?? open.frozenBefore).description }
            guard let model else {
                $0.gap = .noModel
                return
            }
            $0.model = model.identifier
            $0.modelHash = model.contentHash
            $0.trainedUntilDate = model.trainedUntil.description
            $0.proceedingCount = Int64(model.proceedingCount)
            guard open != nil else {
                $0.gap = .noProceedings
                return
            }
            guard let subject else {
                $0.gap = .plan
                return
            }
            $0.unknownFeatures = model.unknownClasses(of: subject)
            $0.prospects = model.prospects(of: subject, on: day).map(
                Vigie_V1_ProceedingProspect.init
            )
            if $0.prospects.isEmpty { $0.gap = .beyondModel }
        }
    }
}

extension Vigie_V1_ProceedingProspect {
    /// What is likely by a number of months.
    init(_ prospect: ProceedingProspect) {
        self = .with {
            $0.months = Int32(prospect.months)
            $0.stillOpen = prospect.open
            for (outcome, part) in zip(ProceedingOutcome.allCases, prospect.outcomes) {
                switch outcome {
                case .plan: $0.plan = part
                case .conversion: $0.conversion = part
                case .cession: $0.cession = part
                case .closure: $0.closure = part
                }
            }
        }
    }
}
