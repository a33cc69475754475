// SPDX-License-Identifier: Apache-2.0

// Papers of a call, read into facts and these into their message.

package import CompanyPapers
internal import CreditFacts
internal import Documents
internal import ProtobufCoding
package import Quantities
package import ServiceErrors
internal import Synchronization
package import VigieLimits
package import VigieProtos

/// Reads papers that came over the wire.
package struct PaperReading: Sendable {
    private let asOf: CalendarDate
    private let profiles: [LedgerProfile]
    private let limits: ServiceLimits

    /// Reads for a day, with profiles of one's own packages.
    package init(asOf: CalendarDate, profiles: [LedgerProfile], limits: ServiceLimits) {
        (self.asOf, self.profiles, self.limits) = (asOf, profiles, limits)
    }

    /// What papers say; nil when nobody waits for it any more.
    ///
    /// - Parameter goesOn: Asked again and again; false ends the work.
    package func response(
        _ papers: [PaperParts.Paper],
        while goesOn: @escaping @Sendable () -> Bool
    ) throws(ServiceError) -> Vigie_V1_ReadPapersResponse? {
        var stack = PaperStack(
            profiles: profiles,
            documentBytesMax: limits.paperDocumentBytesMax
        )
        let (limit, maximum, bytes) = unpackedMax(papers)
        let budget = UnpackedBudget(bytes)
        // Terms of payment first: books are read by them.
        let isTerms = papers.map { PaperStack.isTerms(source($0, budget, goesOn)) }
        for wantsTerms in [true, false] {
            for (paper, isTerms) in zip(papers, isTerms) where isTerms == wantsTerms {
                guard goesOn() else { return nil }
                stack.read(source(paper, budget, goesOn))
            }
        }
        stack.finish()
        guard goesOn() else { return nil }
        if budget.isSpent {
            throw .overLimit(
                "part.content",
                limit,
                "The papers come to too much unpacked (\(bytes) bytes are taken of these); send "
                    + "them in several calls, or as they are.",
                value: maximum + 1,
                maximum: maximum,
                code: .resourceExhausted
            )
        }
        return Vigie_V1_ReadPapersResponse(stack, asOf: asOf)
    }

    /// What packed papers may come to, in bytes, by the limit that says so.
    private func unpackedMax(
        _ papers: [PaperParts.Paper]
    ) -> (limit: String, maximum: Int, bytes: Int) {
        let packed = papers.filter { ByteSource.isPacked(Array($0.bytes.prefix(3))) }
        let sum = packed.reduce(0) { $0 + $1.bytes.count }
        let (times, most) = (limits.papersUnpackedTimesMax, limits.papersUnpackedBytesMax)
        let bytes = limits.papersUnpackedFreeBytes + sum * times
        if bytes < most { return ("papersUnpackedTimesMax", times, bytes) }
        return ("papersUnpackedBytesMax", most, most)
    }

    /// The bytes of a paper; unpacked ones are counted.
    private func source(
        _ paper: PaperParts.Paper,
        _ budget: UnpackedBudget,
        _ goesOn: @escaping @Sendable () -> Bool
    ) -> ByteSource {
        let bytes = paper.bytes
        let plain = ByteSource(name: paper.name, totalBytes: bytes.count) {
            _ throws(InputError) in 0
        }.following(bytes)
        guard ByteSource.isPacked(Array(bytes.prefix(3))), let inner = try? plain.unpacked() else {
            return Self.watched(plain, nil, goesOn)
        }
        return Self.watched(inner, budget, goesOn)
    }

    private static func watched(
        _ source: ByteSource,
        _ budget: UnpackedBudget?,
        _ goesOn: @escaping @Sendable () -> Bool
    ) -> ByteSource {
        ByteSource(name: source.name, totalBytes: source.totalBytes) {
            buffer throws(InputError) in
            guard goesOn() else { throw InputError(.unreadable, "the call has ended") }
            let count = try source.read(buffer)
            guard budget?.spend(count) ?? true else {
                throw InputError(.unreadable, "it is too long unpacked")
            }
            return count
        }
    }
}

/// What papers may still come to.
private final class UnpackedBudget: Sendable {
    private let left: Atomic<Int>

    init(_ bytes: Int) { left = Atomic(bytes) }

    /// Whether more was asked for than there was.
    var isSpent: Bool { left.load(ordering: .relaxed) < 0 }

    /// Takes bytes; false when there are no more.
    func spend(_ count: Int) -> Bool {
        left.wrappingSubtract(count, ordering: .relaxed).newValue >= 0
    }
}

extension Vigie_V1_ReadPapersResponse {
    /// What papers say.
    package init(_ stack: PaperStack, asOf: CalendarDate) {
        self.init()
        var writer = FactWriter()
        for facts in stack.companies(asOf: asOf) { companies.append(writer.message(facts)) }
        lineNames = writer.lineNames
        papers = stack.papers.map(Vigie_V1_ReadPaper.init)
    }
}

extension Vigie_V1_ReadPaper {
    init(_ paper: CompanyPaper) {
        self.init()
        fileName = paper.name
        kind = paper.kind?.name ?? ""
        kept = UInt64(clamping: paper.counts.kept)
        setAside = UInt64(clamping: paper.counts.setAside)
        leftOut = UInt64(clamping: paper.counts.leftOut)
        error = paper.failure?.message ?? ""
        advice = paper.failure?.hint ?? ""
        findings = paper.findings.kept.map { .init($0, tellsText: true) }
        findingCount = UInt64(clamping: paper.findings.counts.values.reduce(0) { $0 + $1 })
    }
}
