// SPDX-License-Identifier: Apache-2.0

// What papers say of companies, as a server is sent it: some companies at a time, those out of the
// same papers together, since a call has one source.

internal import AssessmentMessages
internal import CommandFiles
internal import CompanyPapers
internal import CreditFacts
internal import ProtobufCoding
internal import Quantities
internal import VigieClient
internal import VigieLimits
internal import VigieProtos

/// The companies of papers.
struct PaperCompanies {
    /// A company and what is known of it.
    typealias Company = (company: CompanyIdentifier, facts: VigieClient.CompanyFacts)

    /// Companies that go together.
    struct Group {
        /// The papers.
        let source: String
        var companies: [Company] = []
    }

    private(set) var groups: [Group] = []
    /// How many have no number.
    private(set) var withoutNumber = 0

    /// - Parameter ofOthers: Whether customers' ledgers are not those of whoever sends them.
    init(_ stack: PaperStack, ofOthers: Bool = false) throws(CommandFailure) {
        var open: [String: (place: Int, byteCount: Int)] = [:]
        for var facts in stack.companies() {
            if ofOthers { facts.ledgerOwner = .company }
            guard let siren = facts.siren else {
                withoutNumber += 1
                continue
            }
            var writer = FactWriter()
            let message = writer.message(facts)
            guard
                let known = VigieClient.CompanyFacts(message, lineNames: writer.lineNames)
            else { throw CommandFailure(.failure, "facts of \(siren) cannot be sent") }
            let source = Self.source(facts, stack)
            let byteCount = message.serializedBytes().count + Self.companyBytes
            var group = open[source] ?? (groups.count, 0)
            if group.place == groups.count || group.byteCount + byteCount > Self.groupBytes
                || groups[group.place].companies.count == StoreLimits.namedCompaniesMax
            {
                group = (groups.count, 0)
                groups.append(Group(source: source))
            }
            groups[group.place].companies.append((.siren(siren.description), known))
            open[source] = (group.place, group.byteCount + byteCount)
        }
    }

    /// Half of what a call takes: names of lines come to it, too.
    private static let groupBytes = ServiceLimits().factsMessageBytesMax / 2
    /// What an identifier and the message's own bytes take.
    private static let companyBytes = 64  // tidy: limit: an estimate

    /// The names of the papers that a company is in.
    private static func source(_ facts: CreditFacts.CompanyFacts, _ stack: PaperStack) -> String {
        let names = facts.papers.compactMap { number -> String? in
            guard stack.papers.indices.contains(Int(number)) else { return nil }
            let path = stack.papers[Int(number)].name
            return path.split(separator: "/").last.map(String.init) ?? path
        }
        let seen = names.joined(separator: ", ").unicodeScalars.filter {
            $0.properties.generalCategory != .control
        }
        var text = String(String.UnicodeScalarView(seen))
        while text.utf8.count > StoreLimits.factSourceBytesMax { text.removeLast() }
        return text.isEmpty ? "papers" : text
    }
}
