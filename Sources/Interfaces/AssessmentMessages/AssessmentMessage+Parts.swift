// SPDX-License-Identifier: Apache-2.0

// The parts of an assessment as they are on the wire.

internal import Assessment
internal import CreditFacts
internal import LegalHistory
internal import ProtobufCoding
internal import Quantities
internal import StatementAnalysis
internal import VigieProtos

extension AssessmentMessages {
    /// A RiskFigures.
    func figures(_ tag: UInt32, _ figures: RiskFigures, _ writer: inout ProtobufWriter) {
        let start = writer.open(tag)
        writer.double(9, figures.probability)
        writer.uint32(16, figures.score)
        writer.uint32(24, figures.riskClass)
        writer.close(start)
    }

    /// A LegalStanding.
    func legal(_ tag: UInt32, _ assessment: Assessment, _ writer: inout ProtobufWriter) {
        let start = writer.open(tag)
        let state = assessment.legal.state
        writer.enumeration(8, FactNumbers.number(state, FactNumbers.proceedingStates))
        if let since = assessment.legal.since {
            writer.tag(16)
            writer.sint32(since.dayNumber)
        }
        let register = assessment.evidence.register
        writer.enumeration(24, FactNumbers.number(register, FactNumbers.registerStates))
        writer.bool(32, assessment.evidence.needsReview)
        writer.bool(40, assessment.evidence.hasFailed)
        for conflict in assessment.evidence.conflicts {
            writer.message(50, Vigie_V1_LegalConflict(conflict, assessment.evidence))
        }
        if !assessment.legal.events.isEmpty { notices(assessment.legal.events, &writer) }
        writer.close(start)
    }

    private func notices(_ events: [LegalEvent], _ writer: inout ProtobufWriter) {
        for event in events {
            writer.tag(58)
            writer.string(event.notice)
        }
        var start = writer.open(66)
        for event in events {
            writer.enumeration(FactNumbers.number(event.kind, FactNumbers.eventKinds))
        }
        writer.close(start)
        start = writer.open(74)
        for event in events { writer.sint32(event.published.dayNumber) }
        writer.close(start)
        start = writer.open(82)
        for event in events { writer.uint32(UInt32(clamping: event.source.paper)) }
        writer.close(start)
        start = writer.open(90)
        for event in events { writer.uint32(UInt32(clamping: event.source.line)) }
        writer.close(start)
    }

    /// A ReasonColumns of one reason or more.
    func reasons(
        _ tag: UInt32,
        _ reasons: [AssessmentReason],
        _ writer: inout ProtobufWriter
    ) {
        let whole = writer.open(tag)
        var start = writer.open(10)
        for reason in reasons { writer.uint32(UInt32(clamping: reason.featureIndex)) }
        writer.close(start)
        start = writer.open(18)
        for reason in reasons { writer.double(reason.contribution) }
        writer.close(start)
        start = writer.open(26)
        for reason in reasons { writer.uint32(UInt32(clamping: reason.source?.paper ?? 0)) }
        writer.close(start)
        start = writer.open(34)
        for reason in reasons { writer.uint32(UInt32(clamping: reason.source?.line ?? 0)) }
        writer.close(start)
        start = writer.open(42)
        for reason in reasons { writer.sint32(reason.closing?.dayNumber ?? .min) }
        writer.close(start)
        writer.doubles(50, reasons.map(\.value))
        if !omitted.contains(.references) {
            let references = reasons.map(\.reference)
            writer.doubles(58, references.map { $0?.median ?? .nan })
            writer.doubles(66, references.map { $0?.percentBelow ?? .nan })
        }
        writer.close(whole)
    }

    /// A ResultColumns of ratios and balances.
    func ratios(_ tag: UInt32, _ figures: StatementFigures, _ writer: inout ProtobufWriter) {
        let columns = FormulaNumbers.all.columns(figures.formulas).ratios
        let start = writer.open(tag)
        results(columns, figures, &writer) { _, _ in }
        writer.close(start)
    }

    /// The fields of a ResultColumns.
    ///
    /// - Parameter note: Told each value, NaN for none, by its place among the columns.
    private func results(
        _ columns: FormulaNumbers.Columns,
        _ figures: StatementFigures,
        _ writer: inout ProtobufWriter,
        note: (Int, Double) -> Void
    ) {
        let count = columns.places.count
        if count == 0 { return }
        writer.append(columns.field)
        writer.tag(18)
        writer.varint(UInt64(8 * count))
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { reasons in
            for (number, place) in columns.places.enumerated() {
                let (value, lack) = figures.valueOrLack(place)
                writer.double(value)
                reasons[number] = Vigie_V1_NoValueReason.number(lack)
                note(number, value)
            }
            writer.tag(26)
            writer.varint(UInt64(count))
            writer.append(UnsafeRawBufferPointer(reasons))
        }
        if figures.areAsFiled { return }
        let annualised = columns.places.indices.filter {
            figures.isAnnualised(columns.places[$0])
        }
        writer.uint32s(34, annualised.map { UInt32($0) })
        let amounts = columns.places.map { figures.annualAmount($0) ?? .nan }
        if amounts.contains(where: { !$0.isNaN }) { writer.doubles(42, amounts) }
    }

    /// A PublishedModelColumns.
    ///
    /// - Parameter inputs: The models with what goes into them, if that is told.
    func models(
        _ tag: UInt32,
        _ figures: StatementFigures,
        inputs: ModelComparison?,
        _ writer: inout ProtobufWriter
    ) {
        let columns = FormulaNumbers.all.columns(figures.formulas).models
        let models = PublishedModels.of(figures.formulas).models
        let count = models.count
        if count == 0 { return }
        let whole = writer.open(tag)
        withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { probabilities in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { zones in
                var (isDistressed, isSound) = (false, false)
                let start = writer.open(10)
                results(columns, figures, &writer) { number, value in
                    let zone = value.isNaN ? nil : models[number].zone(value)
                    isDistressed = isDistressed || zone == .distress
                    isSound = isSound || zone == .safe
                    zones[number] = UInt8(FactNumbers.number(zone, FactNumbers.zones))
                    probabilities[number] = models[number].probability(value) ?? .nan
                }
                writer.close(start)
                writer.tag(18)
                writer.varint(UInt64(8 * count))
                for probability in probabilities { writer.double(probability) }
                writer.tag(26)
                writer.varint(UInt64(count))
                writer.append(UnsafeRawBufferPointer(zones))
                writer.bool(32, isDistressed && isSound)
            }
        }
        if let inputs {
            let values = inputs.opinions.flatMap { $0.inputs.map { $0.value ?? .nan } }
            writer.doubles(42, values)
            let isSimplified = figures.formulas === StatementFormulas.simplified
            let form = isSimplified ? StatementForm.simplified : .complete
            writer.enumeration(48, FactNumbers.number(form, FactNumbers.forms))
        }
        writer.close(whole)
    }

    /// A UsedStatementColumns.
    func statements(
        _ tag: UInt32,
        _ statements: [FinancialStatement],
        _ writer: inout ProtobufWriter
    ) {
        let whole = writer.open(tag)
        if !statements.isEmpty {
            var start = writer.open(10)
            for statement in statements { writer.sint32(statement.closing.dayNumber) }
            writer.close(start)
            start = writer.open(18)
            for statement in statements { writer.uint32(UInt32(clamping: statement.months)) }
            writer.close(start)
            start = writer.open(26)
            for statement in statements {
                writer.enumeration(FactNumbers.number(statement.form, FactNumbers.forms))
            }
            writer.close(start)
            start = writer.open(34)
            for statement in statements {
                writer.uint32(UInt32(clamping: statement.source.paper))
            }
            writer.close(start)
            start = writer.open(42)
            for statement in statements { writer.uint32(UInt32(clamping: statement.source.line)) }
            writer.close(start)
        }
        writer.close(whole)
    }

    /// A PaymentFigures.
    func payments(_ tag: UInt32, _ figures: PaymentEvidence, _ writer: inout ProtobufWriter) {
        let start = writer.open(tag)
        writer.uint32(8, UInt32(clamping: figures.payments))
        writer.optional(17, figures.index)
        writer.optional(25, figures.daysBeyondTerms)
        writer.optional(33, figures.daysTrend)
        writer.optional(41, figures.shareLateOver30)
        writer.optional(49, figures.shareLateOver90)
        writer.uint32(56, UInt32(clamping: figures.brokenPromises))
        writer.uint32(64, UInt32(clamping: figures.returnedPayments))
        writer.sint64(72, figures.open)
        writer.sint64(80, figures.pastDue)
        writer.sint64(88, figures.disputed)
        writer.sint64(96, figures.credits)
        writer.sint64s(106, figures.openByAge)
        writer.bool(112, figures.hasLegalTermsOnly)
        writer.close(start)
    }
}

extension ProtobufWriter {
    /// A field of the type optional double.
    mutating func optional(_ tag: UInt32, _ value: Double?) {
        guard let value else { return }
        self.tag(tag)
        double(value)
    }
}

extension Vigie_V1_LegalConflict {
    init(_ conflict: LegalEvidence.Conflict, _ evidence: LegalEvidence) {
        self.init()
        if let place = evidence.strikeOff?.source { struckOffPlace = .init(place) }
        if let place = evidence.directory?.source { activePlace = .init(place) }
        switch conflict {
        case .struckOffYetActive(let struckOff, let since):
            kind = .struckOffYetActive
            struckOffDay = struckOff.dayNumber
            if let since { activeSinceDay = since.dayNumber }
        case .activeAgain(let struckOff, let since):
            kind = .activeAgain
            struckOffDay = struckOff.dayNumber
            activeSinceDay = since.dayNumber
        }
    }
}

extension Vigie_V1_PaperPlace {
    init(_ place: PaperReference) {
        self.init()
        paper = UInt32(clamping: place.paper)
        paperLine = UInt32(clamping: place.line)
    }
}

extension Vigie_V1_NoValueReason {
    /// The number of a reason; 0 for none.
    static func number(_ lack: StatementFigures.Lack?) -> UInt8 {
        switch lack {
        case nil: 0
        case .lines?: 1
        case .earlierLines?: 2
        case .given?: 3
        case .yearBefore?: 4
        case .notComputable?: 5
        case .divisorZero?: 6
        case .divisorNegative?: 7
        }
    }
}
