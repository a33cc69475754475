// SPDX-License-Identifier: Apache-2.0

// BatchDecide: what is its own among the streams of companies. Companies of one group in a message
// share what bounds the whole, so that the answer is put together when all have been decided on.

internal import Callers
internal import CreditPolicy
internal import DecimalNumbers
internal import ProtobufCoding
internal import ServiceErrors
internal import Telemetry
internal import VigieApplication
internal import VigieLimits
internal import VigieProtos

extension DecisionWork: BatchMethod {
    var shape: BatchShape {
        BatchShape(
            messageName: Vigie_V1_BatchDecideRequest.protoMessageName,
            limitName: "batchDecisionsMax",
            companiesMax: limits.batchDecisionsMax
        )
    }

    var companiesTogether: Int { companiesTogether(1...max(limits.decisionsTogetherMax, 1)) }

    func accept(
        _ header: UnsafeRawBufferPointer,
        from caller: Caller?
    ) throws(ServiceError) -> (header: PreparedDecision, greeting: [UInt8]) {
        let prepared = try PreparedDecision(
            .init(received: header),
            queries: queries,
            limits: limits,
            caller: caller
        )
        try prepared.checkVerdicts(1, "header.explanation")
        let greeting = Vigie_V1_BatchDecideResponse.with {
            $0.context = .init(prepared, tellsAssessment: prepared.tellsAssessments)
        }
        return (prepared, greeting.serializedBytes())
    }

    func answerBytes(
        _ companyCount: Int,
        _ prepared: PreparedDecision
    ) throws(ServiceError) -> Int {
        try prepared.checkVerdicts(companyCount, "batch.companies")
        return companyCount * limits.decisionAnswerBytes
    }

    func answer(
        to companies: [UnsafeRawBufferPointer],
        _ prepared: PreparedDecision
    ) -> DecisionsAnswer {
        DecisionsAnswer(to: companies, prepared: prepared, work: self)
    }

    func count(_ companyCount: Int) { memory.add(.companiesDecided, companyCount) }
}

/// Decides on the companies of a message.
struct DecisionsAnswer: BatchAnswering {
    private static let batch: UInt32 = 2 << 3 | 2
    private static let answers: UInt32 = 1 << 3 | 2
    private static let decision: UInt32 = 1 << 3 | 2
    private static let error: UInt32 = 2 << 3 | 2

    let companies: [UnsafeRawBufferPointer]
    private let prepared: PreparedDecision
    private let work: DecisionWork
    /// How many have been decided on.
    private(set) var next = 0
    /// The encoded answer to each.
    private var parts: [[UInt8]] = []
    private var partBytes = 0
    /// Those who may have to share, by their places.
    private var members: [(place: Int, company: PreparedDecision.Case, decision: CreditDecision)] =
        []
    /// What members are left who have to be decided on again; nil before all were decided on.
    private var shares: ArraySlice<(member: Int, share: DecimalNumber)>?

    init(
        to companies: [UnsafeRawBufferPointer],
        prepared: PreparedDecision,
        work: DecisionWork
    ) {
        (self.companies, self.prepared, self.work) = (companies, prepared, work)
        parts.reserveCapacity(companies.count)
    }

    /// Decides on the next companies.
    mutating func answerSome(atMost countMax: Int) throws(ServiceError) -> [UInt8]? {
        let decider = work.memory.decider(prepared.plan.policy)
        let countMax = max(countMax, 1)
        if next == companies.count { try share(decider, atMost: countMax) }
        let end = min(next + countMax, companies.count)
        while next < end {
            try keep(answer(to: companies[next], decider))
            next += 1
        }
        return finished
    }

    /// The encoded answer; nil before all of it is there.
    private var finished: [UInt8]? {
        guard next == companies.count, members.isEmpty || shares?.isEmpty ?? false else {
            return nil
        }
        var writer = ProtobufWriter()
        writer.reserve(partBytes + parts.count * 8)
        let start = writer.open(Self.batch)
        for part in parts {
            let start = writer.open(Self.answers)
            writer.append(part)
            writer.close(start)
        }
        writer.close(start)
        return writer.contents
    }

    private mutating func answer(
        to bytes: UnsafeRawBufferPointer,
        _ decider: CreditDecider
    ) -> [UInt8] {
        var writer = ProtobufWriter()
        do throws(ServiceError) {
            guard bytes.count <= work.limits.companyBytesMax else {
                throw .overLimit(
                    "company",
                    "companyBytesMax",
                    "What is told of the company takes \(bytes.count) bytes.",
                    value: bytes.count,
                    maximum: work.limits.companyBytesMax,
                    code: .resourceExhausted
                )
            }
            let company = try prepared.read(
                .init(received: bytes),
                decider.checks,
                work.memory.scratch
            )
            let decided = try prepared.decide(company, by: decider)
            if company.question.group != nil {
                members.append((next, company, decided.decision))
            }
            writer.message(Self.decision, decided)
        } catch {
            writer.message(Self.error, Vigie_V1_CompanyError(error))
        }
        return writer.contents
    }

    /// Decides again on some of those whom a group bounds.
    private mutating func share(
        _ decider: CreditDecider,
        atMost countMax: Int
    ) throws(ServiceError) {
        var left =
            shares
            ?? CreditGroups.shares(of: members.map(\.decision), prepared.plan.policy)
            .sorted { $0.key < $1.key }.map { (member: $0.key, share: $0.value) }[...]
        for (member, share) in left.prefix(countMax) {
            let (place, company, _) = members[member]
            var writer = ProtobufWriter()
            let decided = try prepared.decide(company, by: decider, within: share)
            writer.message(Self.decision, decided)
            partBytes += writer.contents.count - parts[place].count
            parts[place] = writer.contents
        }
        left.removeFirst(min(countMax, left.count))
        shares = left
    }

    private mutating func keep(_ part: [UInt8]) throws(ServiceError) {
        partBytes += part.count
        guard partBytes <= work.limits.decisionsBytesMax else {
            throw .overLimit(
                "batch.companies",
                "decisionsBytesMax",
                "The decisions on the companies take more than \(partBytes - part.count) bytes; "
                    + "send fewer in a message.",
                value: partBytes,
                maximum: work.limits.decisionsBytesMax,
                code: .resourceExhausted
            )
        }
        parts.append(part)
    }
}
