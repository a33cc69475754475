// SPDX-License-Identifier: Apache-2.0

// SimulatePolicies: the header binds two policies of the shelf; each later message is a block of
// companies, decided on by both; what is kept is sums, counts and the greatest changes.
//
// Cost, expected: what a simulation takes of a block (PolicySimulation), and 15 ns a value to read
// it: a million companies in two seconds of a thread.

internal import CreditPolicy
internal import Policies
internal import ProtobufCoding
internal import Quantities
internal import ServiceErrors
internal import VigieApplication
internal import VigieLimits
internal import VigieProtos

/// A simulation that a stream feeds: any thread's, one at a time. That is why it can be Sendable.
final class SimulationStream: StreamedWork, @unchecked Sendable {
    private static let headerTag: UInt32 = 1 << 3 | 2
    private static let companiesTag: UInt32 = 2 << 3 | 2
    private static let messageName = "vigie.v1.SimulatePoliciesRequest"

    private let shelf: PolicyShelf
    private let limits: ServiceLimits
    private var run: SimulationRun?
    private var policies: (before: Policy, after: Policy)?
    private var block: SimulatedBlock
    private var byteCount = 0

    init(_ shelf: PolicyShelf, _ limits: ServiceLimits) {
        (self.shelf, self.limits) = (shelf, limits)
        block = SimulatedBlock(limits)
    }

    static func size(ofMessage byteCount: Int) -> Int { byteCount }

    func take(_ message: UnsafeRawBufferPointer) throws(ServiceError) {
        byteCount += message.count
        guard byteCount <= limits.simulationBytesMax else {
            throw .overLimit(
                "companies",
                "simulationBytesMax",
                "The stream has too many bytes; simulate a part of the companies.",
                value: byteCount,
                maximum: limits.simulationBytesMax,
                code: .resourceExhausted
            )
        }
        let (header, companies) = try Self.parts(message)
        switch (header, companies) {
        case (let bytes?, nil):
            guard run == nil else {
                throw .invalid(
                    "header",
                    "SECOND_HEADER",
                    "The stream has a second header; the first applies to all of its companies."
                )
            }
            try begin(Vigie_V1_SimulatePoliciesHeader(received: bytes))
        case (nil, let bytes?):
            guard let run else { throw .noHeader }
            try add(bytes, run)
        case (nil, nil):
            throw .invalid(
                "message",
                "EMPTY_MESSAGE",
                "The message is empty; send the header first, then companies in each message."
            )
        case (.some, .some):
            throw .invalid(
                "message",
                "HEADER_AND_BLOCK",
                "The message has a header and companies; each has its own message."
            )
        }
    }

    func answer() throws(ServiceError) -> [UInt8] {
        guard let run, let policies else { throw .noHeader }
        let response = Vigie_V1_SimulatePoliciesResponse.with {
            $0.before = .init(shelf.shelved(policies.before))
            $0.after = .init(shelf.shelved(policies.after))
            $0.simulation = .init(run)
        }
        return response.serializedBytes()
    }

    private static func parts(
        _ message: UnsafeRawBufferPointer
    ) throws(ServiceError) -> (header: UnsafeRawBufferPointer?, companies: UnsafeRawBufferPointer?)
    {
        var (header, companies): (UnsafeRawBufferPointer?, UnsafeRawBufferPointer?)
        var reader = ProtobufReader(message)
        do {
            while let tag = try reader.nextTag() {
                switch tag {
                case headerTag: header = try reader.part()
                case companiesTag: companies = try reader.part()
                default: try reader.skip(tag)
                }
            }
        } catch {
            throw .malformed(messageName)
        }
        return (header, companies)
    }

    private func begin(_ header: Vigie_V1_SimulatePoliciesHeader) throws(ServiceError) {
        let before = try shelf.policy(toReview: header.before, field: "header.before")
        let after = try shelf.policy(toReview: header.after, field: "header.after")
        let count = header.factColumns.count + header.factTextColumns.count
        for (value, maximum, field, limit) in [
            (count, limits.decisionFactsMax, "header.fact_columns", "decisionFactsMax"),
            (
                Int(header.changeCount), PolicyLimits.listedChanges, "header.change_count",
                "listedChanges"
            ),
        ] where value > maximum {
            throw .overLimit(field, limit, "\(field) is too many.", value: value, maximum: maximum)
        }
        var day = after.manifest.effectiveFrom
        if !header.asOfDate.isEmpty {
            day = try AsOfDate(header.asOfDate, field: "header.as_of_date", today: day).date
        }
        do throws(SimulationRefusal) {
            let inputs = try SimulationInputs(before, after)
            try inputs.checkDay(day, at: nil)
            run = try SimulationRun(
                inputs,
                on: day,
                numbers: header.factColumns,
                texts: header.factTextColumns,
                greatest: header.hasChangeCount
                    ? Int(header.changeCount) : PolicyLimits.shownChanges
            )
        } catch {
            throw ServiceError(error, field: "header")
        }
        policies = (before, after)
        block.counts = (header.factColumns.count, header.factTextColumns.count)
    }

    private func add(
        _ bytes: UnsafeRawBufferPointer,
        _ run: SimulationRun
    ) throws(ServiceError) {
        try block.read(bytes)
        let before = run.simulation.companyCount
        guard before + block.rowCount <= limits.simulatedCompaniesMax else {
            throw .overLimit(
                "companies",
                "simulatedCompaniesMax",
                "The stream has too many companies; simulate a part of them.",
                value: before + block.rowCount,
                maximum: limits.simulatedCompaniesMax,
                code: .resourceExhausted
            )
        }
        do throws(SimulationRefusal) {
            try run.add(block.rows(behind: before))
        } catch {
            throw ServiceError(error, field: "companies")
        }
    }
}

extension ServiceError {
    /// What a simulation does not take.
    fileprivate init(_ refusal: SimulationRefusal, field: String) {
        let place = refusal.place.map { "\($0): " } ?? ""
        let hint = refusal.hint.map { "; \($0)" } ?? ""
        self = .invalid(field, "BAD_PORTFOLIO", "\(place)\(refusal.message)\(hint).")
    }
}
