// SPDX-License-Identifier: Apache-2.0

// What a paper of an inbox says, as the store keeps it.

internal import AssessmentMessages
internal import CompanyPapers
internal import CreditFacts
internal import Documents
internal import PortfolioApplication
internal import PortfolioStore
internal import Portfolios
internal import ProtobufCoding
internal import ServiceErrors
internal import VigieLimits
internal import VigieProtos

/// A paper that was read.
struct PaperOfInbox {
    /// The paper; nil when nothing could be made of it.
    let paper: CompanyPaper?
    /// Companies with what is to be kept of them.
    private(set) var companies: [RecordedCompany] = []
    /// Companies without a number.
    private(set) var withoutNumberCount = 0
    /// Companies of which something makes no sense.
    private(set) var senselessCount = 0
    /// What makes no sense of the first of them.
    private(set) var senseless: String?

    /// Reads a paper.
    init(_ source: ByteSource) {
        var stack = PaperStack()
        stack.read(source)
        stack.finish()
        paper = stack.papers.first
        guard paper?.failure == nil else { return }
        for facts in stack.companies() {
            guard let siren = facts.siren else {
                withoutNumberCount += 1
                continue
            }
            do throws(ServiceError) {
                companies.append(try Self.company(.siren(siren), facts))
            } catch {
                senselessCount += 1
                senseless = senseless ?? error.message
            }
        }
    }

    /// Written and read again: what is kept has to be within the limits of what is read.
    private static func company(
        _ identity: CompanyIdentity,
        _ facts: CompanyFacts
    ) throws(ServiceError) -> RecordedCompany {
        var writer = FactWriter()
        let message = writer.message(facts)
        let reader = try FactReader(lineNames: writer.lineNames, limits: ServiceLimits())
        let stored = try FactSplitter(reader).facts(message)
        return RecordedCompany(
            identity,
            stored.compactMap { fact in
                FactKind(rawValue: fact.kind.rawValue).map {
                    RecordedCompany.Fact($0, fact.day, fact.content)
                }
            }
        )
    }
}
